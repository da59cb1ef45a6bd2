/**
 * Edits the types that openapi-typescript writes. Each schema becomes a type of its own name: a hover then shows the
 * name instead of `components["schemas"][…]`. A type that holds times takes them as a parameter: they are numbers on the
 * wire and `Date` in the methods.
 */
import ts from "typescript";

/** The type parameter: openapi-typescript is told to write it for each time. No schema can have its name. */
export const TIME = "$Time";

/** A type of the file. */
export interface NamedType {
  /** Whether an interface can extend it. */
  readonly isInterface: boolean;
  /** Whether it takes the type parameter. */
  readonly isTimed: boolean;
}

/** A declaration, and the text it is printed from. */
interface Declaration {
  readonly name: string;
  readonly isInterface: boolean;
  readonly comment: string;
  /** Between the name and the rest. */
  readonly joint: string;
  readonly rest: { readonly from: number; readonly to: number };
  readonly references: readonly Reference[];
}

/** A part of the text that names another type. */
interface Reference {
  readonly from: number;
  readonly to: number;
  readonly name: string;
  /** Text to write before the name. */
  readonly before: string;
}

/** Whether a schema of this name becomes a type of its own. */
export function isTypeName(name: string): boolean {
  return /^[A-Z]\w*$/.test(name);
}

/** @param text The output of openapi-typescript, {@link TIME} in it for each time. */
export function nameTypes(text: string): { text: string; types: ReadonlyMap<string, NamedType> } {
  const source = ts.createSourceFile("types.ts", text, ts.ScriptTarget.Latest, true);
  const outer = source.statements.filter(isPlainDeclaration);
  const schemas = schemasIn(outer);
  const known = new Set([TIME, ...outer.map(({ name }) => name.text), ...schemas.map(({ name }) => name.getText())]);
  const declarations = [
    ...schemas.map((schema) => declarationOfSchema(schema, referencesIn(schema.type!, known))),
    ...outer.map((node) => declarationOf(node, referencesIn(node, known, schemas))),
  ];
  const timed = timedAmong(declarations);
  const printed = declarations.map((declaration) => print(text, declaration, timed));
  // The helpers of openapi-typescript have parameters of their own and name no type of the document.
  const helpers = source.statements.filter((one) => !isPlainDeclaration(one)).map((one) => one.getText());
  return {
    text: [...printed, ...helpers].join("\n"),
    types: new Map(
      declarations.map(({ name, isInterface }) => [name, { isInterface, isTimed: timed.has(name) }] as const),
    ),
  };
}

function isPlainDeclaration(node: ts.Node): node is ts.InterfaceDeclaration | ts.TypeAliasDeclaration {
  return (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) && !node.typeParameters;
}

/** The members of `components["schemas"]` that become types of their own. */
function schemasIn(outer: readonly ts.Declaration[]): ts.PropertySignature[] {
  const memberOf = (node: ts.Node | undefined, name: string) =>
    node && (ts.isInterfaceDeclaration(node) || ts.isTypeLiteralNode(node))
      ? node.members.filter(ts.isPropertySignature).find((member) => member.name.getText() === name)?.type
      : undefined;
  const components = outer.find((one) => ts.isInterfaceDeclaration(one) && one.name.text === "components");
  const schemas = memberOf(components, "schemas");
  if (!schemas || !ts.isTypeLiteralNode(schemas)) return [];
  return schemas.members.filter(ts.isPropertySignature).filter(({ name }) => isTypeName(name.getText()));
}

function declarationOf(
  node: ts.InterfaceDeclaration | ts.TypeAliasDeclaration,
  references: readonly Reference[],
): Declaration {
  const rest = { from: node.name.getEnd(), to: node.getEnd() };
  return {
    name: node.name.text,
    isInterface: ts.isInterfaceDeclaration(node),
    comment: "",
    joint: "",
    rest,
    references,
  };
}

function declarationOfSchema(schema: ts.PropertySignature, references: readonly Reference[]): Declaration {
  const type = schema.type!;
  const isInterface = ts.isTypeLiteralNode(type);
  return {
    name: schema.name.getText(),
    isInterface,
    comment: schema.getFullText().slice(0, schema.getLeadingTriviaWidth()).trim(),
    joint: isInterface ? " " : " = ",
    // With the semicolon, which an alias ends with and an interface does not.
    rest: { from: type.getStart(), to: (isInterface ? type : schema).getEnd() },
    references,
  };
}

/** @param moved The schemas that leave the node, and of which it keeps the names. */
function referencesIn(
  node: ts.Node,
  known: ReadonlySet<string>,
  moved: readonly ts.PropertySignature[] = [],
): Reference[] {
  const schema = moved.find((one) => one === node);
  if (schema) {
    const name = schema.name.getText();
    // Without its comment, which moves along.
    return [{ from: schema.getFullStart(), to: schema.type!.getEnd(), name, before: `\n        ${name}: ` }];
  }
  const name = nameOf(node);
  if (name !== undefined && known.has(name)) return [{ from: node.getStart(), to: node.getEnd(), name, before: "" }];
  const found: Reference[] = [];
  ts.forEachChild(node, (inner) => void found.push(...referencesIn(inner, known, moved)));
  return found;
}

/** The name in `X` and in `components["schemas"]["X"]`. */
function nameOf(node: ts.Node): string | undefined {
  if (ts.isTypeReferenceNode(node)) return node.getText();
  if (!ts.isIndexedAccessTypeNode(node) || node.objectType.getText() !== 'components["schemas"]') return undefined;
  return node.indexType.getText().slice(1, -1);
}

/** The names of the types that hold a time, by themselves or through others. */
function timedAmong(declarations: readonly Declaration[]): ReadonlySet<string> {
  const timed = new Set([TIME]);
  for (let before = 0; before < timed.size; ) {
    before = timed.size;
    for (const { name, references } of declarations) if (references.some((one) => timed.has(one.name))) timed.add(name);
  }
  return timed;
}

function print(text: string, declaration: Declaration, timed: ReadonlySet<string>): string {
  const { name, isInterface, comment, joint, rest, references } = declaration;
  const withTime = (one: string, parameter = TIME) => (one !== TIME && timed.has(one) ? `${one}<${parameter}>` : one);
  let body = "";
  let at = rest.from;
  for (const { from, to, before, name: other } of references) {
    body += `${text.slice(at, from)}${before}${withTime(other)}`;
    at = to;
  }
  body += text.slice(at, rest.to);
  const printed =
    `${comment}\nexport ${isInterface ? "interface" : "type"} ${withTime(name, `${TIME} = number`)}${joint}${body}`.trim();
  // A schema stood two levels deep.
  return joint === "" ? printed : printed.replace(/^ {8}/gm, "");
}
