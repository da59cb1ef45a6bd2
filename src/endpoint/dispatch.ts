import { contract } from "../../generated/index.ts";
import { authorize } from "./access/keys.ts";
import type { Verifier } from "./access/verify.ts";
import { handlers } from "./handlers/index.ts";
import { health } from "./health.ts";
import { bodyCache } from "./http/body-cache.ts";
import type { LogEntry } from "./http/call-log.ts";
import { checkInput } from "./http/constraints.ts";
import { type EndpointResponse, ErrorResponse } from "./http/error-response.ts";
import { readInput } from "./http/read-input.ts";
import type { ReceivedRequest } from "./http/receive.ts";
import { router } from "./http/router.ts";
import type { Store } from "./stores/store.ts";

/** Answers a request or throws a Fault; `entry` takes what the log should know of it. */
export type Dispatcher = (request: ReceivedRequest, entry: LogEntry) => Promise<EndpointResponse>;

/** Takes a request through every check to its operation: the order of the calls is the order of the faults. */
export function dispatcher(store: Store, verify: Verifier, throttle?: (keyId: string) => void): Dispatcher {
  const route = router(handlers);
  const cached = bodyCache(store);
  const askHealth = health(store);
  return async (request, entry) => {
    const healthy = askHealth(request);
    if (healthy) return healthy;
    if (!request.path.startsWith("/")) {
      throw new ErrorResponse("MalformedHttpRequestException", "The request target must begin with a slash.");
    }
    const key = verify(request);
    entry.keyId = key.accessKeyId;
    throttle?.(key.accessKeyId);
    const { handler, labels } = route(request.method, request.path);
    const { operation } = handler;
    const input = readInput(operation, labels, request);
    authorize(key, `${contract.service.signingName}:${operation.id}`, String(input[handler.project]));
    checkInput(operation, input);
    const answer = () => handler.answer(input, store);
    const isRead = operation.method === "GET";
    return {
      status: 200,
      body: await (isRead ? cached(`${operation.id} ${JSON.stringify(input)}`, answer) : answer()),
    };
  };
}
