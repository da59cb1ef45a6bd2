/** Writes the files of `generated/` from a model: text in, text out. */
import { isObject, type Node, type SpecDocument } from "./document.ts";
import type { Input, Model, OperationModel } from "./model.ts";
import { rules } from "./schema.ts";
import { documentTypes } from "./types.ts";
import { compileValidator, inputSchema, itemSchema } from "./validators.ts";

const HEADER = "// Written by `npm run generate` from the OpenAPI document. Edit the document, not this file.\n";

/** Every file of `generated/` but its README, by name. */
export async function emitFiles(doc: SpecDocument, model: Model): Promise<Map<string, string>> {
  const paginated = model.operations.filter((operation) => operation.paginated);
  const files = new Map([
    ["wire.ts", await documentTypes(doc.file, "wire")],
    ["surface.ts", await documentTypes(doc.file, "surface")],
    ["client.ts", clientFile(doc, model)],
    ["validators.ts", await validatorFile(doc, "validators", model.operations, inputSchema)],
    ["items.ts", await validatorFile(doc, "items", paginated, itemSchema)],
    ["metadata.ts", metadataFile(model)],
    ["index.ts", indexFile(doc, model)],
  ]);
  for (const [name, text] of files) files.set(name, `${HEADER}${text.trimEnd()}\n`);
  return files;
}

/** The openapi-fetch client, and one typed call per operation. */
function clientFile(doc: SpecDocument, model: Model): string {
  return `import createClient, { type Client, type ClientOptions } from "openapi-fetch";
import type { operations, paths } from "./wire.ts";

/** The typed openapi-fetch client. */
export type Raw = Client<paths, "application/json">;

/** Makes the typed openapi-fetch client. */
export const connect = (options: ClientOptions): Raw => createClient<paths, "application/json">(options);

/** What goes along with a call, beside its input. */
interface Init {
  fetch: (request: Request) => Promise<Response>;
}

function pick<T extends object, K extends keyof T>(from: T, ...names: K[]): Pick<T, K> {
  const picked = {} as Pick<T, K>;
  for (const name of names) if (from[name] !== undefined) picked[name] = from[name];
  return picked;
}
${model.operations.map((operation) => inputInterface(doc, operation, "wire")).join("")}
/** Each takes a client and a flat input in wire form. */
export const calls = {
${model.operations.map(callOf).join("\n")}
};`;
}

function callOf(operation: OperationModel): string {
  const pickAll = (where: Input["in"]) => {
    const names = operation.inputs.filter((input) => input.in === where).map((input) => JSON.stringify(input.name));
    return names.length > 0 && `pick(input, ${names.join(", ")})`;
  };
  const params = (["path", "query", "header"] as const).flatMap((where) => {
    const picked = pickAll(where);
    return picked ? [`${where}: ${picked}`] : [];
  });
  const body = pickAll("body");
  return `  ${operation.name}: (client: Raw, input: ${operation.id}Wire, init: Init) =>
    client.${operation.method}(${JSON.stringify(operation.path)}, {
      ...init,${params.length > 0 ? `\n      params: { ${params.join(", ")} },` : ""}${body ? `\n      body: ${body},` : ""}
    }),`;
}

/** The flat input as an interface whose member types stay those of openapi-typescript. */
function inputInterface(doc: SpecDocument, operation: OperationModel, flavour: "wire" | "surface"): string {
  const own = `operations[${JSON.stringify(operation.id)}]`;
  const typeOf = (input: Input) =>
    input.in === "body"
      ? `NonNullable<${own}["requestBody"]>["content"]["application/json"][${JSON.stringify(input.name)}]`
      : `NonNullable<${own}["parameters"]["${input.in}"]>[${JSON.stringify(input.name)}]`;
  const lines = operation.inputs.map((input) => {
    const optional = !input.required || (input.idempotencyToken && flavour === "surface");
    const type = optional
      ? `NonNullable<${typeOf(input)}>${flavour === "surface" ? " | undefined" : ""}`
      : typeOf(input);
    const filled = input.idempotencyToken ? " Filled with a fresh UUID when left out, the same on every attempt." : "";
    const comment = jsdoc(`${input.description.trim()} ${rules(doc, input.schema)}${filled}`, "  ");
    return `${flavour === "surface" ? comment : ""}  ${key(input.name)}${optional ? "?" : ""}: ${type};\n`;
  });
  if (flavour === "wire") return `\ninterface ${operation.id}Wire {\n${lines.join("")}}\n`;
  return `\n/** What {@link Operations.${operation.name}} takes. */\nexport interface ${operation.id}Input {\n${lines.join("")}}\n`;
}

