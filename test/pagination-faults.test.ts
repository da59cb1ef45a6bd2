/** Listings from a service that sends wrong tokens end, or say why they cannot go on. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type ListingOptions, PaginationError } from "../src/index.ts";
import { clientOf, projectName, rejection } from "./support/client.ts";
import { closeServers } from "./support/open-servers.ts";
import { stubServer } from "./support/stub-server.ts";

const test = suite("wrong page tokens");
test.after.each(closeServers);

interface Walk {
  readonly tokens: readonly (string | undefined)[];
  readonly items: readonly string[];
  readonly error: unknown;
}

/** Lists from a service whose tokens `next` gives. Each page has one job, which is named after the page. */
async function walk(
  next: (token: string) => unknown,
  { nextToken, ...options }: ListingOptions & { nextToken?: string } = {},
): Promise<Walk> {
  const server = await stubServer(({ url }) => {
    const token = new URL(url, "http://stub").searchParams.get("nextToken") ?? "";
    return { body: { ModelPackagingJobs: [{ JobName: `after-${token}` }], NextToken: next(token) } };
  });
  const items: string[] = [];
  let error: unknown;
  try {
    for await (const { JobName } of clientOf(server).listModelPackagingJobs({ projectName, nextToken }, options))
      items.push(String(JobName));
  } catch (thrown) {
    error = thrown;
  }
  await server.close();
  const tokens = server.requests.map(
    ({ url }) => new URL(url, "http://stub").searchParams.get("nextToken") ?? undefined,
  );
  return { tokens, items, error };
}

for (const prefetch of [true, false]) {
  test(`a token given twice in a row ends the listing, prefetch ${prefetch}`, async () => {
    const { tokens, items, error } = await walk(() => "same/+=", { prefetch });
    assert.equal(tokens, [undefined, "same/+="]);
    assert.equal(items, ["after-", "after-same/+="]);
    assert.ok(error instanceof PaginationError && error.token === "same/+=");
    assert.match(error.message, 'the NextToken "same/+=" a second time');
  });

  for (const length of [2, 3, 50])
    test(`a cycle of ${length} tokens ends the listing after one round, prefetch ${prefetch}`, async () => {
      const { tokens, error } = await walk((token) => `t${(Number(token.slice(1)) + 1) % length}`, { prefetch });
      assert.is(tokens.length, length + 1);
      assert.ok(error instanceof PaginationError && error.token === "t1");
    });

  test(`the caller's own token counts as given before, prefetch ${prefetch}`, async () => {
    const { tokens, error } = await walk((token) => (token === "begin" ? "then" : "begin"), {
      nextToken: "begin",
      prefetch,
    });
    assert.equal(tokens, ["begin", "then"]);
    assert.ok(error instanceof PaginationError && error.token === "begin");
  });
}

test("the error for a long token shows its beginning", async () => {
  const long = "x".repeat(2048);
  const { error } = await walk(() => long);
  assert.ok(error instanceof PaginationError && error.token === long);
  assert.match(error.message, `"${"x".repeat(79)}…`);
  assert.ok(error.message.length < 300);
});

test("a listing ends at an absent, null or empty token only, and not at an empty page", async () => {
  for (const end of [undefined, null, ""]) {
    const { tokens, error } = await walk((token) => (token === "" ? "two" : end));
    assert.equal(tokens, [undefined, "two"]);
    assert.is(error, undefined);
  }
});

for (const token of [0, false, 7, { a: 1 }, ["x"], "with space", "x".repeat(2049)])
  test(`a token that the contract does not allow is the service's fault: ${JSON.stringify(token).slice(0, 20)}`, async () => {
    const { tokens, items, error } = await walk(() => token);
    assert.equal(tokens, [undefined]);
    assert.equal(items, ["after-"]);
    assert.ok(error instanceof PaginationError);
    assert.equal(error.token, token);
    assert.match(error.message, "which breaks the contract: it must");
    assert.is((error.cause as Error).name, "InputError");
  });

test("toArray and pages() end with the same error", async () => {
  const server = await stubServer(() => ({ body: { ModelPackagingJobs: [{}], NextToken: "same" } }));
  const jobs = clientOf(server).listModelPackagingJobs({ projectName });
  assert.instance(await rejection(jobs.toArray()), PaginationError);
  assert.is((await jobs.toArray({ limit: 2 })).length, 2);
  const iterator = jobs.pages();
  await iterator.next();
  await iterator.next();
  assert.instance(await rejection(iterator.next()), PaginationError);
  await server.close();
});

test("a listing with a limit requests no more items than it needs", async () => {
  const sizes: (string | null)[] = [];
  const server = await stubServer(({ url }) => {
    const query = new URL(url, "http://stub").searchParams;
    sizes.push(query.get("maxResults"));
    const count = Math.min(Number(query.get("maxResults") ?? 100), 30);
    return {
      body: { ModelPackagingJobs: Array.from({ length: count }, () => ({})), NextToken: `t${sizes.length}` },
    };
  });
  const list = async (limit: number, maxResults?: number) => {
    sizes.length = 0;
    const jobs = await clientOf(server).listModelPackagingJobs({ projectName, maxResults }).toArray({ limit });
    assert.is(jobs.length, limit);
    return [...sizes];
  };
  // The server gives at most 30 items a page, whatever the request asks for.
  assert.equal(await list(0), []);
  assert.equal(await list(1), ["1"]);
  assert.equal(await list(30), ["30"]);
  assert.equal(await list(70), ["70", "40", "10"]);
  assert.equal(await list(100), [null, "70", "40", "10"]);
  assert.equal(await list(45, 20), ["20", "20", "5"]);
  await server.close();
});

test.run();
