// What one side writes the other reads as it was meant: deeds on their way to the hub, pushes on theirs
// to a client, lines of the simple dialect both ways.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { commandOf } from "../src/client/commanding.js";
import { readFrame } from "../src/client/incoming.js";
import type { Command } from "../src/dialects/command.js";
import type { Push } from "../src/dialects/dialect.js";
import type { Deed, MessageAct, PushType } from "../src/index.js";
import {
  conversationName,
  defaultLimits,
  events,
  jsonSchema,
  messageFault,
  nameKey,
  parseConversation,
  pushes,
  roles,
  simple,
  statuses,
} from "../src/index.js";
import type { ConnectionId, Seq, UserId, WallMillis } from "../src/words/ids.js";
import { valuesOfSchema } from "./schema-values.js";

const nonce = "0192f7c2-7d5e-7cc0-8000-0123456789ab";

describe("what the hub says is what a client hears", () => {
  const definitions = jsonSchema()["$defs"] as Readonly<Record<string, Readonly<Record<string, unknown>>>>;

  test.each(Object.keys(pushes) as PushType[])("%s", (type) => {
    const frames = valuesOfSchema({ $ref: `#/$defs/push.${type}` }, definitions) as fc.Arbitrary<Push>;
    fc.assert(
      fc.property(frames, (said) => {
        const heard = readFrame(events.encode(said) ?? "");
        expect(heard).toEqual({ id: undefined, ...said });
      }),
      { numRuns: 60 },
    );
  });
});

const texts = fc
  .oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }))
  .filter((text) => messageFault(text, defaultLimits) === undefined);
const rooms = fc.constantFrom("#dev", "#Dev", "#سارة");
const conversations = fc.oneof(rooms, fc.constantFrom("everyone", "@bob", "@bob~2", "@Ольга"));
const usernames = fc.constantFrom("bob", "@Bob", "Ольга");
const targets = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
const on = fc.boolean();
const deed = <Type extends Deed["type"]>(
  type: Type,
  fields: Omit<{ [Name in keyof Extract<Deed, { type: Type }>]: fc.Arbitrary<unknown> }, "type">,
): fc.Arbitrary<Deed> => fc.record({ type: fc.constant(type), ...fields }) as unknown as fc.Arbitrary<Deed>;

const inLogs = fc.oneof(
  deed("message", {
    conversation: conversations,
    message: texts,
    replyTo: fc.option(targets, { nil: undefined }),
  }),
  deed("edit", { conversation: conversations, target: targets, message: texts }),
  deed("deletion", { conversation: conversations, target: targets }),
  deed("reaction", { conversation: conversations, target: targets, emoji: fc.constantFrom("👍", "🏳️‍🌈"), on }),
  deed("pin", { conversation: conversations, target: targets, on }),
  deed("create", {
    conversation: rooms,
    visibility: fc.constantFrom("public", "private"),
    history: fc.constantFrom("all", "since_join"),
    topic: fc.constantFrom("", "what we build"),
  }),
  deed("join", { conversation: rooms }),
  deed("leave", { conversation: rooms }),
  deed("invite", { conversation: rooms, username: usernames }),
  deed("kick", { conversation: rooms, username: usernames }),
  deed("ban", { conversation: rooms, username: usernames, on }),
  deed("role", { conversation: rooms, username: usernames, role: fc.constantFrom(...roles) }),
  deed("topic", { conversation: rooms, topic: fc.constantFrom("", "what we build") }),
  deed("history", { conversation: rooms, history: fc.constantFrom("all", "since_join") }),
  deed("archive", { conversation: rooms, on }),
);
const ownDeeds = fc.oneof(
  deed("status", {
    status: fc.constantFrom(undefined, ...statuses),
    text: fc.constantFrom(undefined, "", "tea"),
  }),
  deed("privacy", { reading: fc.constantFrom("shared", "private") }),
  deed("block", { username: usernames, on }),
  deed("mute", { conversation: conversations, on }),
);

function asked(done: Deed): Command | undefined {
  const { type, payload } = commandOf(done, nonce, () => undefined);
  const decoded = events.decode(JSON.stringify({ type, id: 1, payload }), defaultLimits);
  return decoded.ok ? decoded.value.command : undefined;
}

function addressOf(name: string): object {
  const parsed = parseConversation(name, defaultLimits);
  if (!parsed.ok) throw new Error(parsed.fault);
  return parsed.value;
}

const who = (username: string): string => nameKey(username.replace(/^@/, ""));

describe("what a person does is what the hub is asked to do", () => {
  test("in a conversation", () => {
    fc.assert(
      fc.property(inLogs, (done) => {
        const { conversation, username, ...act } = done as Deed & { conversation: string; username?: string };
        expect(asked(done)).toEqual({
          type: "act",
          to: addressOf(conversation),
          act: {
            ...act,
            ...(username === undefined ? {} : { who: who(username) }),
            ...(done.type === "create" ? { name: conversation.slice(1) } : {}),
          },
          nonce,
        });
      }),
      { numRuns: 1_500 },
    );
  });

  test("for oneself", () => {
    fc.assert(
      fc.property(ownDeeds, (done) => {
        const { conversation, username, type, ...chosen } = done as Deed & {
          conversation?: string;
          username?: string;
        };
        expect(asked(done)).toEqual({
          type: type === "privacy" ? "reading" : type,
          ...chosen,
          ...(username === undefined ? {} : { who: who(username) }),
          ...(conversation === undefined ? {} : { of: addressOf(conversation) }),
        });
      }),
    );
  });
});

test("a line of the simple dialect is heard as it was said", () => {
  const lines = fc.record({
    message: texts,
    target: fc.constantFrom("", "bob", "@bob", "#dev"),
    nonce: fc.constant(nonce),
  });
  fc.assert(
    fc.property(lines, fc.integer({ min: 1 }), (said, seq) => {
      const decoded = simple.decode(JSON.stringify(said), defaultLimits);
      if (!decoded.ok || decoded.value.command.type !== "act") expect.fail("it was not read");
      const { to, act } = decoded.value.command;
      expect(decoded.value.command).toMatchObject({ act: { type: "message", message: said.message }, nonce });
      const name = to.kind === "room" ? { room: { key: to.key, name: to.key } } : {};
      const heard = simple.encode({
        type: "entry",
        line: {
          conversation: conversationName(name),
          to: to.kind === "private" ? to.key : undefined,
          entry: {
            ...(act as MessageAct),
            seq: seq as Seq,
            at: 0 as WallMillis,
            author: 1 as UserId,
            from: "alice",
            origin: 1 as ConnectionId,
          } as never,
        },
      });
      expect(JSON.parse(heard ?? "")).toMatchObject({
        message: said.message,
        target: said.target.replace("@", ""),
        seq,
      });
    }),
    { numRuns: 500 },
  );
});
