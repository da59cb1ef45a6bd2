/** The facts at the head of an operation that readers know from AWS's reference: request line, body, permission. */
import { SpecError } from "../generate/document.ts";
import { follow, type OpenApi, type Operation, type Parameter } from "./document.ts";

/** Markdown, to stand below the operation's own description. */
export function operationFacts(spec: OpenApi, method: string, path: string, operation: Operation): string {
  const query = (operation.parameters ?? [])
    .map((parameter) => follow<Parameter>(spec, parameter))
    .filter((parameter) => parameter.in === "query")
    .map(({ name }) => `${name}={${name}}`);
  const line = `${method.toUpperCase()} ${path}${query.length > 0 ? `?${query.join("&")}` : ""} HTTP/1.1`;
  const service = signingName(spec);
  return [
    `- **Request line:** \`${line}\``,
    `- **Body:** ${operation.requestBody ? "JSON, as below." : "no request body."}`,
    `- **Permission:** \`${service}:${operation.operationId}\``,
    `- **Signature:** AWS Signature Version 4, signing name \`${service}\``,
    "- **Errors:** by name, with status and retry, under [Errors](#/errors)",
  ].join("\n");
}

function signingName({ components }: OpenApi): string {
  const schemes = Object.values(components.securitySchemes ?? {}) as { "x-signing-name"?: string }[];
  const name = schemes.find((scheme) => scheme["x-signing-name"])?.["x-signing-name"];
  if (!name) throw new SpecError("No security scheme of the document has an x-signing-name.");
  return name;
}
