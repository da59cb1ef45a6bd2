/** The jobs that the command prints, and the client that lists them. */
import { contract } from "../../../generated/index.ts";
import { itemMembers } from "../../../generated/routes.ts";
import { clientFor } from "../../client.ts";
import type { Client, ClientOptions } from "../../index.ts";
import { isoTime } from "../../iso-time.ts";
import { withValueAt } from "../../json.ts";

const { listModelPackagingJobs } = contract.operations;

/** The members of a job in the document's order, which is also the AWS CLI's. */
export const MEMBERS: readonly string[] = itemMembers.listModelPackagingJobs;
const KNOWN = new Set(MEMBERS);

/** A job with its times in ISO 8601. It may have members that are not in the document. */
export type Job = Readonly<Record<string, unknown>>;

/** Makes the public client, but with times in epoch seconds, unlike its types: a `Date` has no microseconds. */
export const createWireClient: (options: ClientOptions) => Client = clientFor({
  ...contract,
  operations: { listModelPackagingJobs: { ...listModelPackagingJobs, timestamps: { input: [], output: [] } } },
});

/** The paths of times in a job: members of the job itself, and deeper ones. */
const TIMES = listModelPackagingJobs.timestamps.output.map((path): readonly string[] => path.slice(2));
const OWN_TIMES = new Set(TIMES.filter((path) => path.length === 1).flat());
const DEEPER_TIMES = TIMES.filter((path) => path.length > 1);

/**
 * An object that inherits nothing: a member may have any name, `__proto__` too. V8 keeps an object of
 * `Object.create(null)` as a hash table, which takes half as long again to fill and print.
 */
class Bare {
  [member: string]: unknown;
}
Object.setPrototypeOf(Bare.prototype, null);
Reflect.deleteProperty(Bare.prototype, "constructor");

/** Converts a job of the wire: the document's members in the document's order, then other members in the wire's. */
export function toJob(wire: Readonly<Record<string, unknown>>): Job {
  const job = new Bare();
  for (const name of MEMBERS) {
    const value = wire[name];
    if (value !== undefined) job[name] = OWN_TIMES.has(name) ? printedTime(value) : value;
  }
  for (const name in wire) if (!KNOWN.has(name)) job[name] = wire[name];
  return DEEPER_TIMES.reduce<Job>((dated, path) => withValueAt(dated, path, printedTime) as Job, job);
}

function printedTime(value: unknown): unknown {
  return typeof value === "number" ? isoTime(value) : value;
}
