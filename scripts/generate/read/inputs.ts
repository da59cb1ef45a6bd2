/** Reads the flat input of an operation: path, query and header parameters, and the members of a JSON body. */

import type { Place, SpecDocument } from "../document.ts";
import type { Input } from "../model.ts";
import { fits } from "../schema-check.ts";
import { reaches } from "./dialect.ts";
import { parametersOf } from "./parameters.ts";
import { descriptionOf, idempotencyTokenOf, members, typeOf } from "./schema.ts";

/** Matches the keywords that are allowed at the top of a body's schema: a flat input would lose others. */
const BODY = /^(type|properties|required|title|description|examples?|default|deprecated|externalDocs|\$comment|x-.*)$/;
const SOME_UUID = "3f6b2a1e-8c4d-4f5a-9b7e-2d1c0a9f8e7d";

/** The inputs of an operation in the order of the document. */
export function inputsOf(doc: SpecDocument, path: string, method: string): Input[] {
  const inputs: Input[] = [];
  const body = bodyInputs(doc, ["paths", path, method, "requestBody"]);
  for (const { input, place } of [...parametersOf(doc, path, method), ...body]) {
    const other = inputs.find((earlier) => collide(earlier, input));
    if (other)
      doc.fail(
        place,
        `${input.name} stands in the ${other.in} and in the ${input.in}: a flat input can hold only one, so rename one`,
      );
    inputs.push(input);
  }
  checkTemplate(doc, path, inputs);
  checkIdempotencyToken(doc, inputs);
  return inputs;
}

/** Whether two inputs have the same name. The case of header names does not count. */
function collide(a: Input, b: Input): boolean {
  const headers = a.in === "header" && b.in === "header";
  return a.name === b.name || (headers && a.name.toLowerCase() === b.name.toLowerCase());
}

function bodyInputs(doc: SpecDocument, at: Place): { input: Input; place: Place }[] {
  if (doc.at(at) === undefined) return [];
  if (at.at(-2) === "get") doc.fail(at, "a GET cannot carry a body: use parameters");
  const { node: body, place } = doc.resolve(at);
  const content = [...place, "content"];
  const other = doc.names(content).find((type) => type !== "application/json");
  if (other !== undefined) doc.fail([...content, other], "only application/json is supported in a request body");
  const schema = [...content, "application/json", "schema"];
  const { places, required } = members(doc, schema, "a request body");
  const { node, place: top } = doc.resolve(schema);
  for (const keyword of Object.keys(node))
    if (!BODY.test(keyword) && !(keyword === "additionalProperties" && node[keyword] === false))
      doc.fail([...top, keyword], `${keyword} is not supported at the top of a request body: it becomes a flat input`);
  if (places.size === 0) doc.fail(top, "a request body without properties is not supported: leave the body out");
  if (required.size > 0 && body.required !== true)
    doc.fail(place, "a body with required members is required itself: give it required: true");
  return [...places].map(([name, member]) => ({
    input: bodyInput(doc, name, member, required.has(name)),
    place: member,
  }));
}

function bodyInput(doc: SpecDocument, name: string, schema: Place, required: boolean): Input {
  const { node, place } = doc.resolve(schema);
  if (reaches(doc, place, (inner) => inner !== node && inner["x-idempotency-token"] !== undefined))
    doc.fail(schema, "x-idempotency-token is supported on a member of the body itself, not deeper: move it up");
  if (reaches(doc, schema, (inner) => inner.readOnly === true))
    doc.fail(
      schema,
      "readOnly is not supported in a request body: leave the member out, or give the response its own schema",
    );
  return {
    name,
    in: "body",
    type: typeOf(doc, schema),
    required,
    deprecated: node.deprecated === true || doc.object(schema).deprecated === true,
    description: descriptionOf(doc, schema),
    schema,
    idempotencyToken: idempotencyTokenOf(doc, [schema]),
  };
}

/** Checks that each `{name}` of the path has a required parameter, and each path parameter its `{name}`. */
function checkTemplate(doc: SpecDocument, path: string, inputs: readonly Input[]): void {
  const place = ["paths", path];
  const literal = path.replace(/\{[^{}/]*\}/g, "x");
  if (!/^\/[\w.~!$&'()*+,;=:@%/-]*$/.test(literal) || /%(?![0-9A-Fa-f]{2})/.test(literal))
    doc.fail(place, "must be a path that starts with / and has no query, and nothing that a URL would have to escape");
  if (path.split("/").some((segment) => /^(\.|%2e){1,2}$/i.test(segment)))
    doc.fail(place, "a dot segment is not supported: every URL library takes it out");
  const named = new Set([...path.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name));
  const declared = inputs.filter((input) => input.in === "path");
  for (const name of named)
    if (!declared.some((input) => input.name === name && input.required))
      doc.fail(place, `{${name}} has no path parameter with required: true: add it to the parameters`);
  for (const input of declared)
    if (!named.has(input.name))
      doc.fail(input.schema.slice(0, -1), `the path ${path} has no {${input.name}}: add or remove it`);
}

function checkIdempotencyToken(doc: SpecDocument, inputs: readonly Input[]): void {
  const [token, second] = inputs.filter((input) => input.idempotencyToken);
  if (second) doc.fail(second.schema, "a second x-idempotency-token in one operation is not supported: keep one");
  if (token && !fits(doc, token.schema, SOME_UUID))
    doc.fail(
      token.schema,
      "an idempotency token is filled with a UUID, which breaks the rules of this schema: loosen them",
    );
}
