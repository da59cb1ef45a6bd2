import { type EndpointResponse, ErrorResponse } from "./error-response.ts";

/** Where the endpoint's log goes; `console` will do. Each call gets one line of JSON. */
export interface Logger {
  info(line: string): void;
  /** Lines of requests that failed by the endpoint's own fault. */
  error(line: string): void;
}

/** The line of a request in the log. It never holds a secret, a signature or a page token. */
export interface LogEntry {
  readonly requestId: string;
  readonly method?: string | undefined;
  /** Without the query. */
  readonly path?: string | undefined;
  /** The key that signed it, once its signature is verified. */
  keyId?: string;
}

/** A path may be as long as a head; a log line should not. */
const PATH_LENGTH = 256;

/**
 * Writes the line of a request at once, and rejects when the logger fails, now or later.
 *
 * @param ms from the end of the head to the response
 */
export async function writeLog(
  logger: Logger,
  now: number,
  entry: LogEntry,
  response: EndpointResponse,
  ms: number,
): Promise<void> {
  const error = response instanceof ErrorResponse ? response : undefined;
  const cause = response.status >= 500 ? error?.cause : undefined;
  const line = JSON.stringify({
    time: new Date(now).toISOString(),
    ...entry,
    path: entry.path?.slice(0, PATH_LENGTH),
    status: response.status,
    error: error?.name,
    ms: Math.round(ms * 1000) / 1000,
    cause: cause instanceof Error ? cause.stack : cause,
  });
  await (response.status >= 500 ? logger.error(line) : logger.info(line));
}

/**
 * Writes a line for an error that only the server's last line of defence caught. Without a logger the process warns: an
 * error of the endpoint itself must not go unheard.
 */
export async function writeCaught(logger: Logger | undefined, error: unknown): Promise<void> {
  const cause = error instanceof Error ? error.stack : String(error);
  if (logger === undefined) process.emitWarning(`The endpoint ended a connection: ${cause}`);
  else await logger.error(JSON.stringify({ time: new Date().toISOString(), error: "connection ended", cause }));
}
