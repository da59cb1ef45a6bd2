import { execFileSync } from "node:child_process";
import { chmod, chown, mkdtemp, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readCredentialsFile } from "../src/endpoint/access/credentials-file.ts";
import { type Endpoint, type Key, openStore, type ServeOptions, type Store } from "../src/endpoint/index.ts";
import { listingOf, putJobs } from "./support/endpoint-jobs.ts";
import { serve } from "./support/endpoint-served.ts";
import { signedRequest } from "./support/endpoint-signed.ts";
import { ask, type WireResponse } from "./support/endpoint-wire.ts";
import { closeServers } from "./support/open-servers.ts";

const ACTION = "lookoutvision:ListModelPackagingJobs";
const key = (accessKeyId: string, permissions: Partial<Key> = {}): Key => ({
  accessKeyId,
  secretAccessKey: `secret of ${accessKeyId}`,
  ...permissions,
});

const keys = [
  key("ALL"),
  key("BOARDS", { actions: [ACTION], projects: ["boards"] }),
  key("LENSES", { actions: ["lookoutvision:*"], projects: ["lens*"] }),
  key("OTHERS", { actions: ["lookoutvision:DescribeProject"] }),
  key("NOTHING", { actions: [] }),
  key("NOWHERE", { projects: [] }),
] as const;

const test = suite<{ store: Store; endpoint: Endpoint; folder: string }>("permissions");

test.after(closeServers);
test.before(async (context) => {
  context.folder = await mkdtemp(join(tmpdir(), "credentials-"));
  context.store = await openStore();
  for (const project of ["boards", "lens", "lenses"]) await putJobs(context.store, project, 1);
  context.endpoint = await serve({ store: context.store, credentials: keys });
});
test.after(async ({ endpoint, store, folder }) => {
  await endpoint.close();
  await store.close();
  await rm(folder, { recursive: true });
});

const list = ({ port }: Endpoint, credentials: Key, project: string, query = ""): Promise<WireResponse> =>
  ask(port, signedRequest({ target: `${listingOf(project)}${query}` }, { port, credentials }));

test("that are not given let a key do everything", async ({ endpoint }) => {
  for (const project of ["boards", "lens", "lenses"]) assert.is((await list(endpoint, keys[0], project)).status, 200);
});

test("name projects, whole or by their beginning", async ({ endpoint }) => {
  const allowed = async (credentials: Key): Promise<number[]> => {
    const responses = ["boards", "lens", "lenses", "boards2", "len"].map((project) =>
      list(endpoint, credentials, project),
    );
    return (await Promise.all(responses)).map(({ status }) => status);
  };
  assert.equal(await allowed(keys[1]), [200, 403, 403, 403, 403]);
  assert.equal(await allowed(keys[2]), [403, 200, 200, 403, 403]);
});

test("that do not name the action, or name nothing, permit nothing", async ({ endpoint }) => {
  for (const credentials of keys.slice(3)) {
    const { status, headers, body } = await list(endpoint, credentials, "boards");
    assert.is(status, 403);
    assert.is(headers.get("x-amzn-errortype"), "AccessDeniedException");
    assert.is(body, `{"Message":"User: ${credentials.accessKeyId} is not authorized to perform: ${ACTION}"}`);
  }
});

test("are refused alike whether the project is there or not", async ({ endpoint }) => {
  const told = async (project: string, query?: string) => {
    const { status, headers, body } = await list(endpoint, keys[1], project, query);
    return { status, body, names: [...headers.keys()], error: headers.get("x-amzn-errortype") };
  };
  const there = await told("lenses");
  assert.is(there.status, 403);
  assert.equal(await told("nowhere"), there);
  assert.equal(await told("-not-even-a-name-"), there);
  assert.equal(await told("nowhere", "?maxResults=0&nextToken=abcd"), there);
});

const serving = (options: ServeOptions): Promise<string> =>
  serve(options).then(
    async (endpoint) => {
      await endpoint.close();
      return "serves";
    },
    (error: Error) => error.message,
  );

test("come from a credentials file", async ({ folder, store }) => {
  const path = join(folder, "keys.json");
  const listed = [
    { ...keys[1], expiration: "2027-01-31T12:00:00Z" },
    { ...keys[2], sessionToken: "token/of+lenses==" },
  ];
  await writeFile(path, JSON.stringify({ keys: listed }), { mode: 0o600 });
  const now = Date.parse("2027-01-31T11:59:59Z");
  const endpoint = await serve({ store, credentials: path, clock: () => now });
  const status = async (credentials: Key, project: string): Promise<number> => {
    const text = signedRequest({ target: listingOf(project) }, { port: endpoint.port, credentials, now });
    return (await ask(endpoint.port, text)).status;
  };
  assert.is(endpoint.credentials.accessKeyId, "BOARDS");
  assert.is(endpoint.credentials.expiration?.getTime(), now + 1000);
  assert.is(await status(keys[1], "boards"), 200);
  assert.is(await status(keys[1], "lenses"), 403);
  assert.is(await status({ ...keys[2], sessionToken: "token/of+lenses==" }, "lenses"), 200);
  assert.is(await status(keys[2], "lenses"), 403);
  await endpoint.close();
});

