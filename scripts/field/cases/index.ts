/** All cases, group by group. */
import type { Case } from "../case.ts";
import { BROWSER } from "./browser.ts";
import { BUNDLED } from "./bundled.ts";
import { COMPILED } from "./compiled.ts";
import { IN_PROCESS } from "./in-process.ts";
import { INSTALLED } from "./installed.ts";
import { NEXT } from "./next.ts";
import { PROXIED } from "./proxied.ts";
import { RUN_ON } from "./runtimes.ts";
import { TESTED } from "./tested.ts";

export const CASES: readonly Case[] = [
  ...IN_PROCESS,
  ...BUNDLED,
  ...NEXT,
  ...TESTED,
  ...INSTALLED,
  ...RUN_ON,
  ...COMPILED,
  ...PROXIED,
  ...BROWSER,
];
