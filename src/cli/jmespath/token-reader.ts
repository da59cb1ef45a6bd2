/** Reads the tokens of an expression one after the other. */
import { JmespathSyntaxError, type Token, tokenize } from "./lexer.ts";

export class TokenReader {
  readonly #tokens: readonly Token[];
  #index = 0;

  /** @throws JmespathSyntaxError where no token can be read */
  constructor(text: string) {
    this.#tokens = tokenize(text);
  }

  get next(): Token {
    return this.#tokens[this.#index]!;
  }

  /** Whether the next token has one of these types. */
  sees(...types: readonly string[]): boolean {
    return types.includes(this.next.type);
  }

  /** Whether the next tokens have these types, in this order. */
  seesAll(...types: readonly string[]): boolean {
    return types.every((type, ahead) => this.#tokens[this.#index + ahead]?.type === type);
  }

  /** Takes the next token. @throws JmespathSyntaxError when it is of another type */
  take(type?: string): Token {
    if (type !== undefined && !this.sees(type)) this.refuse(`${type} is missing before it`);
    return this.#tokens[this.#index++]!;
  }

  /** Takes the next token if it has this type, and tells whether it has. */
  takeIf(type: string): boolean {
    if (!this.sees(type)) return false;
    this.#index++;
    return true;
  }

  /** The token before the one that was taken last. */
  get beforeLast(): Token | undefined {
    return this.#tokens[this.#index - 2];
  }

  refuse(why = "it cannot stand there", { type, value, start }: Token = this.next): never {
    if (type === "end") throw new JmespathSyntaxError("The expression is incomplete", start);
    throw new JmespathSyntaxError(`Unexpected ${type === "literal" ? JSON.stringify(value) : value}: ${why}`, start);
  }
}
