/** The behaviour of every listing: of the package's own methods, and of `paginate` over any openapi-fetch call. */
import createClient from "openapi-fetch";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { paths } from "../generated/types.ts";
import { isServiceError, type Listing, PaginationError, UnknownServiceError } from "../src/index.ts";
import { paginate } from "../src/paginate.ts";
import { pathSerializer, signedFetch } from "../src/sigv4.ts";
import { clientOf, credentials, projectName, rejection } from "./support/client.ts";
import { type Exchange, type FaultyServer, faultyServer, sendResponse } from "./support/faulty-server.ts";
import { closeServers } from "./support/open-servers.ts";
import { until } from "./support/wait.ts";

interface Options {
  readonly prefetch?: boolean;
  readonly signal?: AbortSignal;
}
type Make = (server: FaultyServer, options?: Options) => Listing<{ NextToken?: string }, { JobName?: string }>;

const MAKERS: Record<string, Make> = {
  "a method": (server, options) => clientOf(server).listModelPackagingJobs({ projectName }, options),
  paginate: (server, { signal, ...options } = {}) => {
    const fetch = signedFetch({ service: "lookoutvision", region: "us-east-1", credentials, maxAttempts: 1 });
    const api = createClient<paths>({ baseUrl: server.url, fetch, pathSerializer });
    return paginate(
      (token: string | undefined, signal) =>
        api.GET("/2020-11-20/projects/{projectName}/modelpackagingjobs", {
          params: { path: { projectName }, query: { ...(token && { nextToken: token }) } },
          signal,
        }),
      { items: (page) => page.ModelPackagingJobs, next: (page) => page.NextToken, signal, ...options },
    );
  },
};

/** Pages of two jobs, with an empty page in the middle. */
function pages({ response, token }: Exchange): void {
  const PAGES: Record<string, object> = {
    "": { ModelPackagingJobs: [{ JobName: "a" }, { JobName: "b" }], NextToken: "two" },
    two: { ModelPackagingJobs: [], NextToken: "three" },
    three: { ModelPackagingJobs: [{ JobName: "c" }] },
  };
  sendResponse(response, { body: PAGES[token ?? ""] });
}

const test = suite("any listing");
test.after.each(closeServers);

