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
