/** The errors of another document's client: the service's own, retries, and inputs that break the contract. */
import * as assert from "uvu/assert";
import { serviceErrorGuard } from "../src/client.ts";
import { InputError, UnknownServiceError } from "../src/errors.ts";
import { rejection, withRandom } from "./support/client.ts";
import { depotSuite, MONDAY, SUNDAY, seconds, UUID } from "./support/depot.ts";
import type { SeenRequest } from "./support/stub-server.ts";

const test = depotSuite("faults of another service");

test("errors have the document's names, and their bodies its spelling and Dates", async ({
  client,
  depot,
  responses,
}) => {
  const isDepotError = serviceErrorGuard(depot.contract);
  const body = { Message: "closed for the winter", reopensAt: seconds(MONDAY) };
  responses.push({ status: 409, headers: { "x-amzn-errortype": "DepotClosed:http://depot" }, body });
  const error = await rejection(client.call("createParcel", { depotId: "north", weight: 2 }));
  assert.ok(isDepotError(error));
  assert.is(error.name, "DepotClosed");
  assert.is(error.message, "closed for the winter");
  assert.equal(error.body, { ...body, message: "closed for the winter", reopensAt: new Date(MONDAY) });

  responses[0] = { status: 404, body: { __type: "com.depot#ParcelNotThere", Message: "no 7", number: 7 } };
  const other = await rejection(client.call("replaceParcel", { depotId: "north", parcelNumber: 7 }));
  assert.ok(isDepotError(other));
  assert.equal(
    [other.name, other.body],
    ["ParcelNotThere", { __type: "com.depot#ParcelNotThere", Message: "no 7", number: 7 }],
  );

  responses[0] = { status: 404, body: { __type: "ResourceNotFoundException", Message: "of another service" } };
  const foreign = await rejection(client.call("getTime"));
  assert.not(isDepotError(foreign));
  assert.instance(foreign, UnknownServiceError);
});

test("x-retryable decides which errors are retried, also for a POST", async ({ client, server, responses }) => {
  const time = { body: { now: 0 } };
  responses.push({ status: 418, body: { __type: "DepotOnFire" } }, time);
  await withRandom(0, () => client.call("getTime"));
  responses.splice(0, responses.length, { status: 400, body: { __type: "too_busy" } }, time);
  await withRandom(0, () => client.call("getTime"));
  responses.splice(0, responses.length, { status: 500, body: { __type: "DepotOnFire" } }, { body: { name: "south" } });
  await withRandom(0, () => client.call("renameDepot", { depotId: "north", name: "south" }));
  assert.is(server.requests.length, 6);
});

const inItself: Record<string, unknown> = {};
inItself.again = inItself;
for (const [what, input, member] of [
  ["NaN for a number", { weight: Number.NaN }, "weight"],
  ["Infinity for a number", { weight: Infinity }, "weight"],
  ["NaN in an object without rules", { weight: 2, notes: { list: [Number.NaN] } }, "notes"],
  ["a BigInt in an object without rules", { weight: 2, notes: { count: 1n } }, "notes"],
  ["an object without rules that contains itself", { weight: 2, notes: inItself }, "notes"],
] as const)
  test(`an input with ${what} is an InputError`, async ({ client, server }) => {
    const error = await rejection(client.call("createParcel", { depotId: "north", ...input }));
    assert.instance(error, InputError);
    assert.ok((error as InputError).faults.some((fault) => fault.member === member));
    assert.match((error as InputError).message, /Nothing was sent\.$/);
    assert.is(server.requests.length, 0);
  });

