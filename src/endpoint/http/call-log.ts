import { type EndpointResponse, ErrorResponse } from "./error-response.ts";

/** Where the endpoint's log goes; `console` will do. Each call gets one line of JSON. */
export interface Logger {
  info(line: string): void;
  /** Lines of requests that failed by the endpoint's own fault. */
  error(line: string): void;
}

/** What the log says of a request. No secret, signature or page token is ever in it. */
export interface LogEntry {
  readonly requestId: string;
  readonly method?: string | undefined;
  /** Without the query. */
  readonly path?: string | undefined;
  /** The key that signed it, once that is proven. */
  keyId?: string;
}

/** A path may be as long as a head; a log line should not. */
const PATH_LENGTH = 256;

/**
 * Writes the one line of a request at once, and rejects when the logger fails, be it later.
 *
 * @param ms from the end of the head to the answer
 */
export async function writeLog(
  logger: Logger,
  now: number,
  entry: LogEntry,
  answer: EndpointResponse,
  ms: number,
): Promise<void> {
  const fault = answer instanceof ErrorResponse ? answer : undefined;
  const inside = answer.status >= 500 ? fault?.cause : undefined;
  const line = JSON.stringify({
    time: new Date(now).toISOString(),
    ...entry,
    path: entry.path?.slice(0, PATH_LENGTH),
    status: answer.status,
    error: fault?.name,
    ms: Math.round(ms * 1000) / 1000,
    cause: inside instanceof Error ? inside.stack : inside,
  });
  await (answer.status >= 500 ? logger.error(line) : logger.info(line));
}

/**
 * Writes what the server's last line of defence caught, in a line of its own. Without a logger the process warns: a
 * fault of the endpoint itself must not go unheard.
 */
export async function writeCaught(logger: Logger | undefined, error: unknown): Promise<void> {
  const cause = error instanceof Error ? error.stack : String(error);
  if (logger === undefined) process.emitWarning(`The endpoint ended a connection: ${cause}`);
  else await logger.error(JSON.stringify({ time: new Date().toISOString(), error: "connection ended", cause }));
}
