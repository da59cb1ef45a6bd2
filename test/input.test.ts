/** An input is checked before anything is sent. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { createClient, InputError } from "../src/index.ts";
import { stubServer } from "./support/stub-server.ts";

const test = suite("input is checked before anything is sent");
const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };

const name = (length: number) => "p".repeat(length);
const token = (length: number) => "t".repeat(length);

/** Passes a value that the types refuse, as a program without types does. */
const untyped = (input: unknown) => input as { projectName: string };

const good: [string, unknown][] = [
  ["a project name of one character", { projectName: "7" }],
  ["a project name of 255 characters", { projectName: name(255) }],
  ["a project name with every kind of character", { projectName: "aZ09_-" }],
  ["a page of one", { projectName: "p", maxResults: 1 }],
  ["a page of a hundred", { projectName: "p", maxResults: 100 }],
  ["an empty token", { projectName: "p", nextToken: "" }],
  ["a token of 2048 characters", { projectName: "p", nextToken: token(2048) }],
  ["a token with every kind of character", { projectName: "p", nextToken: "aZ09/+=" }],
  ["members that are undefined", { projectName: "p", maxResults: undefined, nextToken: undefined }],
];

/** A list that contains itself, which JSON cannot hold. */
const endless: unknown[] = [];
endless.push(endless);

const bad: [string, unknown, member: string, rule: RegExp, value: RegExp][] = [
  ["no project name", {}, "projectName", /is missing/, /projectName is missing/],
  ["an empty project name", { projectName: "" }, "projectName", /at least 1 character/, /not ""/],
  ["a project name of 256 characters", { projectName: name(256) }, "projectName", /at most 255 characters/, /not "ppp/],
  [
    "a project name that starts with a hyphen",
    { projectName: "-a" },
    "projectName",
    /match \^\[a-zA-Z0-9\]/,
    /not "-a"/,
  ],
  ["a project name with a slash", { projectName: "a/b" }, "projectName", /match/, /not "a\/b"/],
  ["a project name with a line break", { projectName: "a\n" }, "projectName", /match/, /not "a\\n"/],
  ["a project name of two dots", { projectName: ".." }, "projectName", /match/, /not "\.\."/],
  ["a project name that is a number", { projectName: 7 }, "projectName", /of type string/, /not 7/],
  ["a project name that is null", { projectName: null }, "projectName", /of type string/, /not null/],
  [
    "a project name that is a list of itself",
    { projectName: endless },
    "projectName",
    /of type string/,
    /not an object that JSON cannot hold/,
  ],
  ["a token with a BigInt in it", { projectName: "p", nextToken: { at: 1n } }, "nextToken", /of type string/, /JSON/],
  ["an input that is a list of itself", endless, "", /of type object/, /JSON/],
  ["a page of none", { projectName: "p", maxResults: 0 }, "maxResults", /at least 1/, /not 0/],
  ["a page of 101", { projectName: "p", maxResults: 101 }, "maxResults", /at most 100/, /not 101/],
  ["a page of one and a half", { projectName: "p", maxResults: 1.5 }, "maxResults", /of type integer/, /not 1\.5/],
  ["a page size that is a string", { projectName: "p", maxResults: "10" }, "maxResults", /of type integer/, /not "10"/],
  [
    "a page size that is no number",
    { projectName: "p", maxResults: Number.NaN },
    "maxResults",
    /of type integer/,
    /not NaN/,
  ],
  ["an endless page", { projectName: "p", maxResults: Infinity }, "maxResults", /of type integer/, /not Infinity/],
  ["a token of 2049 characters", { projectName: "p", nextToken: token(2049) }, "nextToken", /at most 2048/, /not "ttt/],
  ["a token with a space", { projectName: "p", nextToken: "a b" }, "nextToken", /match/, /not "a b"/],
  ["a token with an underscore", { projectName: "p", nextToken: "a_b" }, "nextToken", /match/, /not "a_b"/],
  [
    "a misspelt member",
    { projectName: "p", maxresults: 5 },
    "maxresults",
    /no member.*did you mean maxResults\?/,
    /maxresults is no/,
  ],
  ["an input that is a string", "circuit-boards", "", /of type object/, /not "circuit-boards"/],
  ["no input", undefined, "projectName", /is missing/, /projectName is missing/],
];

const server = await stubServer(() => ({ body: {} }));
const lookout = createClient({ region: "us-east-1", endpoint: server.url, credentials });

test.after(() => server.close());

for (const [what, input] of good)
  test(`an input is sent with ${what}`, async () => {
    const before = server.requests.length;
    await lookout.listModelPackagingJobs(untyped(input));
    assert.is(server.requests.length, before + 1);
  });

for (const [what, input, member, rule, value] of bad)
  test(`the error for ${what} names the member, the rule and the value`, async () => {
    const before = server.requests.length;
    for (const attempt of [
      () => lookout.listModelPackagingJobs(untyped(input)).then(() => "no error"),
      () => lookout.listModelPackagingJobs(untyped(input)).toArray(),
    ]) {
      const error = await attempt().catch((reason: unknown) => reason);
      assert.instance(error, InputError);
      const { faults, message } = error as InputError;
      assert.ok(
        faults.some((fault) => fault.member === member && rule.test(fault.rule)),
        JSON.stringify(faults),
      );
      assert.match(message, value);
      assert.match(message, /^ListModelPackagingJobs: .*Nothing was sent\.$/s);
    }
    assert.is(server.requests.length, before);
  });

test("the error for an unknown member suggests a known one, and shows no value", async () => {
  const messageFor = async (input: unknown) =>
    lookout.listModelPackagingJobs(untyped(input)).catch((error: unknown) => (error as Error).message);
  assert.is(
    await messageFor({ projetName: "x" }),
    "ListModelPackagingJobs: projectName is missing; projetName is no member of the input (did you mean projectName?). Nothing was sent.",
  );
  assert.is(
    await messageFor({ projectName: "p", colour: "red" }),
    "ListModelPackagingJobs: colour is no member of the input (there are projectName, maxResults, nextToken). Nothing was sent.",
  );
});

test("one error names all faults", async () => {
  const call = lookout.listModelPackagingJobs({ projectName: "a b", maxResults: 0, nextToken: "!" });
  const error = (await call.catch((reason: unknown) => reason)) as InputError;
  assert.equal(
    error.faults.map(({ member }) => member),
    ["projectName", "maxResults", "nextToken"],
  );
});

test.run();
