/** `import` and `serve`, from a saved inventory to a listing, with the lines that `serve` prints for another shell. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, writeFile } from "node:fs/promises";
import { type AddressInfo, connect, createServer } from "node:net";
import { hostname, networkInterfaces } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { command, ended, environment, inventory, run, scratch, start } from "./support/cli.ts";
import { closeServers } from "./support/open-servers.ts";

const folder = () => mkdtemp(join(scratch, "folder-"));
const job = (name: string, more: object = {}) => JSON.stringify({ JobName: name, ...more });

/** Starts `serve`, and waits for its lines. */
async function serving(args: readonly string[], cwd: string) {
  const child = start(["serve", "--port", "0", ...args], { cwd });
  const done = ended(child);
  let greeting = "";
  for await (const text of child.stdout) {
    greeting += text;
    if (/--endpoint-url .*\n$/.test(greeting)) break;
  }
  return { child, done, greeting };
}

const importing = suite("import");

importing("sums up what became of the jobs, and the same file twice changes nothing", async () => {
  const cwd = await folder();
  const first = await run(["import", inventory], { cwd });
  assert.equal(first, { code: 0, stdout: "25 read, 25 new, 0 updated, 0 unchanged, 0 refused\n", stderr: "" });
  const second = await run(["import", inventory], { cwd });
  assert.is(second.stdout, "25 read, 0 new, 0 updated, 25 unchanged, 0 refused\n");
  assert.ok(existsSync(join(cwd, "packaging-jobs.db")));
});

importing("takes several files, and standard input, for a project", async () => {
  const cwd = await folder();
  await writeFile(join(cwd, "one.json"), job("one"));
  const args = ["import", "--store", "s.db", "--project-name", "circuit-boards", "one.json", "-"];
  const { stdout, stderr } = await run(args, { cwd, input: `${job("two")}\n${job("three")}\n` });
  assert.is(stderr, "");
  assert.is(stdout, "3 read, 3 new, 0 updated, 0 unchanged, 0 refused\n");
});

importing("keeps going when told so, names what it refused, and does not call that a success", async () => {
  const cwd = await folder();
  await writeFile(join(cwd, "mixed.ndjson"), `${job("good")}\n${job("bad", { Status: "DONE" })}\n`);
  const result = await run(["import", "--keep-going", "--project-name", "p", "mixed.ndjson"], { cwd });
  assert.is(
    result.stderr,
    'mixed.ndjson, record 2 (line 2): Status must be one of CREATED, RUNNING, SUCCEEDED, FAILED, not "DONE"\n',
  );
  assert.is(result.stdout, "2 read, 1 new, 0 updated, 0 unchanged, 1 refused\n");
  assert.is(result.code, 255);
});

importing("names an empty file, and says when a job may be there twice", async () => {
  const cwd = await folder();
  await writeFile(join(cwd, "empty.json"), "");
  await writeFile(join(cwd, "micros.json"), job("a", { CreationTimestamp: 1636049730.123456 }));
  await writeFile(join(cwd, "millis.json"), job("a", { CreationTimestamp: "2021-11-04T18:15:30.123Z" }));
  const result = await run(["import", "--project-name", "p", "empty.json", "micros.json", "millis.json"], { cwd });
  assert.is(
    result.stderr,
    "empty.json: there is nothing in it, neither a job nor a page.\n" +
      "1 of the jobs read were created within a millisecond of another of their name: one job may have been saved twice, with microseconds and without.\n",
  );
  assert.is(result.stdout, "2 read, 2 new, 0 updated, 0 unchanged, 0 refused\n");
});

importing("makes no store for a file that cannot be read, and none that is gone at its end", async () => {
  const cwd = await folder();
  const missing = await run(["import", inventory, "missing.json"], { cwd });
  assert.is(
    missing.stderr,
    "packaging-jobs import: Cannot read missing.json: ENOENT: no such file or directory. Nothing was imported.\n",
  );
  assert.is(missing.code, 252);
  const memory = await run(["import", "--store", ":memory:", inventory], { cwd });
  assert.match(memory.stderr, /^packaging-jobs import: A store in memory is gone when this command ends\./);
  assert.is(memory.code, 252);
  assert.equal(await readdir(cwd), []);
});

importing("interrupted keeps nothing", async () => {
  const cwd = await folder();
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const) {
    const child = start(["import", "--project-name", "p", "-"], { cwd });
    const done = ended(child);
    child.stdin.write(`${job("one")}\n`.repeat(100_000), () => child.kill(signal));
    assert.equal(await done, { code, stdout: "", stderr: "" });
  }
  const again = await run(["import", "--project-name", "p", "-"], { cwd, input: job("one") });
  assert.is(again.stdout, "1 read, 1 new, 0 updated, 0 unchanged, 0 refused\n");
});

