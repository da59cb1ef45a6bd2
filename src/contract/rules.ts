/** The rules of JSON Schema in words, and the place of a fault: for the client's errors and the endpoint's. */
import type { ValuePath } from "../json.ts";
import { nearest } from "../nearest.ts";
import type { ValidationFault } from "./contract.ts";

/** Tells what a value must do, by the keyword of the rule that it breaks. */
type Vocabulary = Readonly<Record<string, (params: ValidationFault["params"]) => string>>;

/** The words of this package's own errors, behind "must". */
const PLAIN_RULES: Vocabulary = {
  type: ({ type }) => `be of type ${type}`,
  minimum: ({ limit }) => `be at least ${limit}`,
  maximum: ({ limit }) => `be at most ${limit}`,
  minLength: ({ limit }) => `have at least ${limit} ${limit === 1 ? "character" : "characters"}`,
  maxLength: ({ limit }) => `have at most ${limit} characters`,
  pattern: ({ pattern }) => `match ${pattern}`,
  enum: ({ allowedValues }) => `be one of ${(allowedValues as unknown[]).join(", ")}`,
};

/** The words of AWS's ValidationException, behind "Member must". */
export const AWS_RULES: Vocabulary = {
  required: () => "not be null",
  minimum: ({ limit }) => `have value greater than or equal to ${limit}`,
  maximum: ({ limit }) => `have value less than or equal to ${limit}`,
  minLength: ({ limit }) => `have length greater than or equal to ${limit}`,
  maxLength: ({ limit }) => `have length less than or equal to ${limit}`,
  pattern: ({ pattern }) => `satisfy regular expression pattern: ${pattern}`,
  enum: ({ allowedValues }) => `satisfy enum value set: [${(allowedValues as string[]).join(", ")}]`,
};

/** The path to a fault, from its JSON pointer (RFC 6901) and the member that is missing or unknown. */
export function pathOf({ instancePath, params }: ValidationFault): ValuePath {
  const steps = instancePath.split("/").slice(1);
  const path = steps.map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  const member = params.missingProperty ?? params.additionalProperty;
  return member === undefined ? path : [...path, String(member)];
}

/** A fault in this package's own words: the member by its path, and the rule that it breaks. */
export function faultOf(fault: ValidationFault, members: readonly string[] = []): { member: string; rule: string } {
  const { keyword, params } = fault;
  const member = pathOf(fault).join(".");
  if (keyword === "required") return { member, rule: "is missing" };
  if (keyword === "additionalProperties") {
    // The members of an object inside the input are not known here.
    const known = fault.instancePath === "" ? members : [];
    const near = nearest(member, known);
    const hint = near ? ` (did you mean ${near}?)` : known.length > 0 ? ` (there are ${known.join(", ")})` : "";
    return { member, rule: `is no member of the input${hint}` };
  }
  const rule = PLAIN_RULES[keyword]?.(params);
  const figures = Object.keys(params).length > 0 ? ` ${JSON.stringify(params)}` : "";
  return { member, rule: rule ? `must ${rule}` : `breaks the rule ${keyword}${figures}` };
}
