// What the house rules read from a source file: what it imports, what it exports, which names it uses. Read from the
// syntax tree, so comments, strings and regular expressions can't hide or fake anything.
import { parseSync } from "rolldown/utils";

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

/** A name in the code and its place, counted from 1. */
export interface Found {
  readonly name: string;
  readonly line: number;
}

export interface Syntax {
  /** Specifiers of every import and re-export, types and `import()` included; `computed` when one is not a literal. */
  readonly imports: readonly Found[];
  /** Names that leave the file; `default` for a default export. */
  readonly exports: readonly Found[];
  /** Every identifier, and `object.property` or `object["property"]` as `.property`. */
  readonly names: readonly Found[];
}

/** @throws when the file does not parse: a file that can't be read is not a file that keeps the rules. */
export function read(path: string, source: string): Syntax {
  const parsed = parseSync(path, source);
  if (parsed.errors.length > 0) throw new Error(`${path} does not parse: ${parsed.errors[0]?.message}`);
  const imports: Found[] = [];
  const exports: Found[] = [];
  const names: Found[] = [];
  const found = (name: string, node: Node): Found => ({
    name,
    line: source.slice(0, node.start).split("\n").length,
  });
  walk(parsed.program, (node) => {
    const specifier = importedBy(node);
    if (specifier !== undefined) imports.push(found(literal(specifier) ?? "computed", node));
    for (const name of exportedBy(node)) exports.push(found(name, node));
    if (node.type === "Identifier") names.push(found(String(node["name"]), node));
    if (node.type === "MemberExpression") {
      const property = node["property"] as Node;
      const name = node["computed"] === true ? literal(property) : property["name"];
      if (name !== undefined) names.push(found(`.${name}`, property));
    }
  });
  return { imports, exports, names };
}

/** The node that names the module, when this node imports one. */
function importedBy(node: Node): unknown {
  switch (node.type) {
    case "ImportDeclaration":
    case "ExportAllDeclaration":
    case "ImportExpression":
    case "TSImportType":
      return node["source"] ?? node["argument"];
    case "ExportNamedDeclaration":
      return node["source"] ?? undefined;
    case "TSExternalModuleReference":
      return node["expression"];
    case "CallExpression":
      return (node["callee"] as Node)["name"] === "require" ? (node["arguments"] as Node[])[0] : undefined;
    default:
      return undefined;
  }
}

function exportedBy(node: Node): readonly string[] {
  if (node.type === "ExportDefaultDeclaration" || node.type === "TSExportAssignment") return ["default"];
  if (node.type === "ExportAllDeclaration") return node["exported"] ? [nameOf(node["exported"])] : [];
  if (node.type !== "ExportNamedDeclaration") return [];
  const listed = (node["specifiers"] as Node[]).map((specifier) => nameOf(specifier["exported"]));
  const declaration = node["declaration"] as Node | null;
  if (declaration === null) return listed;
  if (declaration.type !== "VariableDeclaration") return [nameOf(declaration["id"])];
  const bound: string[] = [];
  for (const declarator of declaration["declarations"] as Node[])
    bound.push(...boundBy(declarator["id"] as Node));
  return bound;
}

/** The names a binding makes: `a`, or those in `{ a, b: c = 1 }` and `[d, ...e]`. */
function boundBy(pattern: Node | null): readonly string[] {
  if (pattern === null) return [];
  switch (pattern.type) {
    case "Identifier":
      return [String(pattern["name"])];
    case "ObjectPattern":
      return (pattern["properties"] as Node[]).flatMap(boundBy);
    case "ArrayPattern":
      return (pattern["elements"] as (Node | null)[]).flatMap(boundBy);
    case "Property":
      return boundBy(pattern["value"] as Node);
    case "AssignmentPattern":
      return boundBy(pattern["left"] as Node);
    default:
      return boundBy(pattern["argument"] as Node);
  }
}

const nameOf = (node: unknown): string => String((node as Node)["name"] ?? (node as Node)["value"]);

/** The text of a string or of a template without holes. */
function literal(node: unknown): string | undefined {
  const { type, value, literal, quasis } = node as {
    type: string;
    value: unknown;
    literal: unknown;
    quasis: unknown[];
  };
  if (type === "TSLiteralType") return literalOf(literal);
  if (type === "TemplateLiteral" && quasis.length === 1)
    return (quasis[0] as { value: { cooked: string } }).value.cooked;
  return typeof value === "string" ? value : undefined;
}

function literalOf(node: unknown): string | undefined {
  return literal(node);
}

function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) {
    for (const each of value) walk(each, visit);
  } else if (typeof value === "object" && value !== null) {
    if (typeof (value as Node).type === "string") visit(value as Node);
    for (const each of Object.values(value)) walk(each, visit);
  }
}
