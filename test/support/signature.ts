/** Checks signatures: @smithy/signature-v4 signs the received request, and must get the same signature. */
import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import * as assert from "uvu/assert";
import { credentials } from "./client.ts";
import type { SeenRequest } from "./stub-server.ts";

/** Fails unless the request is signed for this service, body included, with the tests' credentials. */
export async function assertSigned(request: SeenRequest, service: string, region = "us-east-1"): Promise<void> {
  const { authorization = "", ...headers } = request.headers;
  const names = /SignedHeaders=([^,]+)/.exec(authorization)?.[1]?.split(";") ?? [];
  for (const name of ["host", "x-amz-date"]) assert.ok(names.includes(name), `${name} is signed`);
  const { pathname, searchParams } = new URL(request.url, "http://stub");
  const query: Record<string, string[]> = {};
  for (const [name, value] of searchParams) query[name] = [...(query[name] ?? []), value];
  const [hostname = "", port] = String(headers.host).split(":");
  const date = String(headers["x-amz-date"]).replace(/(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\dZ)/, "$1-$2-$3:$4:$5");
  const signer = new SignatureV4({ credentials, region, service, sha256: Sha256, applyChecksum: false });
  const signed = await signer.sign(
    {
      method: request.method,
      protocol: "http:",
      hostname,
      port: Number(port),
      path: pathname,
      query,
      headers: Object.fromEntries(names.map((name) => [name, String(headers[name])])),
      body: request.body,
    },
    { signingDate: new Date(date), signableHeaders: new Set(names) },
  );
  assert.is(signed.headers.authorization, authorization);
}