importing("and serving end at the first signal while their store is opened", async () => {
  const silent = createServer((socket) => socket.on("error", () => {})).listen(0, "127.0.0.1");
  await once(silent, "listening");
  const target = `postgres://me@127.0.0.1:${(silent.address() as AddressInfo).port}/jobs`;
  for (const args of [
    ["import", inventory],
    ["serve", "--port", "0", "--import", inventory],
  ])
    for (const [signal, code] of [
      ["SIGINT", 130],
      ["SIGTERM", 143],
    ] as const) {
      const child = start([...args, "--store", target]);
      const done = ended(child);
      await once(silent, "connection");
      child.kill(signal);
      assert.equal(await done, { code, stdout: "", stderr: "" });
    }
  silent.close();
});
importing.after(closeServers);
importing.run();

const serve = suite("serve");

serve("prints lines that work when they are pasted into another shell", async () => {
  const cwd = await folder();
  const { child, done, greeting } = await serving(["--import", inventory], cwd);
  assert.match(greeting, /^Imported .*inventory\.json: 25 read, 25 new, 0 updated, 0 unchanged, 0 refused\.\n/);
  assert.match(
    greeting,
    /\nServing packaging-jobs\.db \(25 jobs of \d+ projects\) at http:\/\/127\.0\.0\.1:\d+ to the key below\. Ctrl-C stops it\.\n/,
  );
  const exports = greeting.split("\n").filter((line) => line.startsWith("export "));
  const list = `"$0" "$1" list --project-name one-job --query 'ModelPackagingJobs[].JobName' --output text`;
  const shell = spawn("/bin/sh", ["-c", [...exports, list].join("\n"), process.execPath, command], {
    env: environment,
  });
  assert.equal(await ended(shell), { code: 0, stdout: "only-job\n", stderr: "" });

  child.kill("SIGTERM");
  const { code, stderr } = await done;
  assert.is(code, 0);
  // Not a terminal: a line for the request.
  const { time, requestId, ms, keyId, ...request } = JSON.parse(stderr);
  assert.match(keyId, /^LOCAL/);
  assert.equal(request, { method: "GET", path: "/2020-11-20/projects/one-job/modelpackagingjobs", status: 200 });
  assert.not.match(greeting.split("AWS_SECRET")[0]!, /secret/i);
});

serve("writes nothing when it then cannot listen, has no credentials, or finds no file", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  for (const [args, message, code] of [
    [["--port", String(port)], `Port ${port} is taken.`, 253],
    [["--host", "0.0.0.0"], "0.0.0.0 is not a loopback address", 253],
    [["--credentials", "missing.json"], "missing.json", 253],
    [["--import", "missing.json"], "Cannot read missing.json: ENOENT: no such file or directory. Nothing was imp", 252],
    [["--import", "."], "Cannot read .: EISDIR: illegal operation on a directory. Nothing was imported.", 252],
  ] as const) {
    const cwd = await folder();
    const result = await run(["serve", "--port", "0", "--import", inventory, ...args], { cwd });
    assert.is(result.stdout, "");
    assert.match(result.stderr, message);
    assert.is(result.code, code);
    assert.equal(await readdir(cwd), []);
  }
  other.close();
});

serve("tells what to do when there are no jobs, which works while it runs", async () => {
  const cwd = await folder();
  const { child, done, greeting } = await serving([], cwd);
  assert.match(
    greeting,
    /^Serving packaging-jobs\.db \(0 jobs of 0 projects\) at .*\nIt has no jobs yet\. Import a saved/,
  );
  const [, line = ""] = /\n {2}npx packaging-jobs (import .*)\n/.exec(greeting) ?? [];
  const imported = await run(line.split(" "), { cwd });
  assert.is(imported.stdout, "136 read, 136 new, 0 updated, 0 unchanged, 0 refused\n");
  child.kill("SIGINT");
  assert.is((await done).code, 0);
  const again = await serving([], cwd);
  assert.match(again.greeting, /^Serving packaging-jobs\.db \(136 jobs of 2 projects\) at .*\nPaste this/);
  again.child.kill("SIGINT");
  await again.done;
  const memory = await serving(["--store", ":memory:"], cwd);
  assert.match(memory.greeting, /\n {2}npx packaging-jobs serve --store :memory: --import \/.*inventory\.json\n/);
  memory.child.kill("SIGINT");
  await memory.done;
});

serve("on all addresses names those that others can reach", async () => {
  const cwd = await folder();
  const keys = [{ accessKeyId: "AKIDFILE", secretAccessKey: "from-the-file" }];
  await writeFile(join(cwd, "keys.json"), JSON.stringify({ keys }), { mode: 0o600 });
  for (const host of ["0.0.0.0", "::"]) {
    const { child, done, greeting } = await serving(["--host", host, "--credentials", "keys.json"], cwd);
    child.kill("SIGINT");
    await done;
    const [, url = ""] = /AWS_ENDPOINT_URL_LOOKOUTVISION=(\S+)/.exec(greeting) ?? [];
    const { hostname: name } = new URL(url);
    assert.not(["0.0.0.0", "[::]", "127.0.0.1"].includes(name), name);
    const own = Object.values(networkInterfaces()).flatMap((all) => all?.map(({ address }) => address) ?? []);
    assert.ok([...own, hostname()].includes(name.replace(/^\[|\]$/g, "")), name);
  }
});

