/** Reads an OpenAPI document, and follows its references. Every fault names its line. */
import { readFileSync } from "node:fs";
import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from "yaml";

/** A JSON object of the document. */
export type Node = { readonly [member: string]: unknown };

/** A place in the document: the names of the members that lead there from the root. (OpenAPI means URLs by "path".) */
export type Place = readonly string[];

/** A fault of the document, with its place. */
export class SpecError extends Error {
  override readonly name = "SpecError";
}

/** Matches the references that are supported: types, validators and metadata then all find the same component. */
const REFERENCE = /^#\/components\/(\w+)\/([\w.-]+)$/;

/** A parsed document. All its references lead to components of it. */
export class SpecDocument {
  readonly file: string;
  readonly root: Node;
  readonly #yaml: ReturnType<typeof parseDocument>;
  readonly #lines = new LineCounter();

  /**
   * @param file The name by which faults call it.
   * @param text Its text. @default the file's
   * @throws SpecError
   */
  constructor(file: string, text: string = readFileSync(file, "utf8")) {
    this.file = file;
    this.#yaml = parseDocument(text, {
      lineCounter: this.#lines,
      merge: true,
      prettyErrors: false,
    });
    const [fault] = this.#yaml.errors;
    if (fault) throw new SpecError(`${file}:${this.#lines.linePos(fault.pos[0]).line}: ${oneLine(fault.message)}`);
    this.root = this.#toJson();
    if (!/^3\.1\.\d+$/.test(String(this.root.openapi)))
      this.fail(["openapi"], `must be an OpenAPI version of 3.1, for example 3.1.0, not ${String(this.root.openapi)}`);
    this.#checkReferences([]);
  }

  /** Converts the YAML to plain JSON, which every reader of the document expects. */
  #toJson(): Node {
    let root: unknown;
    try {
      root = JSON.parse(JSON.stringify(this.#yaml.toJS({ maxAliasCount: 1000 })) ?? "null");
    } catch (error) {
      throw new SpecError(`${this.file}: the aliases of the YAML cannot be followed: ${oneLine(String(error))}`);
    }
    if (!isObject(root)) throw new SpecError(`${this.file}:1: the document must be an object, as OpenAPI describes it`);
    return root;
  }

  /** @param kind The kind of component that a reference at `place` must name; undefined for any. */
  #checkReferences(place: Place, kind?: string): void {
    const node = this.at(place);
    if (typeof node !== "object" || node === null) return;
    if (isObject(node) && typeof node.$ref === "string") {
      this.resolve(place);
      if (kind !== undefined && this.target(place)[1] !== kind)
        this.fail([...place, "$ref"], `${node.$ref} is not of components/${kind}: refer to one of those`);
    }
    for (const member of Object.keys(node))
      this.#checkReferences([...place, member], kind === "schemas" ? kind : kindOf(place, member));
  }

  /** @throws SpecError whose message begins with the file, the line and the place */
  fail(place: Place, message: string): never {
    const pointer = `#${place.map((member) => `/${escapePointer(member)}`).join("")}`;
    throw new SpecError(`${this.file}:${this.#lineOf(place)} ${pointer}: ${oneLine(message)}`);
  }

  /** The line of a place's key, or of the closest place around it that exists. */
  #lineOf(place: Place): number {
    let node: unknown = this.#yaml.contents;
    let offset = isNode(node) ? node.range?.[0] : 0;
    for (const member of place) {
      if (isAlias(node)) node = node.resolve(this.#yaml);
      if (isMap(node)) {
        // A key may be a number in YAML, for example 200.
        const pair = node.items.find(({ key }) => String(isScalar(key) ? key.value : key) === member);
        if (!pair) break;
        if (isNode(pair.key)) offset = pair.key.range?.[0] ?? offset;
        node = pair.value;
      } else if (isSeq(node)) {
        node = node.items[Number(member)];
        if (!isNode(node)) break;
        offset = node.range?.[0] ?? offset;
      } else break;
    }
    return this.#lines.linePos(offset ?? 0).line;
  }

  /** The value at a place; undefined when there is none. */
  at(place: Place): unknown {
    let node: unknown = this.root;
    for (const member of place)
      node =
        typeof node === "object" && node !== null && Object.hasOwn(node, member) ? (node as Node)[member] : undefined;
    return node;
  }

  /** The object at a place. @throws SpecError when there is no object */
  object(place: Place, what = "an object"): Node {
    const node = this.at(place);
    return isObject(node) ? node : this.fail(place, `${what} is needed here`);
  }

  /** The names of the members of the object at a place; none when the place does not exist. */
  names(place: Place): string[] {
    return this.at(place) === undefined ? [] : Object.keys(this.object(place));
  }

  /** Follows the `$ref`s at a place. Returns the object, and its own place. */
  resolve(place: Place, what?: string): { node: Node; place: Place } {
    const seen = new Set<string>();
    for (;;) {
      const node = this.object(place, what);
      if (node.$ref === undefined) return { node, place };
      const from = place;
      place = this.target(from);
      const name = place.join("/");
      if (seen.has(name)) this.fail([...from, "$ref"], "the reference leads back to itself: let one of them say it");
      seen.add(name);
    }
  }

  /** The place that the `$ref` at a place names. */
  target(place: Place): Place {
    const { $ref } = this.object(place);
    const [, kind, name] = REFERENCE.exec(String($ref)) ?? [];
    if (kind === undefined || name === undefined)
      this.fail(
        [...place, "$ref"],
        `${JSON.stringify($ref)} is not supported: put what it names into this document and refer to #/components/KIND/NAME`,
      );
    const target = ["components", kind, name];
    if (this.at(target) === undefined) this.fail([...place, "$ref"], `${$ref} does not exist: define or rename it`);
    return target;
  }
}

/** The kind of component that a member may refer to; undefined for any. */
function kindOf(place: Place, member: string): string | undefined {
  if (place.length === 2 && place[0] === "components") return place[1];
  if (member === "schema") return "schemas";
  if (member === "requestBody") return "requestBodies";
  const list = place.at(-1) ?? "";
  return ["headers", "parameters", "responses"].includes(list) ? list : undefined;
}

export function isObject(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function escapePointer(member: string): string {
  return member.replaceAll("~", "~0").replaceAll("/", "~1");
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
