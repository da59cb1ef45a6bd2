/** AWS's Signature Version 4 suite against the endpoint's verifier. */
import { hash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Key, keyRing } from "../src/endpoint/access/keys.ts";
import { type Verifier, verifier } from "../src/endpoint/access/verify.ts";
import { ErrorResponse } from "../src/endpoint/http/error-response.ts";
import { LIMITS } from "../src/endpoint/http/limits.ts";
import { headerValues, type RequestHead } from "../src/endpoint/http/receive.ts";
import { startServer } from "../src/endpoint/http/server.ts";
import { ask } from "./support/endpoint-wire.ts";

/** One case of AWS's suite: a signed request and its credentials. */
interface Case {
  readonly name: string;
  /** The signed request as in the suite, with line feeds only. */
  readonly text: string;
  readonly request: RawRequest;
  readonly normalizePath: boolean;
  readonly verify: Verifier;
}

/** A received request, whose headers are the names and values on the wire. */
type RawRequest = Omit<RequestHead, "headers"> & {
  headers: readonly (readonly [string, string])[];
  body: Buffer;
};

/** The key that signed the request. @throws ErrorResponse for a wrong signature */
function keyOf(verify: Verifier, { body, ...request }: RawRequest): Key {
  return verify({ ...request, headers: headerValues(request.headers.flat()) })(hash("sha256", body));
}

// Node's parser refuses spaces and non-ASCII characters in a request target, and folded headers.
const NOT_OVER_HTTP = [
  "get-header-value-multiline",
  "get-space-normalized",
  "get-space-unnormalized",
  "get-utf8",
  "get-vanilla-utf8-query",
];

const SIGNED_AT = Date.UTC(2015, 7, 30, 12, 36, 0);

function readCase(folder: string, name: string): Case {
  const context = JSON.parse(readFileSync(join(folder, name, "context.json"), "utf8"));
  const { access_key_id: accessKeyId, secret_access_key: secretAccessKey, token: sessionToken } = context.credentials;
  const text = readFileSync(join(folder, name, "header-signed-request.txt"), "utf8");
  return {
    name,
    text,
    request: parseRequest(text),
    normalizePath: context.normalize,
    verify: verifier(
      keyRing([{ accessKeyId, secretAccessKey, sessionToken }]),
      { service: context.service, region: context.region, normalizePath: context.normalize },
      () => SIGNED_AT,
    ),
  };
}

function parseRequest(text: string): RawRequest {
  const [head = "", body = ""] = text.split(/\n\n(.*)/s);
  const [requestLine = "", ...lines] = head.replace(/\n(?=[ \t])/g, "\r").split("\n");
  const [, method = "", path = "", query = ""] = /^(\w+) ([^?]*)\??(.*) HTTP\/1\.1$/.exec(requestLine)!;
  const headers = lines.map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1)] as const);
  return { method, path, query, headers, body: Buffer.from(body) };
}

/** The request with one character changed, or undefined when the change has no meaning. */
function change({ request, normalizePath }: Case, part: string, at: number, to: string): RawRequest | undefined {
  const other = (text: string): string | undefined => {
    if (text === "") return undefined;
    const index = at % text.length;
    const same = text[index]!.toLowerCase() === to.toLowerCase() && /%.?$/.test(text.slice(0, index).slice(-2));
    return text[index] === to || same ? undefined : text.slice(0, index) + to + text.slice(index + 1);
  };
  if (part === "method" || part === "query") {
    const changed = other(request[part]);
    return changed === undefined ? undefined : { ...request, [part]: changed };
  }
  if (part === "path") {
    // Normalization removes these parts before signing. The router refuses such paths.
    if (normalizePath && /\/[./]|[^/]\/\.\.?/.test(request.path)) return undefined;
    const changed = other(request.path.slice(1));
    return changed === undefined ? undefined : { ...request, path: `/${changed}` };
  }
  const headers = request.headers.map(([name, value]) => {
    if (part === "signature" && name === "Authorization") {
      const cut = value.indexOf("Signature=") + "Signature=".length;
      return [name, value.slice(0, cut) + (other(value.slice(cut)) ?? value.slice(cut))] as const;
    }
    return name === part ? ([name, other(value) ?? value] as const) : ([name, value] as const);
  });
  return JSON.stringify(headers) === JSON.stringify(request.headers) ? undefined : { ...request, headers };
}

function isRefused(verify: Verifier, request: RawRequest): boolean {
  try {
    keyOf(verify, request);
    return false;
  } catch (error) {
    return error instanceof ErrorResponse;
  }
}

const folder = process.env.SIGV4_SUITE;
const test = suite(`signature suite${folder === undefined ? " (left out: SIGV4_SUITE does not name its folder)" : ""}`);

if (folder !== undefined) {
  const cases = readdirSync(folder).map((name) => readCase(folder, name));

  test("the suite has its 38 cases", () => {
    assert.is(cases.length, 38);
  });

  for (const { name, request, verify } of cases) {
    test(`${name} is accepted`, () => {
      assert.is(keyOf(verify, request).accessKeyId, "AKIDEXAMPLE");
    });
  }

  test("every case that Node's parser accepts is accepted over HTTP", async () => {
    const refused: string[] = [];
    for (const { name, text, verify } of cases) {
      const { port, close } = await startServer(
        async (request) => {
          verify(request)((await request.readBody(false)).hash);
          return { status: 200, body: "{}" };
        },
        { host: "127.0.0.1", port: 0, limits: LIMITS, clock: () => SIGNED_AT },
      );
      const [head = "", body = ""] = text.split(/\n\n(.*)/s);
      const { status } = await ask(port, `${head.replaceAll("\n", "\r\n")}\r\n\r\n${body}`);
      if (status === 400) refused.push(name);
      else assert.is(status, 200, name);
      await close();
    }
    assert.equal(refused, NOT_OVER_HTTP);
  });

  test("a request with one character of method, path, query, signed header, date or signature changed is refused", () => {
    const parts = ["method", "path", "query", "Host", "X-Amz-Date", "My-Header1", "signature"];
    const letters = [..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"];
    fc.assert(
      fc.property(
        fc.constantFrom(...cases),
        fc.constantFrom(...parts),
        fc.nat(200),
        fc.constantFrom(...letters),
        (it, part, at, to) => {
          const changed = change(it, part, at, to);
          fc.pre(changed !== undefined);
          return isRefused(it.verify, changed);
        },
      ),
      { numRuns: 3000 },
    );
  });
}

test.run();