test("in a file that others can read are refused, unless that is allowed", async ({ folder }) => {
  const path = join(folder, "open.json");
  await writeFile(path, JSON.stringify({ keys: [keys[0]] }));
  for (const mode of [0o640, 0o604, 0o620, 0o644]) {
    await chmod(path, mode);
    const advice = `${path} can be read by others. Run \`chmod 600 ${path}\`, or allow readable credentials.`;
    assert.is(await serving({ credentials: path }), advice);
  }
  assert.is(await serving({ credentials: path, allowReadableCredentials: true }), "serves");
  await chmod(path, 0o400);
  assert.is(await serving({ credentials: path }), "serves");
});

test("in what is no regular file are refused without waiting for a writer", async ({ folder }) => {
  const pipe = join(folder, "pipe");
  execFileSync("mkfifo", ["-m", "600", pipe]);
  for (const path of [pipe, folder]) assert.is(await serving({ credentials: path }), `${path} is not a regular file.`);
});

if (process.geteuid?.() === 0)
  test("in a file of another user are refused, even to root", async ({ folder }) => {
    const path = join(folder, "theirs.json");
    await writeFile(path, JSON.stringify({ keys: [keys[0]] }), { mode: 0o600 });
    await chown(path, 12_345, 12_345);
    const advice = `${path} belongs to another user. Run \`chown\` on it, or allow readable credentials.`;
    assert.is(await serving({ credentials: path }), advice);
    assert.is(await serving({ credentials: path, allowReadableCredentials: true }), "serves");
  });

test("are never read from another file than was checked", async ({ folder }) => {
  const [link, next] = [join(folder, "link.json"), join(folder, "next.json")];
  const files = [join(folder, "private.json"), join(folder, "public.json")];
  for (const [at, path] of files.entries()) {
    await writeFile(path, JSON.stringify({ keys: [{ accessKeyId: `KEY${at}`, secretAccessKey: "s" }] }));
    await chmod(path, at === 0 ? 0o600 : 0o644);
  }
  await symlink(files[0]!, link);
  let isDone = false;
  const swapping = (async () => {
    for (let at = 1; !isDone; at++) {
      await symlink(files[at % 2]!, next);
      await rename(next, link);
    }
  })();
  const read = new Set<string>();
  for (let times = 0; times < 300; times++) {
    for (const key of await readCredentialsFile(link, false).catch(() => [])) read.add(key.accessKeyId);
  }
  isDone = true;
  await swapping;
  assert.equal([...read], ["KEY0"]);
});

test("in a file that breaks its rules are refused, with the place and the rule", async ({ folder }) => {
  const path = join(folder, "bad.json");
  const good = { accessKeyId: "A", secretAccessKey: "s" };
  const faults: [content: unknown, message: string][] = [
    [{}, `${path} must hold { "keys": [ … ] }.`],
    [[good], `${path} must hold { "keys": [ … ] }.`],
    [{ projects: ["boards"], keys: [good] }, `${path} has an unknown member 'projects' beside "keys".`],
    [{ keys: [] }, "There is no key in the credentials: nobody could call the endpoint."],
    [{ keys: [good, "A"] }, `${path}: key 2 is not an object.`],
    [{ keys: [{ ...good, project: ["boards"] }] }, `${path}: key 1 has an unknown member 'project'.`],
    [
      { keys: [{ secretAccessKey: "s" }] },
      `${path}: key 1: accessKeyId must be a string of letters, digits and underscores.`,
    ],
    [
      { keys: [{ ...good, accessKeyId: "a/b" }] },
      `${path}: key 1: accessKeyId must be a string of letters, digits and underscores.`,
    ],
    [
      { keys: [{ ...good, secretAccessKey: "" }] },
      `${path}: key 1: secretAccessKey must be a string that is not empty.`,
    ],
    [{ keys: [{ ...good, sessionToken: 5 }] }, `${path}: key 1: sessionToken must be a string that is not empty.`],
    [
      { keys: [{ ...good, expiration: "tomorrow" }] },
      `${path}: key 1: expiration must be a time such as 2027-01-31T12:00:00Z.`,
    ],
    [
      { keys: [{ ...good, expiration: "2027-02-30T12:00:00Z" }] },
      `${path}: key 1: expiration must be a time such as 2027-01-31T12:00:00Z.`,
    ],
    [
      { keys: [{ ...good, expiration: "2027-01-31T12:00:00" }] },
      `${path}: key 1: expiration must be a time such as 2027-01-31T12:00:00Z.`,
    ],
    [{ keys: [{ ...good, actions: ACTION }] }, `${path}: key 1: actions must be a list of names, none of them empty.`],
    [{ keys: [{ ...good, projects: [""] }] }, `${path}: key 1: projects must be a list of names, none of them empty.`],
    [{ keys: [good, good] }, "The access key id A is given twice."],
  ];
  for (const [content, message] of faults) {
    await writeFile(path, JSON.stringify(content), { mode: 0o600 });
    assert.is(await serving({ credentials: path }), message);
  }
  await writeFile(path, '{"keys":[{"secretAccessKey":"do not show this"');
  assert.is(await serving({ credentials: path }), `${path} is not JSON.`);
  assert.match(await serving({ credentials: join(folder, "none.json") }), /ENOENT.*none\.json/);
});

