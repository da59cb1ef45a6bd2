/** The interface of the cases of `npm run field`, and of the folders that they run in. */

import type { Pin, RuntimeName } from "./pins.ts";
import type { Service } from "./service.ts";

/** One way in which people run the package. */
export interface Case {
  /** The group and the case, for example `bundled: webpack`. */
  readonly name: string;
  /** Whether the case fails with the package of commit 29f323b, or is a control that passes there as well. */
  readonly at29f323b: "fails" | "control";
  /** The tools beside the package. */
  readonly tools?: readonly Pin[];
  /**
   * Tries the package.
   * @returns the outcome, in a few words
   * @throws Failure with the output that was seen instead
   */
  run(place: Place): Promise<string>;
}

/** A case's own folder, in which the package and the tools are installed. */
export interface Place {
  readonly folder: string;
  readonly service: Service;
  /** The packed package. */
  readonly tarball: string;
  /** Writes files by their names in the folder. */
  write(files: Readonly<Record<string, string>>): Promise<void>;
  /** Makes another folder, from which no tool resolves. It is empty or has a link to one package. */
  apart(beside?: Pin): Promise<string>;
  /** The path of a file in a tool's package. */
  tool(pin: Pin, file: string): string;
  /** Runs a program in the folder. @returns its output @throws Failure when the program fails */
  run(program: string, args: readonly string[], options?: RunOptions): Promise<string>;
  /** Runs the Node that runs this. */
  node(args: readonly string[], options?: RunOptions): Promise<string>;
  /** The command of another runtime with its first arguments. */
  runtime(name: RuntimeName): Promise<readonly [string, ...string[]]>;
}

export interface RunOptions {
  readonly cwd?: string;
  /** Variables beside those of the service. Undefined removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Thrown by a case that fails. */
export class Failure extends Error {}

/** Thrown when a tool cannot be installed on this machine. */
export class LeftOut extends Error {}

/** @throws Failure unless the text contains each of the wanted texts */
export function expect(text: string, ...wanted: readonly (string | RegExp)[]): void {
  for (const want of wanted) {
    const isThere = typeof want === "string" ? text.includes(want) : want.test(text);
    if (!isThere) throw new Failure(`no ${want} in: ${text.trim() || "nothing"}`);
  }
}
