/** Two instances of the endpoint share a store behind a load balancer; one dies, and listings go on. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { LookoutVisionClient, paginateListModelPackagingJobs } from "@aws-sdk/client-lookoutvision";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { openStore } from "../src/endpoint/index.ts";
import { createClient } from "../src/index.ts";
import { putJobs } from "./support/endpoint-jobs.ts";
import { inSchema, run } from "./support/store-engines.ts";

const JOBS = 300;
const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };
const child = fileURLToPath(new URL("support/serve-child.ts", import.meta.url));

interface Instance {
  readonly url: string;
  readonly process: ChildProcess;
}

async function startInstance(target: string): Promise<Instance> {
  const { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY } = credentials;
  const env = { ...process.env, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY };
  const args = ["--no-warnings", "--import", "tsx", child, target];
  const instance = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "inherit"] });
  for await (const url of createInterface(instance.stdout)) return { url, process: instance };
  throw new Error("the instance did not start");
}

/** Passes requests on to the instances in turn, and past an instance that does not respond. */
async function startBalancer(instances: readonly Instance[], served: number[]): Promise<Server> {
  let turn = 0;
  const balancer = createServer((incoming, outgoing) => {
    const pass = (attempts: number) => {
      const at = turn++ % instances.length;
      // The host stays as the client signed it.
      const { method, headers, url } = incoming;
      const upstream = request(instances[at]!.url + url, { method, headers: { ...headers, connection: "close" } });
      upstream.on("response", (response) => {
        served.push(at);
        outgoing.writeHead(response.statusCode!, response.headers);
        response.on("error", () => outgoing.destroy());
        response.pipe(outgoing);
      });
      upstream.on("error", () => (attempts > 1 ? pass(attempts - 1) : outgoing.writeHead(502).end()));
      upstream.end();
    };
    pass(instances.length);
  });
  balancer.listen(0, "127.0.0.1");
  await once(balancer, "listening");
  return balancer;
}

/** Each lists `boards` ten jobs a page and calls back after every page. */
const clients: Record<string, (endpoint: string, afterPage: () => Promise<void>) => Promise<(string | undefined)[]>> = {
  "this package's client": async (endpoint, afterPage) => {
    const client = createClient({ endpoint, region: "us-east-1", credentials });
    const names: (string | undefined)[] = [];
    const listing = client.listModelPackagingJobs({ projectName: "boards", maxResults: 10 });
    for await (const page of listing.pages()) {
      names.push(...(page.ModelPackagingJobs ?? []).map((job) => job.JobName));
      await afterPage();
    }
    await client.close();
    return names;
  },
  "the AWS SDK": async (endpoint, afterPage) => {
    const client = new LookoutVisionClient({ endpoint, region: "us-east-1", credentials });
    const names: (string | undefined)[] = [];
    for await (const page of paginateListModelPackagingJobs({ client, pageSize: 10 }, { ProjectName: "boards" })) {
      names.push(...(page.ModelPackagingJobs ?? []).map((job) => job.JobName));
      await afterPage();
    }
    client.destroy();
    return names;
  },
};

const test = suite("two instances on one store");

function testOn(engine: string, makeTarget: () => Promise<{ target: string; dispose: () => Promise<void> }>): void {
  for (const [name, list] of Object.entries(clients)) {
    test(`serve ${name} on ${engine}, which finishes its listing when one is killed`, async () => {
      const { target, dispose } = await makeTarget();
      const store = await openStore(target);
      await putJobs(store, "boards", JOBS);
      await store.close();
      const instances = await Promise.all([startInstance(target), startInstance(target)]);
      const served: number[] = [];
      const balancer = await startBalancer(instances, served);
      try {
        let pages = 0;
        let servedBefore = 0;
        const { port } = balancer.address() as AddressInfo;
        const names = await list(`http://127.0.0.1:${port}`, async () => {
          if (++pages !== 11) return;
          instances[1]!.process.kill("SIGKILL");
          await once(instances[1]!.process, "close");
          servedBefore = served.length;
        });
        assert.equal(
          names,
          Array.from({ length: JOBS }, (_, at) => `job-${JOBS - 1 - at}`),
        );
        // The page ahead may have met the kill, and have gone to the other instance by itself.
        const before = served.slice(0, 11);
        assert.ok(
          before.every((at, index) => at === index % 2),
          `before the kill: ${before}`,
        );
        assert.ok(
          served.slice(servedBefore).every((at) => at === 0),
          `after the kill: ${served.slice(servedBefore)}`,
        );
        assert.is(pages, JOBS / 10);
      } finally {
        balancer.close();
        balancer.closeAllConnections();
        for (const instance of instances) instance.process.kill("SIGKILL");
        await dispose();
      }
    });
  }
}

testOn("one SQLite file", async () => {
  const folder = mkdtempSync(join(tmpdir(), "two-instances-"));
  return { target: join(folder, "jobs.db"), dispose: async () => rmSync(folder, { recursive: true }) };
});

const url = process.env.TEST_POSTGRES_URL;
let schemas = 0;
if (url) {
  testOn("one PostgreSQL", async () => {
    const schema = `two_instances_${process.pid}_${schemas++}`;
    await run(url, `CREATE SCHEMA ${schema}`);
    return { target: inSchema(url, schema), dispose: () => run(url, `DROP SCHEMA ${schema} CASCADE`) };
  });
} else console.log("left out: two instances on one PostgreSQL, since TEST_POSTGRES_URL is not set");

test.run();
