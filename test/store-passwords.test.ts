/** A PostgreSQL URL's user and password in no output, encoded or not, whatever the driver and the server say. */
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { openStore, StoreError } from "../src/endpoint/index.ts";
import { discreet, hider } from "../src/endpoint/stores/discreet.ts";
import { inventory, run } from "./support/cli.ts";

/** Letters that occur nowhere else, and what a URL takes for something else between them. */
const PASSWORDS = [
  "12/Qxvjw",
  "Tr0ub@Qxvjw/3",
  "Qx#vjw",
  "Qx?vjw=1",
  "Qx:vjw:9",
  "Qx%zzvjw",
  "Qx%ffvjw",
  "Qx%2vjw/@@",
  "[Qx]@vjw/5432",
  "/Qx?vjw#9@/",
];

const passwords = suite("passwords that are not percent-encoded");
for (const [at, password] of PASSWORDS.entries())
  passwords(`are in no output: ${password}`, async () => {
    const url = `postgres://Qappq:${password}@127.0.0.1:1/jobs`;
    const command = at % 2 === 0 ? ["serve", "--port", "0"] : ["import", inventory];
    const { code, stdout, stderr } = await run([...command, "--store", url, "--debug"]);
    assert.is(code, 253, stderr);
    assert.not.match(stdout + stderr, /Qx|Qapp|vjw|Tr0ub|%zz|%ff/);
    assert.match(stderr, /Percent-encode what is special|ECONNREFUSED/);
  });

passwords("with an @ out of place are refused before they are tried, with the way to encode them", async () => {
  for (const url of ["postgres://app:12/s@h/jobs", "postgres://h/jobs?password=s@t", "postgres://app:a#b@h/jobs"])
    await openStore(url).then(
      () => assert.unreachable(),
      (error: unknown) => {
        assert.instance(error, StoreError);
        assert.match((error as Error).message, /has an @ behind its host .*%40 for @/);
      },
    );
});
passwords.run();

const words = suite("the words of driver and server");

/** A server that refuses everybody in PostgreSQL's own words. */
async function refusing(message: string) {
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => {
      const body = Buffer.from(`SFATAL\0VFATAL\0C28P01\0M${message}\0\0`);
      const head = Buffer.alloc(5);
      head.write("E");
      head.writeInt32BE(body.length + 4, 1);
      socket.end(Buffer.concat([head, body]));
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

words("show neither user nor password of a refusal, and say how to encode them", async () => {
  const server = await refusing('password authentication failed for user "Qapp q" with p%40vjw, p@vjw');
  const url = `postgres://Qapp%20q:p%40vjw@127.0.0.1:${server.port}/jobs`;
  const { code, stderr } = await run(["import", inventory, "--store", url, "--debug"]);
  server.close();
  assert.is(code, 253);
  assert.match(stderr, /password authentication failed for user "…" with …, …\. Check the user's name .*%40 for @/);
  assert.not.match(stderr, /Qapp|vjw/);
});

words("are blotted in errors of an open store as well, in every member and cause", async () => {
  const store = await openStore();
  const inner = Object.assign(new Error("about s3cret"), { detail: "s3cret" });
  const error = new AggregateError([inner], 'user "app" and app', { cause: new Error("s3cret") });
  error.cause = Object.assign(error.cause as Error, { cause: error });
  const hide = hider("postgres://app:s3cret@h/db");
  const guarded = discreet({ ...store, count: () => Promise.reject(error) }, hide);
  const thrown = await guarded.count().catch((reason: unknown) => reason);
  assert.is(thrown, error);
  assert.is(error.message, 'user "…" and app');
  assert.is(inner.detail, "…");
  assert.not.match(`${inner.stack}${error.stack}${(error.cause as Error).stack}`, "s3cret");
  await guarded.close();
});
words.run();
