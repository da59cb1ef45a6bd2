/** `--query`: JMESPath as the AWS CLI understands it. https://jmespath.org/specification.html */
import {
  compile,
  type JSONArray,
  type JSONValue,
  registerFunction,
  TreeInterpreter,
  TYPE_ARRAY,
  TYPE_EXPREF,
} from "@jmespath-community/jmespath";
import { UsageError } from "./failure.ts";

/** Applies a query to a listing or a part of it. */
export type Query = (data: unknown) => unknown;

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

// Theirs gives null where the keys are text, as in max_by(ModelPackagingJobs, &CreationTimestamp).
type FunctionBody = Parameters<typeof registerFunction>[1];
const signature = [{ types: [TYPE_ARRAY] }, { types: [TYPE_EXPREF] }];
const sorted = (args: Parameters<FunctionBody>[0]) => runtime.callFunction("sort_by", args) as JSONArray;
const minBy: FunctionBody = (args) => sorted(args)[0] ?? null;
// Of equals the first, which a stable sort puts last when it was last before.
const maxBy: FunctionBody = ([list, key]) => sorted([[...(list as JSONArray)].reverse(), key!]).at(-1) ?? null;
registerFunction("min_by", minBy, signature, { override: true });
registerFunction("max_by", maxBy, signature, { override: true });

/**
 * Reads a query.
 * @throws UsageError when it is not JMESPath. What it makes throws an Error when it does not fit the data.
 */
export function readQuery(text: string): Query {
  const options = { enable_legacy_literals: true };
  let tree: ReturnType<typeof compile>;
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
