// PROTOCOL.md is held to the code: its tables, its sections, and every frame that it shows.

import { Ajv2020 } from "ajv/dist/2020.js";
import { commands, defaultLimits, events, jsonSchema, pushes, refusals, simple } from "chat-hub";
import { describe, expect, test } from "vitest";
import { blocks, headings, read } from "./blocks.js";
import { withTables } from "./generated-tables.js";

const protocol = read("PROTOCOL.md");
const frames = blocks(protocol).filter(({ language }) => language === "json");

const ajv = new Ajv2020({ strictTypes: false });
ajv.addSchema(jsonSchema(), "chat");

/** What is wrong with a frame by the schema, in words; nothing if it is right. */
function wrongBySchema(definition: string, frame: unknown): string | undefined {
  return ajv.validate(`chat#/$defs/${definition}`, frame) ? undefined : ajv.errorsText();
}

test("its tables are those of the code: npm run documents makes them anew", () => {
  expect(protocol).toBe(withTables(protocol));
});

test("every command has a section", () => {
  const sections = headings(protocol);
  for (const type of Object.keys(commands)) expect(sections).toContain(`### \`${type}\``);
});

test("every push has a section", () => {
  const sections = headings(protocol);
  for (const type of Object.keys(pushes)) {
    const answers = type in commands ? `### \`${type}\` (answer)` : `### \`${type}\``;
    expect(sections).toContain(answers);
  }
});

describe("every frame of a client's is one that the server obeys", () => {
  const sent = frames.filter(({ chapter }) => chapter === "Commands");
  test("there are as many as commands, at the least", () => {
    expect(sent.length).toBeGreaterThanOrEqual(Object.keys(commands).length);
  });
  test.each(sent.map(({ section, text }) => [section, text]))("%s %s", (section, text) => {
    expect(events.decode(text, defaultLimits)).toMatchObject({ ok: true });
    expect(`\`${(JSON.parse(text) as { type: string }).type}\``).toBe(section);
  });
  test.each(Object.entries(commands))("the example that help gives for %s", (type, { example }) => {
    expect(events.decode(example, defaultLimits)).toMatchObject({ ok: true });
    expect(JSON.parse(example)).toMatchObject({ type });
  });
});

describe("every frame of the server's is valid by the schema", () => {
  const told = frames.filter(({ chapter }) => chapter === "Pushes");
  test("there is one for each push, at the least", () => {
    expect(new Set(told.map(({ text }) => JSON.parse(text).type))).toEqual(new Set(Object.keys(pushes)));
  });
  test.each(told.map(({ section, text }) => [section, text]))("%s %s", (section, text) => {
    const frame = JSON.parse(text) as { type: string };
    expect(section.replace(" (answer)", "")).toBe(`\`${frame.type}\``);
    expect(wrongBySchema(`push.${frame.type}`, frame)).toBeUndefined();
  });
});

test("every frame of the simple dialect is one of its kinds, and a client's is obeyed", () => {
  const shown = frames.filter(({ chapter }) => chapter === "The simple dialect");
  const [sent, ...told] = shown.map(({ text }) => text);
  expect(simple.decode(sent ?? "", defaultLimits)).toMatchObject({ ok: true });
  expect(told.length).toBeGreaterThanOrEqual(4);
  for (const text of told) {
    expect(wrongBySchema("simple.out", JSON.parse(text))).toBeUndefined();
  }
});

test("every refusal that a section names is one of the table's", () => {
  const named = [...protocol.matchAll(/Refusals: (.*?)\n\n/gs)].flatMap(([, list = ""]) => [
    ...list.matchAll(/`([a-z_]+)`/g),
  ]);
  const codes = named.map(([, code]) => code).filter((code) => code !== undefined && !(code in commands));
  expect(codes.length).toBeGreaterThan(10);
  for (const code of codes) expect(Object.keys(refusals)).toContain(code);
});
