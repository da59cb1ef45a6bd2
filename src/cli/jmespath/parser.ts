/**
 * A top-down operator precedence parser of JMESPath, whose parts are functions ready to run. It follows the AWS CLI's
 * jmespath.py 1.0.1 where that is looser than the specification, so that a query gives the same here and there.
 * https://jmespath.org/specification.html
 */
import { JmespathSyntaxError, type Token, tokenize } from "./lexer.ts";
import {
  and,
  call,
  chain,
  compare,
  constant,
  field,
  flatten,
  identity,
  index,
  isComparator,
  list,
  not,
  or,
  project,
  projectValues,
  record,
  slice,
} from "./parts.ts";
import type { Evaluate } from "./values.ts";

/** A part of an expression. */
interface Part {
  readonly evaluate: Evaluate;
  /** The name of a field, which is a function's before a parenthesis. */
  readonly name?: string;
  /** Whether it ends with an index. */
  readonly isIndexed?: boolean;
}

/** How tightly a token binds to the part before it. Any other token ends an expression. */
const POWERS: Readonly<Record<string, number>> = {
  ...{ "|": 1, "||": 2, "&&": 3 },
  ...{ "==": 5, "!=": 5, "<": 5, "<=": 5, ">": 5, ">=": 5 },
  ...{ "[]": 9, "*": 20, "[?": 21, ".": 40, "!": 45, "{": 50, "[": 55, "(": 60 },
};
/** A token that binds less tightly ends a projection. */
const PROJECTION = 10;

/**
 * Compiles an expression.
 * @throws JmespathSyntaxError when it is none. The function throws an Error when the expression does not fit a value.
 */
