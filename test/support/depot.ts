/** The document of another service, its client, and a server that responds as a test says. */
import { readFileSync } from "node:fs";
import { suite, type Test } from "uvu";
import * as assert from "uvu/assert";
import { type Generated, generated } from "./generated.ts";
import { type LooseClient, looseClient } from "./loose-client.ts";
import { assertSigned } from "./signature.ts";
import { type SeenRequest, type StubResponse, type StubServer, stubServer } from "./stub-server.ts";

export interface DepotContext {
  depot: Generated;
  server: StubServer;
  client: LooseClient;
  /** The server's responses to the next requests. The last one is repeated. */
  responses: StubResponse[];
}

export const SUNDAY = "2026-02-01T00:00:00.000Z";
export const MONDAY = "2026-02-02T12:30:00.250Z";
export const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

export const seconds = (iso: string) => Date.parse(iso) / 1000;

export const readSpec = (name: string) => readFileSync(new URL(`../fixtures/specs/${name}`, import.meta.url), "utf8");

/** Makes a suite that also checks, for every request, the signature for the document's service. */
export function depotSuite(name: string): Test<DepotContext> {
  const test = suite<DepotContext>(name);
  test.before(async (context) => {
    context.depot = await generated(readSpec("parcel-depot.yaml"));
    context.server = await stubServer(() =>
      context.responses.length > 1 ? context.responses.shift()! : (context.responses[0] ?? { body: {} }),
    );
    context.client = looseClient(context.depot.contract, context.server.url);
  });
  test.before.each((context) => {
    context.responses = [];
    context.server.requests.length = 0;
  });
  test.after.each(async ({ server }) => {
    for (const request of server.requests) await assertSigned(request, "parcel-depot");
  });
  test.after(async ({ server, depot }) => {
    depot?.remove();
    await server?.close();
  });
  return test;
}

/** The one request that was sent. */
export function only({ requests }: StubServer): SeenRequest {
  assert.is(requests.length, 1);
  return requests[0]!;
}
