/** The faults of a server by their names, for the tests and for `npm run faults`. */
import { type Exchange, type Fault, sendResponse } from "./faulty-server.ts";

const HOUR = 3_600_000;
const JOB = (name: string) => ({ JobName: name, Status: "SUCCEEDED", CreationTimestamp: 1757836800.123 });
const PAGE = { ModelPackagingJobs: [JOB("a"), JOB("b")] };
const TEXT = JSON.stringify(PAGE);

const overHttp = (respond: (exchange: Exchange) => unknown): Fault => ({ respond });
/** The same response to every request. */
const always = (what: Parameters<typeof sendResponse>[1]): Fault =>
  overHttp(({ response }) => sendResponse(response, what));
/** One response to the first request, a page to every later one. */
const once = (what: Parameters<typeof sendResponse>[1]): Fault =>
  overHttp(({ response, index }) => sendResponse(response, index === 0 ? what : { body: PAGE }));
/** Pages by their tokens. The token of the first page is empty. */
const pages = (byToken: Readonly<Record<string, unknown>>): Fault =>
  overHttp(({ response, token = "" }) => sendResponse(response, { body: byToken[token] }));
const raw = (bytes: string): Fault => ({ accept: (socket) => socket.once("data", () => socket.end(bytes)) });

const throttled = (headers: Record<string, string>) => ({
  status: 429,
  headers: { "x-amzn-errortype": "ThrottlingException", ...headers },
  body: { Message: "Rate exceeded", QuotaCode: "L-1", ServiceCode: "lookoutvision" },
});
const internal = {
  status: 500,
  headers: { "x-amzn-errortype": "InternalServerException" },
  body: { Message: "The service met a fault" },
};
const expired = {
  status: 403,
  headers: { "x-amzn-errortype": "ExpiredTokenException" },
  body: { message: "The security token included in the request is expired" },
};
const proxyPage = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>";

/**
 * A server whose own clock differs from ours, and which refuses requests dated over 15 minutes from it, as AWS does.
 */
function clock(difference: number, withDate: boolean): Fault {
  return overHttp(({ request, response }) => {
    const now = Date.now() + difference;
    response.sendDate = false;
    const headers = withDate ? { date: new Date(now).toUTCString() } : undefined;
    const sent = Date.parse(
      String(request.headers["x-amz-date"]).replace(/^(....)(..)(..T..)(..)(..Z)$/, "$1-$2-$3:$4:$5"),
    );
    if (Math.abs(sent - now) <= 15 * 60_000) return sendResponse(response, { body: PAGE, ...(headers && { headers }) });
    return sendResponse(response, {
      status: 403,
      headers: { "x-amzn-errortype": "InvalidSignatureException", ...headers },
      body: { message: "Signature expired" },
    });
  });
}

/** Writes a page byte by byte, with a pause after each. */
async function trickle({ response }: Exchange, pause: () => Promise<unknown>): Promise<void> {
  response.writeHead(200, { "content-type": "application/json", "content-length": TEXT.length });
  for (const byte of TEXT) {
    if (response.destroyed) return;
    response.write(byte);
    await pause();
  }
  response.end();
}

/** Connections that have carried a response. */
const used = new WeakSet<object>();

/** A response with a body that never ends. */
export const endless = (status: number): Fault =>
  overHttp(({ response }) => {
    response.writeHead(status, { "content-type": "text/plain" });
    const block = "x".repeat(1 << 18);
    const more = () => {
      while (!response.destroyed && response.write(block));
    };
    response.on("drain", more);
    more();
  });

