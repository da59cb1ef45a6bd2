/** The client of another document: parameters, bodies, times, pages and raw follow that document. */
import * as assert from "uvu/assert";
import { rejection, withEnvironment, withRandom } from "./support/client.ts";
import { depotSuite, MONDAY, only, readSpec, SUNDAY, seconds, UUID } from "./support/depot.ts";
import { looseClient } from "./support/loose-client.ts";
import { assertSigned } from "./support/signature.ts";
import type { StubResponse } from "./support/stub-server.ts";

const test = depotSuite("a document of another service");

test("the generated types compile under the strictest settings", ({ depot }) => {
  assert.equal(depot.complaints(readSpec("parcel-depot.program.txt")), []);
});

test("parameters go where the document puts them, and nothing else is sent", async ({ client, server }) => {
  const given = {
    depotId: "north/1 é",
    state: ["GONE", "WAITING"],
    "filter[heavy]": false,
    minWeight: 1.5,
    language: "fr",
  };
  await client.list("listParcels", given);
  const { method, url, body } = only(server);
  assert.is(method, "GET");
  const query = "state=GONE&state=WAITING&filter[heavy]=false&minWeight=1.5&language=fr";
  assert.is(url, `/depots/north%2F1%20%C3%A9/parcels?${query}`);
  assert.is(body, "");
});

test("headers may be strings, numbers and booleans", async ({ client, server }) => {
  const headers = { "X-Depot-Language": "en, fr", "X-Depot-Depth": 0, "X-Depot-Verbose": false };
  await client.call("getParcel", { depotId: "north", parcelNumber: 7, ...headers });
  const request = only(server);
  assert.is(request.url, "/depots/north/parcels/7");
  assert.is(request.headers["x-depot-language"], "en, fr");
  assert.is(request.headers["x-depot-depth"], "0");
  assert.is(request.headers["x-depot-verbose"], "false");
});

test("a body is JSON of the body's members alone, and its hash is signed", async ({ client, server }) => {
  await client.call("createParcel", { depotId: "north", language: "fr", weight: 2, label: null, insured: "yes" });
  const { method, url, headers, body } = only(server);
  assert.is(`${method} ${url}`, "POST /depots/north/parcels?language=fr");
  assert.is(headers["content-type"], "application/json");
  const { requestToken, ...rest } = JSON.parse(body);
  assert.match(requestToken, UUID);
  assert.equal(rest, { weight: 2, label: null, insured: "yes" });
  const changed = await rejection(assertSigned({ method, url, headers, body: body.replace("2", "3") }, "parcel-depot"));
  assert.instance(changed, assert.Assertion, "another body has another signature");
});

test("PUT, PATCH and DELETE work, and a body that the document does not have is ignored", async ({
  client,
  server,
  responses,
}) => {
  responses.push({ status: 204, headers: { "x-amzn-requestid": "r-1" } });
  const replaced = await client.call("replaceParcel", { depotId: "north", parcelNumber: 7, label: "fragile" });
  assert.equal(replaced, { requestId: "r-1" });
  responses[0] = { status: 202, headers: { "content-type": "text/html" }, body: "<p>soon" };
  assert.equal(await client.call("removeParcel", { depotId: "north", parcelNumber: 7 }), { requestId: undefined });
  responses[0] = { body: { name: "south" } };
  assert.is((await client.call("renameDepot", { depotId: "north", name: "south" })).name, "south");
  assert.equal(
    server.requests.map(({ method }) => method),
    ["PUT", "DELETE", "PATCH"],
  );
  assert.equal(
    server.requests.map(({ body }) => body),
    ['{"label":"fragile"}', "", '{"name":"south"}'],
  );
});

test("an operation without required input may be called without an argument", async ({ client, server, responses }) => {
  responses.push({ body: { now: seconds(MONDAY) } });
  assert.equal(await client.call("getTime"), { now: new Date(MONDAY), requestId: undefined });
  assert.is(only(server).url, "/now");
});

test("Dates become seconds on their way out, and seconds Dates on their way back, wherever they stand", async ({
  client,
  server,
  responses,
}) => {
  const times = (time: (iso: string) => unknown) => ({
    scans: [{ at: time(SUNDAY), place: "gate" }, { at: time(MONDAY) }],
    closedOn: { sunday: time(SUNDAY), "*": time(MONDAY) },
    returnBy: time(SUNDAY),
  });
  responses.push({ body: { parcel: { number: 7, createdAt: seconds(MONDAY), ...times(seconds), label: null } } });
  const date = (iso: string) => new Date(iso);
  const input = { depotId: "north", weight: 2, pickUpAfter: date(MONDAY), ...times(date) };
  const { parcel } = await client.call("createParcel", input);
  assert.equal(parcel, { number: 7, createdAt: date(MONDAY), ...times(date) });
  const { requestToken: _, ...sent } = JSON.parse(only(server).body);
  assert.equal(sent, { weight: 2, pickUpAfter: seconds(MONDAY), ...times(seconds) });
  assert.equal(input.scans[0]?.at, date(SUNDAY), "the caller's input stays as it was");

  responses[0] = { body: { parcel: { number: 7, returnBy: null, scans: [null, { at: null }] } } };
  const nothing = await client.call("createParcel", { ...input, returnBy: null });
  assert.equal(nothing.parcel, { number: 7, returnBy: null, scans: [{}] }, "null is absent where it is no value");
  assert.is(JSON.parse(server.requests[1]?.body ?? "").returnBy, null, "and itself in what is sent");
});

