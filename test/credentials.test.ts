/** Where credentials come from, how long they are kept, and the refresh after the service has refused them. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Credentials, CredentialsError, isServiceError } from "../src/index.ts";
import { CredentialsSource } from "../src/signing/credentials.ts";
import { clientOf, credentials, paths, projectName, rejection, withEnvironment } from "./support/client.ts";
import { closeServers } from "./support/open-servers.ts";
import { type SeenRequest, stubServer } from "./support/stub-server.ts";
import { until } from "./support/wait.ts";

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 10, 23, 21);
const key = (name: string, more: Partial<Credentials> = {}): Credentials => ({
  accessKeyId: name,
  secretAccessKey: `secret-of-${name}`,
  ...more,
});
const keyOf = ({ headers }: SeenRequest) => /Credential=([^/]+)/.exec(String(headers.authorization))?.[1];

const kept = suite("a provider's result");

/** A source of numbered keys, with a clock that the test sets. */
function numbered(lifetime?: number) {
  const machine = { time: NOW, asked: 0 };
  const provider = async () => {
    const expiration = lifetime === undefined ? undefined : new Date(machine.time + lifetime);
    return key(`key-${++machine.asked}`, { expiration });
  };
  return { machine, source: new CredentialsSource(provider, () => machine.time) };
}

kept("credentials are kept until five minutes before they expire", async () => {
  const { machine, source } = numbered(60 * MINUTE);
  assert.is(source.current, undefined);
  const first = await source.refresh();
  assert.is(source.current, first);
  machine.time += 55 * MINUTE;
  assert.is(source.current, first);
  machine.time += 1;
  assert.is(source.current, undefined);
  assert.is((await source.refresh()).accessKeyId, "key-2");
});

kept("credentials without an expiration are kept for ever", async () => {
  const { machine, source } = numbered();
  const first = await source.refresh();
  machine.time += 1e12;
  assert.is(source.current, first);
});

kept("credentials that expire within five minutes are used once", async () => {
  const { machine, source } = numbered(MINUTE);
  assert.is((await source.refresh()).accessKeyId, "key-1");
  assert.is(source.current, undefined);
  assert.is(machine.asked, 1);
});

kept("refused credentials are forgotten, unless newer ones have replaced them", async () => {
  const { source } = numbered();
  const first = await source.refresh();
  assert.is(source.forget(first), true);
  assert.is(source.current, undefined);
  const second = await source.refresh();
  assert.is(source.forget(first), true);
  assert.is(source.current, second);
});

kept("a provider that is silent for a minute is asked again", async () => {
  let asked = 0;
  let time = NOW;
  const waiting: ((given: Credentials) => void)[] = [];
  const source = new CredentialsSource(
    () => {
      asked++;
      return new Promise((resolve) => waiting.push(resolve));
    },
    () => time,
  );
  const first = source.refresh();
  time += MINUTE - 1;
  assert.is(source.refresh(), first);
  time += 1;
  const second = source.refresh();
  assert.is(asked, 2);
  waiting[1]?.(key("late"));
  assert.is((await second).accessKeyId, "late");
  assert.is(source.current?.accessKeyId, "late");
});

for (const [what, given, message] of [
  ["nothing", undefined, "accessKeyId is missing"],
  ["no secret", { accessKeyId: "AKID" }, "secretAccessKey is missing"],
  ["an empty key", key(""), "accessKeyId is missing"],
  ["a number", { ...key("AKID"), secretAccessKey: 7 }, "secretAccessKey is missing, or is no string"],
  ["a token that is an object", { ...key("AKID"), sessionToken: {} }, "sessionToken is missing, or is no string"],
  ["a line break behind a token", key("AKID", { sessionToken: "hush-hush\n" }), "sessionToken has white space"],
  ["a letter that no header carries", key("AKIDé"), "accessKeyId has white space, or characters outside ASCII"],
  ["a date as text", { ...key("AKID"), expiration: "2026-11-23" }, "expiration is no valid Date"],
  ["an invalid date", key("AKID", { expiration: new Date(Number.NaN) }), "expiration is no valid Date"],
] as const)
  kept(`a result of ${what} is refused, and the error shows no value of it`, async () => {
    const provider = new CredentialsSource(async () => given as Credentials);
    const error = await rejection(provider.refresh());
    assert.instance(error, CredentialsError);
    assert.is(String(error).includes(message), true, String(error));
    assert.not.match(String(error), /hush|secret-of|AKID/);
    if (given !== undefined)
      assert.throws(
        () => new CredentialsSource(given as Credentials),
        (thrown: unknown) => thrown instanceof CredentialsError && thrown.message.includes(message),
      );
  });

kept.run();

const test = suite("credentials");
test.after.each(closeServers);

const page = { body: { ModelPackagingJobs: [] } };
const expired = {
  status: 403,
  headers: { "x-amzn-errortype": "ExpiredTokenException" },
  body: { message: "The security token included in the request is expired" },
};

for (const [path, way] of Object.entries(paths))
  test(`all calls share one request to the provider, and send its session token, over ${path}`, async () => {
    const server = await stubServer(() => page);
    let asked = 0;
    const client = clientOf(server, {
      ...way,
      credentials: async () => {
        asked++;
        await until(() => true);
        return key("ASIA", { sessionToken: "a+token/of=session" });
      },
    });
    await Promise.all(Array.from({ length: 20 }, () => client.listModelPackagingJobs({ projectName }).toArray()));
    await client.listModelPackagingJobs({ projectName });
    await server.close();
    assert.is(asked, 1);
    assert.is(server.requests.length, 21);
    for (const request of server.requests) {
      assert.is(keyOf(request), "ASIA");
      assert.is(request.headers["x-amz-security-token"], "a+token/of=session");
      assert.match(String(request.headers.authorization), /SignedHeaders=[^,]*;x-amz-security-token/);
    }
  });