const TOKENS: [method: string, of: (request: SeenRequest) => unknown, name: string][] = [
  ["createParcel", ({ body }) => JSON.parse(body).requestToken, "requestToken"],
  ["replaceParcel", ({ headers }) => headers["x-depot-token"], "X-Depot-Token"],
  ["removeParcel", ({ url }) => new URL(url, "http://stub").searchParams.get("token"), "token"],
];
for (const [method, tokenOf, name] of TOKENS)
  test(`${method}: the idempotency token is filled in once per call, and the call is retried`, async (context) => {
    const { client, server, responses } = context;
    const input = { depotId: "north", ...(method === "createParcel" ? { weight: 2 } : { parcelNumber: 7 }) };
    const down = { status: 503, body: "<h1>down" };
    const fine = { body: { parcel: { number: 7 } } };
    responses.push(down, down, fine);
    await withRandom(0, () => client.call(method, input));
    const tokens = server.requests.map(tokenOf);
    assert.match(String(tokens[0]), UUID);
    assert.equal(tokens, [tokens[0], tokens[0], tokens[0]]);
    await client.call(method, input);
    assert.is.not(tokenOf(server.requests[3]!), tokens[0], "a call of its own has its own");
    await client.call(method, { ...input, [name]: "mine" });
    assert.is(tokenOf(server.requests[4]!), "mine");
  });

test("a POST or PATCH without a token is not retried for an error without x-retryable", async (context) => {
  context.responses.push({ status: 503, body: "<h1>down" });
  const { client, server } = context;
  await rejection(client.call("renameDepot", { depotId: "north", name: "south" }));
  await rejection(client.list("searchScans", { text: "lost" }));
  assert.is(server.requests.length, 2);
});

const REFUSED: [what: string, method: string, input: Record<string, unknown>, member: string][] = [
  [
    "a line break in a header",
    "getParcel",
    { "X-Depot-Language": "en\r\nx-evil: 1", "X-Depot-Depth": 1 },
    "X-Depot-Language",
  ],
  [
    "a header that is not ASCII",
    "getParcel",
    { "X-Depot-Language": "français", "X-Depot-Depth": 1 },
    "X-Depot-Language",
  ],
  ["a missing header", "getParcel", {}, "X-Depot-Depth"],
  ["an invalid Date", "createParcel", { weight: 2, scans: [{ at: new Date(Number.NaN) }] }, "scans.0.at"],
  ["seconds for a Date", "createParcel", { weight: 2, pickUpAfter: 1757836800 }, "pickUpAfter"],
  ["text for a Date", "createParcel", { weight: 2, closedOn: { sunday: SUNDAY } }, "closedOn.sunday"],
  ["a weight of zero", "createParcel", { weight: 0 }, "weight"],
  ["a value outside a mixed enum", "createParcel", { weight: 2, insured: "true" }, "insured"],
  ["null where the document does not allow it", "createParcel", { weight: null }, "weight"],
  ["a list with a wrong element", "listParcels", { state: ["LOST"] }, "state.0"],
  ["a page that is too small", "listParcels", { count: 4 }, "count"],
];
for (const [what, method, input, member] of REFUSED)
  test(`${what} is refused before anything is sent`, async ({ client, server }) => {
    const error = await rejection(client.call(method, { depotId: "north", parcelNumber: 7, ...input }));
    assert.instance(error, InputError);
    const faults = (error as InputError).faults.map((fault) => fault.member);
    assert.ok(faults.includes(member), faults.join());
    assert.is(server.requests.length, 0);
  });

test("the error for a time asks for a Date, and an inner object's unknown member gets no suggestion of the input's members", async ({
  client,
}) => {
  const messageFor = async (input: Record<string, unknown>) =>
    ((await rejection(client.call("createParcel", { depotId: "north", weight: 2, ...input }))) as Error).message;
  assert.match(await messageFor({ pickUpAfter: 1757836800 }), "pickUpAfter must be a valid Date, not 1757836800.");
  assert.match(await messageFor({ pickUpAfter: new Date("x") }), "pickUpAfter must be a valid Date, not Invalid Date.");
  assert.match(await messageFor({ scans: [{}] }), "scans.0.at is missing.");
});

test.run();
