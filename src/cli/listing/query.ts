/** `--query`: JMESPath as the AWS CLI understands it. https://jmespath.org/specification.html */
import * as jmespath from "@jmespath-community/jmespath";
import { UsageError } from "../failure.ts";

/** Applies a query to a listing or a part of it. */
export type Query = (data: unknown) => unknown;

type Expression = ReturnType<typeof jmespath.compile>;
const { TreeInterpreter, TYPE_ARRAY, TYPE_EXPREF, TYPE_NUMBER, TYPE_STRING } = jmespath;

// The specification orders numbers only. The AWS CLI's jmespath.py orders text too, by which dates are picked:
// [?CreationTimestamp >= '2025-09']
const visit = TreeInterpreter.visit.bind(TreeInterpreter);
TreeInterpreter.visit = (node, data) => {
  if (node.type === "Comparator") {
    const [left, right] = [visit(node.left, data), visit(node.right, data)];
    const literal = (value: number): Expression => ({ type: "Literal", value });
    if (typeof left === "string" && typeof right === "string")
      return visit({ ...node, left: literal(order(left, right)), right: literal(0) }, data);
  }
  return visit(node, data);
};

// And it sorts equals as they came, where this library turns them round; its min_by and max_by know numbers only.
const functions: Readonly<Record<string, (args: SortArguments) => jmespath.JSONValue>> = {
  sort_by: (args) => sorted(args, order),
  min_by: (args) => sorted(args, order)[0] ?? null,
  max_by: (args) => sorted(args, (a, b) => order(b, a))[0] ?? null,
};
for (const [name, body] of Object.entries(functions)) {
  const signature = [{ types: [TYPE_ARRAY] }, { types: [TYPE_EXPREF] }];
  jmespath.registerFunction(name, (args) => body(args as SortArguments), signature, { override: true });
}

type SortArguments = [list: jmespath.JSONArray, key: Expression];

function sorted([list, key]: SortArguments, compare: typeof order): jmespath.JSONArray {
  const keyOf = TreeInterpreter.runtime.createKeyFunction(key, [TYPE_NUMBER, TYPE_STRING]);
  const keyed = list.map((item) => ({ item, key: keyOf(item) as string }));
  return keyed.sort((a, b) => compare(a.key, b.key)).map(({ item }) => item);
}

function order(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/**
 * Reads a query.
 * @throws UsageError when it is not JMESPath. What it makes throws an Error when it does not fit the data.
 */
export function readQuery(text: string): Query {
  let tree: Expression;
  try {
    tree = jmespath.compile(text, { enable_legacy_literals: true });
  } catch (error) {
    throw new UsageError(`--query ${text} is not JMESPath: ${reasonOf(error)}`);
  }
  return (data) => {
    try {
      return TreeInterpreter.search(tree, data as jmespath.JSONValue);
    } catch (error) {
      throw new Error(`--query ${text} does not fit the listing: ${reasonOf(error)}`, { cause: error });
    }
  };
}

function reasonOf(error: unknown): string {
  return (error as Error).message.replace(/[^.!?]$/, "$&.");
}
