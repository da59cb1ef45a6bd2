/** Other people's documents, listed over signed requests whose signatures a second signer verifies. */
import createClient from "openapi-fetch";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { paginate } from "../src/paginate.ts";
import { pathSerializer, signedFetch } from "../src/sigv4.ts";
import { credentials } from "./support/client.ts";
import { closeServers } from "./support/open-servers.ts";
import { assertSigned } from "./support/signature.ts";
import { type StubResponse, stubServer } from "./support/stub-server.ts";
import { type TypedPrograms, typedPrograms } from "./support/typed-api.ts";

/** Each document with its three pages, which have two items, none and one. */
const CASES: { name: string; pages: StubResponse[]; requests: string[] }[] = [
  {
    name: "orders",
    pages: [
      { body: { orders: [{ id: "1" }, { id: "2" }], nextToken: "a+/=" } },
      { body: { orders: [], nextToken: "b" } },
      { body: { orders: [{ id: "3" }] } },
    ],
    requests: [
      "GET /prod/customers/7%2Fa/orders ",
      "GET /prod/customers/7%2Fa/orders?nextToken=a%2B%2F%3D ",
      "GET /prod/customers/7%2Fa/orders?nextToken=b ",
    ],
  },
  {
    name: "devices",
    pages: [
      { headers: { link: '</prod/devices?cursor=c1>; rel="next"' }, body: [{ id: "1" }, { id: "2" }] },
      { headers: { link: '</prod/devices?cursor=c2>; rel="next", </prod/devices>; rel="first"' }, body: [] },
      { headers: { link: '</prod/devices>; rel="first"' }, body: [{ id: "3" }] },
    ],
    requests: ["GET /prod/devices ", "GET /prod/devices?cursor=c1 ", "GET /prod/devices?cursor=c2 "],
  },
  {
    name: "readings",
    pages: [
      { body: { results: [{ id: "1" }, { id: "2" }], nextOffset: 0, total: 3 } },
      { body: { results: [], nextOffset: 2, total: 3 } },
      { body: { results: [{ id: "3" }], nextOffset: null, total: 3 } },
    ],
    requests: ["GET /prod/readings ", "GET /prod/readings?offset=0 ", "GET /prod/readings?offset=2 "],
  },
  {
    name: "tickets",
    pages: [
      { body: { data: { tickets: [{ id: "1" }, { id: "2" }] }, page: { token: "t1" } } },
      { body: { page: { token: "t2" } } },
      { body: { data: { tickets: [{ id: "3" }] }, page: { token: "" } } },
    ],
    requests: [
      'POST /prod/tickets/search {"page":{}}',
      'POST /prod/tickets/search {"page":{"token":"t1"}}',
      'POST /prod/tickets/search {"page":{"token":"t2"}}',
    ],
  },
  {
    name: "tags",
    pages: [
      { body: { Tags: [{ id: "1" }, { id: "2" }], LastEvaluated: { Key: "k", Time: 1 } } },
      { body: { Tags: [{ id: "3" }], LastEvaluated: { Key: "k", Time: 2 } } },
      { status: 204 },
    ],
    requests: [
      "GET /prod/tags/arn%3Aaws%3Aiot%3Aus-east-1%3A1%3Athing%2Fa ",
      "GET /prod/tags/arn%3Aaws%3Aiot%3Aus-east-1%3A1%3Athing%2Fa?afterKey=k&afterTime=1 ",
      "GET /prod/tags/arn%3Aaws%3Aiot%3Aus-east-1%3A1%3Athing%2Fa?afterKey=k&afterTime=2 ",
    ],
  },
];

const test = suite<{ programs: TypedPrograms }>("documents that were not written for this package");

test.before(async (context) => {
  context.programs = await typedPrograms(CASES.map(({ name }) => name));
});
test.after(({ programs }) => programs?.remove());

test("types flow from a document into its listing without a cast", ({ programs }) => {
  assert.equal(programs.complaints, []);
});

for (const { name, pages, requests } of CASES)
  test(`${name} are listed to the end, over signed requests`, async ({ programs }) => {
    const server = await stubServer((_, index) => pages[index] ?? { status: 500 });
    const fetch = signedFetch({ service: "execute-api", region: "us-east-1", credentials });
    const api = createClient({ baseUrl: `${server.url}/prod`, fetch, pathSerializer });
    assert.equal(await programs.items(name, { api, paginate }), [{ id: "1" }, { id: "2" }, { id: "3" }]);
    assert.equal(
      server.requests.map(({ method, url, body }) => `${method} ${url} ${body}`),
      requests,
    );
    for (const request of server.requests) await assertSigned(request, "execute-api");
    await fetch.close();
  });
test.after.each(closeServers);

test.run();
