import { isObject } from "../../json.ts";
import type { ServedOperation } from "../handlers/handler.ts";
import { ErrorResponse } from "./error-response.ts";
import { type Body, type RequestHead, splitOnce } from "./receive.ts";

/** An operation's input by the wire names of its members. */
export type FlatInput = Record<string, unknown>;

/**
 * Reads the flat input of an operation from the places that the contract names.
 *
 * @param labels the parts of the path that the template names, percent-encoded
 * @throws ErrorResponse SerializationException when a value cannot be read as its type, or belongs to no member
 */
export function readInput(
  operation: ServedOperation,
  labels: Readonly<Record<string, string>>,
  { query, headers }: RequestHead,
  body: Body,
): FlatInput {
  const input: FlatInput = {};
  for (const [name, text] of Object.entries(labels)) {
    input[name] = parse(decode(text, name), operation.input[name]!.type, name);
  }
  for (const pair of query.split("&")) {
    if (pair === "") continue;
    const [key, value = ""] = splitOnce(pair, "=");
    const name = decode(key.replaceAll("+", " "), key);
    const { type } = memberIn("query", operation, name);
    if (Object.hasOwn(input, name)) throw unreadable(`'${name}' is given more than once.`);
    input[name] = parse(decode(value.replaceAll("+", " "), name), type, name);
  }
  for (const [name, { in: place, type }] of Object.entries(operation.input)) {
    const value = place === "header" ? headers.get(name.toLowerCase()) : undefined;
    if (value !== undefined) input[name] = parse(value, type, name);
  }
  if (body.size > 0) {
    if (!takesBody(operation)) throw unreadable(`${operation.id} takes no body.`);
    for (const [name, value] of Object.entries(parseBody(body.bytes))) {
      memberIn("body", operation, name);
      input[name] = value;
    }
  }
  return input;
}

/** Whether any member of the input travels in the body. */
export function takesBody(operation: ServedOperation): boolean {
  return membersIn("body", operation).length > 0;
}

function memberIn(place: "query" | "body", operation: ServedOperation, name: string): { readonly type: string } {
  const member = Object.hasOwn(operation.input, name) ? operation.input[name] : undefined;
  if (member?.in === place) return member;
  const known = membersIn(place, operation).join(", ") || "nothing";
  throw unreadable(`'${name}' is not known in the ${place}: ${operation.id} takes ${known} there.`);
}

function membersIn(place: "query" | "body", operation: ServedOperation): string[] {
  return Object.keys(operation.input).filter((name) => operation.input[name]!.in === place);
}

function decode(text: string, name: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw unreadable(`'${text}' at '${name}' is not percent-encoded UTF-8.`);
  }
}

/** The scalars of restJson1 as text. Its integers have 32 bits: https://smithy.io/2.0/spec/simple-types.html */
function parse(text: string, type: string, name: string): unknown {
  if (type === "string") return text;
  if (type === "boolean" && (text === "true" || text === "false")) return text === "true";
  const number = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (type === "number" && Number.isFinite(number)) return number;
  if (type === "integer" && number === (number | 0) && !text.includes(".")) return number;
  throw unreadable(`'${text}' at '${name}' cannot be read as ${/^[aio]/.test(type) ? "an" : "a"} ${type}.`);
}

function parseBody(body: Buffer): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(body.toString());
  } catch {
    throw unreadable("The body is not JSON.");
  }
  if (!isObject(value)) throw unreadable("The body is not a JSON object.");
  return value;
}

function unreadable(message: string): ErrorResponse {
  return new ErrorResponse("SerializationException", message);
}
