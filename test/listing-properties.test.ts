/** From any service, a listing gives all items once and in order, or ends with a named error. */
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Client, isServiceError, NetworkError, PaginationError, UnknownServiceError } from "../src/index.ts";
import { clientOf, paths, projectName, withRandom } from "./support/client.ts";
import { type Exchange, type FaultyServer, faultyServer, sendResponse } from "./support/faulty-server.ts";

const test = suite<{ server: FaultyServer; respond: (exchange: Exchange) => void }>("any listing");

test.before(async (context) => {
  context.server = await faultyServer({ respond: (exchange) => context.respond(exchange) });
});
test.after(({ server }) => server.close());

/** The failures of one request, by name. */
const FAULTS = {
  internal: ({ response }: Exchange) =>
    sendResponse(response, {
      status: 500,
      headers: { "x-amzn-errortype": "InternalServerException" },
      body: { Message: "m" },
    }),
  throttled: ({ response }: Exchange) =>
    sendResponse(response, {
      status: 429,
      headers: { "x-amzn-errortype": "ThrottlingException" },
      body: { Message: "m" },
    }),
  denied: ({ response }: Exchange) =>
    sendResponse(response, {
      status: 403,
      headers: { "x-amzn-errortype": "AccessDeniedException" },
      body: { Message: "m" },
    }),
  page: ({ response }: Exchange) => sendResponse(response, { status: 502, body: "<html>" }),
  cut: ({ response }: Exchange) => sendResponse(response, { body: '{"ModelPackagingJobs":[{"Job' }),
  list: ({ response }: Exchange) => sendResponse(response, { body: [] }),
  reset: ({ request }: Exchange) => request.socket.resetAndDestroy(),
};
type FaultName = keyof typeof FAULTS;
const PERMANENT: readonly FaultName[] = ["denied"];

interface Plan {
  readonly pages: readonly {
    /** The number of items, with nulls between them. Null stands for a page without a list. */
    readonly items: number | null;
    /** The failures of the requests for this page before one succeeds. */
    readonly faults: readonly FaultName[];
  }[];
  /** Which page's token the last page gives, for a service that goes round; none for one that ends. Never the first
   * page's, which nobody can know again: it was asked for without a token. */
  readonly back: number | undefined;
  readonly prefetch: boolean;
  readonly maxResults: number | undefined;
}

const plans: fc.Arbitrary<Plan> = fc.record({
  pages: fc.array(
    fc.record({
      items: fc.option(fc.nat(4), { freq: 8 }),
      faults: fc.oneof(
        { weight: 4, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: fc.array(fc.constantFrom(...(Object.keys(FAULTS) as FaultName[])), { maxLength: 3 }) },
      ),
    }),
    { minLength: 1, maxLength: 8 },
  ),
  back: fc.option(fc.integer({ min: 1, max: 7 }), { nil: undefined, freq: 3 }),
  prefetch: fc.boolean(),
  maxResults: fc.option(fc.integer({ min: 1, max: 100 }), { nil: undefined }),
});

const nameOf = (page: number, item: number) => `page-${page}-item-${item}`;
const itemsOf = ({ pages }: Plan, page: number) =>
  Array.from({ length: pages[page]?.items ?? 0 }, (_, item) => nameOf(page, item));

/** A service that follows a plan. Its tokens differ from each other and need escaping. */
function service(plan: Plan): (exchange: Exchange) => void {
  const met = plan.pages.map(() => 0);
  return (exchange) => {
    const page = exchange.token === undefined ? 0 : Number(exchange.token.split("/+=")[1]);
    const { faults, items } = plan.pages[page] as Plan["pages"][number];
    const fault = faults[met[page]!++];
    if (fault !== undefined) return FAULTS[fault](exchange);
    const next = page + 1 < plan.pages.length ? page + 1 : plan.back;
    sendResponse(exchange.response, {
      body: {
        ModelPackagingJobs:
          items === null ? null : [null, ...itemsOf(plan, page).flatMap((JobName) => [{ JobName }, null])],
        NextToken: next === undefined || next >= plan.pages.length ? null : `token/+=${next}`,
      },
    });
  };
}

/** The outcome that a plan must lead to, with three attempts for each page. */
function expectation(plan: Plan): { items: string[]; error: boolean } {
  const items: string[] = [];
  for (const [page, { faults }] of plan.pages.entries()) {
    const permanent = faults.findIndex((fault) => PERMANENT.includes(fault));
    if ((permanent >= 0 && permanent < 3) || faults.length >= 3) return { items, error: true };
    items.push(...itemsOf(plan, page));
  }
  return { items, error: plan.back !== undefined && plan.back < plan.pages.length };
}

async function check(client: Client, plan: Plan): Promise<void> {
  const { prefetch, maxResults } = plan;
  const jobs = client.listModelPackagingJobs({ projectName, maxResults }, { prefetch });
  const items: (string | undefined)[] = [];
  let error: unknown;
  try {
    for await (const { JobName } of jobs) items.push(JobName);
  } catch (thrown) {
    error = thrown;
  }
  const expected = expectation(plan);
  assert.equal(items, expected.items);
  assert.is(error !== undefined, expected.error, String(error));
  if (error !== undefined) {
    const known = [NetworkError, UnknownServiceError, PaginationError].some((kind) => error instanceof kind);
    assert.ok(known || isServiceError(error), String(error));
  }
}

for (const [path, way] of Object.entries(paths))
  test(`a listing gives every item once and in order, or ends with a named error, over ${path}`, (context) =>
    withRandom(0, () =>
      fc.assert(
        fc.asyncProperty(plans, async (plan) => {
          context.respond = service(plan);
          // Each plan has its own client, because the retry quota is the client's.
          const client = clientOf(context.server, way);
          await check(client, plan);
          await client.close();
        }),
        { numRuns: 100, timeout: 20_000 },
      ),
    ));

test("a listing with a limit gives the first items and requests no page beyond them", (context) => {
  const { server } = context;
  return fc.assert(
    fc.asyncProperty(plans, fc.nat(12), async (given, limit) => {
      const plan = { ...given, back: undefined, pages: given.pages.map(({ items }) => ({ items, faults: [] })) };
      context.respond = service(plan);
      const before = server.requests.length;
      const client = clientOf(server);
      const jobs = await client.listModelPackagingJobs({ projectName }).toArray({ limit });
      await client.close();
      const all = plan.pages.flatMap((_, page) => itemsOf(plan, page));
      assert.equal(
        jobs.map(({ JobName }) => JobName),
        all.slice(0, limit),
      );
      let needed = 0;
      for (let have = 0; have < limit && needed < plan.pages.length; needed++) have += itemsOf(plan, needed).length;
      assert.is(server.requests.length - before, needed);
    }),
    { numRuns: 100, timeout: 20_000 },
  );
});

test.run();
