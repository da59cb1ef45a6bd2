/** Reads the service of a document: its id, its host, and the scheme that signs its requests. */
import { isObject, type Place, type SpecDocument } from "../document.ts";
import type { Model } from "../model.ts";
import { readServer } from "./server.ts";

export function readService(doc: SpecDocument, signingName: string): Model["service"] {
  const { "x-service-id": id, "x-retired": retired, title } = doc.object(["info"]);
  const at = ["info", "x-service-id"];
  if (typeof id !== "string") doc.fail(at, "x-service-id is needed in info: AWS_ENDPOINT_URL_… ends with it");
  if (!/^[A-Za-z][A-Za-z0-9]*( [A-Za-z0-9]+)*$/.test(id))
    doc.fail(at, "must be letters and digits, in words set apart by spaces: an environment variable is named after it");
  if (typeof title !== "string") doc.fail(["info"], "a title is needed here");
  const url = readServer(doc);
  if (retired === undefined) return { id, signingName, url };
  if (!isObject(retired) || typeof retired.on !== "string" || typeof retired.notice !== "string")
    doc.fail(["info", "x-retired"], "must be { on, notice }: the day, and what to do instead");
  return { id, signingName, url, retired: retired.notice };
}

/** Finds the security scheme that signs. */
export function sigv4Scheme(doc: SpecDocument): { name: string; signingName: string } {
  const schemes = ["components", "securitySchemes"];
  const signed = doc
    .names(schemes)
    .filter((name) => doc.object([...schemes, name])["x-amazon-apigateway-authtype"] === "awsSigv4");
  const [name, second] = signed;
  if (name === undefined)
    doc.fail(schemes, "a security scheme with x-amazon-apigateway-authtype: awsSigv4 is needed: add it");
  if (second !== undefined) doc.fail([...schemes, second], "a second awsSigv4 scheme is not supported: keep one");
  const place = [...schemes, name];
  const { "x-signing-name": signingName, type, in: where, name: header } = doc.object(place);
  if (type !== "apiKey" || where !== "header" || header !== "Authorization")
    doc.fail(place, "an awsSigv4 scheme must have type: apiKey, in: header, name: Authorization");
  if (typeof signingName !== "string" || !/^[\w.-]+$/.test(signingName))
    doc.fail(place, "x-signing-name is needed: the service in the credential scope, for example execute-api");
  return { name, signingName };
}

/** Checks that the operation at a place can be called with a signature and no other credential. */
export function checkSecurity(doc: SpecDocument, place: Place, scheme: string): void {
  const own = [...place, "security"];
  const at = doc.at(own) === undefined ? ["security"] : own;
  const used = doc.at(at);
  if (!Array.isArray(used) || !used.some((option) => isObject(option) && Object.keys(option).join() === scheme))
    doc.fail(at, `every operation is signed: security must offer ${scheme} by itself, as in "- ${scheme}: []"`);
}
