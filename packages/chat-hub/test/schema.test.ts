// The schema says exactly what the decoders read and what the encoders write.

import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { beyondSchema, CommandType, DialectName } from "../src/index.js";
import {
  commands,
  defaultLimits,
  events,
  jsonSchema,
  pushes,
  simple,
  simpleFrames,
  timeOfDay,
} from "../src/index.js";
import { framesOf, saidFrames, valuesOf } from "./schema-frames.js";

const schema = jsonSchema();
const ajv = new Ajv2020({ strict: true, strictTypes: false, allErrors: false });
ajv.addSchema(schema, "chat");

/** Whether a frame is valid by one definition of the schema. */
function valid(definition: string, frame: unknown): boolean {
  const validate = ajv.getSchema(`chat#/$defs/${definition}`);
  if (validate === undefined) throw new Error(`no definition ${definition}`);
  return validate(frame) as boolean;
}

const decodes = (dialect: DialectName, frame: unknown): boolean =>
  (dialect === "events" ? events : simple).decode(JSON.stringify(frame), defaultLimits).ok;

const types = Object.keys(commands) as CommandType[];

describe("a frame is read exactly if it is valid", () => {
  test.each(types)("%s", (type) => {
    let read = 0;
    let refused = 0;
    const runs = fc.check(
      fc.property(framesOf(type), (frame) => {
        const ok = decodes("events", frame);
        if (ok) read += 1;
        else refused += 1;
        expect(valid(`command.${type}`, frame)).toBe(ok);
        expect(valid("command", frame)).toBe(ok);
      }),
      { numRuns: 300 },
    );
    expect(runs.failed, fc.defaultReportMessage(runs)).toBe(false);
    expect(Math.min(read, refused), `${read} read, ${refused} refused`).toBeGreaterThan(20);
  });

  test("in the simple dialect", () => {
    let read = 0;
    fc.assert(
      fc.property(saidFrames, (frame) => {
        const ok = decodes("simple", frame);
        if (ok) read += 1;
        expect(valid("simple.say", frame)).toBe(ok);
      }),
      { numRuns: 2_000 },
    );
    expect(read).toBeGreaterThan(500);
  });

  test("and there are values by chance for every field", () => {
    const fields = types.flatMap((type) =>
      Object.keys(commands[type].payload.fields).map((field) => [type, field] as const),
    );
    expect(fields.filter(([type, field]) => valuesOf(type, field) === undefined)).toEqual([]);
  });
});

/** A frame for each place where the two may differ: what the schema says of it, and whether it is read. */
const differences: Readonly<
  Record<Exclude<keyof typeof beyondSchema, "bytes">, { frame: object; valid: boolean; read: boolean }>
> = {
  depth: { frame: { type: "ping", deep: [[[[[[[[]]]]]]]] }, valid: true, read: false },
  composed: {
    frame: { type: "whois", payload: { username: "e\u0301".repeat(20) } },
    valid: false,
    read: true,
  },
  lowerCase: { frame: { type: "whois", payload: { username: "İ".repeat(17) } }, valid: true, read: false },
  lookAlikes: { frame: { type: "whois", payload: { username: "ﬁona" } }, valid: true, read: false },
  address: {
    frame: { type: "unban", payload: { conversation: "everyone", address: "127.0.0.1" } },
    valid: true,
    read: false,
  },
  emoji: {
    frame: { type: "react", payload: { conversation: "everyone", message_seq: 1, emoji: "👍👍" } },
    valid: true,
    read: false,
  },
  query: { frame: { type: "search", payload: { query: "-draft" } }, valid: true, read: false },
};

test.each(Object.entries(differences))("beyond the schema: %s", (_where, { frame, ...verdicts }) => {
  expect({ valid: valid("command", frame), read: decodes("events", frame) }).toEqual(verdicts);
});

const examples: readonly (readonly [name: string, example: string])[] = [
  ...Object.entries(commands).map(([type, row]) => [`command.${type}`, row.example] as const),
  ...Object.entries(pushes).map(([type, row]) => [`push.${type}`, row.example] as const),
  ...Object.entries(simpleFrames).map(([name, row]) => [`simple.${name}`, row.example] as const),
];

/** Frames of one way and one dialect are told apart; what a simple client says and hears may look alike. */
const way = (name: string): string => (name === "simple.say" ? name : (name.split(".", 1)[0] ?? ""));

test.each(examples)("the example of %s is valid, as it and as nothing else", (name, example) => {
  const frame: unknown = JSON.parse(example);
  expect(valid(name, frame)).toBe(true);
  expect(ajv.validate("chat", frame)).toBe(true);
  const alike = examples.filter(([other]) => way(other) === way(name) && valid(other, frame));
  expect(alike.map(([other]) => other)).toEqual([name]);
});

test("the examples of pushes are as the encoders write them", () => {
  for (const [type, { example }] of Object.entries(pushes)) {
    const { id, payload } = JSON.parse(example) as { id?: number; payload: { at?: number; sent?: string } };
    expect(example).toBe(JSON.stringify(id === undefined ? { type, payload } : { type, id, payload }));
    if (payload.sent !== undefined) expect(payload.sent).toBe(timeOfDay(payload.at ?? 0));
  }
});