test("a failed refresh fails the calls that wait for it, and the next call asks the provider again", async () => {
  const server = await stubServer(() => page);
  const cause = new Error("the vault is sealed");
  let asked = 0;
  const client = clientOf(server, {
    credentials: async () => {
      if (++asked === 1) throw cause;
      return credentials;
    },
  });
  const call = () => client.listModelPackagingJobs({ projectName }).toArray();
  const errors = await Promise.all([rejection(call()), rejection(call())]);
  for (const error of errors) {
    assert.ok(error instanceof CredentialsError);
    assert.is(error.message, "The credentials provider failed: the vault is sealed");
    assert.is((error.cause as Error).message, cause.message);
  }
  assert.is(asked, 1);
  assert.is(server.requests.length, 0);
  assert.equal(await call(), []);
  assert.is(asked, 2);
  await server.close();
});

test("a provider may throw instead of returning a promise", async () => {
  const server = await stubServer(() => page);
  const client = clientOf(server, {
    credentials: () => {
      throw "no";
    },
  });
  const error = await rejection(client.listModelPackagingJobs({ projectName }));
  await server.close();
  assert.is(String(error), "CredentialsError: The credentials provider failed: no");
});

for (const [path, way] of Object.entries(paths))
  test(`calls whose token has expired share one refresh, over ${path}`, async () => {
    const server = await stubServer((request) => (keyOf(request) === "key-1" ? expired : page));
    let asked = 0;
    const client = clientOf(server, { ...way, credentials: async () => key(`key-${++asked}`) });
    const calls = Array.from({ length: 10 }, () => client.listModelPackagingJobs({ projectName }).toArray());
    for (const jobs of await Promise.all(calls)) assert.equal(jobs, []);
    assert.is(asked, 2);
    assert.is(server.requests.filter((request) => keyOf(request) === "key-2").length, 10);
    await client.listModelPackagingJobs({ projectName });
    assert.is(keyOf(server.requests.at(-1) as SeenRequest), "key-2");
    await server.close();
  });

for (const [path, way] of Object.entries(paths))
  test(`a provider is called with forceRefresh after the service has refused its credentials, over ${path}`, async () => {
    const shared = { accessKeyId: "key-1", secretAccessKey: "secret" };
    const asked: unknown[] = [];
    const server = await stubServer((request) => (keyOf(request) === "key-1" ? expired : page));
    const client = clientOf(server, {
      ...way,
      credentials: async (options) => {
        asked.push(options);
        if (options?.forceRefresh) shared.accessKeyId = "key-2";
        return shared;
      },
    });
    await Promise.all(Array.from({ length: 10 }, () => client.listModelPackagingJobs({ projectName }).toArray()));
    await client.listModelPackagingJobs({ projectName });
    await server.close();
    assert.equal(asked, [undefined, { forceRefresh: true }]);
    assert.is(server.requests.filter((request) => keyOf(request) === "key-2").length, 11);
  });

test("a call whose token stays expired refreshes once, then throws the service's error", async () => {
  const server = await stubServer(() => expired);
  let asked = 0;
  const client = clientOf(server, { maxAttempts: 5, credentials: async () => key(`key-${++asked}`) });
  const error = await rejection(client.listModelPackagingJobs({ projectName }));
  await server.close();
  assert.ok(isServiceError(error) && error.name === "ExpiredTokenException" && error.attempts === 2);
  assert.equal(server.requests.map(keyOf), ["key-1", "key-2"]);
});

test("a key pair in the options is not refreshed", async () => {
  const server = await stubServer(() => expired);
  const error = await rejection(clientOf(server).listModelPackagingJobs({ projectName }));
  await server.close();
  assert.ok(isServiceError(error) && error.name === "ExpiredTokenException" && error.attempts === 1);
  assert.is(server.requests.length, 1);
});

test("a key pair in the options is used whatever its expiration", async () => {
  const server = await stubServer(() => page);
  const client = clientOf(server, { credentials: key("AKID", { expiration: new Date(0) }) });
  await client.listModelPackagingJobs({ projectName });
  await server.close();
  assert.equal(server.requests.map(keyOf), ["AKID"]);
});

test("without the option the environment is read at the first call", () =>
  withEnvironment({}, async () => {
    const server = await stubServer(() => page);
    const client = clientOf(server, { credentials: undefined });
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: "ENV", AWS_SECRET_ACCESS_KEY: "hush", AWS_SESSION_TOKEN: "token" });
    await client.listModelPackagingJobs({ projectName });
    await server.close();
    assert.equal(server.requests.map(keyOf), ["ENV"]);
    assert.is(server.requests[0]?.headers["x-amz-security-token"], "token");
  }));

for (const [given, missing] of [
  ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"],
  ["AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID"],
] as const)
  test(`half a key pair in the environment is an error that names ${missing}`, () =>
    withEnvironment({ [given]: "hush-hush" }, async () => {
      const error = await rejection(new CredentialsSource(undefined).refresh());
      assert.instance(error, CredentialsError);
      assert.match(String(error), `${missing} is not set in the environment`);
      assert.not.match(String(error), "hush");
    }));

test.run();
