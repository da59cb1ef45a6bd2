/** Reads the responses of an operation: the body of its success, and its errors. */

import { isObject, type Place, type SpecDocument } from "../document.ts";
import type { ErrorModel, OperationModel } from "../model.ts";
import { reaches } from "./dialect.ts";
import { nulls } from "./nulls.ts";
import { members } from "./schema.ts";
import { timestamps } from "./timestamps.ts";

/** Reads the success of an operation: its status and the schema of its body; undefined when it has no body. */
export function readOutput(doc: SpecDocument, responses: Place): OperationModel["output"] {
  const [status, second] = doc.names(responses).filter((status) => status.startsWith("2"));
  if (status === undefined) doc.fail(responses, "an operation needs one 2xx response: add it");
  if (second !== undefined) doc.fail([...responses, second], "a second 2xx response is not supported: keep one");
  const at = [...responses, status];
  if (!/^\d{3}$/.test(status))
    doc.fail(at, "a range of 2xx statuses is not supported: give the status of the response");
  const schema = jsonSchema(doc, at);
  if (!schema) return undefined;
  if (status === "204" || status === "205") doc.fail(at, `a ${status} has no body: remove its content`);
  const body = "the body of a 2xx response";
  if (members(doc, schema, body).places.has("requestId"))
    doc.fail(schema, "a member named requestId is not supported: the client adds one of that name");
  if (reaches(doc, schema, (inner) => inner.writeOnly === true))
    doc.fail(schema, "writeOnly is not supported in a response: give the response a schema of its own");
  const { node, place } = doc.resolve(schema);
  for (const keyword of ["additionalProperties", "patternProperties"])
    if (isObject(node[keyword])) doc.fail([...place, keyword], `${keyword} is not supported at the top of ${body}`);
  return { status, schema };
}

/** The place of a response's JSON schema; undefined when the response has no body. */
function jsonSchema(doc: SpecDocument, at: Place): Place | undefined {
  const { place } = doc.resolve(at);
  const content = [...place, "content"];
  const [type, second] = doc.names(content);
  if (type === undefined) return undefined;
  if (type !== "application/json" || second !== undefined)
    doc.fail([...content, second ?? type], "only application/json is supported in a response");
  const schema = [...content, type, "schema"];
  doc.object(schema, "the schema of the body");
  return schema;
}

/** Adds the errors of an operation to a map by name. */
export function readErrors(doc: SpecDocument, responses: Place, errors: Map<string, ErrorModel>): void {
  for (const status of doc.names(responses).filter((key) => !key.startsWith("2"))) {
    const schema = jsonSchema(doc, [...responses, status]);
    for (const place of schema ? choicesOf(doc, schema) : []) {
      if (doc.object(place).$ref === undefined)
        doc.fail(place, "an error's schema must be a $ref into components/schemas, where its name is the error's name");
      const name = doc.target(place).at(-1) as string;
      const known = errors.get(name) ?? readError(doc, name, place);
      errors.set(name, known);
      if (/^\d{3}$/.test(status) && !known.status.includes(Number(status))) known.status.push(Number(status));
    }
  }
}

/** The errors of a status: the schema itself, or the choices of its `anyOf` or `oneOf`. */
function choicesOf(doc: SpecDocument, schema: Place): Place[] {
  for (const keyword of ["anyOf", "oneOf"]) {
    const choices = doc.at([...schema, keyword]);
    if (Array.isArray(choices)) return choices.map((_, index) => [...schema, keyword, String(index)]);
  }
  return [schema];
}

function readError(doc: SpecDocument, name: string, at: Place): ErrorModel {
  const { node, place } = doc.resolve(at);
  const { places } = members(doc, place, "an error");
  const retryable = (node["x-retryable"] ?? false) as ErrorModel["retryable"];
  if (typeof retryable !== "boolean" && typeof retryable.throttling !== "boolean")
    doc.fail([...place, "x-retryable"], "must be true, false or { throttling: true }");
  return {
    name,
    status: [],
    retryable,
    timestamps: timestamps(doc, place),
    nulls: nulls(doc, place),
    message: !places.has("Message") && places.has("message") ? "message" : "Message",
  };
}
