/** The page's list of every error by name, with what it means and an example of its body. */
import { STATUS_CODES } from "node:http";

/** As much of a document as the page's own section reads; `npm run lint:spec` holds the rest. */
export interface OpenApi {
  paths: Record<string, Record<string, { tags?: string[]; responses: Record<string, Response | Reference> }>>;
  components: Record<string, Record<string, unknown>>;
  tags?: { name: string; description?: string }[];
}

interface Reference {
  readonly $ref: string;
}

interface Response {
  readonly description: string;
  readonly content?: Record<
    string,
    { schema: Reference & { anyOf?: Reference[] }; examples: Record<string, Reference> }
  >;
}

interface ErrorSchema {
  readonly description: string;
  readonly "x-retryable": boolean | { throttling: boolean };
}

/** Markdown, without headings: Redoc would fold what stands below them. */
export function errorsSection(spec: OpenApi): string {
  const responses = Object.values(spec.paths)
    .flatMap((item) => Object.values(item))
    .flatMap((operation) => Object.entries(operation.responses))
    .filter(([status]) => status >= "400");
  const byStatus = new Map(responses.map(([status, response]) => [status, follow<Response>(spec, response)]));
  const parts = [...byStatus].sort().map(([status, response]) => statusPart(spec, status, response));
  return `${INTRODUCTION}\n\n${parts.join("\n\n")}\n`;
}

const INTRODUCTION = `An error is known by its name, which comes in the \`x-amzn-ErrorType\` header (or as \`code\` or \`__type\` in the
body): several share a status, and some come with more than one. The client repeats a call by itself where that is said.`;

function statusPart(spec: OpenApi, status: string, { description, content }: Response): string {
  const { schema, examples } = content?.["application/json"] ?? { schema: { $ref: "" }, examples: {} };
  const errors = (schema.anyOf ?? [schema]).map(({ $ref }) => {
    const name = $ref.split("/").pop() ?? "";
    const { description, "x-retryable": retryable } = follow<ErrorSchema>(spec, { $ref });
    const again = retryable === false ? "" : " *Repeated by the client.*";
    const example = follow<{ value: object }>(spec, examples[name] ?? { $ref: "" })?.value;
    // On one line, and with spaces at which a narrow screen can break it.
    const body = JSON.stringify(example, null, 1).replace(/\n */g, " ");
    return `- **\`${name}\`** – ${description.trim()}${again}\\\n  \`${body}\``;
  });
  return `**${status} ${STATUS_CODES[status] ?? ""}.** ${description.trim()}\n\n${errors.join("\n")}`;
}

function follow<T>(spec: OpenApi, node: T | Reference): T {
  if (!(node as Reference).$ref) return node as T;
  const [, kind = "", name = ""] = (node as Reference).$ref.slice(2).split("/");
  return follow(spec, spec.components[kind]?.[name] as T | Reference);
}