serve("imports each file that it is given", async () => {
  const cwd = await folder();
  for (const name of ["one", "two"]) await writeFile(join(cwd, `${name}.json`), job(name, { ProjectName: "p" }));
  const args = ["--store", ":memory:", "--import", "one.json", "--import=two.json"];
  const { child, done, greeting } = await serving(args, cwd);
  assert.match(greeting, /^Imported one\.json, two\.json: 2 read, 2 new, 0 updated, 0 unchanged, 0 refused\.\n/);
  child.kill("SIGINT");
  assert.is((await done).code, 0);
});

serve("serves what is in the store already, for a region of one's own, to the keys in a file", async () => {
  const cwd = await folder();
  await run(["import", "--store", "jobs.db", inventory], { cwd });
  const keys = [{ accessKeyId: "AKIDFILE", secretAccessKey: "from-the-file", projects: ["one-*"] }];
  await writeFile(join(cwd, "keys.json"), JSON.stringify({ keys }), { mode: 0o600 });
  const args = ["--store", "jobs.db", "--region", "eu-central-1", "--credentials", "keys.json"];
  const { child, done, greeting } = await serving(args, cwd);
  assert.match(
    greeting,
    /^Serving jobs\.db \(25 jobs of \d+ projects\) at \S+ to the keys in keys\.json\. Ctrl-C stops it\.\n/,
  );
  assert.not.match(greeting, /AKIDFILE|from-the-file|ACCESS_KEY.*=/);
  assert.match(greeting, /\n# and AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a pair of keys\.json\n/);
  const env = {
    AWS_ENDPOINT_URL: /at (\S+)/.exec(greeting)?.[1],
    AWS_DEFAULT_REGION: "eu-central-1",
    AWS_ACCESS_KEY_ID: "AKIDFILE",
    AWS_SECRET_ACCESS_KEY: "from-the-file",
  };
  const allowed = await run(["list", "--project-name", "one-job", "--output", "csv"], { env });
  assert.is(allowed.code, 0, allowed.stderr);
  const denied = await run(["list", "--project-name", "circuit-boards"], { env });
  assert.match(denied.stderr, /^An error occurred \(AccessDeniedException\)/);
  assert.is(denied.code, 254);
  child.kill("SIGINT");
  assert.is((await done).code, 0);
});

serve("goes on when whoever read its log has gone", async () => {
  const { child, done, greeting } = await serving(["--store", ":memory:"], scratch);
  child.stderr.destroy();
  const url = /at (\S+) to/.exec(greeting)?.[1];
  for (let request = 0; request < 5; request++) assert.is((await fetch(`${url}/`)).status, 403);
  child.kill("SIGTERM");
  assert.is((await done).code, 0);
});

serve("throttles each key with --rate", async () => {
  const { child, done, greeting } = await serving(["--store", ":memory:", "--rate", "0.001"], scratch);
  const env = Object.fromEntries(
    [...greeting.matchAll(/^export (\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
  );
  const list = () => run(["list", "--project-name", "p"], { env: { ...env, AWS_MAX_ATTEMPTS: "1" } });
  assert.match((await list()).stderr, /ResourceNotFoundException/);
  assert.match((await list()).stderr, /ThrottlingException.*\nTry again later/);
  child.kill("SIGINT");
  await done;
});

serve("does not show the password of a PostgreSQL", async () => {
  for (const target of [
    "postgres://user:s3cret@127.0.0.1:1/jobs",
    "postgres://127.0.0.1:1/jobs?user=user&password=s3cret",
    "postgres://:s3cret@127.0.0.1:1/jobs",
    "postgres://user:p@s3cret@127.0.0.1:1/jobs",
  ]) {
    const result = await run(["serve", "--port", "0", "--store", target, "--debug"]);
    assert.is(result.code, 253, result.stderr);
    assert.not.match(result.stderr, /s3cret/);
  }
});

serve("finishes what is in flight, unless it is interrupted a second time", async () => {
  const { child, done, greeting } = await serving(["--store", ":memory:"], scratch);
  const slow = connect(Number(/:(\d+) /.exec(greeting)?.[1]), "127.0.0.1").on("error", () => {});
  slow.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n");
  // The head of the other request has arrived when this response comes.
  await fetch(`${/at (\S+)/.exec(greeting)?.[1]}/ping`);
  child.kill("SIGINT");
  const early = await Promise.race([done, sleep(300, "still there")]);
  assert.is(early, "still there");
  child.kill("SIGINT");
  assert.is((await done).code, 130);
});
serve.run();
