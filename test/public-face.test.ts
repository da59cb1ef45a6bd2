/** The public interface of the package, as the README shows it. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { statuses } from "../generated/routes.ts";
import { createClient, InputError, isServiceError, type ServiceError, UnknownServiceError } from "../src/index.ts";
import { type StubResponse, type StubServer, stubServer } from "./support/stub-server.ts";

const test = suite("the public interface");
const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };
const projectName = "circuit-boards";

/** Three pages, the middle one empty, with tokens that need escaping. */
const PAGES: Record<string, unknown> = {
  "": {
    ModelPackagingJobs: [{ JobName: "a", CreationTimestamp: 1757836800.123 }, { JobName: "b" }],
    NextToken: "two/+=",
  },
  "two/+=": { ModelPackagingJobs: [], NextToken: "three" },
  three: { ModelPackagingJobs: [{ JobName: "c" }] },
};

async function withServer(respond: Parameters<typeof stubServer>[0], work: (server: StubServer) => Promise<void>) {
  const server = await stubServer(respond);
  try {
    await work(server);
  } finally {
    await server.close();
  }
}

const pages = ({ url }: { url: string }): StubResponse => ({
  headers: { "x-amzn-requestid": "request-1" },
  body: PAGES[new URL(url, "http://stub").searchParams.get("nextToken") ?? ""],
});

const clientOf = (server: StubServer, options = {}) =>
  createClient({ region: "us-east-1", endpoint: server.url, credentials, ...options });

test("an awaited listing is its first page, with Dates and the request id", () =>
  withServer(pages, async (server) => {
    const page = await clientOf(server).listModelPackagingJobs({ projectName, maxResults: 10 });
    assert.equal(page, {
      ModelPackagingJobs: [{ JobName: "a", CreationTimestamp: new Date("2025-09-14T08:00:00.123Z") }, { JobName: "b" }],
      NextToken: "two/+=",
      requestId: "request-1",
    });
    assert.is(server.requests[0]?.url, "/2020-11-20/projects/circuit-boards/modelpackagingjobs?maxResults=10");
  }));

test("an iteration yields every item, goes on after an empty page, and escapes tokens", () =>
  withServer(pages, async (server) => {
    const names = [];
    for await (const job of clientOf(server).listModelPackagingJobs({ projectName })) names.push(job.JobName);
    assert.equal(names, ["a", "b", "c"]);
    assert.equal(
      server.requests.map(({ url }) => url.split("?")[1]),
      [undefined, "nextToken=two%2F%2B%3D", "nextToken=three"],
    );
  }));

test("pages() yields every page, and toArray() resolves to a list", () =>
  withServer(pages, async (server) => {
    const listing = clientOf(server).listModelPackagingJobs({ projectName });
    const sizes = [];
    for await (const page of listing.pages()) sizes.push(page.ModelPackagingJobs?.length);
    assert.equal(sizes, [2, 0, 1]);
    assert.equal(
      (await listing.toArray()).map((job) => job.JobName),
      ["a", "b", "c"],
    );
  }));

test("toArray() with a limit requests no more pages, and no larger ones, than it needs", () =>
  withServer(pages, async (server) => {
    const listing = clientOf(server).listModelPackagingJobs({ projectName });
    assert.is((await listing.toArray({ limit: 2 })).length, 2);
    assert.equal(
      server.requests.map(({ url }) => url.split("?")[1]),
      ["maxResults=2"],
    );
    assert.equal(await listing.toArray({ limit: 0 }), []);
    assert.is(server.requests.length, 1);
  }));

test("a listing is lazy: it sends nothing and throws nothing before it is used", () =>
  withServer(pages, async (server) => {
    const lookout = clientOf(server);
    lookout.listModelPackagingJobs({ projectName });
    const bad = lookout.listModelPackagingJobs({ projectName: "" });
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.is(server.requests.length, 0);
    assert.instance(await bad.catch((error: unknown) => error), InputError);
  }));

test("two awaits share one request, each iteration starts afresh, and a listing has finally()", () =>
  withServer(pages, async (server) => {
    const listing = clientOf(server).listModelPackagingJobs({ projectName });
    const [one, two] = await Promise.all([listing, listing]);
    assert.is(one, two);
    let settled = false;
    await listing.finally(() => {
      settled = true;
    });
    assert.ok(settled);
    assert.is(server.requests.length, 1);
    await listing.toArray();
    await listing.toArray();
    assert.is(server.requests.length, 7);
  }));

