/**
 * Edits the types that openapi-typescript writes. Each schema becomes a type with its name, so that a hover shows the
 * name and not `components["schemas"][…]`. A type with times gets a type parameter for them: times are numbers on the
 * wire, and `Date` in the methods.
 */
import ts from "typescript";

/** The type parameter, which openapi-typescript is told to write for each time. No schema can have this name. */
export const TIME = "$Time";

/** A type of the file. */
export interface NamedType {
  /** Whether an interface can extend it. */
  readonly isInterface: boolean;
  /** Whether the type has the type parameter. */
  readonly isTimed: boolean;
}

/** A declaration, and the parts of the text that it is printed from. */
interface Declaration {
  readonly name: string;
  readonly isInterface: boolean;
  readonly comment: string;
  /** The text between the name and the rest. */
  readonly joint: string;
  readonly rest: { readonly from: number; readonly to: number };
  readonly references: readonly Reference[];
}

/** A part of the text that refers to another type. */
interface Reference {
  readonly from: number;
  readonly to: number;
  readonly name: string;
  /** The text to write before the name. */
  readonly before: string;
}

/** Whether a schema with this name becomes a type. */
export function isTypeName(name: string): boolean {
  return /^[A-Z]\w*$/.test(name);
}

/** @param text The output of openapi-typescript, with {@link TIME} for each time. */
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
  // The helper types of openapi-typescript, which have type parameters, refer to no type of the document.
  const helpers = source.statements.filter((node) => !isPlainDeclaration(node)).map((node) => node.getText());
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

/** The members of `components["schemas"]` that become types. */
function schemasIn(outer: readonly ts.Declaration[]): ts.PropertySignature[] {
  const memberOf = (node: ts.Node | undefined, name: string) =>
    node && (ts.isInterfaceDeclaration(node) || ts.isTypeLiteralNode(node))
      ? node.members.filter(ts.isPropertySignature).find((member) => member.name.getText() === name)?.type
      : undefined;
  const components = outer.find((node) => ts.isInterfaceDeclaration(node) && node.name.text === "components");
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
    // An alias ends with the semicolon, an interface without it.
    rest: { from: type.getStart(), to: (isInterface ? type : schema).getEnd() },
    references,
  };
}

/** @param moved The schemas that become types. The node keeps only their names. */
function referencesIn(
  node: ts.Node,
  known: ReadonlySet<string>,
  moved: readonly ts.PropertySignature[] = [],
): Reference[] {
  const schema = moved.find((candidate) => candidate === node);
  if (schema) {
    const name = schema.name.getText();
    // Without the comment, which moves to the type.
    return [{ from: schema.getFullStart(), to: schema.type!.getEnd(), name, before: `\n        ${name}: ` }];
  }
  const name = nameOf(node);
  if (name !== undefined && known.has(name)) return [{ from: node.getStart(), to: node.getEnd(), name, before: "" }];
  const found: Reference[] = [];
  ts.forEachChild(node, (inner) => void found.push(...referencesIn(inner, known, moved)));
  return found;
}

/** The name `X` in `X` and in `components["schemas"]["X"]`. */
function nameOf(node: ts.Node): string | undefined {
  if (ts.isTypeReferenceNode(node)) return node.getText();
  if (!ts.isIndexedAccessTypeNode(node) || node.objectType.getText() !== 'components["schemas"]') return undefined;
  return node.indexType.getText().slice(1, -1);
}

/** The names of the types that contain a time, directly or by other types. */
function timedAmong(declarations: readonly Declaration[]): ReadonlySet<string> {
  const timed = new Set([TIME]);
  for (let before = 0; before < timed.size; ) {
    before = timed.size;
    for (const declaration of declarations)
      if (declaration.references.some(({ name }) => timed.has(name))) timed.add(declaration.name);
  }
  return timed;
}

function print(text: string, declaration: Declaration, timed: ReadonlySet<string>): string {
  const { name, isInterface, comment, joint, rest, references } = declaration;
  const withTime = (type: string, parameter = TIME) =>
    type !== TIME && timed.has(type) ? `${type}<${parameter}>` : type;
  let body = "";
  let copied = rest.from;
  for (const { from, to, before, name: other } of references) {
    body += `${text.slice(copied, from)}${before}${withTime(other)}`;
    copied = to;
  }
  body += text.slice(copied, rest.to);
  const printed =
    `${comment}\nexport ${isInterface ? "interface" : "type"} ${withTime(name, `${TIME} = number`)}${joint}${body}`.trim();
  // A schema was indented by two levels.
  return joint === "" ? printed : printed.replace(/^ {8}/gm, "");
}