test("a time in quotes is a Date, in seconds or ISO 8601, and an unreadable time is absent", async (context) => {
  const { client, responses } = context;
  const date = new Date(MONDAY);
  const quoted = String(seconds(MONDAY));
  const closedOn = { a: quoted, b: MONDAY, c: "2026-02-02T14:30:00.250+0200", d: "1.77E9", e: "soon", f: true, g: {} };
  const scans = [
    { at: MONDAY, place: quoted },
    { at: ["x"], place: "gate" },
  ];
  responses.push({ body: { parcel: { number: 7, createdAt: quoted, returnBy: "tomorrow", scans, closedOn } } });
  const { parcel } = await client.call("createParcel", { depotId: "north", weight: 2 });
  assert.equal(parcel, {
    number: 7,
    createdAt: date,
    scans: [{ at: date, place: quoted }, { place: "gate" }],
    closedOn: { a: date, b: date, c: date, d: new Date(1.77e12) },
  });
});

const parcels = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ number: from + index }));
const page = (from: number, count: number, next?: string): StubResponse => ({
  body: { page: { parcels: parcels(from, count), cursor: next === undefined ? undefined : { next } } },
});

test("pages with tokens in the query and nested in the body: awaited, iterated, cut off", async ({
  client,
  server,
  responses,
}) => {
  const pages = [page(1, 5, "a+/="), { body: { page: { cursor: { next: "b" } } } }, page(6, 2)];
  const queries = () => server.requests.splice(0).map(({ url }) => url.split("?")[1]);
  responses.push(...pages);
  const first = await client.list("listParcels", { depotId: "north", count: 5 });
  assert.equal(first.page, { parcels: parcels(1, 5), cursor: { next: "a+/=" } });
  assert.equal(queries(), ["count=5"]);

  responses.splice(0, responses.length, ...pages);
  const numbers: unknown[] = [];
  for await (const parcel of client.list("listParcels", { depotId: "north" })) numbers.push(parcel.number);
  assert.equal(numbers, [1, 2, 3, 4, 5, 6, 7]);
  assert.equal(queries(), [undefined, "after=a%2B%2F%3D", "after=b"]);

  // Each page is at least as large as the document demands, and no larger than needed.
  responses.splice(0, responses.length, page(1, 5, "a"));
  assert.is((await client.list("listParcels", { depotId: "north" }).toArray({ limit: 3 })).length, 3);
  responses.splice(0, responses.length, page(1, 40, "a"), page(41, 10, "b"));
  assert.is((await client.list("listParcels", { depotId: "north" }).toArray({ limit: 42 })).length, 42);
  assert.equal(queries(), ["count=5", "count=42", "after=a&count=5"]);
});

test("a page token may be a number, in the bodies of request and response", async ({ client, server, responses }) => {
  const scan = (iso: string) => ({ at: seconds(iso) });
  responses.push({ body: { Scans: [scan(SUNDAY)], EndAt: 1 } }, { body: { Scans: [scan(MONDAY)] } });
  const between = [new Date(SUNDAY), new Date(MONDAY)];
  const scans = await client.list("searchScans", { text: "lost", between }).toArray();
  assert.equal(scans, [{ at: new Date(SUNDAY) }, { at: new Date(MONDAY) }]);
  const bodies = server.requests.map(({ body }) => JSON.parse(body));
  const asked = { text: "lost", between: between.map((time) => time.getTime() / 1000) };
  assert.equal(bodies, [asked, { ...asked, startAt: 1 }]);
});

test("raw does not convert values, and retries a POST only with an idempotency token in its header", async (context) => {
  const { client, server, responses } = context;
  responses.push({ body: { now: 1770035400.25 } });
  assert.equal((await client.raw("GET", "/now")).data, { now: 1770035400.25 });
  const params = { path: { depotId: "north", parcelNumber: 7 } };
  responses.splice(0, 1, { status: 404, body: { __type: "ParcelNotThere", Message: "no 7" } });
  const { error, response } = await client.raw("GET", "/depots/{depotId}/parcels/{parcelNumber}", { params });
  assert.equal(error, { __type: "ParcelNotThere", Message: "no 7" });
  assert.is(response.status, 404);
  responses[0] = { status: 503, body: "<h1>down" };
  server.requests.length = 0;
  const body = { weight: 2, pickUpAfter: 1 };
  await client.raw("POST", "/depots/{depotId}/parcels", { params, headers: { requestToken: "of the body" }, body });
  assert.is(only(server).body, '{"weight":2,"pickUpAfter":1}');
  await withRandom(0, () => client.raw("POST", "/scans:search", { headers: { "X-Depot-Token": "t" }, body: {} }));
  assert.is(server.requests.length, 4);
});

test("the host and the endpoint variable come from the document", async ({ depot, server }) => {
  const asked: string[] = [];
  const fetch = async (request: Request) => {
    asked.push(request.url);
    return Response.json({ now: 0 });
  };
  await withEnvironment({}, async () => {
    await looseClient(depot.contract, undefined, { region: "eu-west-1", fetch }).call("getTime");
  });
  assert.equal(asked, ["https://live.parceldepot.eu-west-1.example.com/v1/now"]);
  await withEnvironment({ AWS_ENDPOINT_URL_PARCEL_DEPOT: server.url }, async () => {
    await looseClient(depot.contract, undefined, {}).call("getTime");
  });
  assert.is(server.requests.length, 1);
});

test.run();
