// The AsyncAPI document is one, by AsyncAPI's own schema, and says of the wire what is so.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv } from "ajv";
import { asyncApi, commands, pushes, simpleFrames } from "chat-hub";
import { describe, expect, test } from "vitest";

const document = asyncApi() as unknown as AsyncApi;

interface AsyncApi {
  readonly asyncapi: string;
  readonly channels: Readonly<Record<string, { readonly address: string; readonly messages: object }>>;
  readonly operations: Readonly<
    Record<string, { readonly action: string; readonly reply?: { readonly messages: readonly Reference[] } }>
  >;
  readonly components: { readonly messages: Readonly<Record<string, Message>>; readonly schemas: object };
}
interface Reference {
  readonly $ref: string;
}
interface Message {
  readonly payload: Reference;
  readonly examples: readonly { readonly payload: unknown }[];
}

test("it is valid by the schema of AsyncAPI 3.1", () => {
  expect(document.asyncapi).toBe("3.1.0");
  const path = createRequire(import.meta.url).resolve("@asyncapi/specs/schemas/3.1.0.json");
  const ajv = new Ajv({ strict: false, validateFormats: false, meta: false, validateSchema: false });
  const validate = ajv.compile(JSON.parse(readFileSync(path, "utf8")) as object);
  expect(validate(document), ajv.errorsText(validate.errors)).toBe(true);
  expect(validate({ ...document, channels: { events: { address: 7 } } })).toBe(false);
});

/** All references in it, with what they point to. */
function references(value: unknown): readonly (readonly [ref: string, target: unknown])[] {
  if (typeof value !== "object" || value === null) return [];
  const found = Object.values(value).flatMap(references);
  const { $ref } = value as Partial<Reference>;
  return typeof $ref === "string" ? [...found, [$ref, follow($ref)]] : found;
}

function follow($ref: string): unknown {
  let target: unknown = document;
  for (const step of $ref.split("/").slice(1))
    target = (target as Record<string, unknown> | undefined)?.[step];
  return target;
}

test("every reference in it leads somewhere inside it", () => {
  const all = references(document);
  expect(all.length).toBeGreaterThan(300);
  for (const [ref, target] of all) {
    expect(ref).toMatch(/^#\//);
    expect(target, ref).toBeTypeOf("object");
  }
});

describe("both endpoints have all their frames", () => {
  test.each([
    ["events", "/ws", [...named("command", commands), ...named("push", pushes)]],
    ["simple", "/v1/ws", named("simple", simpleFrames)],
  ])("%s", (channel, address, frames) => {
    expect(document.channels[channel]?.address).toBe(address);
    expect(Object.keys(document.channels[channel]?.messages ?? {})).toEqual(frames);
  });
});

function named(kind: string, rows: object): readonly string[] {
  return Object.keys(rows).map((type) => `${kind}.${type}`);
}

test("every command is received, and answered by what answers it or an error", () => {
  for (const [type, { answer }] of Object.entries(commands)) {
    expect(document.operations[type]?.action).toBe("receive");
    expect(document.operations[type]?.reply?.messages).toEqual([
      { $ref: `#/channels/events/messages/push.${answer}` },
      { $ref: "#/channels/events/messages/push.error" },
    ]);
  }
});

test("every example is valid by the schema of its message", () => {
  const ajv = new Ajv({ strict: false });
  ajv.addSchema({ ...document, $id: "chat" });
  for (const [name, { payload, examples }] of Object.entries(document.components.messages)) {
    expect(examples).toHaveLength(1);
    for (const example of examples)
      expect(ajv.validate(`chat${payload.$ref}`, example.payload), name).toBe(true);
  }
});
