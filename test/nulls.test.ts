/** A null on the wire means that the member is absent, as with AWS, unless the document allows null. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parse, stringify } from "yaml";
import { rejection } from "./support/client.ts";
import { generated, root } from "./support/generated.ts";
import { looseClient } from "./support/loose-client.ts";
import { stubServer } from "./support/stub-server.ts";

const test = suite("nulls");

const NAME = { type: "string" };
/** A recursive schema: no list of paths names all of its nulls. */
const TREE = {
  type: "object",
  properties: {
    label: { type: ["string", "null"] },
    leaf: NAME,
    branches: { type: "array", items: { $ref: "#/components/schemas/Tree" } },
  },
};
/** The schema of a member of a success and of an error, its value on the wire, and the value for the caller. */
const CASES: readonly [what: string, schema: object, value: unknown, given: unknown][] = [
  ["a list of texts", { type: "array", items: NAME }, ["a", null, "b"], ["a", "b"]],
  ["a text", NAME, null, undefined],
  ["a list of texts or null", { type: "array", items: { type: ["string", "null"] } }, ["a", null], ["a", null]],
  ["a choice with null", { oneOf: [NAME, { type: "null" }] }, null, null],
  ["an enum with null", { enum: ["a", null] }, null, null],
  ["anything", {}, { list: [null, 1], none: null }, { list: [null, 1], none: null }],
  ["an object without a schema of its members", { type: "object" }, { none: null }, { none: null }],
  ["a map of anything", { type: "object", additionalProperties: true }, { none: null }, { none: null }],
  ["a list of anything", { type: "array" }, [null], [null]],
  [
    "a schema inside itself",
    { $ref: "#/components/schemas/Tree" },
    { label: null, branches: [{ label: null, leaf: null }] },
    { label: null, branches: [{ label: null, leaf: null }] },
  ],
  ["a map of texts", { type: "object", additionalProperties: NAME }, { none: null, a: "b" }, { a: "b" }],
];

for (const [what, schema, value, expected] of CASES)
  test(`a null in ${what} is dropped or kept as the document says`, async () => {
    const document = parse(readFileSync(join(root, "test/fixtures/specs/things.yaml"), "utf8"));
    const { get } = document.paths["/things/{id}"];
    get.responses[200].content["application/json"].schema.properties.Some = schema;
    document.components.schemas.BadThing.properties.Some = schema;
    document.components.schemas.Tree = TREE;
    const { contract, remove } = await generated(stringify(document));
    let status = 200;
    const server = await stubServer(() => ({
      status,
      headers: { "x-amzn-errortype": "BadThing" },
      body: { Some: value },
    }));
    try {
      const client = looseClient(contract, server.url);
      const { Some } = (await client.call("listThings", { id: "a" })) as { Some: unknown };
      assert.equal(Some, expected);
      status = 400;
      const error = (await rejection(client.call("listThings", { id: "a" }))) as { body: { Some: unknown } };
      assert.equal(error.body.Some, expected);
    } finally {
      remove();
      await server.close();
    }
  });

test.run();
