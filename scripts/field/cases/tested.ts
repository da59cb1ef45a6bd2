/** Test runners: a test lists, recognizes errors, and sees that they were retried. */
import { type Case, expect, type Place } from "../case.ts";
import type { Pin } from "../pins.ts";

const TESTS = `
test("a listing takes a signal of the test's realm", async () => {
  const lookout = createClient();
  const { signal } = new AbortController();
  const input = { projectName: "circuit-boards", maxResults: 10 };
  const jobs = await lookout.listModelPackagingJobs(input, { signal }).toArray();
  expect(jobs.length).toBe(25);
  await lookout.close();
});
test("a refused connection is retried and has its code", async () => {
  const lookout = createClient({ endpoint: "http://127.0.0.1:9", maxAttempts: 2 });
  const error = await lookout.listModelPackagingJobs({ projectName: "p" }).catch((error) => error);
  expect([error.name, error.code, error.attempts]).toEqual(["NetworkError", "ECONNREFUSED", 2]);
});
test("an error of the service is recognized", async () => {
  const lookout = createClient();
  const error = await lookout.listModelPackagingJobs({ projectName: "nobody" }).catch((error) => error);
  expect([error.name, isServiceError(error)]).toEqual(["ResourceNotFoundException", true]);
  await lookout.close();
});
`;
const IMPORT = 'import { createClient, isServiceError } from "lookout-packaging-jobs";\n';
const REQUIRE = 'const { createClient, isServiceError } = require("lookout-packaging-jobs");\n';

/** The README's line for Jest, which then compiles the package for CommonJS, as it does the tests. */
const JEST_LINE = { transformIgnorePatterns: ["/node_modules/(?!lookout-packaging-jobs/)"] };
const JEST: readonly Pin[] = ["jest", "jest-jsdom", "babel-preset-env"];
const BABEL = JSON.stringify({ presets: [["@babel/preset-env", { targets: { node: "current" } }]] });

interface JestCase {
  readonly name: string;
  readonly at29f323b: Case["at29f323b"];
  readonly environment: "node" | "jsdom";
  readonly isModule: boolean;
}

const jest = ({ name, at29f323b, environment, isModule }: JestCase): Case => ({
  name: `tested: ${name}`,
  at29f323b,
  tools: JEST,
  async run(place) {
    const config = isModule
      ? { testEnvironment: environment, transform: {}, testMatch: ["**/jobs.test.js"] }
      : { testEnvironment: environment, ...JEST_LINE, testMatch: ["**/jobs.test.js"] };
    await place.write({
      "package.json": JSON.stringify({ private: true, ...(isModule && { type: "module" }) }),
      ...(!isModule && { "babel.config.json": BABEL }),
      "jest.config.json": JSON.stringify(config),
      "jobs.test.js": (isModule ? IMPORT : REQUIRE) + TESTS,
    });
    const flags = isModule ? ["--experimental-vm-modules"] : [];
    const said = await place.node([...flags, place.tool("jest", "bin/jest.js"), "--runInBand"]);
    expect(said, /Tests:\s+3 passed, 3 total/);
    return "3 tests passed";
  },
});

const vitest = (name: string, at29f323b: Case["at29f323b"], ...flags: readonly string[]): Case => ({
  name: `tested: vitest, ${name}`,
  at29f323b,
  tools: ["vitest", "jsdom", "happy-dom"],
  async run(place: Place) {
    await place.write({ "jobs.test.js": `import { expect, test } from "vitest";\n${IMPORT}${TESTS}` });
    const said = await place.node([place.tool("vitest", "vitest.mjs"), "run", "--root", ".", ...flags]);
    expect(said, /Tests\s+3 passed \(3\)/);
    return "3 tests passed";
  },
});

export const TESTED: readonly Case[] = [
  jest({ name: "jest, CommonJS", at29f323b: "fails", environment: "node", isModule: false }),
  jest({ name: "jest, ES modules", at29f323b: "fails", environment: "node", isModule: true }),
  jest({ name: "jest-environment-jsdom, CommonJS", at29f323b: "fails", environment: "jsdom", isModule: false }),
  jest({ name: "jest-environment-jsdom, ES modules", at29f323b: "fails", environment: "jsdom", isModule: true }),
  vitest("threads", "control", "--pool=threads"),
  vitest("vmThreads", "fails", "--pool=vmThreads"),
  vitest("jsdom", "control", "--environment=jsdom"),
  vitest("happy-dom", "fails", "--environment=happy-dom"),
];
