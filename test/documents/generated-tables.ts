// The parts of documents that are made from the code's own tables. `npm run documents` writes them between
// their markers; tests hold the documents to them.

import { readFileSync, writeFileSync } from "node:fs";
import type { CommandType } from "chat-hub";
import {
  anyCommand,
  closings,
  commands,
  defaultLimits,
  degradations,
  features,
  noCommand,
  pushes,
  refusals,
  refusalsOf,
  refused,
} from "chat-hub";
import { fence, table } from "./markdown.ts";
import { optionParts } from "./option-table.ts";
import { houseRightsTable, plainRightsTable, rightsTable } from "./rights-table.ts";
import { payloadType, sharedTypes } from "./types.ts";

/** Each document that has generated parts, with what makes them. */
export const generated: Readonly<Record<string, () => Readonly<Record<string, string>>>> = {
  "PROTOCOL.md": parts,
  "packages/server/README.md": optionParts,
};

/** The document with its generated parts made anew. */
export function withTables(path: string, document: string): string {
  let made = document;
  for (const [name, part] of Object.entries(generated[path]?.() ?? {})) {
    const [begin, end] = [`<!-- ${name} -->\n`, `<!-- /${name} -->`];
    const [from, to] = [made.indexOf(begin), made.indexOf(end)];
    if (from < 0 || to < 0) throw new Error(`${path} has no part ${name}`);
    made = `${made.slice(0, from + begin.length)}\n${part.trimEnd()}\n\n${made.slice(to)}`;
  }
  return made;
}

function parts(): Readonly<Record<string, string>> {
  const types = Object.keys(commands) as CommandType[];
  return {
    commands: table(
      ["type", "what it does", "who may", "cost"],
      Object.entries(commands).map(([type, { what, needs, cost }]) => [
        `[\`${type}\`](#${type})`,
        what,
        needsWords[needs],
        String(cost),
      ]),
    ),
    pushes: table(
      ["type", "what it says"],
      Object.entries(pushes).map(([type, { what }]) => [`[\`${type}\`](#${pushAnchor(type)})`, what]),
    ),
    types: fence("ts", sharedTypes()),
    degradations: degradationTable(),
    features: features.map((feature) => `\`${feature}\``).join(", "),
    "rights public": rightsTable("public"),
    "rights private": rightsTable("private"),
    "rights plain": plainRightsTable(),
    "rights house": houseRightsTable(),
    limits: table(["limit", "default"], limitRows()),
    refusals: table(
      ["code", "message", "hint", "retryable", "of"],
      Object.entries(refusals).map(([code, { message, hint, retryable }]) => [
        `\`${code}\``,
        message,
        hint,
        retryable ? "yes" : "no",
        whoGets(code),
      ]),
    ),
    closings: table(
      ["code", "reason", "connect again"],
      Object.values(closings).map(({ code, reason, retry }) => [String(code), reason, retry]),
    ),
    ...Object.fromEntries(types.map((type) => [`command ${type}`, commandPart(type)])),
    ...Object.fromEntries(Object.entries(pushes).map(([type, row]) => [`push ${type}`, pushPart(type, row)])),
  };
}

const needsWords = {
  nothing: "anybody",
  login: "logged in",
  token: "a kept name",
  admin: "an admin",
} as const;

function commandPart(type: CommandType): string {
  const { example, answer } = commands[type];
  const codes: readonly string[] = refused[type];
  return [
    frameParts(`command.${type}`, example),
    `Answered by [\`${answer}\`](#${pushAnchor(answer)}).`,
    `Refusals: ${codes.map((code) => `\`${code}\``).join(", ") || "none of its own"}.`,
  ].join("\n\n");
}

function pushPart(type: string, { example }: { readonly example: string }): string {
  return frameParts(`push.${type}`, example);
}

function frameParts(frame: string, example: string): string {
  const payload = payloadType(frame);
  return [...(payload === undefined ? [] : [fence("ts", payload)]), fence("json", example)].join("\n\n");
}

/** The heading of a push, which may have the name of a command. */
export function pushHeading(type: string): string {
  if (!(type in commands)) return `\`${type}\``;
  return `\`${type}\` (${commands[type as CommandType].answer === type ? "answer" : "push"})`;
}

function pushAnchor(type: string): string {
  return pushHeading(type).replace(/[`()]/g, "").replaceAll(" ", "-");
}

function whoGets(code: string): string {
  if ((anyCommand as readonly string[]).includes(code)) return "any command";
  if ((noCommand as readonly string[]).includes(code)) return "no command: the frame, or the connection";
  if (code === "login_first") return "any command but `login`, `register`, `ping`, `help`";
  const types = (Object.keys(commands) as CommandType[]).filter((type) =>
    (refusalsOf(type) as readonly string[]).includes(code),
  );
  return types.map((type) => `[\`${type}\`](#${type})`).join(", ");
}

function degradationTable(): string {
  const rows = degradations.map(({ push, when, with: field, text }) => {
    const conditions = Object.entries(when ?? {}).map(
      ([name, value]) => `\`${name}\`: ${JSON.stringify(value)}`,
    );
    const all = field === undefined ? conditions : [...conditions, `\`${field}\``];
    const words = all.length === 0 ? "" : ` with ${all.join(", ")}`;
    return [`[\`${push}\`](#${pushAnchor(push)})${words}`, text === undefined ? "no line" : `\`${text}\``];
  });
  return table(["push of the events dialect", "`message` of the line"], rows);
}

function limitRows(): readonly (readonly string[])[] {
  const { rates, store, attempts, ...sizes } = defaultLimits;
  return Object.entries({ ...sizes, ...attempts, ...store, ...rates }).map(([name, value]) => [
    `\`${name}\``,
    Array.isArray(value) ? value.join(" to ") : String(value),
  ]);
}

if (process.argv[1] === import.meta.filename) {
  for (const path of Object.keys(generated)) {
    const file = new URL(`../../${path}`, import.meta.url);
    writeFileSync(file, withTables(path, readFileSync(file, "utf8")));
  }
}
