/** What the callers of an endpoint may take up. */
export interface Limits {
  /** Bytes of a request line with its headers. @default 16384 */
  readonly headBytes: number;
  /** Bytes of a request body. @default 1048576 */
  readonly bodyBytes: number;
  /** Milliseconds in which the head of a request has to arrive. @default 10000 */
  readonly headTime: number;
  /** Milliseconds in which a whole request has to arrive; an answer that stands still is cut after at most four times as long. @default 20000 */
  readonly requestTime: number;
  /** Milliseconds that a connection may be idle: longer than clients keep one, so that they close first. @default 72000 */
  readonly idleTime: number;
  /** Connections at one time; one too many is closed unanswered. @default 1000 */
  readonly connections: number;
}

/** The defaults. */
export const LIMITS: Limits = {
  headBytes: 16_384,
  bodyBytes: 1_048_576,
  headTime: 10_000,
  requestTime: 20_000,
  idleTime: 72_000,
  connections: 1000,
};
