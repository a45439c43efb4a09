// The titles of a test file's tests, read from its syntax tree: what stands in a comment or in a frame is none.

import { parseSync } from "rolldown/utils";

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** Of `test(…)`, `test.each(…)(…)`, `describe(…)` and the like; `…` stands for what is worked out. */
export function titlesOf(path: string, source: string): readonly string[] {
  const { program, errors } = parseSync(path, source);
  if (errors.length > 0) throw new Error(`${path} does not parse: ${errors[0]?.message}`);
  const titles: string[] = [];
  walk(program, (node) => {
    if (node.type !== "CallExpression" || !isTest(node["callee"] as Node)) return;
    const [first] = node["arguments"] as readonly Node[];
    const title = first === undefined ? undefined : textOf(first);
    if (title !== undefined) titles.push(title);
  });
  return titles;
}

function isTest(callee: Node): boolean {
  switch (callee.type) {
    case "Identifier":
      return ["test", "it", "describe"].includes(String(callee["name"]));
    case "MemberExpression":
      return isTest(callee["object"] as Node);
    case "CallExpression":
      return isTest(callee["callee"] as Node);
    default:
      return false;
  }
}

function textOf({ type, value, quasis }: Node): string | undefined {
  if (type === "TemplateLiteral")
    return (quasis as readonly { value: { cooked: string } }[]).map((each) => each.value.cooked).join("…");
  return typeof value === "string" ? value : undefined;
}

function walk(value: unknown, visit: (node: Node) => void): void {
  if (typeof value !== "object" || value === null) return;
  if (typeof (value as Partial<Node>).type === "string") visit(value as Node);
  for (const each of Object.values(value)) walk(each, visit);
}
