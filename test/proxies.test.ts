/** HAProxy and nginx in front of endpoints, configured by the README's own blocks. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Endpoint, openStore, type Store, serve } from "../src/endpoint/index.ts";
import { createClient } from "../src/index.ts";
import { putJobs } from "./support/endpoint-jobs.ts";
import { tick } from "./support/wait.ts";

const HAPROXY = "/usr/sbin/haproxy";
const NGINX = "/usr/sbin/nginx";
const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };

interface Context {
  folder: string;
  /** The ports of two endpoints, and of a proxy in front of them. */
  ports: { one: number; two: number; proxy: number };
  /** Makes the store of the first endpoint come and go. */
  setGone(isGone: boolean): void;
  endpoints: Endpoint[];
  proxy: ChildProcess | undefined;
}

const test = suite<Context>("in front of endpoints");
test.before.each(async (context) => {
  context.folder = await mkdtemp(join(tmpdir(), "proxies-"));
  let isGone = false;
  context.setGone = (is) => {
    isGone = is;
  };
  const ping: Store["ping"] = async () => {
    if (isGone) throw new Error("gone");
  };
  context.endpoints = [];
  for (const name of ["one", "two"]) {
    const store = await openStore();
    await putJobs(store, name, 3);
    await putJobs(store, "both", 3);
    context.endpoints.push(
      await serve({
        store: name === "one" ? Object.assign(Object.create(store) as Store, { ping }) : store,
        credentials,
      }),
    );
  }
  const [one, two] = context.endpoints.map(({ port }) => port);
  context.ports = { one: one!, two: two!, proxy: await freePort() };
});
test.after.each(async ({ folder, endpoints, proxy }) => {
  if (proxy && proxy.exitCode === null) {
    // Killed at once, nginx would leave its workers behind.
    proxy.kill("SIGTERM");
    await once(proxy, "exit");
  }
  for (const endpoint of endpoints) await endpoint.close();
  await rm(folder, { recursive: true });
});

/** The README's block in a language, for the ports at hand. */
async function block(language: string, { ports }: Context): Promise<string> {
  const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
  const [, text = ""] = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "ms").exec(readme) ?? [];
  return text
    .replaceAll("127.0.0.1:4567", `127.0.0.1:${ports.one}`)
    .replaceAll("127.0.0.1:4568", `127.0.0.1:${ports.two}`)
    .replace("listen 80;", `listen 127.0.0.1:${ports.proxy};`);
}

/** Starts a proxy, and waits until it takes connections. */
async function start(context: Context, command: string, args: readonly string[]): Promise<string> {
  context.proxy = spawn(command, args, { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  context.proxy.stderr?.on("data", (text) => {
    said += text;
  });
  const url = `http://127.0.0.1:${context.ports.proxy}`;
  for (let at = 0; at < 500; at++) {
    if (context.proxy.exitCode !== null) throw new Error(`${command} ended: ${said}`);
    const status = await fetch(`${url}/ping`).then(
      (response) => response.status,
      () => undefined,
    );
    if (status !== undefined) return url;
    await tick(20);
  }
  throw new Error(`${command} does not respond: ${said}`);
}

/** The outcome of listing a project through a proxy: how many jobs, or the error. */
async function outcomeOf(endpoint: string, projectName: string): Promise<number | string> {
  const client = createClient({ endpoint, region: "us-east-1", credentials, maxAttempts: 1 });
  try {
    return (await client.listModelPackagingJobs({ projectName }).toArray()).length;
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  } finally {
    await client.close();
  }
}

if (existsSync(HAPROXY))
  test("HAProxy sends requests to endpoints whose store responds to HEAD, and to no other", async (context) => {
    const file = join(context.folder, "haproxy.cfg");
    const backend = (await block("haproxy", context)).replaceAll(" check", " check inter 50 fall 1 rise 1");
    await writeFile(
      file,
      `defaults\n  mode http\n  timeout connect 5s\n  timeout client 30s\n  timeout server 30s\n` +
        `frontend all\n  bind 127.0.0.1:${context.ports.proxy}\n  default_backend jobs\n${backend}`,
    );
    const url = await start(context, HAPROXY, ["-db", "-f", file]);
    const outcomes = async () => [
      ...new Set(await Promise.all(Array.from({ length: 6 }, () => outcomeOf(url, "one")))),
    ];
    const becomes = async (reached: (all: readonly (number | string)[]) => boolean) => {
      for (let at = 0; at < 200; at++) {
        const all = await outcomes();
        if (reached(all)) return;
        await tick(50);
      }
      assert.unreachable(`still ${await outcomes()}`);
    };
    // Requests take turns between the two, of which one has the project.
    await becomes((all) => all.length === 2 && all.includes(3));
    context.setGone(true);
    await becomes((all) => all.length === 1 && String(all[0]).startsWith("ResourceNotFoundException"));
    context.setGone(false);
    await becomes((all) => all.length === 2);
  });
else console.log(`left out: HAProxy, which is not at ${HAPROXY} (Debian's package haproxy)`);

/** A whole configuration around the README's block, with every file in the test's folder. */
function nginxConfiguration(folder: string, inside: string): string {
  const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  return `daemon off;\npid ${folder}/pid;\nerror_log stderr;\nevents {}\nhttp { access_log off; ${paths.join(" ")}\n${inside}}\n`;
}

if (existsSync(NGINX)) {
  test("nginx that passes Host on lists, and goes past an endpoint that has ended", async (context) => {
    const file = join(context.folder, "nginx.conf");
    await writeFile(file, nginxConfiguration(context.folder, await block("nginx", context)));
    const url = await start(context, NGINX, ["-e", "stderr", "-c", file]);
    assert.is(await outcomeOf(url, "both"), 3);
    await context.endpoints[0]!.close();
    for (let at = 0; at < 4; at++) assert.is(await outcomeOf(url, "both"), 3);
  });

  test("nginx that changes Host is refused for the signature", async (context) => {
    const file = join(context.folder, "nginx.conf");
    const changed = (await block("nginx", context)).replace("proxy_set_header Host $http_host;", "");
    await writeFile(file, nginxConfiguration(context.folder, changed));
    const url = await start(context, NGINX, ["-e", "stderr", "-c", file]);
    assert.match(String(await outcomeOf(url, "both")), /^InvalidSignatureException: /);
  });
} else console.log(`left out: nginx, which is not at ${NGINX} (Debian's package nginx)`);
test.run();

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