/** Every fault by its name. */
export const modes = {
  "connection refused": { refuse: true },
  "closed after accept": { accept: (socket) => socket.end() },
  "reset before headers": overHttp(({ request }) => request.socket.resetAndDestroy()),
  "reset in the body": overHttp(({ request, response }) => {
    response.writeHead(200, { "content-length": TEXT.length });
    response.write(TEXT.slice(0, 20), () => request.socket.resetAndDestroy());
  }),
  "silent after accept": { accept: (socket) => socket.resume() },
  "silent after the request": overHttp(() => {}),
  "silent after headers": overHttp(({ response }) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.flushHeaders();
  }),
  "silent in the body": overHttp(({ response }) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.write(TEXT.slice(0, 20));
  }),
  "one byte a second": overHttp((exchange) => trickle(exchange, () => new Promise((next) => setTimeout(next, 1000)))),
  "pieces of one byte": overHttp((exchange) => trickle(exchange, () => new Promise((next) => setImmediate(next)))),
  "truncated JSON": always({ body: TEXT.slice(0, -10) }),
  "truncated JSON once": once({ body: TEXT.slice(0, -10) }),
  "content length too long": always({ body: TEXT, headers: { "content-length": "9999", connection: "close" } }),
  "content length too short": always({ body: TEXT, headers: { "content-length": "10", connection: "close" } }),
  "200 with HTML": always({ body: "<html><body>Welcome</body></html>", headers: { "content-type": "text/html" } }),
  "200 with an array": always({ body: [PAGE] }),
  "200 with null": always({ body: "null" }),
  "empty 200": always({}),
  "204": always({ status: 204 }),
  "500 then success": once(internal),
  "503 for ever": always({ status: 503 }),
  "429 once, Retry-After in seconds": once(throttled({ "retry-after": "1" })),
  "429 once, Retry-After in decimals": once(throttled({ "retry-after": "0.04" })),
  "429 once, Retry-After as a date": overHttp(({ response, index }) => {
    const now = Date.now();
    const dates = { date: new Date(now).toUTCString(), "retry-after": new Date(now + 1000).toUTCString() };
    sendResponse(response, index === 0 ? throttled(dates) : { body: PAGE });
  }),
  "429 once, x-amz-retry-after": once(throttled({ "x-amz-retry-after": "40", "retry-after": "9" })),
  "429 once, negative Retry-After": once(throttled({ "retry-after": "-5" })),
  "429 once, unreadable Retry-After": once(throttled({ "retry-after": "soon" })),
  "429 once, without Retry-After": once(throttled({})),
  "429 for ever, Retry-After in seconds": always(throttled({ "retry-after": "1" })),
  "429 for ever, x-amz-retry-after": always(throttled({ "x-amz-retry-after": "40" })),
  "429 for ever, an hour to wait": always(throttled({ "retry-after": "3600" })),
  "429 of a proxy": always({ status: 429, body: "Too many", headers: { "content-type": "text/plain" } }),
  "repeated token": pages({ "": { ...PAGE, NextToken: "again" }, again: { ...PAGE, NextToken: "again" } }),
  "token cycle of 3": pages({
    "": { ModelPackagingJobs: [JOB("a")], NextToken: "one" },
    one: { ModelPackagingJobs: [JOB("b")], NextToken: "two" },
    two: { ModelPackagingJobs: [JOB("c")], NextToken: "three" },
    three: { ModelPackagingJobs: [JOB("d")], NextToken: "one" },
  }),
  "token that breaks the contract": pages({ "": { ...PAGE, NextToken: "not-base-64" } }),
  "token that is a number": pages({ "": { ...PAGE, NextToken: 2 } }),
  "null token": always({ body: { ...PAGE, NextToken: null } }),
  "empty token": always({ body: { ...PAGE, NextToken: "" } }),
  "empty page with a token": pages({ "": { ModelPackagingJobs: [], NextToken: "two" }, two: PAGE }),
  "null list": pages({ "": { ModelPackagingJobs: null, NextToken: "two" }, two: PAGE }),
  "list that is an object": always({ body: { ModelPackagingJobs: { a: 1 } } }),
  "null entries": always({ body: { ModelPackagingJobs: [null, JOB("a"), null, JOB("b"), null] } }),
  "fault on the second page": overHttp(({ response, token }) =>
    sendResponse(response, token ? internal : { body: { ...PAGE, NextToken: "two" } }),
  ),
  redirect: always({ status: 307, headers: { location: "http://elsewhere.invalid/" } }),
  "redirect to itself": overHttp(({ request, response }) =>
    sendResponse(response, { status: 301, headers: { location: request.url ?? "/" } }),
  ),
  "clock one hour ahead, with Date": clock(HOUR, true),
  "clock one hour behind, with Date": clock(-HOUR, true),
  "clock one hour ahead, without Date": clock(HOUR, false),
  "clock one hour behind, without Date": clock(-HOUR, false),
  "expired credentials once": once(expired),
  "expired credentials for ever": always(expired),
  "a proxy's 502 page": always({ status: 502, body: proxyPage, headers: { "content-type": "text/html" } }),
  "10 MB error body": always({ ...internal, status: 400, headers: {}, body: "x".repeat(10_000_000) }),
  "page with a bottomless member": always({
    body: JSON.stringify(PAGE).replace(/}$/, `,"Extra":${"[".repeat(200_000)}${"]".repeat(200_000)}}`),
  }),
  "bottomless error": always({ status: 400, body: "[".repeat(200_000) + "]".repeat(200_000) }),
  "endless error body": endless(400),
  "keep-alive closed between calls": overHttp(({ request, response, token }) => {
    sendResponse(response, { body: token ? PAGE : { ...PAGE, NextToken: "two" } });
    request.socket.end();
  }),
  "keep-alive reset on reuse": overHttp(({ request, response, token }) => {
    if (used.has(request.socket)) return request.socket.resetAndDestroy();
    used.add(request.socket);
    return sendResponse(response, { body: token ? PAGE : { ...PAGE, NextToken: "two" } });
  }),
  "not HTTP": raw("SSH-2.0-OpenSSH_9.2\r\n"),
  "headers without end": raw(`HTTP/1.1 200 OK\r\n${`x-filler: ${"x".repeat(1000)}\r\n`.repeat(100)}`),
  "broken chunks": raw("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nnot a length\r\n{}\r\n"),
  "status 999": always({ status: 999 }),
  "101 without being asked": raw("HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n"),
} satisfies Record<string, Fault>;

export type ModeName = keyof typeof modes;
