/** Compiled, never run: every line must compile, except those under `@ts-expect-error`. */
import {
  type Client,
  createClient,
  isServiceError,
  type Listing,
  type ListModelPackagingJobsInput,
  type ListModelPackagingJobsOutput,
  type ModelPackagingJobMetadata,
  type WithRequestId,
} from "../../src/index.ts";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const proved = <_ extends true>() => {};

export async function check(lookout: Client, error: unknown): Promise<void> {
  const listing = lookout.listModelPackagingJobs({ projectName: "p", maxResults: undefined });
  proved<Equal<typeof listing, Listing<WithRequestId<ListModelPackagingJobsOutput>, ModelPackagingJobMetadata>>>();
  const page = await listing;
  proved<Equal<typeof page.requestId, string | undefined>>();
  proved<Equal<typeof page.NextToken, string | undefined>>();
  for await (const job of listing) {
    proved<Equal<typeof job.CreationTimestamp, Date | undefined>>();
    proved<Equal<typeof job.Status, "CREATED" | "RUNNING" | "SUCCEEDED" | "FAILED" | undefined>>();
    // @ts-expect-error: there is no such member
    job.jobName;
  }
  const input: ListModelPackagingJobsInput = { projectName: "p" };
  // @ts-expect-error: projectName is required
  lookout.listModelPackagingJobs({});
  // @ts-expect-error: maxResults is a number
  lookout.listModelPackagingJobs({ projectName: "p", maxResults: "10" });
  // @ts-expect-error: names are the wire's
  lookout.listModelPackagingJobs({ projectName: "p", MaxResults: 10 });
  // @ts-expect-error: a timeout is in milliseconds
  lookout.listModelPackagingJobs(input, { timeout: "5s" });
  // @ts-expect-error: no such operation
  lookout.noSuchOperation;

  if (isServiceError(error)) {
    switch (error.name) {
      case "ThrottlingException":
        proved<Equal<typeof error.body.QuotaCode, string | undefined>>();
        proved<Equal<typeof error.retryAfter, number | undefined>>();
        // @ts-expect-error: that is another error's member
        error.body.ResourceType;
        break;
      case "ResourceNotFoundException":
        proved<Equal<typeof error.body.ResourceId, string>>();
        break;
      // @ts-expect-error: the names are a closed union
      case "NoSuchException":
        break;
    }
  }

  const { data, error: wireError } = await lookout.raw.GET("/2020-11-20/projects/{projectName}/modelpackagingjobs", {
    params: { path: { projectName: "p" }, query: { maxResults: 5 } },
  });
  proved<
    Equal<NonNullable<NonNullable<typeof data>["ModelPackagingJobs"]>[number]["CreationTimestamp"], number | undefined>
  >();
  wireError?.Message;
  // @ts-expect-error: no such path
  lookout.raw.GET("/projects", {});
  // @ts-expect-error: the path requires its parameter
  lookout.raw.GET("/2020-11-20/projects/{projectName}/modelpackagingjobs", { params: { path: {} } });

  // @ts-expect-error: a secret is missing
  createClient({ credentials: { accessKeyId: "A" } });
  // @ts-expect-error: no such option
  createClient({ retries: 3 });
  createClient({
    credentials: async () => ({ accessKeyId: "A", secretAccessKey: "S", expiration: new Date() }),
    logger: console,
    fetch,
  });
}
