import { contract } from "../../../generated/index.ts";
import { ErrorResponse } from "../http/error-response.ts";

/**
 * Makes the function that counts a request of a key: a token bucket for each key, which holds one second's worth of
 * requests, at least one, and fills steadily. The function throws an ErrorResponse ThrottlingException.
 *
 * @param rate requests a second for each key
 * @param clock milliseconds since 1970
 */
export function throttle(rate: number, clock: () => number): (accessKeyId: string) => void {
  const service = contract.service.signingName;
  const size = Math.max(1, rate);
  const buckets = new Map<string, { tokens: number; at: number }>();
  return (accessKeyId) => {
    const now = clock();
    const bucket = buckets.get(accessKeyId) ?? { tokens: size, at: now };
    buckets.set(accessKeyId, bucket);
    // A clock set back must not empty the bucket.
    bucket.tokens = Math.min(size, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * rate);
    bucket.at = now;
    if (bucket.tokens < 1) {
      throw new ErrorResponse("ThrottlingException", "Rate exceeded", {
        members: { QuotaCode: `L-${service.toUpperCase()}`, ServiceCode: service },
        headers: { "Retry-After": String(Math.ceil((1 - bucket.tokens) / rate)) },
      });
    }
    bucket.tokens--;
  };
}
