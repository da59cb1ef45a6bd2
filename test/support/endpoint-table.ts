/** Tables of raw requests with the exact response to each. */
import type { Test } from "uvu";
import * as assert from "uvu/assert";
import { type Endpoint, openStore, type ServeOptions } from "../../src/endpoint/index.ts";
import { putJobs } from "./endpoint-jobs.ts";
import { serve } from "./endpoint-served.ts";
import { type Signer, signedRequest, type Unsigned } from "./endpoint-signed.ts";
import { ask } from "./endpoint-wire.ts";

/** The time at which every table is served. */
export const NOW = Date.UTC(2026, 0, 15, 12, 0, 0);

/** The key of every table, in the form of AWS's examples. */
export const KEY = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };

/** A request and its response. */
export interface Row {
  readonly name: string;
  /** The bytes to send: a request that the table's key signs, or anything made with that key. */
  readonly send: Unsigned | ((signer: Signer) => string);
  readonly status: number;
  readonly error: string;
  readonly message: string | ((signer: Signer) => string);
}

/** Serves project `boards` with three jobs, at {@link NOW}. */
export async function serveTable(options: ServeOptions = {}): Promise<Endpoint> {
  const store = await openStore();
  await putJobs(store, "boards", 3);
  return serve({ store, credentials: KEY, clock: () => NOW, ...options });
}

/** Makes a test of each row. */
export function testRows(test: Test<{ endpoint: Endpoint }>, rows: readonly Row[]): void {
  for (const { name, send, status, error, message } of rows) {
    test(name, async ({ endpoint }) => {
      const signer: Signer = { port: endpoint.port, credentials: KEY, now: NOW };
      const response = await ask(
        endpoint.port,
        typeof send === "function" ? send(signer) : signedRequest(send, signer),
      );
      assert.is(response.status, status);
      assert.is(response.headers.get("x-amzn-errortype"), error);
      assert.is(response.headers.get("content-type"), "application/json");
      assert.match(response.headers.get("x-amzn-requestid") ?? "", /^[0-9a-f-]{36}$/);
      assert.is(response.headers.get("date"), new Date(NOW).toUTCString());
      const expected = typeof message === "function" ? message(signer) : message;
      assert.is((JSON.parse(response.body) as { Message: string }).Message, expected);
    });
  }
}
