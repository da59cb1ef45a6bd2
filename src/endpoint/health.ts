/** Paths for load balancers, which ask without a signature whether to send requests here. */
import { type EndpointResponse, ErrorResponse } from "./http/error-response.ts";
import type { ReceivedRequest } from "./http/receive.ts";
import type { Store } from "./stores/store.ts";
import { within } from "./stores/unless-aborted.ts";

/** Milliseconds after which a silent store counts as gone. HAProxy and nginx wait for longer. */
const PATIENCE = 1500;

const HEALTHY: EndpointResponse = { status: 200, body: "{}" };

/** Responds to GET and HEAD of a health path; gives undefined for any other request. */
export type Health = (request: ReceivedRequest) => Promise<EndpointResponse> | EndpointResponse | undefined;

/** `/ping` tells that the endpoint runs, `/health` that its store can be read: 200, or else 503. */
export function health(store: Store): Health {
  let pending: Promise<unknown> | undefined;

  async function ask(): Promise<EndpointResponse> {
    try {
      // One query at a time: callers who need no key must not keep the store busy.
      pending ??= store.ping().finally(() => {
        pending = undefined;
      });
      await within(PATIENCE, pending);
      return HEALTHY;
    } catch (cause) {
      throw new ErrorResponse("ServiceUnavailable", "The store does not respond.", { cause });
    }
  }

  return ({ method, path }) => {
    if (method !== "GET" && method !== "HEAD") return undefined;
    if (path === "/ping") return HEALTHY;
    return path === "/health" ? ask() : undefined;
  };
}
