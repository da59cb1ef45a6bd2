import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Validator } from "../src/contract/contract.ts";
import type { ServedOperation } from "../src/endpoint/handlers/handler.ts";
import { checkInput } from "../src/endpoint/http/constraints.ts";
import { ErrorResponse } from "../src/endpoint/http/error-response.ts";
import { readInput } from "../src/endpoint/http/read-input.ts";
import type { RequestHead } from "../src/endpoint/http/receive.ts";

/** An operation that takes input from every place, in every type. */
const operation: ServedOperation = {
  id: "PutThing",
  members: ["name", "dry", "ratio", "count", "X-Owner", "Title", "Tags"],
  method: "PUT",
  path: "/things/{name}",
  input: {
    name: { in: "path", type: "string" },
    dry: { in: "query", type: "boolean" },
    ratio: { in: "query", type: "number" },
    count: { in: "query", type: "integer" },
    "X-Owner": { in: "header", type: "string" },
    Title: { in: "body", type: "string" },
    Tags: { in: "body", type: "array" },
  },
  validate: () => true,
  hasOutput: true,
  timestamps: { input: [], output: [] },
  call: () => Promise.reject(new Error("The endpoint calls nobody.")),
};

const read = (request: Partial<RequestHead> & { body?: string }, name = "a") => {
  const { body = "", ...rest } = request;
  const head = { method: "PUT", path: "/things/a", query: "", headers: new Map(), ...rest };
  const bytes = Buffer.from(body);
  return { ...readInput(operation, { name }, head, { bytes, size: bytes.length, hash: "" }) };
};
const refusal = (request: Parameters<typeof read>[0], name?: string): string => {
  try {
    read(request, name);
  } catch (error) {
    if (error instanceof ErrorResponse) return `${error.name}: ${error.message}`;
  }
  throw new Error("Nothing was refused.");
};

const test = suite("input of any operation");

test("is read from path, query, headers and body", () => {
  const input = read(
    {
      query: "dry=true&ratio=-2.5&count=-7",
      headers: new Map([
        ["x-owner", "me"],
        ["x-other", "you"],
      ]),
      body: '{"Title":"T","Tags":["a","b"]}',
    },
    "a%20%2F%C3%A9",
  );
  assert.equal(input, {
    name: "a /é",
    dry: true,
    ratio: -2.5,
    count: -7,
    "X-Owner": "me",
    Title: "T",
    Tags: ["a", "b"],
  });
});

test("has no member that was not sent", () => {
  assert.equal(read({}), { name: "a" });
});

test("is unescaped once, and a plus is a space in the query alone", () => {
  assert.is(read({}, "a+b%252F").name, "a+b%2F");
  assert.match(refusal({ query: "dry=a+b" }), /'a b' at 'dry'/);
});

test("that cannot be read as its type is refused", () => {
  assert.is(refusal({ query: "dry=yes" }), "SerializationException: 'yes' at 'dry' cannot be read as a boolean.");
  assert.is(
    refusal({ query: "ratio=1e999" }),
    "SerializationException: '1e999' at 'ratio' cannot be read as a number.",
  );
  assert.is(refusal({ query: "count=1.0" }), "SerializationException: '1.0' at 'count' cannot be read as an integer.");
});

test("of a body has to be a JSON object of known members", () => {
  for (const body of ["{", "a", "\ufeff{}"])
    assert.is(refusal({ body }), "SerializationException: The body is not JSON.");
  for (const body of ["[]", "null", "5"])
    assert.is(refusal({ body }), "SerializationException: The body is not a JSON object.");
  const known = "is not known in the body: PutThing takes Title, Tags there.";
  assert.is(refusal({ body: '{"name":"b"}' }), `SerializationException: 'name' ${known}`);
  assert.is(refusal({ body: '{"__proto__":{}}' }), `SerializationException: '__proto__' ${known}`);
});

/** The message about faults that a validator found in an input. */
function told(errors: NonNullable<Validator["errors"]>, input: Record<string, unknown>): string {
  const validate: Validator = Object.assign(() => false, { errors });
  try {
    checkInput({ ...operation, validate }, input);
  } catch (error) {
    if (error instanceof ErrorResponse && error.name === "ValidationException") return error.message;
  }
  throw new Error("Nothing was refused.");
}

test("that breaks the contract is refused in AWS's words for each rule", () => {
  const faults: [keyword: string, params: Record<string, unknown>, rule: string][] = [
    ["minimum", { limit: 1 }, "have value greater than or equal to 1"],
    ["maximum", { limit: 9 }, "have value less than or equal to 9"],
    ["minLength", { limit: 1 }, "have length greater than or equal to 1"],
    ["maxLength", { limit: 9 }, "have length less than or equal to 9"],
    ["pattern", { pattern: "^a$" }, "satisfy regular expression pattern: ^a$"],
    ["enum", { allowedValues: ["A", "B"] }, "satisfy enum value set: [A, B]"],
  ];
  for (const [keyword, params, rule] of faults) {
    const message = told([{ instancePath: "/Title", keyword, params }], { Title: "x" });
    assert.is(
      message,
      `1 validation error detected: Value 'x' at 'Title' failed to satisfy constraint: Member must ${rule}`,
    );
  }
});

test("that is missing has the value null, and a nested member is named by its path", () => {
  assert.is(
    told(
      [
        { instancePath: "", keyword: "required", params: { missingProperty: "Title" } },
        { instancePath: "/Tags/1", keyword: "maxLength", params: { limit: 1 } },
      ],
      { Tags: ["a", "bb"] },
    ),
    "2 validation errors detected: " +
      "Value null at 'Title' failed to satisfy constraint: Member must not be null; " +
      "Value 'bb' at 'Tags.1' failed to satisfy constraint: Member must have length less than or equal to 1",
  );
});

test("that has a slash or a tilde in its name is named without escapes, with its value", () => {
  const fault = { instancePath: "/a~1b~0c", keyword: "maximum", params: { limit: 4 } };
  assert.is(
    told([fault], { "a/b~c": 5 }),
    "1 validation error detected: Value '5' at 'a/b~c' failed to satisfy constraint: Member must have value less than or equal to 4",
  );
});

test("with more than ten faults is refused with ten of them", () => {
  const errors = Array.from({ length: 12 }, (_, at) => ({
    instancePath: `/Tags/${at}`,
    keyword: "minLength",
    params: { limit: 1 },
  }));
  const message = told(errors, { Tags: Array(12).fill("") });
  assert.match(message, /^12 validation errors detected: /);
  assert.is(message.split("; ").length, 10);
});

test.run();