/** Compiled validators, keyed by method name. */
async function validatorFile(
  doc: SpecDocument,
  exported: string,
  operations: readonly OperationModel[],
  schemaOf: (operation: OperationModel) => Node,
): Promise<string> {
  const entries = [];
  for (const operation of operations)
    entries.push(`  ${operation.name}: /* @__PURE__ */ ${await compileValidator(doc, schemaOf(operation))},\n`);
  return `// @ts-nocheck: compiled from JSON Schema by Ajv.

/** One fault: the place as a JSON Pointer, the JSON Schema keyword, and the figures of the rule. */
export interface Fault {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** True, or false with every fault in \`errors\`. */
export interface Validator {
  (value: unknown): boolean;
  errors?: readonly Fault[] | null;
}

export const ${exported}: { ${operations.map(({ name }) => `${name}: Validator`).join("; ")} } = {
${entries.join("")}};`;
}

/** What the run time reads of the document. */
function metadataFile(model: Model): string {
  const operations = model.operations.map((operation) => {
    const token = operation.inputs.find((input) => input.idempotencyToken)?.name;
    const { itemSchema: _, ...paginated } = operation.paginated ?? { itemSchema: [] };
    const facts = {
      id: operation.id,
      method: operation.method,
      path: operation.path,
      input: Object.fromEntries(operation.inputs.map((input) => [input.name, { in: input.in, type: input.type }])),
      hasOutput: operation.output !== undefined,
      timestamps: operation.timestamps,
      ...(operation.paginated && { paginated }),
      ...(token !== undefined && { idempotencyToken: token }),
    };
    return [operation.name, facts] as const;
  });
  const errors = model.errors.map(({ name, ...shape }) => [name, shape] as const);
  return `export const service = ${literal(model.service)} as const;

export const operations = ${literal(Object.fromEntries(operations))} as const;

export const errors = ${literal(Object.fromEntries(errors))} as const;`;
}

/** The contract, and the types that a user of the client names. */
function indexFile(doc: SpecDocument, model: Model): string {
  const schemas = Object.keys((doc.at(["components", "schemas"]) ?? {}) as Node).sort();
  const errors = model.errors.map(({ name }) => name);
  const generated = new Set(model.operations.flatMap(({ id }) => [`${id}Input`, `${id}Output`]));
  const taken = schemas.find((name) => generated.has(name) || ["Operations", "Errors"].includes(name));
  if (taken !== undefined)
    doc.fail(["components", "schemas", taken], "the generated code exports a type of this name: rename the schema");
  const outputs = model.operations.map(
    ({ id, output }) => `
/** What ${id} answers. */
export type ${id}Output = ${output ? `operations[${JSON.stringify(id)}]["responses"][${output.status}]["content"]["application/json"]` : "Record<never, never>"};
`,
  );
  return `import { calls, connect, type Raw } from "./client.ts";
import * as metadata from "./metadata.ts";
import type { components, operations } from "./surface.ts";
import { validators } from "./validators.ts";

export type { ${schemas.filter((name) => !errors.includes(name)).join(", ")} } from "./surface.ts";
${model.operations.map((operation) => inputInterface(doc, operation, "surface")).join("")}${outputs.join("")}
/** The operations by method name: what goes in, what comes out, and the item of a paginated one. */
export interface Operations {
${model.operations.map((operation) => operationType(operation)).join("")}}

/** The errors that the document names, each with its body. */
export interface Errors {
${errors.map((name) => `  ${name}: components["schemas"][${JSON.stringify(name)}];\n`).join("")}}

/** Everything that the document says, as the run time reads it. */
export const contract = {
  service: metadata.service,
  errors: metadata.errors,
  operations: {
${model.operations.map(({ name }) => `    ${name}: { ...metadata.operations.${name}, validate: validators.${name}, call: calls.${name} },\n`).join("")}  },
  connect,
  types: undefined as { operations: Operations; errors: Errors; raw: Raw } | undefined,
};`;
}

function operationType(operation: OperationModel): string {
  const path = operation.paginated?.items ?? [];
  const list = path.reduce((type, name) => `NonNullable<${type}[${JSON.stringify(name)}]>`, `${operation.id}Output`);
  const item = operation.paginated ? `; item: NonNullable<${list}[number]>` : "";
  return `${jsdoc(operation.description, "  ")}  ${operation.name}: { input: ${operation.id}Input; output: ${operation.id}Output${item} };\n`;
}

function jsdoc(text: string, indent: string): string {
  const lines = text.trim().replaceAll("*/", "*\\/").split("\n");
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}`.trimEnd()).join("\n")}\n${indent} */\n`;
}

function key(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

/** JSON with bare keys where they may be bare, one member a line, short lists and objects on one line. */
function literal(value: unknown, indent = ""): string {
  const inner = `${indent}  `;
  const entries = Array.isArray(value)
    ? value.map((one) => literal(one, inner))
    : isObject(value)
      ? Object.entries(value).map(([name, one]) => `${key(name)}: ${literal(one, inner)}`)
      : undefined;
  if (!entries) return JSON.stringify(value);
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{ ", " }"];
  if (entries.length === 0) return (open + close).replaceAll(" ", "");
  const short = `${open}${entries.join(", ")}${close}`;
  if (short.length + indent.length <= 100 && !short.includes("\n")) return short;
  return `${open.trim()}\n${entries.map((entry) => `${inner}${entry},\n`).join("")}${indent}${close.trim()}`;
}
