/**
 * Compiles JMESPath to functions, by a top-down operator precedence parser. It accepts what jmespath.py 1.0.1 accepts,
 * also beyond the specification: a query gives the same result here and in the AWS CLI.
 * https://jmespath.org/specification.html
 */
import * as parts from "./parts.ts";
import { TokenReader } from "./token-reader.ts";
import type { Evaluate } from "./values.ts";

/** A part of an expression. */
interface Part {
  readonly evaluate: Evaluate;
  /** The name of a field. Before a parenthesis it is the name of a function. */
  readonly name?: string;
  /** Whether the part ends with an index. */
  readonly isIndexed?: boolean;
}

/** How tightly a token binds to the part before it. A token without a power ends an expression. */
const POWERS: Readonly<Record<string, number>> = {
  ...{ "|": 1, "||": 2, "&&": 3 },
  ...{ "==": 5, "!=": 5, "<": 5, "<=": 5, ">": 5, ">=": 5 },
  ...{ "[]": 9, "*": 20, "[?": 21, ".": 40, "!": 45, "{": 50, "[": 55, "(": 60 },
};
/** A token with a lower power ends a projection. */
const PROJECTION = 10;

/**
 * Compiles an expression. The function that is returned throws an Error for a value that the expression does not fit.
 * @throws JmespathSyntaxError for a text that is no expression
 */
export function compile(text: string): Evaluate {
  return new Parser(text).parse();
}

class Parser extends TokenReader {
  parse(): Evaluate {
    const { evaluate } = this.#expression(0);
    if (!this.sees("end")) this.refuse();
    return evaluate;
  }

  /** Parses the part that binds more tightly than a power. */
  #expression(power: number): Part {
    let left = this.#prefix();
    while (power < (POWERS[this.next.type] ?? 0)) left = this.#infix(left);
    return left;
  }

  /** Parses a part that begins with the next token. */
  #prefix(): Part {
    const token = this.take();
    switch (token.type) {
      case "literal":
        return { evaluate: parts.constant(token.value) };
      case "quoted":
      case "name":
        if (token.type === "quoted" && this.sees("(")) this.refuse("the name of a function has no quotes");
        return { evaluate: parts.field(String(token.value)), name: String(token.value) };
      case "@":
        return { evaluate: parts.identity };
      case "*":
        return { evaluate: parts.projectValues(parts.identity, this.#projected("*")) };
      case "[?":
        return this.#filter(parts.identity);
      case "[]":
        return { evaluate: parts.project(parts.flatten(parts.identity), this.#projected("[]")) };
      case "[":
        return this.sees("number", ":") || this.seesAll("*", "]")
          ? this.#bracket({ evaluate: parts.identity })
          : this.#list();
      case "{":
        return this.#record();
      case "(": {
        const inner = this.#expression(0);
        this.take(")");
        return inner;
      }
      case "!":
        return { evaluate: parts.not(this.#operand("!")) };
      case "&":
        return { evaluate: parts.constant(this.#expression(0).evaluate) };
    }
    this.refuse("no expression begins with it", token);
  }

  /** Parses a part that extends another one. */
  #infix(left: Part): Part {
    const token = this.take();
    const { evaluate } = left;
    switch (token.type) {
      case ".":
        if (!this.sees("*")) return { evaluate: parts.chain(evaluate, this.#member(".")) };
        this.take();
        return { evaluate: parts.projectValues(evaluate, this.#projected(".")) };
      case "[]":
        return { evaluate: parts.project(parts.flatten(evaluate), this.#projected("[]")) };
      case "[?":
        return this.#filter(evaluate);
      case "[":
        return this.#bracket(left);
      case "(":
        return this.#call(left);
      case "|":
        return { evaluate: parts.chain(evaluate, this.#operand("|")) };
      case "||":
        return { evaluate: parts.or(evaluate, this.#operand("||")) };
      case "&&":
        return { evaluate: parts.and(evaluate, this.#operand("&&")) };
    }
    if (parts.isComparator(token.type))
      return { evaluate: parts.compare(token.type, evaluate, this.#operand(token.type)) };
    this.refuse("no expression goes on with it", token);
  }

  /** Parses the operand to the right of an operator. */
  #operand(operator: string): Evaluate {
    return this.#expression(POWERS[operator]!).evaluate;
  }

  /** Parses the part that a projection applies to each element. */
  #projected(operator: string): Evaluate {
    if ((POWERS[this.next.type] ?? 0) < PROJECTION) return parts.identity;
    if (this.sees("[", "[?")) return this.#operand(operator);
    this.take(".");
    return this.#member(operator);
  }

  /** Parses the part after a dot. */
  #member(operator: string): Evaluate {
    if (this.sees("name", "quoted", "*")) return this.#operand(operator);
    if (!this.sees("[", "{")) this.refuse("a dot is followed by a name, *, [ or {");
    return (this.take().type === "[" ? this.#list() : this.#record()).evaluate;
  }

  #filter(list: Evaluate): Part {
    const condition = this.#expression(0).evaluate;
    this.take("]");
    return { evaluate: parts.project(list, this.#projected("[?"), condition) };
  }

  /** Parses `[*]`, `[3]` or a slice. As in jmespath.py, a slice is a projection except after an index. */
  #bracket({ evaluate, isIndexed }: Part): Part {
    if (this.sees("number") && !this.seesAll("number", ":")) {
      const position = this.take().value as number;
      this.take("]");
      return { evaluate: parts.chain(evaluate, parts.index(position)), isIndexed: true };
    }
    const isSlice = this.sees("number", ":");
    if (!isSlice) this.take("*");
    const list = isSlice ? parts.chain(evaluate, this.#slice()) : evaluate;
    this.take("]");
    if (isSlice && isIndexed) return { evaluate: list, isIndexed };
    return { evaluate: parts.project(list, this.#projected("*")) };
  }

  #slice(): Evaluate {
    const bounds: (number | undefined)[] = [undefined, undefined, undefined];
    for (let bound = 0; !this.sees("]"); ) {
      if (this.sees("number")) bounds[bound] = this.next.value as number;
      else if (!this.sees(":") || ++bound === bounds.length) this.refuse("a slice is [start:end:step]");
      this.take();
    }
    return parts.slice(bounds);
  }

  #list(): Part {
    const elements: Evaluate[] = [];
    do elements.push(this.#expression(0).evaluate);
    while (this.takeIf(","));
    this.take("]");
    return { evaluate: parts.list(elements) };
  }

  #record(): Part {
    const members: [string, Evaluate][] = [];
    do {
      if (!this.sees("name", "quoted")) this.refuse("{ } has members: name: expression");
      const name = String(this.take().value);
      this.take(":");
      members.push([name, this.#expression(0).evaluate]);
      // jmespath.py accepts members without a comma between them.
    } while (this.takeIf(",") || !this.sees("}"));
    this.take();
    return { evaluate: parts.record(members) };
  }

  #call({ name }: Part): Part {
    if (name === undefined) this.refuse("only a name is called", this.beforeLast);
    const args: Evaluate[] = [];
    while (!this.takeIf(")")) {
      args.push(this.#expression(0).evaluate);
      // jmespath.py accepts arguments without a comma, and a comma after the last one.
      this.takeIf(",");
    }
    return { evaluate: parts.call(name, args) };
  }
}