test("given by a program are held to the same rules, and no value is shown", async () => {
  const good = { accessKeyId: "A", secretAccessKey: "s" };
  const faults: [credentials: unknown, message: string][] = [
    [{}, "credentials: accessKeyId must be a string of letters, digits and underscores."],
    [null, "credentials is not an object."],
    [{ accessKeyId: "A" }, "credentials: secretAccessKey must be a string that is not empty."],
    [{ ...good, secretAccessKey: "" }, "credentials: secretAccessKey must be a string that is not empty."],
    [
      { ...good, accessKeyId: "do/not/show" },
      "credentials: accessKeyId must be a string of letters, digits and underscores.",
    ],
    [{ ...good, project: ["boards"] }, "credentials has an unknown member 'project'."],
    [{ ...good, expiration: "2027-01-31T12:00:00Z" }, "credentials: expiration must be a valid Date."],
    [{ ...good, expiration: new Date("tomorrow") }, "credentials: expiration must be a valid Date."],
    [[good, undefined], "credentials: key 2 is not an object."],
    [[good, { accessKeyId: "B" }], "credentials: key 2: secretAccessKey must be a string that is not empty."],
    [[{ ...good, project: ["boards"] }], "credentials: key 1 has an unknown member 'project'."],
    [[{ ...good, actions: ACTION }], "credentials: key 1: actions must be a list of names, none of them empty."],
    [[], "There is no key in the credentials: nobody could call the endpoint."],
  ];
  for (const [credentials, message] of faults)
    assert.is(await serving({ credentials: credentials as ServeOptions["credentials"] }), message);
  const expiration = new Date("2027-01-31T12:00:00Z");
  assert.is(await serving({ credentials: { ...good, sessionToken: undefined, expiration } }), "serves");
});

test("may be what AWS's providers give, with members of their own", async () => {
  const given = {
    ...keys[0],
    accountId: "123456789012",
    credentialScope: "us-east-1",
    $source: { CREDENTIALS_CODE: "e" },
  };
  assert.is(await serving({ credentials: given }), "serves");
});

test("are needed on any address but a loopback one", async () => {
  for (const host of [
    "0.0.0.0",
    "::",
    "192.168.1.10",
    "localhost.example.com",
    "1270.0.0.1",
    "127.example.com",
    "::10",
  ]) {
    const advice = `${host} is not a loopback address: others can reach it. Give credentials, for example a credentials file, to say who may call.`;
    assert.is(await serving({ host }), advice);
  }
  assert.is(await serving({ host: "127.0.0.2" }), "serves");
  assert.is(await serving({ host: "localhost" }), "serves");
  assert.is(await serving({ host: "0.0.0.0", credentials: keys }), "serves");
});

test("of a key that the endpoint made allow everything, and no two such keys are alike", async () => {
  const [one, two] = [await serve(), await serve()];
  assert.match(one.credentials.accessKeyId, /^LOCAL[A-Z2-7]{15}$/);
  assert.is(one.credentials.secretAccessKey.length, 40);
  assert.is.not(one.credentials.accessKeyId, two.credentials.accessKeyId);
  assert.is.not(one.credentials.secretAccessKey, two.credentials.secretAccessKey);
  assert.is((await list(one, one.credentials, "boards")).status, 404);
  assert.is((await list(one, two.credentials, "boards")).status, 403);
  await Promise.all([one.close(), two.close()]);
});

test.run();
