import { entries, operations } from "./document.js";

/** Checks that every operation is signed: each of its security alternatives has a Signature Version 4 scheme. */
export default function signed(document) {
  const schemes = entries(document, {
    value: document.components?.securitySchemes,
    path: ["components", "securitySchemes"],
  }).filter(({ value }) => isSigV4(value));
  const names = new Set(schemes.map(({ key }) => key));
  return operations(document)
    .filter(({ value }) => {
      const security = value.security ?? document.security ?? [];
      return security.length === 0 || security.some((scheme) => !Object.keys(scheme).some((key) => names.has(key)));
    })
    .map(({ value, path }) => ({
      message: `${value.operationId ?? "The operation"} can be called without a Signature Version 4 signature.`,
      path,
    }));
}

function isSigV4(scheme) {
  return (
    scheme?.type === "apiKey" &&
    scheme.in === "header" &&
    scheme.name === "Authorization" &&
    scheme["x-amazon-apigateway-authtype"] === "awsSigv4" &&
    typeof scheme["x-signing-name"] === "string"
  );
}
