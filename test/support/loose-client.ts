/** A client without types, for a contract that is known at run time only. */

import type { ClientOptions } from "../../src/client.ts";
import { type CallOptions, clientFor } from "../../src/client.ts";
import type { Contract } from "../../src/contract/contract.ts";
import type { Listing } from "../../src/operations/listing.ts";
import { credentials } from "./client.ts";

type Json = Record<string, unknown>;
type RawResult = { data?: unknown; error?: unknown; response: Response };

export interface LooseClient {
  /** Calls a method that is not paginated. */
  call(method: string, input?: Json, options?: CallOptions): Promise<Json>;
  /** Calls a paginated method. */
  list(method: string, input?: Json, options?: CallOptions): Listing<Json, Json>;
  raw(method: string, path: string, init?: Json): Promise<RawResult>;
}

export function looseClient(
  contract: Contract,
  endpoint: string | undefined,
  options: ClientOptions = {},
): LooseClient {
  const client = clientFor(contract)({ region: "us-east-1", endpoint, credentials, ...options });
  const methods = client as unknown as Record<string, (input?: Json, options?: CallOptions) => unknown>;
  const raw = client.raw as Record<string, (path: string, init?: Json) => Promise<RawResult>>;
  return {
    call: (method, input, options) => methods[method]!(input, options) as Promise<Json>,
    list: (method, input, options) => methods[method]!(input, options) as Listing<Json, Json>,
    raw: (method, path, init) => raw[method]!(path, init),
  };
}
