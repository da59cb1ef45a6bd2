import type { HeaderValues } from "./authorization.ts";
import { Fault } from "./fault.ts";
import type { ServedOperation } from "./router.ts";

/** A request as it was received: target and headers as on the wire, the body read to its end. */
export interface ReceivedRequest {
  readonly method: string;
  /** The request target without its query, percent-encoded. */
  readonly path: string;
  /** What stands after the `?`, percent-encoded. */
  readonly query: string;
  readonly headers: HeaderValues;
  readonly body: Buffer;
}

/** An operation's input by the wire names of its members. */
export type FlatInput = Record<string, unknown>;

/**
 * Reads the flat input of an operation from the places that the contract names.
 *
 * @param labels the parts of the path that the template names, percent-encoded
 * @throws Fault SerializationException when a value cannot be read as its type, or belongs to no member
 */
export function readInput(
  operation: ServedOperation,
  labels: Readonly<Record<string, string>>,
  request: ReceivedRequest,
): FlatInput {
  const input: FlatInput = {};
  for (const [name, text] of Object.entries(labels)) {
    input[name] = parse(decode(text, name), operation.input[name]!.type, name);
  }
  for (const pair of request.query.split("&")) {
    if (pair !== "") readQueryPair(operation, input, pair);
  }
  for (const [name, { in: place, type }] of Object.entries(operation.input)) {
    if (place !== "header") continue;
    const value = request.headers.get(name.toLowerCase());
    if (value !== undefined) input[name] = parse(value, type, name);
  }
  if (request.body.length > 0) readBody(operation, input, request.body);
  return input;
}

function readQueryPair(operation: ServedOperation, input: FlatInput, pair: string): void {
  const at = pair.indexOf("=");
  const [key, value] = at < 0 ? [pair, ""] : [pair.slice(0, at), pair.slice(at + 1)];
  const name = decode(key.replaceAll("+", " "), key);
  const { type } = memberIn("query", operation, name);
  if (Object.hasOwn(input, name)) throw unreadable(`'${name}' is given more than once.`);
  input[name] = parse(decode(value.replaceAll("+", " "), name), type, name);
}

function readBody(operation: ServedOperation, input: FlatInput, body: Buffer): void {
  if (membersIn("body", operation).length === 0) throw unreadable(`${operation.id} takes no body.`);
  let members: unknown;
  try {
    members = JSON.parse(body.toString());
  } catch {
    throw unreadable("The body is not JSON.");
  }
  if (typeof members !== "object" || members === null || Array.isArray(members)) {
    throw unreadable("The body is not a JSON object.");
  }
  for (const [name, value] of Object.entries(members)) {
    memberIn("body", operation, name);
    input[name] = value;
  }
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

function unreadable(message: string): Fault {
  return new Fault("SerializationException", message);
}
