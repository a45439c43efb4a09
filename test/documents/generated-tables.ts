// The parts of PROTOCOL.md that are made from the code's own tables. `npm run documents` writes them
// between their markers; a test holds the document to them.

import { readFileSync, writeFileSync } from "node:fs";
import {
  beyondSchema,
  closings,
  commands,
  defaultLimits,
  degradations,
  features,
  pushes,
  refusals,
} from "chat-hub";

const protocol = new URL("../../PROTOCOL.md", import.meta.url);

/** The document with its generated parts made anew. */
export function withTables(document: string): string {
  let made = document;
  for (const [name, table] of Object.entries(tables())) {
    const [begin, end] = [`<!-- ${name} -->\n`, `<!-- /${name} -->`];
    const [from, to] = [made.indexOf(begin), made.indexOf(end)];
    if (from < 0 || to < 0) throw new Error(`PROTOCOL.md has no part ${name}`);
    made = `${made.slice(0, from + begin.length)}\n${table}\n${made.slice(to)}`;
  }
  return made;
}

function tables(): Readonly<Record<string, string>> {
  return {
    refusals: table(
      ["code", "message", "hint", "retryable"],
      Object.entries(refusals).map(([code, { message, hint, retryable }]) => [
        `\`${code}\``,
        message,
        hint,
        retryable ? "yes" : "no",
      ]),
    ),
    closings: table(
      ["code", "reason", "connect again"],
      Object.values(closings).map(({ code, reason, retry }) => [String(code), reason, retry]),
    ),
    commands: table(
      ["type", "what it does"],
      Object.entries(commands).map(([type, { what }]) => [`[\`${type}\`](#${type})`, what]),
    ),
    pushes: table(
      ["type", "what it says"],
      Object.entries(pushes).map(([type, { what }]) => [`[\`${type}\`](#${anchor(type)})`, what]),
    ),
    beyond: `${Object.values(beyondSchema)
      .map((difference) => `- ${difference}`)
      .join("\n")}\n`,
    degradations: table(["push", "if", "`message` of the line"], degradations.map(degradationRow)),
    features: features.map((feature) => `\`${feature}\``).join(", "),
    limits: table(["limit", "default"], limitRows()),
  };
}

/** The section of a push; where a command has the same type, it is the answer's. */
function anchor(type: string): string {
  return type in commands ? `${type}-answer` : type;
}

function degradationRow({ push, when, with: field, text }: (typeof degradations)[number]): readonly string[] {
  const conditions = [
    ...Object.entries(when ?? {}).map(([name, value]) => `\`${name}\` is \`${JSON.stringify(value)}\``),
    ...(field === undefined ? [] : [`there is a \`${field}\``]),
  ];
  return [`\`${push}\``, conditions.join(", "), text === undefined ? "no line" : `\`${text}\``];
}

function limitRows(): readonly (readonly string[])[] {
  const { rates, ...sizes } = defaultLimits;
  return Object.entries({ ...sizes, ...rates }).map(([name, value]) => [
    `\`${name}\``,
    Array.isArray(value) ? value.join(" to ") : String(value),
  ]);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line), ""].join("\n");
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(protocol, withTables(readFileSync(protocol, "utf8")));
}
