import { STATUS_CODES } from "node:http";

/** What goes back to the caller. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON text, or its bytes. */
  readonly body: string | Buffer;
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
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status]}\r\n${lines.join("")}\r\n${answer.body}`;
}
