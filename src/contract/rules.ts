/** Puts the faults that a validator finds into words, for the client's errors and the endpoint's. */
import type { ValuePath } from "../json.ts";
import { nearest } from "../nearest.ts";
import type { ValidationFault } from "./contract.ts";

/** The words of a broken rule, by its JSON Schema keyword. */
type Vocabulary = Readonly<Record<string, (params: ValidationFault["params"]) => string>>;

/** The words of this package's errors. They follow "must". */
const PLAIN_RULES: Vocabulary = {
  type: ({ type }) => `be of type ${type}`,
  minimum: ({ limit }) => `be at least ${limit}`,
  maximum: ({ limit }) => `be at most ${limit}`,
  minLength: ({ limit }) => `have at least ${limit} ${limit === 1 ? "character" : "characters"}`,
  maxLength: ({ limit }) => `have at most ${limit} characters`,
  pattern: ({ pattern }) => `match ${pattern}`,
  enum: ({ allowedValues }) => `be one of ${(allowedValues as unknown[]).join(", ")}`,
};

/** The words of AWS's ValidationException. They follow "Member must". */
export const AWS_RULES: Vocabulary = {
  required: () => "not be null",
  minimum: ({ limit }) => `have value greater than or equal to ${limit}`,
  maximum: ({ limit }) => `have value less than or equal to ${limit}`,
  minLength: ({ limit }) => `have length greater than or equal to ${limit}`,
  maxLength: ({ limit }) => `have length less than or equal to ${limit}`,
  pattern: ({ pattern }) => `satisfy regular expression pattern: ${pattern}`,
  enum: ({ allowedValues }) => `satisfy enum value set: [${(allowedValues as string[]).join(", ")}]`,
};

/** The path of a fault: its JSON pointer (RFC 6901) and, when a member is missing or unknown, the member's name. */
export function pathOf({ instancePath, params }: ValidationFault): ValuePath {
  const steps = instancePath.split("/").slice(1);
  const path = steps.map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  const member = params.missingProperty ?? params.additionalProperty;
  return member === undefined ? path : [...path, String(member)];
}

/** Describes a fault in this package's words: the path of the member, joined by dots, and the rule that it breaks. */
export function faultOf(fault: ValidationFault, members: readonly string[] = []): { member: string; rule: string } {
  const { keyword, params } = fault;
  const member = pathOf(fault).join(".");
  if (keyword === "required") return { member, rule: "is missing" };
  if (keyword === "additionalProperties") {
    // Only the members of the input itself are known, not those of the objects in it.
    const known = fault.instancePath === "" ? members : [];
    const near = nearest(member, known);
    const hint = near ? ` (did you mean ${near}?)` : known.length > 0 ? ` (there are ${known.join(", ")})` : "";
    return { member, rule: `is no member of the input${hint}` };
  }
  const rule = PLAIN_RULES[keyword]?.(params);
  const figures = Object.keys(params).length > 0 ? ` ${JSON.stringify(params)}` : "";
  return { member, rule: rule ? `must ${rule}` : `breaks the rule ${keyword}${figures}` };
}
