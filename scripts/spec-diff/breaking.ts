/** Finds the changes of a document that break its callers. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { redocly } from "../tools.ts";

/** One breaking change, and its place in the base, or in the revision when it was added. */
export interface Breaking {
  readonly message: string;
  readonly pointer: string;
}

/** The members of a `redocly diff --format json` entry that are read here. */
interface Change {
  readonly typeName: string;
  readonly kind: "added" | "removed" | "modified";
  readonly impact: "major" | "minor" | "patch";
  readonly verdicts: readonly { readonly message: string; readonly impact: string }[];
  readonly property?: string;
  readonly base?: Side;
  readonly revision?: Side;
}

interface Side {
  readonly pointer: string;
  readonly value?: unknown;
}

/** A pointer into an extension that the client acts on, with the extension's name. Other extensions only describe. */
const BEHAVIOUR =
  /^.*\/(x-(?:paginated|retryable|idempotency-token|signing-name|service-id|amazon-apigateway-authtype))(?=\/|$)/;

/**
 * Compares two texts of the document by `redocly diff`: an input may only widen, an output only narrow. Adds the promises
 * of this package alone: names, defaults, errors and extensions.
 */
export async function breakingChanges(base: string, revision: string): Promise<Breaking[]> {
  const folder = await mkdtemp(join(tmpdir(), "spec-diff-"));
  try {
    const files = [join(folder, "base.yaml"), join(folder, "revision.yaml")] as const;
    await Promise.all([writeFile(files[0], byErrorName(base)), writeFile(files[1], byErrorName(revision))]);
    const { stdout, stderr } = await redocly(["diff", ...files, "--format", "json"]);
    if (!stdout.trimStart().startsWith("{")) throw new Error(`Redocly could not compare the documents:\n${stderr}`);
    const { changes } = JSON.parse(stdout) as { changes: Change[] };
    const found = changes.flatMap(judge);
    // Redocly tells of a component at each use, and of an extension's object as a whole and by member.
    return [...new Map(found.map((breaking) => [`${breaking.pointer} ${breaking.message}`, breaking])).values()];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function judge(change: Change): Breaking[] {
  const side = change.base ?? change.revision;
  const pointer = side?.pointer ?? "";
  if (change.impact === "major") {
    return change.verdicts
      .filter(({ impact }) => impact === "major")
      .map(({ message }) => ({ message: message.replace("Property `", "Member or error `"), pointer }));
  }
  const message = promise(change, pointer);
  return message === undefined ? [] : [{ message, pointer: BEHAVIOUR.exec(pointer)?.[0] ?? pointer }];
}

/** The promise that a change breaks without a change of the wire: Redocly lets it pass, callers of this package notice. */
function promise({ typeName, kind, property, base, revision }: Change, pointer: string): string | undefined {
  if (kind === "added") return undefined;
  const extension = BEHAVIOUR.exec(pointer)?.[1];
  if (extension) return `\`${extension}\` was changed or removed.`;
  if (typeName === "Parameter" && property === "name") {
    return `Input \`${base?.value}\` was renamed to \`${revision?.value}\`.`;
  }
  if (property === "default") return `The default ${JSON.stringify(base?.value)} was changed or removed.`;
  if (property === "enum" && Array.isArray(base?.value)) {
    const left = new Set(Array.isArray(revision?.value) ? revision.value : []);
    const lost = base.value.filter((value) => !left.has(value));
    if (lost.length > 0) return `The value ${lost.map((value) => `\`${value}\``).join(", ")} was removed.`;
  }
  return undefined;
}

/** Turns the errors of a status into members of that name: Redocly compares branches by their place in the list. */
function byErrorName(text: string): string {
  const spec = parse(text);
  const responses = [
    ...Object.values<Record<string, object>>(spec.components?.responses ?? {}),
    ...Object.values<Record<string, Record<string, Record<string, object>>>>(spec.paths ?? {}).flatMap((item) =>
      Object.values(item).flatMap((operation) => Object.values(operation?.responses ?? {})),
    ),
  ] as { content?: Record<string, { schema?: { $ref?: string; anyOf?: { $ref?: string }[] } }> }[];
  for (const media of responses.flatMap(({ content }) => Object.values(content ?? {}))) {
    const branches = media.schema?.anyOf ?? [media.schema];
    const named = branches.flatMap((schema) => (isError(spec, schema?.$ref) ? [[nameOf(schema?.$ref), schema]] : []));
    if (named.length > 0) Object.assign(media, { schema: { type: "object", properties: Object.fromEntries(named) } });
  }
  return stringify(spec, { aliasDuplicateObjects: false });
}

const nameOf = (ref = "") => ref.split("/").pop() ?? "";

const isError = (spec: { components?: { schemas?: Record<string, object> } }, ref?: string) =>
  "x-retryable" in (spec.components?.schemas?.[nameOf(ref)] ?? {});
