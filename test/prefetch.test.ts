/** The next page is fetched while the caller works on this one: one page ahead, and none after the caller has left. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { isServiceError, type ListingOptions } from "../src/index.ts";
import { clientOf, paths, projectName, rejection, withRandom } from "./support/client.ts";
import { type Exchange, faultyServer, sendResponse } from "./support/faulty-server.ts";
import { closeServers } from "./support/open-servers.ts";
import { tick, until } from "./support/wait.ts";

const test = suite("prefetch");
test.after.each(closeServers);

/** Five pages of two jobs. */
function page({ response, token = "0" }: Exchange): void {
  const number = Number(token);
  const jobs = [{ JobName: `${number}a` }, { JobName: `${number}b` }];
  sendResponse(response, { body: { ModelPackagingJobs: jobs, ...(number < 4 && { NextToken: String(number + 1) }) } });
}

const ALL = ["0a", "0b", "1a", "1b", "2a", "2b", "3a", "3b", "4a", "4b"];

/** Lists as a slow caller, and counts the requests that were sent by each step. */
async function expectRequests(
  step: "pages" | "jobs",
  options: ListingOptions,
  expected: readonly number[],
): Promise<void> {
  const server = await faultyServer({ respond: page });
  const jobs = clientOf(server).listModelPackagingJobs({ projectName }, options);
  const counts: number[] = [];
  for await (const _ of step === "pages" ? jobs.pages() : jobs) {
    await until(() => server.requests.length >= (expected[counts.length] ?? 0));
    await tick(20);
    counts.push(server.requests.length);
  }
  await server.close();
  assert.equal(counts, expected);
}

test("the listing is one page ahead of a slow caller, unless prefetch is off", async () => {
  await expectRequests("pages", {}, [2, 3, 4, 5, 5]);
  await expectRequests("pages", { prefetch: true }, [2, 3, 4, 5, 5]);
  await expectRequests("pages", { prefetch: false }, [1, 2, 3, 4, 5]);
});

test("the listing is one page ahead of a caller who works on items", async () => {
  await expectRequests("jobs", {}, [2, 2, 3, 3, 4, 4, 5, 5, 5, 5]);
  await expectRequests("jobs", { prefetch: false }, [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
});

test("every item comes once and in order, with prefetch on and off, also to concurrent next() calls", async () => {
  const server = await faultyServer({ respond: page });
  for (const prefetch of [true, false]) {
    const jobs = clientOf(server).listModelPackagingJobs({ projectName }, { prefetch });
    const names: (string | undefined)[] = [];
    for await (const { JobName } of jobs) names.push(JobName);
    assert.equal(names, ALL);
    const iterator = jobs[Symbol.asyncIterator]();
    const steps = await Promise.all(Array.from({ length: 12 }, () => iterator.next()));
    assert.equal(
      steps.map(({ done, value }) => (done ? undefined : value.JobName)),
      [...ALL, undefined, undefined],
    );
  }
  await server.close();
});

test("nothing is prefetched for a page that is awaited, nor for toArray, which may need no more", async () => {
  const server = await faultyServer({ respond: page });
  const jobs = clientOf(server).listModelPackagingJobs({ projectName });
  await jobs;
  await tick(40);
  assert.is(server.requests.length, 1);
  assert.is((await jobs.toArray({ limit: 2 })).length, 2);
  await tick(40);
  assert.is(server.requests.length, 2);
  await server.close();
});

test("nothing is fetched after the caller has left", async () => {
  let sendSecond = () => {};
  const server = await faultyServer({
    respond: (exchange) => {
      if (exchange.index !== 1) return page(exchange);
      sendSecond = () => page(exchange);
    },
  });
  const client = clientOf(server);
  for await (const _ of client.listModelPackagingJobs({ projectName }).pages()) {
    await until(() => server.requests.length === 2);
    break;
  }
  sendSecond();
  await tick(60);
  assert.is(server.requests.length, 2);

  // A caller who stops without leaving gets one page ahead, and no more.
  const iterator = client.listModelPackagingJobs({ projectName }).pages();
  await iterator.next();
  await until(() => server.requests.length === 4);
  await tick(40);
  assert.is(server.requests.length, 4);
  await iterator.return?.();
  await server.close();
});

for (const [path, way] of Object.entries(paths))
  test(`the error of a prefetched page is thrown at the step to that page, over ${path}`, () =>
    withRandom(0, async () => {
      const unhandled: unknown[] = [];
      const note = (reason: unknown) => unhandled.push(reason);
      process.on("unhandledRejection", note);
      const server = await faultyServer({
        respond: (exchange) =>
          exchange.token === undefined
            ? page(exchange)
            : sendResponse(exchange.response, {
                status: 403,
                headers: { "x-amzn-errortype": "AccessDeniedException" },
                body: { Message: "no more for you" },
              }),
      });
      const jobs = clientOf(server, way).listModelPackagingJobs({ projectName });

      const iterator = jobs[Symbol.asyncIterator]();
      assert.is((await iterator.next()).value?.JobName, "0a");
      await until(() => server.requests.length === 2);
      await tick(40);
      assert.is((await iterator.next()).value?.JobName, "0b");
      const error = await rejection(iterator.next());
      assert.ok(isServiceError(error) && error.name === "AccessDeniedException");
      assert.equal(await iterator.next(), { done: true, value: undefined });

      // A caller who leaves before that step gets no error.
      for await (const _ of jobs.pages()) {
        await until(() => server.requests.length === 4);
        await tick(40);
        break;
      }
      await tick(20);
      await server.close();
      process.off("unhandledRejection", note);
      assert.equal(unhandled, []);
    }));

test.run();
