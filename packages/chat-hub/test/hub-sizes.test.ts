// No frame is longer than 64 KiB, whoever is here and whatever they are called; a welcome has 16 KiB.

import { expect, test } from "vitest";
import { HubHouse } from "./hub-house.js";

/** Different names, each as long as may be: 32 letters of 4 bytes. */
const longName = (n: number): string => String.fromCodePoint(0x20000 + n).repeat(32);

test("in a full house every answer and every push fits into its frame", () => {
  const house = new HubHouse({ rates: undefined });
  const token = "alice-has-a-long-secret";
  const alice = house.enters("events", "alice", { token });
  for (let n = 0; n < 400; n += 1) {
    const friend = house.enters("simple", longName(n));
    if (n < 300) friend.says('{"message":"hi","target":"alice"}');
  }
  const frames: string[] = [];
  const take = alice.take.bind(alice);
  alice.take = (frame) => {
    frames.push(frame);
    take(frame);
  };
  house.passes(1_000);
  alice.says(
    '{"type":"users","id":1,"payload":{"limit":1000}}',
    '{"type":"conversations","id":2,"payload":{"limit":1000}}',
    '{"type":"help","id":3}',
  );
  alice.isCongested();
  alice.isDrained();
  expect(new Set(alice.heardTypes())).toEqual(
    new Set(["new_message", "presence", "users", "conversations", "help"]),
  );
  for (const frame of frames) expect(Buffer.byteLength(frame)).toBeLessThanOrEqual(65_536);
  expect(Math.max(...frames.map((frame) => Buffer.byteLength(frame)))).toBeGreaterThan(30_000);
});

test("every list of a full room fits into its frame, at the longest names and words there can be", () => {
  const house = new HubHouse({ rates: undefined });
  const secret = (n: number) => ({ token: `guest-${n}-has-a-long-secret` });
  const alice = house.enters("events", "alice", { token: "alice-has-a-long-secret" });
  const room = `#${longName(1_000)}`;
  alice.says(`{"type":"create_room","payload":{"conversation":"${room}"}}`);
  alice.says(`{"type":"send_message","payload":{"conversation":"${room}","message":"hi"}}`);
  const family = "👨🏿‍❤️‍💋‍👨🏿";
  for (let n = 0; n < 550; n += 1) {
    const guest = house.enters("events", longName(n), secret(n));
    guest.says(
      `{"type":"join_room","payload":{"conversation":"${room}"}}`,
      `{"type":"set_status","payload":{"status":"busy","text":"${"𠀀".repeat(100)}"}}`,
      `{"type":"react","payload":{"conversation":"${room}","message_seq":2,"emoji":"${family}"}}`,
    );
    if (n < 100)
      guest.says(
        `{"type":"create_room","payload":{"conversation":"#${longName(2_000 + n)}","topic":"${"𠀀".repeat(300)}"}}`,
      );
    alice.says(`{"type":"block","payload":{"username":"${longName(n)}"}}`);
  }
  for (const [type, payload, rows] of [
    ["members", `{"conversation":"${room}","limit":1000}`, "members"],
    ["reactions", `{"conversation":"${room}","message_seq":2,"limit":1000}`, "reactions"],
    ["rooms", '{"limit":1000}', "rooms"],
    ["blocks", '{"limit":1000}', "usernames"],
    ["log", `{"conversation":"${room}","after":0,"limit":1000}`, "entries"],
  ] as const) {
    alice.heard();
    alice.says(`{"type":"${type}","id":1,"payload":${payload}}`);
    const [answer] = alice.heard();
    expect(answer).toMatchObject({ type, payload: { more: true } });
    expect(Buffer.byteLength(JSON.stringify(answer))).toBeLessThanOrEqual(65_536);
    expect(((answer?.payload?.[rows] ?? []) as unknown[]).length).toBeGreaterThan(30);
  }
  const last = house.enters("events", "bob");
  last.says('{"type":"users","id":1,"payload":{"limit":1000}}');
  const [users] = last.heard();
  expect(users).toMatchObject({ type: "users", payload: { more: true } });
  expect(Buffer.byteLength(JSON.stringify(users))).toBeLessThanOrEqual(65_536);
});

test("one message as long as it can be, with all that can be done to it, fits into every answer", () => {
  const house = new HubHouse({ rates: undefined });
  const alice = house.enters("events", longName(1), { token: "alice-has-a-long-secret" });
  const room = `#${longName(2)}`;
  alice.says(
    `{"type":"create_room","payload":{"conversation":"${room}"}}`,
    `{"type":"send_message","payload":{"conversation":"${room}","message":"find ${"\\u0001".repeat(9_995)}"}}`,
    `{"type":"pin","payload":{"conversation":"${room}","message_seq":2}}`,
  );
  const emoji = [
    "👍",
    "🎉",
    "❤️",
    "👀",
    "🚀",
    "😀",
    "😃",
    "😄",
    "😁",
    "😆",
    "😅",
    "🤣",
    "😂",
    "🙂",
    "🙃",
    "🫠",
    "😉",
    "😊",
    "😇",
    "🥰",
  ];
  for (const one of emoji)
    alice.says(`{"type":"react","payload":{"conversation":"${room}","message_seq":2,"emoji":"${one}"}}`);
  for (const [type, payload] of [
    ["history", `{"conversation":"${room}"}`],
    ["thread", `{"conversation":"${room}","message_seq":2}`],
    ["pins", `{"conversation":"${room}"}`],
    ["log", `{"conversation":"${room}","after":1}`],
    ["search", '{"query":"find"}'],
  ] as const) {
    alice.heard();
    alice.says(`{"type":"${type}","id":1,"payload":${payload}}`);
    const [answer] = alice.heard();
    expect(answer).toMatchObject({ type });
    const bytes = Buffer.byteLength(JSON.stringify(answer));
    expect([type, bytes > 59_970, bytes <= 65_536]).toEqual([type, true, true]);
  }
});

test("a welcome tells of everyone and of 50 others with something unread, in 16 KiB, and that there is more", () => {
  const house = new HubHouse({ rates: undefined });
  const token = "alice-has-a-long-secret";
  house.enters("events", "alice", { token, receipts: "true" }).closes(true);
  for (let n = 0; n < 60; n += 1)
    house.enters("simple", longName(n)).says('{"message":"hi","target":"alice"}');
  const alice = house.connects("events", { username: "alice", token });
  const [welcome] = alice.heard();
  expect(welcome).toMatchObject({ type: "welcome", payload: { conversations: { length: 51 }, more: true } });
  expect(Buffer.byteLength(JSON.stringify(welcome))).toBeLessThanOrEqual(16_384);
});
