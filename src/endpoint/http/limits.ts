/** The limits of an endpoint that is told none. */
export const LIMITS = {
  /** Bytes of a request line with its headers. @default 16384 */
  headBytes: 16_384,
  /** Bytes of a request body. @default 1048576 */
  bodyBytes: 1_048_576,
  /** Milliseconds in which the head of a request has to arrive. @default 10000 */
  headTime: 10_000,
  /** Milliseconds in which a whole request has to arrive; an answer that stands still is cut after at most four times as long. @default 20000 */
  requestTime: 20_000,
  /** Milliseconds that a connection may be idle: longer than clients keep one, so that they close first. @default 72000 */
  idleTime: 72_000,
  /** Connections at one time; one too many is closed unanswered. @default 1000 */
  connections: 1000,
};

/** What the callers of an endpoint may take up. */
export type Limits = Readonly<typeof LIMITS>;
