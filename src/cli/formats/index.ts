/** The output formats by their names. */
import { faultOf, oneOf } from "../arguments.ts";
import type { Setting } from "../settings.ts";
import { csv } from "./csv.ts";
import type { OutputFormat } from "./format.ts";
import { json, ndjson } from "./json.ts";
import { table } from "./table.ts";
import { text } from "./text.ts";

export { csv, json, table, text };

/** Prints nothing, for a script that needs the exit code only. */
export const off: OutputFormat = async function* (parts) {
  for await (const _ of parts);
  yield "";
};

const FORMATS = new Map(Object.entries({ table, json, ndjson, csv, text, off }));
/** The output formats of the AWS CLI that are not supported. */
const UNSUPPORTED: readonly string[] = ["yaml", "yaml-stream"];

/**
 * Finds an output format by its name.
 * @throws UsageError or ConfigurationError, by the source of the name
 */
export function formatNamed({ value: name, source }: Setting): OutputFormat {
  const known = [...FORMATS.keys()];
  if (UNSUPPORTED.includes(name))
    throw faultOf(
      source,
      `${source}: ${name} is a format of the AWS CLI that is not supported. Use one of ${known.join(", ")}.`,
    );
  return FORMATS.get(oneOf(known, name, source))!;
}
