/** The page's sections on errors: a table of all, then a section for each, which a link can lead to. */
import { follow, type OpenApi, operationsOf, type Response, type Tag } from "./document.ts";

interface ErrorSchema {
  readonly description: string;
  readonly "x-retryable"?: boolean | { throttling: boolean };
}

interface PageError {
  readonly name: string;
  readonly statuses: string[];
  readonly description: string;
  readonly repeated: string;
  readonly example: object | undefined;
}

/** The sections as tags: Redoc folds the headings within a tag until the reader opens them. */
export function errorTags(spec: OpenApi): Tag[] {
  const errors = errorsOf(spec).sort((a, b) => (a.name < b.name ? -1 : 1));
  const rows = errors.map(
    ({ name, statuses, repeated }) => `| [${name}](#/${name.toLowerCase()}) | ${statuses.join(", ")} | ${repeated} |`,
  );
  const table = ["| Error | Status | Repeated |", "|---|---|---|", ...rows].join("\n");
  return [{ name: "Errors", description: `${INTRODUCTION}\n\n${table}` }, ...errors.map(errorTag)];
}

const INTRODUCTION = `An error is known by its name, which comes in the \`x-amzn-ErrorType\` header (or as \`code\` or
\`__type\` in the body): several share a status, and some come with more than one.
The client repeats a call by itself where the table says so.`;

function errorTag({ name, statuses, description, repeated, example }: PageError): Tag {
  // One line, with spaces at which a narrow screen can break it.
  const body = JSON.stringify(example, null, 1).replace(/\n */g, " ");
  return {
    name,
    description: `**HTTP ${statuses.join(" or ")}.** Repeated by the client: ${repeated}.\n\n${description.trim()}\n\n\`${body}\``,
  };
}

/** Each error once, with all its statuses. */
function errorsOf(spec: OpenApi): PageError[] {
  const errors = new Map<string, PageError>();
  for (const { operation } of operationsOf(spec)) {
    for (const [status, response] of Object.entries(operation.responses)) {
      const content = follow<Response>(spec, response).content?.["application/json"];
      if (status < "400" || !content) continue;
      for (const { $ref } of content.schema.anyOf ?? [content.schema]) {
        const name = $ref.split("/").pop() ?? "";
        const error = errors.get(name) ?? pageError(spec, name, $ref, content.examples[name]);
        if (!error.statuses.includes(status)) error.statuses.push(status);
        errors.set(name, error);
      }
    }
  }
  return [...errors.values()];
}

function pageError(spec: OpenApi, name: string, $ref: string, example: { $ref: string } | undefined): PageError {
  const { description, "x-retryable": retryable } = follow<ErrorSchema>(spec, { $ref });
  const value = example && follow<{ value: object }>(spec, example).value;
  return { name, statuses: [], description, repeated: repetition(retryable), example: value };
}

function repetition(retryable: ErrorSchema["x-retryable"]): string {
  if (!retryable) return "no";
  return typeof retryable === "object" && retryable.throttling ? "yes, after a longer pause" : "yes";
}