test("raw is an openapi-fetch client: it returns errors, keeps epoch seconds, and has middleware and parseAs", () =>
  withServer(pages, async (server) => {
    const { raw } = clientOf(server);
    const path = "/2020-11-20/projects/{projectName}/modelpackagingjobs";
    const seen: string[] = [];
    raw.use({
      onRequest: ({ request }) => {
        seen.push(`${request instanceof Request} ${request.headers.has("authorization")}`);
        request.headers.set("x-team", "vision");
        return request;
      },
      onResponse: async ({ response }) => {
        seen.push(`${response instanceof Response} ${(await response.clone().text()).length > 0}`);
        assert.is(response.url, `${server.url}/2020-11-20/projects/${projectName}/modelpackagingjobs`);
        assert.is(response.clone().url, response.url);
      },
    });
    const { data, response } = await raw.GET(path, { params: { path: { projectName } } });
    assert.is(data?.ModelPackagingJobs?.[0]?.CreationTimestamp, 1757836800.123);
    assert.is(response.status, 200);
    assert.equal(seen, ["true false", "true true"]);
    assert.is(server.requests[0]?.headers["x-team"], "vision");
    assert.match(server.requests[0]?.headers.authorization ?? "", /SignedHeaders=[^,]*x-team/);
    const stream = await raw.GET(path, { params: { path: { projectName } }, parseAs: "stream" });
    assert.equal(await new Response(stream.data).json(), PAGES[""]);
    const blob = await raw.GET(path, { params: { path: { projectName } }, parseAs: "blob" });
    assert.is(blob.data?.size, JSON.stringify(PAGES[""]).length);
  }));

test("the methods use raw's middleware, also one that responds itself", () =>
  withServer(pages, async (server) => {
    const lookout = clientOf(server);
    const responses = [
      new Response('{"Message":"gone"}', { status: 404, headers: { "x-amzn-errortype": "ResourceNotFoundException" } }),
      new Response('{"ModelPackagingJobs":[{"JobName":"own"}]}'),
    ];
    lookout.raw.use({ onRequest: () => responses.shift() });
    const error = await lookout.listModelPackagingJobs({ projectName }).catch((reason: unknown) => reason);
    assert.ok(isServiceError(error) && error.message === "gone");
    const page = await lookout.listModelPackagingJobs({ projectName });
    assert.equal(page.ModelPackagingJobs, [{ JobName: "own" }]);
    assert.is(server.requests.length, 0);
  }));

test("raw refuses an empty path parameter and a dot segment, and sends nothing", () =>
  withServer(pages, async (server) => {
    const { raw } = clientOf(server);
    for (const name of ["", ".", ".."]) {
      const call = raw.GET("/2020-11-20/projects/{projectName}/modelpackagingjobs", {
        params: { path: { projectName: name } },
      });
      const error = await call.catch((reason: unknown) => reason);
      assert.instance(error, InputError);
      assert.match((error as Error).message, /projectName must not be/);
    }
    assert.is(server.requests.length, 0);
  }));

for (const [name, each] of Object.entries(statuses))
  for (const status of each)
    test(`${name} with ${status} is a typed error with its body, status and request id`, () =>
      withServer(
        () => ({
          status,
          headers: { "x-amzn-errortype": name, "x-amzn-requestid": "request-2" },
          body: { Message: "what went wrong", ResourceId: "circuit-boards", ResourceType: "PROJECT", QuotaCode: "L-1" },
        }),
        async (server) => {
          const lookout = clientOf(server, { maxAttempts: 1 });
          const error = await lookout.listModelPackagingJobs({ projectName }).catch((reason: unknown) => reason);
          assert.ok(isServiceError(error));
          assert.is(error.name, name);
          assert.is(error.message, "what went wrong");
          assert.is(error.status, status);
          assert.is(error.requestId, "request-2");
          assert.is(error.attempts, 1);
          assert.is(error.body.Message, "what went wrong");
          assert.match(wordFor(error), /^(PROJECT|L-1|other)$/);
        },
      ));

/** Compiles only if the names are a closed union that narrows the bodies. */
function wordFor(error: ServiceError): string {
  switch (error.name) {
    case "ResourceNotFoundException":
      return error.body.ResourceType;
    case "ThrottlingException":
      return error.body.QuotaCode ?? "none";
    default:
      return "other";
  }
}

test("an error that the document does not name is an UnknownServiceError with the code", () =>
  withServer(
    () => ({ status: 418, headers: { "x-amzn-errortype": "TeapotException" }, body: { message: "short and stout" } }),
    async (server) => {
      const error = await clientOf(server)
        .listModelPackagingJobs({ projectName })
        .catch((reason: unknown) => reason);
      assert.instance(error, UnknownServiceError);
      assert.not(isServiceError(error));
      assert.is((error as UnknownServiceError).code, "TeapotException");
      assert.is((error as UnknownServiceError).status, 418);
      assert.match((error as Error).message, /short and stout/);
    },
  ));

test.run();
