/** AWS's Signature Version 4 suite over `signedFetch`, without the cases that a `Request` cannot hold. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { sign } from "../src/signing/signer.ts";

const test = suite("signedFetch and AWS's suite");
const folder = process.env.SIGV4_SUITE;

/** The cases that a `Request` cannot hold, each with the reason. The README lists them. */
const DOTS = "a URL resolves dot segments before anyone can sign them";
const ESCAPES = "a URL escapes what the suite sends bare, and AWS escapes again what stands on the wire";
const JOINED = "a fetch joins repeated headers with a comma and a space, and folds no lines";
const NOT_CARRIED: Record<string, string> = {
  "get-header-key-duplicate": JOINED,
  "get-header-value-multiline": JOINED,
  "get-header-value-order": JOINED,
  "get-relative-relative-unnormalized": DOTS,
  "get-relative-unnormalized": DOTS,
  "get-slash-dot-slash-unnormalized": DOTS,
  "get-slash-pointless-dot-unnormalized": DOTS,
  "get-space-normalized": ESCAPES,
  "get-space-unnormalized": ESCAPES,
  "get-utf8": ESCAPES,
  "post-sts-header-after": "a session token is always signed along, never added afterwards",
};

/** A request of the suite as a standard `Request`. */
function carried(text: string): Request {
  const [head = "", body = ""] = text.split(/\n\n(.*)/s);
  const [line = "", ...lines] = head.split("\n");
  const [, method = "", target = ""] = /^(\w+) (.*) HTTP\/1\.1$/.exec(line) ?? [];
  const headers = new Headers();
  for (const one of lines.filter(Boolean))
    headers.append(one.slice(0, one.indexOf(":")), one.slice(one.indexOf(":") + 1));
  return new Request(`https://${headers.get("host")}${target}`, { method, headers, ...(body && { body }) });
}

if (folder === undefined)
  console.log("left out: the suite of Signature Version 4, whose folder SIGV4_SUITE does not name");
else
  for (const name of readdirSync(folder).sort()) {
    const read = (file: string) => readFileSync(join(folder, name, file), "utf8");
    const reason = NOT_CARRIED[name];
    test(reason === undefined ? name : `${name} is not carried: ${reason}`, async () => {
      const context = JSON.parse(read("context.json"));
      const {
        access_key_id: accessKeyId,
        secret_access_key: secretAccessKey,
        token: sessionToken,
      } = context.credentials;
      const text = read("request.txt");
      if (name === "get-header-value-multiline") return void assert.throws(() => carried(text), /invalid header name/);
      const request = carried(text);
      const url = new URL(request.url);
      const headers = Object.fromEntries(request.headers);
      const body = new Uint8Array(await request.arrayBuffer());
      if (context.sign_body) headers["x-amz-content-sha256"] = createHash("sha256").update(body).digest("hex");
      const signed = sign(
        { method: request.method, path: url.pathname, query: url.search.slice(1), headers, body },
        { service: context.service, region: context.region, normalizePath: context.normalize },
        { accessKeyId, secretAccessKey, sessionToken },
        Date.parse(context.timestamp),
      );
      const expected = read("header-signature.txt").trim();
      const matches = signed.authorization?.endsWith(`Signature=${expected}`);
      assert.is(matches, reason === undefined, signed.authorization);
    });
  }

test.run();
