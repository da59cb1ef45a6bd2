/** A case of `npm run field`: what it is called, what it needs, and what it does with it. */

import type { Pin, RuntimeName } from "./pins.ts";
import type { Service } from "./service.ts";

/** One way in which people run the package. */
export interface Case {
  /** The group and the case, for example `bundled: webpack`. */
  readonly name: string;
  /** Whether it fails with the package of commit 29f323b, or is a control that holds there as well. */
  readonly at29f323b: "fails" | "control";
  /** The tools beside the package. */
  readonly tools?: readonly Pin[];
  /**
   * Tries the package.
   * @returns the outcome, in a few words
   * @throws Failure with what was seen instead
   */
  run(place: Place): Promise<string>;
}

/** The place of a case: a folder of its own in which the package and the tools are installed. */
export interface Place {
  readonly folder: string;
  readonly service: Service;
  /** The packed package. */
  readonly tarball: string;
  /** Writes files by their names in the folder. */
  write(files: Readonly<Record<string, string>>): Promise<void>;
  /** Makes a folder that sees none of the tools, empty or with one package that is installed elsewhere. */
  apart(beside?: Pin): Promise<string>;
  /** The path of a file in a tool's package. */
  tool(pin: Pin, file: string): string;
  /** Runs a program in the folder; what it prints. It fails when the program does. */
  run(program: string, args: readonly string[], options?: RunOptions): Promise<string>;
  /** Runs the Node that runs this. */
  node(args: readonly string[], options?: RunOptions): Promise<string>;
  /** The command of another runtime with its first arguments. */
  runtime(name: RuntimeName): Promise<readonly [string, ...string[]]>;
}

export interface RunOptions {
  readonly cwd?: string;
  /** Set beside what leads to the service; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** A case that does not hold. */
export class Failure extends Error {}

/** Thrown where a tool cannot be had on this machine. */
export class LeftOut extends Error {}

/** Fails unless a text says what it should. */
export function expect(text: string, ...wanted: readonly (string | RegExp)[]): void {
  for (const want of wanted) {
    const isThere = typeof want === "string" ? text.includes(want) : want.test(text);
    if (!isThere) throw new Failure(`no ${want} in: ${text.trim() || "nothing"}`);
  }
}
