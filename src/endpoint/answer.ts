import { STATUS_CODES } from "node:http";
import type { Fault } from "./fault.ts";

/** What goes back to the caller. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON text, or its bytes. */
  readonly body: string | Buffer;
}

/** A fault as AWS's restJson1 puts it on the wire. The bare name, without a namespace, is what old clients need. */
export function faultAnswer(fault: Fault): Answer {
  return {
    status: fault.status,
    headers: { "x-amzn-ErrorType": fault.name, ...fault.headers },
    body: JSON.stringify({ Message: fault.message, ...fault.members }),
  };
}

/** The headers of every answer. */
export function answerHeaders(answer: Answer, requestId: string, now: number): Record<string, string | number> {
  return {
    "Content-Type": "application/json",
    "Content-Length": Buffer.byteLength(answer.body),
    // A client whose clock is off corrects it by this one.
    Date: new Date(now).toUTCString(),
    "x-amzn-RequestId": requestId,
    ...answer.headers,
  };
}

/** A whole answer as bytes, for a connection that never got as far as a request. The connection ends after it. */
export function rawAnswer(answer: Answer, requestId: string, now: number): string {
  const headers = Object.entries({ ...answerHeaders(answer, requestId, now), Connection: "close" });
  return [
    `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status]}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    "",
    answer.body,
  ].join("\r\n");
}
