// PROTOCOL.md is held to the code: its tables and types are made from it, every type has its section,
// every frame that it shows is one, and every link leads somewhere.

import { existsSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { CommandType, RefusalCode } from "chat-hub";
import {
  anyCommand,
  commands,
  defaultLimits,
  events,
  jsonSchema,
  noCommand,
  pushes,
  refusals,
  refusalsOf,
  refused,
  simple,
} from "chat-hub";
import { describe, expect, test } from "vitest";
import { blocks, headings, read } from "./blocks.js";
import { pushHeading, withTables } from "./generated-tables.js";
import { anchorsOf } from "./markdown.js";

const protocol = read("PROTOCOL.md");
const frames = blocks(protocol).filter(({ language }) => language === "json");
const types = Object.keys(commands) as CommandType[];

const ajv = new Ajv2020({ strict: false });
ajv.addSchema(jsonSchema() as object, "chat");
const faultOf = (definition: string, text: string): string | undefined => {
  const validate = ajv.getSchema(`chat#/$defs/${definition}`);
  if (validate === undefined) return `there is no ${definition}`;
  return validate(JSON.parse(text)) ? undefined : `${text}: ${ajv.errorsText(validate.errors)}`;
};

/** What stands under a heading, up to the next one. */
function section(heading: string): string {
  const [, after = ""] = protocol.split(`\n### ${heading}\n`);
  return after.split(/\n##+ /)[0] ?? "";
}

test("its tables are those of the code: npm run documents makes them anew", () => {
  expect(protocol).toBe(withTables("PROTOCOL.md", protocol));
});

test("every generated part begins and ends, and is known", () => {
  const marks = [...protocol.matchAll(/^<!-- (\/?)(.+) -->$/gm)].map(([, end, name]) => `${end}${name}`);
  for (const [index, mark] of marks.entries()) {
    if (index % 2 === 0) expect(marks[index + 1]).toBe(`/${mark}`);
  }
  expect(marks.length).toBe(2 * (types.length + Object.keys(pushes).length + 12));
});

describe("every command has a section", () => {
  test.each(types)("%s", (type) => {
    expect(headings(protocol).filter((heading) => heading === `### \`${type}\``)).toHaveLength(1);
    expect(section(`\`${type}\``)).toMatch(/^\nClient to server\. \S[^`]{10}/);
  });
});

describe("every push has a section", () => {
  test.each(Object.keys(pushes))("%s", (type) => {
    const heading = pushHeading(type);
    expect(headings(protocol).filter((one) => one === `### ${heading}`)).toHaveLength(1);
    expect(section(heading)).toMatch(/^\nServer to client\. \S/);
  });
});

test("no section is of a type that is not there", () => {
  const known = new Set([...types.map((type) => `\`${type}\``), ...Object.keys(pushes).map(pushHeading)]);
  const shown = headings(protocol).flatMap((heading) => /^### (`.*)$/.exec(heading)?.[1] ?? []);
  expect(shown.filter((heading) => !known.has(heading))).toEqual([]);
});

describe("every frame of a client's is one that the server obeys", () => {
  const sent = frames.filter(({ section }) => types.some((type) => section === `\`${type}\``));
  test("there is one for each command, at the least", () => {
    expect(new Set(sent.map(({ section }) => section)).size).toBe(types.length);
  });
  test.each(sent.map(({ section, text }) => [section, text]))("%s %s", (section, text) => {
    expect(events.decode(text, defaultLimits)).toMatchObject({ ok: true });
    const { type } = JSON.parse(text) as { type: string };
    expect(`\`${type}\``).toBe(section);
    expect(faultOf(`command.${type}`, text)).toBeUndefined();
  });
});

describe("every frame of the server's is valid by the schema", () => {
  const told = frames.filter(({ section }) => Object.keys(pushes).map(pushHeading).includes(section));
  test("there is one for each push, at the least", () => {
    const shown = new Set(told.map(({ text }) => (JSON.parse(text) as { type: string }).type));
    expect(shown).toEqual(new Set(Object.keys(pushes)));
  });
  test.each(told.map(({ section, text }) => [section, text]))("%s %s", (section, text) => {
    const { type } = JSON.parse(text) as { type: string };
    expect(pushHeading(type)).toBe(section);
    expect(faultOf(`push.${type}`, text)).toBeUndefined();
  });
});

test("every frame of the simple dialect is one of its kinds, and a client's is obeyed", () => {
  const [sent = "", ...told] = frames
    .filter(({ chapter }) => chapter === "The simple dialect")
    .map(({ text }) => text);
  expect(simple.decode(sent, defaultLimits)).toMatchObject({ ok: true });
  expect(faultOf("simple.in", sent)).toBeUndefined();
  expect(told.length).toBeGreaterThanOrEqual(4);
  for (const text of told) expect(faultOf("simple.out", text)).toBeUndefined();
});

test("no frame stands where nothing is known of it", () => {
  const known = new Set([...types.map((type) => `\`${type}\``), ...Object.keys(pushes).map(pushHeading)]);
  const rest = frames.filter(
    ({ chapter, section }) => !known.has(section) && chapter !== "The simple dialect",
  );
  expect(rest).toEqual([]);
});

describe("the refusals that a section names are those of the table", () => {
  test.each(types)("%s", (type) => {
    const [, list = ""] = /\nRefusals: (.*)\.\n/.exec(section(`\`${type}\``)) ?? [];
    const named = [...list.matchAll(/`([a-z_]+)`/g)].map(([, code]) => code);
    expect(named).toEqual([...refused[type]]);
  });
  test("every refusal is some command's, or any command's, or no command's", () => {
    const used = new Set<RefusalCode>([...types.flatMap(refusalsOf), ...anyCommand, ...noCommand]);
    expect([...used].sort()).toEqual(Object.keys(refusals).sort());
  });
  test("no command names a code twice, or one that any command has", () => {
    for (const type of types) {
      const codes = refusalsOf(type);
      expect(new Set(codes).size, type).toBe(codes.length);
    }
  });
});

test("every link leads somewhere", () => {
  const anchors = anchorsOf(headings(protocol));
  const links = [...protocol.matchAll(/\]\(([^)]+)\)/g)].map(([, to = ""]) => to);
  expect(links.length).toBeGreaterThan(100);
  for (const link of new Set(links)) {
    if (link.startsWith("#")) expect([...anchors], link).toContain(link.slice(1));
    else if (!/^https?:/.test(link)) {
      expect(existsSync(new URL(`../../${link.split("#")[0]}`, import.meta.url)), link).toBe(true);
    }
  }
});

test("every chapter stands in the list at its beginning", () => {
  const [list = ""] = protocol.split("\n## ");
  const chapters = headings(protocol).filter((heading) => heading.startsWith("## "));
  expect(chapters.length).toBeGreaterThanOrEqual(20);
  for (const heading of chapters) expect(list).toContain(`[${heading.slice(3)}](#`);
});
