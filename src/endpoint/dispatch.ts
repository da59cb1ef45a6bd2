import { contract } from "../../generated/index.ts";
import { authorize } from "./access/keys.ts";
import type { Verifier } from "./access/verify.ts";
import { handlers } from "./handlers/index.ts";
import { health } from "./health.ts";
import { bodyCache } from "./http/body-cache.ts";
import { checkInput } from "./http/constraints.ts";
import { type EndpointResponse, ErrorResponse } from "./http/error-response.ts";
import { readInput, takesBody } from "./http/read-input.ts";
import type { ReceivedRequest } from "./http/receive.ts";
import { router } from "./http/router.ts";
import type { Store } from "./stores/store.ts";

/** Responds to a request or throws an ErrorResponse; `onProven` is told of the key once its signature is verified. */
export type Dispatcher = (request: ReceivedRequest, onProven: (keyId: string) => void) => Promise<EndpointResponse>;

/** Takes a request through every check to its operation: the order of the calls is the order of the errors. */
export function dispatcher(store: Store, verify: Verifier, throttle?: (keyId: string) => void): Dispatcher {
  const routeOf = router(handlers);
  const cached = bodyCache(store);
  const askHealth = health(store);
  return async (request, onProven) => {
    const { method, path } = request;
    const healthy = askHealth(request);
    if (healthy) return healthy;
    if (!path.startsWith("/")) {
      throw new ErrorResponse("MalformedHttpRequestException", "The request target must begin with a slash.");
    }
    const verifySignature = verify(request);
    const route = routeOf(method, path);
    // A body that no operation takes is not kept: so far the caller has shown only the id of a key, which is no secret.
    const body = await request.readBody(route !== undefined && takesBody(route.handler.operation));
    const key = verifySignature(body.hash);
    onProven(key.accessKeyId);
    throttle?.(key.accessKeyId);
    if (route === undefined) {
      throw new ErrorResponse("UnknownOperationException", `No operation is served at ${method} ${path}.`);
    }
    const { handler, labels } = route;
    const { operation } = handler;
    const input = readInput(operation, labels, request, body);
    authorize(key, `${contract.service.signingName}:${operation.id}`, String(input[handler.project]));
    checkInput(operation, input);
    const respond = () => handler.respond(input, store);
    const isRead = operation.method === "GET";
    return {
      status: 200,
      body: await (isRead ? cached(`${operation.id} ${JSON.stringify(input)}`, respond) : respond()),
    };
  };
}
