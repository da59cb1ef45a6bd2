/** Package managers: the package, installed from the tarball, lists, and says which optional package it needs. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Case, expect, type Place } from "../case.ts";
import { ADVICE, LIST, LISTED } from "../programs.ts";

const NO_KEYS = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined };

/** Makes a project with the program alone. */
async function project(place: Place): Promise<string> {
  const folder = await place.apart();
  await place.write({ "list.mjs": LIST });
  await place.run("cp", [join(place.folder, "list.mjs"), folder]);
  return folder;
}

/** Lists with keys, and without keys is advised to install AWS's providers. */
async function lists(place: Place, cwd: string, ...node: readonly [string, ...string[]]): Promise<string> {
  const [program, ...args] = node;
  expect(await place.run(program, [...args, "list.mjs"], { cwd }), LISTED);
  expect(await place.run(program, [...args, "list.mjs"], { cwd, env: NO_KEYS }), ADVICE);
  return `${LISTED}; without keys the advice`;
}

export const INSTALLED: readonly Case[] = [
  {
    name: "installed by: npm",
    at29f323b: "control",
    async run(place) {
      const cwd = await project(place);
      await place.run("npm", ["install", "--no-audit", "--no-fund", place.tarball], { cwd });
      const file = join(cwd, "node_modules/lookout-packaging-jobs/package.json");
      const { dependencies } = JSON.parse(await readFile(file, "utf8")) as { dependencies: object };
      return `${await lists(place, cwd, process.execPath)}; depends on ${Object.keys(dependencies)}`;
    },
  },
  {
    name: "installed by: pnpm",
    at29f323b: "control",
    tools: ["pnpm"],
    async run(place) {
      const cwd = await project(place);
      await place.node([place.tool("pnpm", "bin/pnpm.cjs"), "add", place.tarball], { cwd });
      return lists(place, cwd, process.execPath);
    },
  },
  {
    name: "installed by: Yarn with Plug'n'Play",
    at29f323b: "fails",
    tools: ["yarn"],
    async run(place) {
      const cwd = await project(place);
      const yarn = place.tool("yarn", "bin/yarn.js");
      const env = { YARN_ENABLE_TELEMETRY: "0", YARN_NODE_LINKER: "pnp", YARN_ENABLE_IMMUTABLE_INSTALLS: "false" };
      await place.run("rm", ["-rf", "node_modules"], { cwd });
      await place.run("touch", ["yarn.lock"], { cwd });
      await place.node([yarn, "add", `lookout-packaging-jobs@file:${place.tarball}`], { cwd, env });
      return lists(place, cwd, process.execPath, "--require", "./.pnp.cjs", "--loader", "./.pnp.loader.mjs");
    },
  },
];
