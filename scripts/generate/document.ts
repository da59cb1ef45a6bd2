/** Reads an OpenAPI document and follows its references; every fault names its line. */
import { readFileSync } from "node:fs";
import { isNode, LineCounter, parseDocument } from "yaml";

/** A JSON object of the document. */
export type Node = { readonly [member: string]: unknown };

/** A place in the document: the members from its root. */
export type Place = readonly string[];

/** A construct that cannot be generated from, with its place in the document. */
export class SpecError extends Error {
  override readonly name = "SpecError";
}

/** A parsed document. */
export class SpecDocument {
  readonly file: string;
  readonly root: Node;
  readonly #yaml: ReturnType<typeof parseDocument>;
  readonly #lines = new LineCounter();

  constructor(file: string) {
    this.file = file;
    this.#yaml = parseDocument(readFileSync(file, "utf8"), { lineCounter: this.#lines });
    const [fault] = this.#yaml.errors;
    if (fault) throw new SpecError(`${file}: ${fault.message}`);
    this.root = this.#yaml.toJS({ maxAliasCount: 1000 });
    if (!isObject(this.root)) throw new SpecError(`${file}: the document is not an object`);
    if (!String(this.root.openapi).startsWith("3.1."))
      this.fail(["openapi"], `is ${String(this.root.openapi)}; the generator reads OpenAPI 3.1`);
  }

  /** Throws a {@link SpecError} that starts with the line of `place`. */
  fail(place: Place, message: string): never {
    for (let length = place.length; length >= 0; length--) {
      const node = this.#yaml.getIn(place.slice(0, length), true);
      if (!isNode(node) || !node.range) continue;
      const { line } = this.#lines.linePos(node.range[0]);
      throw new SpecError(`${this.file}:${line} #/${place.map(escapePointer).join("/")}: ${message}`);
    }
    throw new SpecError(`${this.file} #/${place.map(escapePointer).join("/")}: ${message}`);
  }

  /** What stands at `place`, which need not exist. */
  at(place: Place): unknown {
    let node: unknown = this.root;
    for (const member of place) node = isObject(node) || Array.isArray(node) ? (node as Node)[member] : undefined;
    return node;
  }

  /** The object at `place` after following `$ref`s, with the place where it really stands. */
  resolve(place: Place): { node: Node; place: Place } {
    const seen = new Set<string>();
    for (;;) {
      const node = this.at(place);
      if (!isObject(node)) this.fail(place, "an object was expected here");
      if (node.$ref === undefined) return { node, place };
      place = this.target(node.$ref, place);
      const key = place.join("/");
      if (seen.has(key)) this.fail(place, "the reference leads back to itself");
      seen.add(key);
    }
  }

  /** The place that a `$ref` names. */
  target(ref: unknown, from: Place): Place {
    if (typeof ref !== "string" || !ref.startsWith("#/"))
      this.fail(
        [...from, "$ref"],
        `${JSON.stringify(ref)} is not supported: references stay inside the document (#/…)`,
      );
    const place = ref
      .slice(2)
      .split("/")
      .map((part) => decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~"));
    if (this.at(place) === undefined) this.fail([...from, "$ref"], `${ref} does not exist`);
    return place;
  }
}

export function isObject(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function escapePointer(member: string): string {
  return member.replaceAll("~", "~0").replaceAll("/", "~1");
}
