/** Tracers and mocks, which wrap node:http in the process of the program. */
import type { IncomingHttpHeaders } from "node:http";
import { type Case, expect, Failure, type Place } from "../case.ts";
import type { Pin } from "../pins.ts";
import { LIST, LISTED } from "../programs.ts";

/** Fixes the clock and the invocation ids, so that two runs send the same bytes. */
const HELD = `import crypto from "node:crypto";
import { syncBuiltinESMExports } from "node:module";
const now = Number(process.env.HELD_AT);
Date.now = () => now;
crypto.randomUUID = () => "00000000-0000-4000-8000-000000000000";
syncBuiltinESMExports();
`;

const OPENTELEMETRY = `import { createRequire, register } from "node:module";
register("@opentelemetry/instrumentation/hook.mjs", import.meta.url);
const require = createRequire(import.meta.url);
const { NodeTracerProvider } = require("@opentelemetry/sdk-trace-node");
const { HttpInstrumentation } = require("@opentelemetry/instrumentation-http");
const { registerInstrumentations } = require("@opentelemetry/instrumentation");
const provider = new NodeTracerProvider();
provider.register();
registerInstrumentations({ tracerProvider: provider, instrumentations: [new HttpInstrumentation()] });
`;

const XRAY = `import { createRequire } from "node:module";
const require = createRequire(import.meta.url);
const xray = require("aws-xray-sdk-core");
for (const name of ["http", "https"]) xray.captureHTTPsGlobal(require(name));
const namespace = xray.getNamespace();
namespace.enter(namespace.createContext());
xray.setSegment(new xray.Segment("field"));
`;

/** The headers that tracers add. */
const TRACE = /^(traceparent|tracestate|baggage|x-datadog-.*|x-amzn-trace-id)$/;

/** A request under a tracer is the same as without it, and has the tracer's header. */
function traced(name: string, tools: readonly Pin[], preload: string, header: string, text = ""): Case {
  return {
    name: `in the process: ${name}`,
    at29f323b: "fails",
    tools,
    async run(place) {
      await place.write({ "list.mjs": LIST, "held.mjs": HELD, "tracer.mjs": text });
      const held = ["--import", "./held.mjs"];
      const env = {
        HELD_AT: String(Date.now()),
        AWS_XRAY_DAEMON_ADDRESS: "127.0.0.1:9",
        DD_TRACE_AGENT_URL: "http://127.0.0.1:9",
        DD_INSTRUMENTATION_TELEMETRY_ENABLED: "false",
        DD_REMOTE_CONFIGURATION_ENABLED: "false",
        DD_TRACE_STARTUP_LOGS: "false",
      };
      expect(await place.node([...held, "list.mjs"], { env }), LISTED);
      const [plain] = place.service.requests.splice(0);
      expect(await place.node([...held, "--import", preload, "list.mjs"], { env }), LISTED);
      const [seen] = place.service.requests;
      if (!seen?.[header]) throw new Failure(`no ${header} in ${Object.keys(seen ?? {}).join(" ")}`);
      if (untraced(seen) !== untraced(plain)) throw new Failure(`${untraced(plain)}\nbecame ${untraced(seen)}`);
      return `${LISTED}; the same signed request, and ${header}`;
    },
  };
}

function untraced(headers: IncomingHttpHeaders = {}): string {
  return JSON.stringify(
    Object.entries(headers)
      .filter(([name]) => !TRACE.test(name))
      .sort(),
  );
}

/** A mock responds in place of the service, and receives a signed request. */
function mocked(name: string, tool: Pin, at29f323b: Case["at29f323b"], mock: string): Case {
  return {
    name: `in the process: ${name}`,
    at29f323b,
    tools: [tool],
    async run(place: Place) {
      await place.write({ "list.mjs": `${mock}\n${LIST}` });
      const env = { AWS_ENDPOINT_URL_LOOKOUTVISION: "http://lookout.test" };
      expect(await place.node(["list.mjs"], { env }), "signed AWS4-HMAC-SHA256", "listed 1 jobs");
      return "the mock responded to a signed request";
    },
  };
}

const NOCK = `import nock from "nock";
nock.disableNetConnect();
nock("http://lookout.test")
  .get(/modelpackagingjobs/)
  .reply(function () {
    console.log("signed", String([this.req.headers.authorization].flat()[0]));
    return [200, { ModelPackagingJobs: [{ JobName: "mocked" }] }, { "content-type": "application/json" }];
  });
`;

const MSW = `import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";
setupServer(
  http.get("http://lookout.test/*", ({ request }) => {
    console.log("signed", request.headers.get("authorization"));
    return HttpResponse.json({ ModelPackagingJobs: [{ JobName: "mocked" }] });
  }),
).listen({ onUnhandledRequest: "error" });
`;

export const IN_PROCESS: readonly Case[] = [
  traced(
    "OpenTelemetry",
    ["opentelemetry-api", "opentelemetry-http", "opentelemetry-instrumentation", "opentelemetry-node"],
    "./tracer.mjs",
    "traceparent",
    OPENTELEMETRY,
  ),
  traced("dd-trace 5", ["dd-trace"], "dd-trace/initialize.mjs", "x-datadog-trace-id"),
  traced("X-Ray", ["xray"], "./tracer.mjs", "x-amzn-trace-id", XRAY),
  mocked("nock 13", "nock-13", "fails", NOCK),
  mocked("nock 14", "nock-14", "fails", NOCK),
  mocked("MSW 2", "msw", "fails", MSW),
];
