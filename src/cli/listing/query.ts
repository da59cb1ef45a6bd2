/** `--query`: JMESPath, as in the AWS CLI. https://jmespath.org/specification.html */
import { UsageError } from "../failure.ts";
import { JmespathSyntaxError } from "../jmespath/lexer.ts";
import { compile } from "../jmespath/parser.ts";

/** Applies a query to a listing or to one page. */
export type Query = (data: unknown) => unknown;

/**
 * Compiles a query. The function that is returned throws an Error for data that the query does not fit.
 * @throws UsageError for a text that is not JMESPath
 */
export function readQuery(text: string): Query {
  const evaluate = compiled(text);
  return (data) => {
    try {
      const value = evaluate(data);
      if (text.includes("&") && holdsReference(value)) throw new Error("an expression reference (&…) does not print");
      return value;
    } catch (error) {
      throw new Error(`--query ${text} does not fit the listing: ${(error as Error).message}.`, { cause: error });
    }
  };
}

function compiled(text: string): Query {
  try {
    return compile(text);
  } catch (error) {
    if (!(error instanceof JmespathSyntaxError)) throw error;
    const before = text.slice(0, error.start);
    const lines = before.split("\n");
    const caret = `${" ".repeat(Array.from(lines.at(-1)!).length)}^`;
    const place = `at column ${Array.from(before).length}:\n${text.split("\n")[lines.length - 1]}\n${caret}`;
    throw new UsageError(`Bad value for --query ${text}: ${error.message} ${place}`);
  }
}

function holdsReference(value: unknown): boolean {
  if (typeof value === "function") return true;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsReference);
}
