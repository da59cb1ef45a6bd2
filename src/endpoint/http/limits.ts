/** The limits of an endpoint, unless its options set others. */
export const LIMITS = {
  /** Bytes of a request line with its headers. @default 16384 */
  headBytes: 16_384,
  /** Headers of a request. @default 100 */
  headers: 100,
  /** Bytes of a request body. @default 1048576 */
  bodyBytes: 1_048_576,
  /** Milliseconds in which the head of a request has to arrive. @default 10000 */
  headTime: 10_000,
  /**
   * Milliseconds in which a whole request has to arrive. A response that its caller does not take is cut after two to
   * four times as long.
   * @default 20000
   */
  requestTime: 20_000,
  /** Milliseconds that a connection may be idle: longer than clients keep one, so that they close first. @default 72000 */
  idleTime: 72_000,
  /** The same for a connection on which no request was signed with a known key. @default 5000 */
  unprovenIdleTime: 5000,
  /** Requests of one connection that may wait for their responses; one more is refused and ends it. @default 32 */
  requestsInFlight: 32,
  /**
   * Connections at one time. One too many takes the place of the oldest on which no request was signed with a known
   * key, or is closed when there is none.
   * @default 1000
   */
  connections: 1000,
};

/** How much of an endpoint its callers may take up. */
export type Limits = Readonly<typeof LIMITS>;
