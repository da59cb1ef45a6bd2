/** `--query`: JMESPath as the AWS CLI understands it. https://jmespath.org/specification.html */
import {
  compile,
  type JSONArray,
  type JSONValue,
  registerFunction,
  TreeInterpreter,
  TYPE_ARRAY,
  TYPE_EXPREF,
  TYPE_NUMBER,
  TYPE_STRING,
} from "@jmespath-community/jmespath";
import { UsageError } from "./failure.ts";

/** Applies a query to a listing or a part of it. */
export type Query = (data: unknown) => unknown;

type ExpressionNode = ReturnType<typeof compile>;
const { runtime } = TreeInterpreter;
const visit = TreeInterpreter.visit.bind(TreeInterpreter);

// The specification orders numbers only. The AWS CLI's jmespath.py orders text too, by which dates are picked:
// [?CreationTimestamp >= '2025-09']
TreeInterpreter.visit = (node, value) => {
  if (node.type === "Comparator") {
    const [left, right] = [visit(node.left, value), visit(node.right, value)];
    const compare = ORDER[node.name];
    if (compare && typeof left === "string" && typeof right === "string") return compare(left, right);
  }
  return visit(node, value);
};

const ORDER: Readonly<Record<string, (left: string, right: string) => boolean>> = {
  GT: (left, right) => left > right,
  GTE: (left, right) => left >= right,
  LT: (left, right) => left < right,
  LTE: (left, right) => left <= right,
};

// And it sorts equals as they came, where this library turns them round; its min_by and max_by know numbers only.
type FunctionBody = Parameters<typeof registerFunction>[1];
const sortBy: FunctionBody = ([list, key]) => {
  const keyOf = runtime.createKeyFunction(key as ExpressionNode, [TYPE_NUMBER, TYPE_STRING]);
  const keyed = (list as JSONArray).map((item) => ({ item, key: keyOf(item) as string }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key))).map(({ item }) => item);
};
const first = (list: JSONValue) => (list as JSONArray)[0] ?? null;
const minBy: FunctionBody = (args) => first(sortBy(args));
const maxBy: FunctionBody = ([list, key]) => {
  // The first of the greatest, which comes last when what was first is sorted last.
  const sorted = sortBy([(list as JSONArray).toReversed(), key!]) as JSONArray;
  return first(sorted.toReversed());
};
for (const [name, body] of Object.entries({ sort_by: sortBy, min_by: minBy, max_by: maxBy }))
  registerFunction(name, body, [{ types: [TYPE_ARRAY] }, { types: [TYPE_EXPREF] }], { override: true });

/**
 * Reads a query.
 * @throws UsageError when it is not JMESPath. What it makes throws an Error when it does not fit the data.
 */
export function readQuery(text: string): Query {
  const options = { enable_legacy_literals: true };
  let tree: ExpressionNode;
  try {
    tree = compile(text, options);
  } catch (error) {
    throw new UsageError(`--query ${text} is not JMESPath: ${reasonOf(error)}`);
  }
  return (data) => {
    try {
      return TreeInterpreter.search(tree, data as JSONValue);
    } catch (error) {
      throw new Error(`--query ${text} does not fit the listing: ${reasonOf(error)}`, { cause: error });
    }
  };
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return /[.!?]$/.test(message) ? message : `${message}.`;
}