export function compile(text: string): Evaluate {
  return new Parser(tokenize(text)).parse();
}

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  parse(): Evaluate {
    const { evaluate } = this.#expression(0);
    if (!this.#sees("end")) this.#refuse();
    return evaluate;
  }

  get #next(): Token {
    return this.#tokens[this.#at]!;
  }

  /** Whether the next tokens are of these types. */
  #sees(...types: readonly string[]): boolean {
    return types.every((type, ahead) => this.#tokens[this.#at + ahead]?.type === type);
  }

  #take(type?: string): Token {
    if (type !== undefined && !this.#sees(type)) this.#refuse(`${type} is missing before it`);
    return this.#tokens[this.#at++]!;
  }

  #refuse(why = "it cannot stand there", { type, value, at }: Token = this.#next): never {
    if (type === "end") throw new JmespathSyntaxError("The expression is incomplete", at);
    throw new JmespathSyntaxError(`Unexpected ${type === "literal" ? JSON.stringify(value) : value}: ${why}`, at);
  }

  /** The part that binds more tightly than a power. */
  #expression(power: number): Part {
    let left = this.#prefix();
    while (power < (POWERS[this.#next.type] ?? 0)) left = this.#infix(left);
    return left;
  }

  /** A part that begins with the next token. */
  #prefix(): Part {
    const token = this.#take();
    switch (token.type) {
      case "literal":
        return { evaluate: constant(token.value) };
      case "quoted":
        if (this.#sees("(")) this.#refuse("the name of a function has no quotes");
        return fieldOf(token);
      case "name":
        return fieldOf(token);
      case "@":
        return { evaluate: identity };
      case "*":
        return { evaluate: projectValues(identity, this.#projected("*")) };
      case "[?":
        return this.#filter(identity);
      case "[]":
        return { evaluate: project(flatten(identity), this.#projected("[]")) };
      case "[":
        if (this.#sees("number") || this.#sees(":")) return this.#index({ evaluate: identity });
        return this.#sees("*", "]") ? this.#projection(identity) : this.#list();
      case "{":
        return this.#record();
      case "(": {
        const inner = this.#expression(0);
        this.#take(")");
        return inner;
      }
      case "!":
        return { evaluate: not(this.#operand("!")) };
      case "&":
        return { evaluate: constant(this.#expression(0).evaluate) };
    }
    this.#refuse("no expression begins with it", token);
  }

  /** A part that extends another one. */
  #infix(left: Part): Part {
    const token = this.#take();
    const { evaluate } = left;
    switch (token.type) {
      case ".":
        if (!this.#sees("*")) return { evaluate: chain(evaluate, this.#member(".")) };
        this.#take();
        return { evaluate: projectValues(evaluate, this.#projected(".")) };
      case "[]":
        return { evaluate: project(flatten(evaluate), this.#projected("[]")) };
      case "[?":
        return this.#filter(evaluate);
      case "[":
        return this.#sees("number") || this.#sees(":") ? this.#index(left) : this.#projection(evaluate);
      case "(":
        return this.#call(left);
      case "|":
        return { evaluate: chain(evaluate, this.#operand("|")) };
      case "||":
        return { evaluate: or(evaluate, this.#operand("||")) };
      case "&&":
        return { evaluate: and(evaluate, this.#operand("&&")) };
    }
    if (isComparator(token.type)) return { evaluate: compare(token.type, evaluate, this.#operand(token.type)) };
    this.#refuse("no expression goes on with it", token);
  }

  /** The operand to the right of an operator. */
  #operand(operator: string): Evaluate {
    return this.#expression(POWERS[operator]!).evaluate;
  }

  /** The part that a projection applies to each element. */
  #projected(operator: string): Evaluate {
    if ((POWERS[this.#next.type] ?? 0) < PROJECTION) return identity;
    if (this.#sees("[") || this.#sees("[?")) return this.#operand(operator);
    this.#take(".");
    return this.#member(operator);
  }

  /** The part behind a dot. */
  #member(operator: string): Evaluate {
    if (["name", "quoted", "*"].includes(this.#next.type)) return this.#operand(operator);
    if (!this.#sees("[") && !this.#sees("{")) this.#refuse("a dot is followed by a name, *, [ or {");
    return (this.#take().type === "[" ? this.#list() : this.#record()).evaluate;
  }

  #filter(list: Evaluate): Part {
    const condition = this.#expression(0).evaluate;
    this.#take("]");
    return { evaluate: project(list, this.#projected("[?"), condition) };
  }

  #projection(list: Evaluate): Part {
    this.#take("*");
    this.#take("]");
    return { evaluate: project(list, this.#projected("*")) };
  }

  /** `[3]` or a slice. A slice is a projection, but not behind an index: jmespath.py has it so. */
  #index({ evaluate, isIndexed }: Part): Part {
    if (!this.#sees(":") && !this.#sees("number", ":")) {
      const at = this.#take().value as number;
      this.#take("]");
      return { evaluate: chain(evaluate, index(at)), isIndexed: true };
    }
    const sliced = chain(evaluate, this.#slice());
    return isIndexed ? { evaluate: sliced, isIndexed } : { evaluate: project(sliced, this.#projected("*")) };
  }

  #slice(): Evaluate {
    const bounds: (number | undefined)[] = [undefined, undefined, undefined];
    for (let at = 0; !this.#sees("]"); ) {
      if (this.#sees("number")) bounds[at] = this.#next.value as number;
      else if (!this.#sees(":") || ++at === bounds.length) this.#refuse("a slice is [start:end:step]");
      this.#take();
    }
    this.#take();
    return slice(bounds);
  }

  #list(): Part {
    const elements: Evaluate[] = [];
    do elements.push(this.#expression(0).evaluate);
    while (this.#skips(","));
    this.#take("]");
    return { evaluate: list(elements) };
  }

  #record(): Part {
    const members: [string, Evaluate][] = [];
    do {
      if (!this.#sees("name") && !this.#sees("quoted")) this.#refuse("{ } has members: name: expression");
      const name = String(this.#take().value);
      this.#take(":");
      members.push([name, this.#expression(0).evaluate]);
      // jmespath.py takes members without a comma between them.
    } while (this.#skips(",") || !this.#sees("}"));
    this.#take();
    return { evaluate: record(members) };
  }

  #call({ name }: Part): Part {
    if (name === undefined) this.#refuse("only a name is called", this.#tokens[this.#at - 2]);
    const args: Evaluate[] = [];
    while (!this.#skips(")")) {
      args.push(this.#expression(0).evaluate);
      // jmespath.py takes arguments without a comma, and a comma behind the last one.
      this.#skips(",");
    }
    return { evaluate: call(name, args) };
  }

  #skips(type: string): boolean {
    if (!this.#sees(type)) return false;
    this.#at++;
    return true;
  }
}

function fieldOf({ value }: Token): Part {
  const name = String(value);
  return { evaluate: field(name), name };
}