for (const [name, make] of Object.entries(MAKERS)) {
  test(`${name}: nothing is sent before the listing is awaited or iterated, and two awaits share one request`, async () => {
    const server = await faultyServer({ respond: pages });
    const listing = make(server);
    assert.is(server.requests.length, 0);
    const [first, second] = await Promise.all([listing, listing]);
    assert.is(first, second);
    assert.is(first.NextToken, "two");
    assert.is(server.requests.length, 1);
  });

  for (const prefetch of [true, false])
    test(`${name}: every item is listed once and in order, prefetch ${prefetch}`, async () => {
      const server = await faultyServer({ respond: pages });
      const listing = make(server, { prefetch });
      const names: (string | undefined)[] = [];
      for await (const { JobName } of listing) names.push(JobName);
      assert.equal(names, ["a", "b", "c"]);
      assert.equal(await listing.toArray(), [{ JobName: "a" }, { JobName: "b" }, { JobName: "c" }]);
      assert.is(server.requests.length, 6);
    });

  test(`${name}: pages come one by one, and the next one is fetched meanwhile`, async () => {
    const server = await faultyServer({ respond: pages });
    const iterator = make(server).pages();
    assert.is((await iterator.next()).value.NextToken, "two");
    await until(() => server.requests.length === 2);
    await iterator.return?.();
    assert.is(server.requests.length, 2);
  });

  test(`${name}: a limit ends the listing, and no further page is requested`, async () => {
    const server = await faultyServer({ respond: pages });
    const listing = make(server);
    assert.equal(await listing.toArray({ limit: 2 }), [{ JobName: "a" }, { JobName: "b" }]);
    assert.equal(await listing.toArray({ limit: 0 }), []);
    assert.is(server.requests.length, 1);
    const error = await rejection(listing.toArray({ limit: -1 }));
    assert.match(String(error), "limit must be a whole number from 0, not -1");
  });

  test(`${name}: a repeated token ends the listing`, async () => {
    const body = { ModelPackagingJobs: [{ JobName: "a" }], NextToken: "same" };
    const server = await faultyServer({ respond: ({ response }) => sendResponse(response, { body }) });
    const error = await rejection(make(server).toArray());
    assert.instance(error, PaginationError);
    assert.is((error as PaginationError).token, "same");
    assert.is(server.requests.length, 2);
  });

  test(`${name}: the error of a later page is thrown after the items of earlier pages`, async () => {
    const refused = { status: 418, headers: { "x-amzn-errortype": "Teapot" }, body: { message: "short and stout" } };
    const server = await faultyServer({
      respond: (exchange) => (exchange.token === "two" ? sendResponse(exchange.response, refused) : pages(exchange)),
    });
    const names: (string | undefined)[] = [];
    const error = await rejection(
      (async () => {
        for await (const { JobName } of make(server)) names.push(JobName);
      })(),
    );
    assert.equal(names, ["a", "b"]);
    assert.instance(error, UnknownServiceError);
    const { status, code, requestId, body } = error as UnknownServiceError;
    assert.equal([status, code, requestId, body], [418, "Teapot", "request-1", refused.body]);
    assert.not(isServiceError(error));
  });

  test(`${name}: leaving the loop ends the request in flight`, async () => {
    let closed = false;
    const server = await faultyServer({
      respond: (exchange) => {
        if (exchange.token === undefined) return pages(exchange);
        exchange.request.socket.on("close", () => {
          closed = true;
        });
      },
    });
    for await (const page of make(server).pages()) {
      assert.is(page.NextToken, "two");
      await until(() => server.requests.length === 2);
      break;
    }
    await until(() => closed);
  });

  test(`${name}: the caller's signal ends the listing with the signal's reason`, async () => {
    const server = await faultyServer({ respond: () => {} });
    const controller = new AbortController();
    const { signal } = controller;
    const waiting = [rejection(make(server, { signal })), rejection(make(server, { signal }).toArray())];
    await until(() => server.requests.length === 2);
    const reason = { why: "enough" };
    controller.abort(reason);
    assert.equal(await Promise.all(waiting), [reason, reason]);
    assert.is(await rejection(make(server, { signal })), reason);
    assert.is(server.requests.length, 2);
  });
}

test("paginate: a result that is not one of openapi-fetch is refused", async () => {
  const none = paginate(async () => ({ jobs: [] }) as never, { items: () => [], next: () => undefined });
  assert.match(String(await rejection(none)), "fetchPage gave no { data, error, response }");
  const response = new Response("{}");
  const odd = paginate(async () => ({ data: {}, response }), { items: () => ({}) as never, next: () => undefined });
  assert.match(String(await rejection(odd.toArray())), "items gave something other than a list");
});

test("paginate: an error of fetchPage is thrown unchanged", async () => {
  const own = new Error("mine");
  const thrown = paginate(
    () => {
      throw own;
    },
    { items: () => [], next: () => undefined },
  );
  assert.is(await rejection(thrown), own);
});

test("a path template is filled or refused, in any document", () => {
  assert.is(pathSerializer("/a/{id}", { id: "x/y z" }), "/a/x%2Fy%20z");
  assert.is(pathSerializer("/a/{ids}", { ids: [1, "b/c"] }), "/a/1,b%2Fc");
  assert.is(pathSerializer("/a/{proxy+}", { proxy: "b/c d" }), "/a/b/c%20d");
  assert.is(pathSerializer("/tags/{arn}#tagKeys", { arn: "a:b" }), "/tags/a%3Ab");
  for (const id of ["..", ".", "", undefined, null, {}, [], [".."]])
    assert.throws(() => pathSerializer("/a/{id}", { id }), /path parameter id must/, JSON.stringify(id));
  assert.throws(() => pathSerializer("/a/{proxy+}", { proxy: "b/../c" }), /dot segment/);
});

test("a query behind a # is refused before anything is sent", async () => {
  const server = await faultyServer({ respond: pages });
  const fetch = signedFetch({ service: "iot", region: "us-east-1", credentials });
  const error = await rejection(fetch(`${server.url}/tags#tagKeys?tagKeys=a`, { method: "DELETE" }));
  assert.match(String(error), "must have its query before the #");
  assert.is(server.requests.length, 0);
});

test.run();
