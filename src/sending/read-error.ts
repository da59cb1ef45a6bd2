/**
 * Reads the name and message of an error response, in AWS's restJson1 and XML protocols (S3, EC2, Query).
 * https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
 * https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html
 */
import type { Contract, ErrorShape } from "../contract/contract.ts";
import { isObject } from "../json.ts";
import type { HeaderLookup } from "./headers.ts";

/** An error as the server sent it. */
export interface WireError {
  /** The error's name, without the namespace before `#` and the link after `:`. */
  readonly code: string | undefined;
  readonly message: string | undefined;
  /** The error's description in the document; undefined when the document does not name the error. */
  readonly shape: ErrorShape | undefined;
}

/**
 * Reads a response with an error status. The name comes from the header, else from `code`, else from `__type`; nested
 * members do not count.
 * @param body Parsed JSON, or the text when it is not JSON.
 */
export function readError(errors: Contract["errors"], headers: HeaderLookup, body: unknown): WireError {
  const members = isObject(body) ? body : membersOfXml(body);
  const isText = (value: unknown) => typeof value === "string";
  const type = [headers.get("x-amzn-errortype"), members.code, members.__type].filter(isText).find(Boolean);
  const message = [members.message, members.Message].find(isText);
  const code = type?.split(/[:,]/, 1)[0]?.split("#").at(-1)?.trim() || undefined;
  const shape = code !== undefined && Object.hasOwn(errors, code) ? errors[code] : undefined;
  return { code, message, shape };
}

/** The `Code` and `Message` of the first `Error` element. */
function membersOfXml(body: unknown): Record<string, unknown> {
  const xml = typeof body === "string" && /^\s*</.test(body) ? body : "";
  const start = xml.search(/<Error[\s>]/);
  const textOf = (name: string) => {
    const [, text] = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml.slice(start)) ?? [];
    return text?.trim().replace(/&(lt|gt|quot|apos|amp);/g, (_, entity: string) => ENTITIES[entity] as string);
  };
  return start < 0 ? {} : { code: textOf("Code"), message: textOf("Message") };
}

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };
