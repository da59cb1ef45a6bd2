import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { statuses } from "../generated/routes.ts";
import { LIMITS } from "../src/endpoint/http/limits.ts";
import { type Endpoint, ImportError, openStore } from "../src/endpoint/index.ts";
import { createClient } from "../src/index.ts";
import { listingOf, putJobs, stored } from "./support/endpoint-jobs.ts";
import { serve } from "./support/endpoint-served.ts";
import { signedRequest } from "./support/endpoint-signed.ts";
import { ask } from "./support/endpoint-wire.ts";
import { closeServers } from "./support/open-servers.ts";

const list = async (endpoint: Endpoint, project: string, query = "") => {
  const text = signedRequest({ target: `${listingOf(project)}${query}` }, endpoint);
  const { status, body } = await ask(endpoint.port, text);
  return { status, body };
};

const test = suite<{ folder: string }>("serving");

test.after(closeServers);
test.before(async (context) => {
  context.folder = await mkdtemp(join(tmpdir(), "serving-"));
});
test.after(({ folder }) => rm(folder, { recursive: true }));

test("needs nothing: it keeps records in memory and makes a key", async () => {
  const endpoint = await serve();
  assert.is(endpoint.url, `http://127.0.0.1:${endpoint.port}`);
  assert.is(endpoint.region, "us-east-1");
  assert.is((await list(endpoint, "boards")).status, 404);
  await endpoint.close();
});

test("gives its key to whoever asks for it, and shows it to nobody who prints it", async () => {
  const secretAccessKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  const given = { accessKeyId: "AKIDEXAMPLE", secretAccessKey, sessionToken: "session/token+of==" };
  const endpoint = await serve({ credentials: [given] });
  const printed = [
    inspect(endpoint),
    inspect({ endpoint }, { depth: Number.POSITIVE_INFINITY, showHidden: true }),
    JSON.stringify(endpoint),
    String(endpoint),
  ];
  const { credentials } = endpoint;
  const client = createClient({ endpoint: endpoint.url, region: endpoint.region, credentials });
  const error = await client.listModelPackagingJobs({ projectName: "boards" }).catch((reason: unknown) => reason);
  await client.close();
  await endpoint.close();
  assert.is((error as Error).name, "ResourceNotFoundException");
  assert.equal(credentials, given);
  for (const text of printed) assert.not.match(text, /wJalrX|session/);
});

test("keeps what it imported in the store's file", async ({ folder }) => {
  const jobs = [1, 2, 3].map((at) => ({
    JobName: `job-${at}`,
    ProjectName: "boards",
    CreationTimestamp: 1757836800.123 + at,
  }));
  const saved = join(folder, "saved.json");
  await writeFile(saved, JSON.stringify({ ModelPackagingJobs: jobs }));
  const store = join(folder, "jobs.db");

  const first = await serve({ store, import: [saved] });
  const { body } = await list(first, "boards");
  assert.equal(JSON.parse(body), { ModelPackagingJobs: jobs.reverse() });
  await first.close();

  const second = await serve({ store });
  assert.is((await list(second, "boards")).body, body);
  await second.close();
});

test("does not start on a bad inventory, and keeps nothing of it", async ({ folder }) => {
  const saved = join(folder, "bad.json");
  await writeFile(saved, JSON.stringify([{ JobName: "good", ProjectName: "boards" }, { JobName: "no project" }]));
  const file = join(folder, "untouched.db");
  const error = await serve({ store: file, import: [saved] }).catch((reason: unknown) => reason);
  assert.instance(error, ImportError);
  const store = await openStore(file);
  assert.is(await stored(store, "boards"), undefined);
  await store.close();
});

test("is for the region that it is given", async () => {
  const endpoint = await serve({ region: "eu-west-1" });
  assert.is(endpoint.region, "eu-west-1");
  const { port, credentials } = endpoint;
  const elsewhere = signedRequest({ target: listingOf("boards") }, { port, credentials, region: "us-east-1" });
  assert.match((await ask(endpoint.port, elsewhere)).body, /valid region, not 'us-east-1'/);
  assert.is((await list(endpoint, "boards")).status, 404);
  await endpoint.close();
});

test("lists an empty project", async () => {
  const store = await openStore();
  await putJobs(store, "boards", 0);
  const endpoint = await serve({ store });
  assert.equal(await list(endpoint, "boards"), { status: 200, body: '{"ModelPackagingJobs":[]}' });
  await endpoint.close();
});

test("holds every constraint at its bounds", async () => {
  const store = await openStore();
  const longest = "b".repeat(255);
  await putJobs(store, longest, 101);
  await putJobs(store, "b", 1);
  const endpoint = await serve({ store });
  const outcome = async (project: string, query = "") => {
    const { status, body } = await list(endpoint, project, query);
    return [status, JSON.parse(body).ModelPackagingJobs?.length];
  };
  assert.equal(await outcome("b"), [200, 1]);
  assert.equal(await outcome(longest), [200, 100]);
  assert.equal(await outcome(`${longest}b`), [400, undefined]);
  assert.equal(await outcome(longest, "?maxResults=1"), [200, 1]);
  assert.equal(await outcome(longest, "?maxResults=100"), [200, 100]);
  assert.equal(await outcome(longest, "?maxResults=0"), [400, undefined]);
  assert.equal(await outcome(longest, "?maxResults=101"), [400, undefined]);
  assert.equal(await outcome(longest, "?nextToken="), [200, 100]);
  // The longest token that the contract lets in is still not one that was given out.
  assert.match(
    (await list(endpoint, longest, `?nextToken=${"A".repeat(2048)}`)).body,
    /a previous page of this listing/,
  );
  assert.match(
    (await list(endpoint, longest, `?nextToken=${"A".repeat(2049)}`)).body,
    /length less than or equal to 2048/,
  );
  await endpoint.close();
});

test("responds as the contract says", async () => {
  const endpoint = await serve();
  const responses = [
    await ask(endpoint.port, signedRequest({ target: listingOf("boards") }, endpoint)),
    await ask(endpoint.port, signedRequest({ target: listingOf("-") }, endpoint)),
    await ask(endpoint.port, "GET / HTTP/1.1\r\n\r\n"),
    await ask(endpoint.port, "hello\r\n\r\n"),
  ];
  for (const { status, headers, body } of responses) {
    const name = headers.get("x-amzn-errortype") as keyof typeof statuses;
    assert.ok((statuses[name] as readonly number[]).includes(status), `${name} ${status}`);
    assert.is(headers.get("content-type"), "application/json");
    assert.ok(Math.abs(Date.parse(headers.get("date")!) - Date.now()) < 60_000);
    assert.type(JSON.parse(body).Message, "string");
  }
  await endpoint.close();
});

test("takes the default for a limit that is undefined", async () => {
  const endpoint = await serve({ limits: { bodyBytes: undefined, connections: undefined } });
  const body = "x".repeat(LIMITS.bodyBytes + 1);
  const head = `POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ${body.length}\r\n\r\n`;
  const { headers } = await ask(endpoint.port, head + body);
  await endpoint.close();
  assert.is(headers.get("x-amzn-errortype"), "RequestEntityTooLargeException");
});

test("tells its health to anyone", async () => {
  const endpoint = await serve();
  const response = await fetch(`${endpoint.url}/ping?from=balancer`);
  assert.equal([response.status, await response.text()], [200, "{}"]);
  await endpoint.close();
});

test.run();
