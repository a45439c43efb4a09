// Messages as they stand: history, thread and pins; and log, where entries stand as they were pushed.

import { expect, test } from "vitest";
import type { Wire } from "./hub-house.js";
import { beginning, HubHouse } from "./hub-house.js";

const say = (message: string): string => `{"type":"send_message","payload":{"message":"${message}"}}`;
const asks = (wire: Wire, type: string, payload: string) => {
  wire.heard();
  wire.says(`{"type":"${type}","id":1,"payload":${payload}}`);
  const [answer] = wire.heard();
  return answer;
};
const seqs = (answer: ReturnType<typeof asks>): unknown[] =>
  ((answer?.payload?.["messages"] ?? []) as { seq: number }[]).map(({ seq }) => seq);

/** Ten messages, one a second. */
function ten() {
  const house = new HubHouse({ rates: undefined });
  const [alice, bob] = [house.enters("events", "alice"), house.enters("events", "bob")];
  for (let n = 1; n <= 10; n += 1) {
    alice.says(say(`line ${n}`));
    house.passes(1_000);
  }
  return { house, alice, bob };
}

test("history is the newest, or what is before, after, around or between, by seq or by time", () => {
  const { alice } = ten();
  for (const [window, wanted, more] of [
    ["", [8, 9, 10], true],
    [',"before":4', [1, 2, 3], false],
    [',"before":6', [3, 4, 5], true],
    [',"after":8', [9, 10], false],
    [',"after":2', [3, 4, 5], true],
    [',"around":5', [4, 5, 6], true],
    [',"after":3,"before":6', [4, 5], false],
    [`,"by":"time","after":${beginning + 8_000}`, [9, 10], false],
    [`,"by":"time","before":${beginning + 3_000}`, [1, 2, 3], false],
    [`,"by":"time","around":${beginning + 4_000}`, [4, 5, 6], true],
  ] as const) {
    const answer = asks(alice, "history", `{"conversation":"everyone","limit":3${window}}`);
    expect(answer).toMatchObject({
      type: "history",
      id: 1,
      payload: { conversation: "everyone", first: 1, head: 10, more },
    });
    expect([window, seqs(answer)]).toEqual([window, wanted]);
  }
});

test("a message stands with its reactions, its replies and its pin, as whoever asks sees them", () => {
  const house = new HubHouse({ rates: undefined });
  const alice = house.enters("events", "alice", { token: "alice-has-a-long-secret" });
  const bob = house.enters("events", "bob");
  alice.says('{"type":"create_room","payload":{"conversation":"#dev"}}');
  bob.says('{"type":"join_room","payload":{"conversation":"#dev"}}');
  alice.says('{"type":"send_message","payload":{"message":"hello","conversation":"#dev"}}');
  for (const wire of [alice, bob])
    wire.says('{"type":"react","payload":{"conversation":"#dev","message_seq":3,"emoji":"👍"}}');
  alice.says('{"type":"react","payload":{"conversation":"#dev","message_seq":3,"emoji":"🎉"}}');
  alice.says('{"type":"pin","payload":{"conversation":"#dev","message_seq":3}}');
  const standing = (mine: boolean) => ({
    message: "hello",
    from: "alice",
    sent: "14:30:25",
    conversation: "#dev",
    seq: 3,
    at: beginning,
    reactions: [
      { emoji: "👍", count: 2, mine: true },
      { emoji: "🎉", count: 1, ...(mine ? { mine } : {}) },
    ],
    pinned: true,
  });
  for (const [wire, mine] of [
    [alice, true],
    [bob, false],
  ] as const) {
    expect(asks(wire, "history", '{"conversation":"#dev"}')?.payload).toEqual({
      conversation: "#dev",
      messages: [standing(mine)],
      first: 1,
      head: 7,
      more: false,
    });
    expect(asks(wire, "pins", '{"conversation":"#dev"}')).toMatchObject({
      type: "pins",
      payload: { messages: [standing(mine)] },
    });
  }
  expect(asks(bob, "reactions", '{"conversation":"#dev","message_seq":3,"limit":2}')).toEqual({
    type: "reactions",
    id: 1,
    payload: {
      conversation: "#dev",
      message_seq: 3,
      reactions: [
        { username: "alice", emoji: "👍" },
        { username: "bob", emoji: "👍" },
      ],
      more: true,
    },
  });
  expect(asks(bob, "reactions", '{"conversation":"#dev","message_seq":3,"skip":2}')).toMatchObject({
    payload: { reactions: [{ username: "alice", emoji: "🎉" }], more: false },
  });
  expect(asks(bob, "reactions", '{"conversation":"#dev","message_seq":99}')).toMatchObject({
    payload: { code: "unknown_message" },
  });
});

test("a thread is its first message and all in it, whichever of them is named, page by page", () => {
  const { alice, bob } = ten();
  const reply = (to: number) =>
    `{"type":"send_message","payload":{"message":"re","conversation":"everyone","reply_to":${to}}}`;
  bob.says(reply(4), reply(11));
  alice.says(say("something else"), reply(4));
  const thread = (rest: string) =>
    asks(alice, "thread", `{"conversation":"everyone","message_seq":${rest},"limit":3}`);
  expect(thread("4")).toMatchObject({
    type: "thread",
    payload: {
      messages: [
        { seq: 4, replies: 3 },
        { seq: 11, reply_to: 4, thread: 4 },
        { seq: 12, reply_to: 11, thread: 4 },
      ],
      more: true,
    },
  });
  expect(seqs(thread('12,"after":12'))).toEqual([14]);
  expect(thread("99")).toMatchObject({ type: "error", payload: { code: "unknown_message" } });
});

test("a page too long for a frame is cut far from where it starts, and says that there is more", () => {
  const house = new HubHouse({ rates: undefined });
  const [alice, bob] = [house.enters("events", "alice"), house.enters("events", "bob")];
  // Each is 24 KiB in a frame, since JSON writes a control character in six.
  for (let n = 0; n < 6; n += 1) alice.says(say("\\u0001".repeat(4_000)));
  for (const [window, wanted] of [
    ["", [5, 6]],
    [',"before":6', [4, 5]],
    [',"after":1', [2, 3]],
    [',"around":3', [2, 3]],
    [',"after":1,"before":6', [2, 3]],
    [`,"by":"time","after":${beginning}`, [1, 2]],
  ] as const) {
    const answer = asks(bob, "history", `{"conversation":"everyone"${window}}`);
    expect(Buffer.byteLength(JSON.stringify(answer))).toBeLessThanOrEqual(65_536);
    expect([window, seqs(answer), answer?.payload?.["more"]]).toEqual([window, wanted, true]);
  }
  const log = asks(bob, "log", '{"conversation":"everyone","after":1}');
  expect(log).toMatchObject({ payload: { entries: { length: 2 }, head: 6, more: true } });
});

test("log tells entries as they were pushed, and places that have nothing to say as one", () => {
  const { house, alice, bob } = ten();
  alice.says('{"type":"react","payload":{"conversation":"everyone","message_seq":10,"emoji":"👍"}}');
  const log = house.store.logs[0];
  // As a store does once a message is deleted: what was done to it has nothing to say.
  const carryOut = house.store.carryOut.bind(house.store);
  house.store.carryOut = (call) => {
    const answer = carryOut(call);
    if (call.type !== "read" || !("entries" in answer)) return answer;
    const silent = [3, 4, 5, 7];
    const entries = answer.entries.map((entry) =>
      silent.includes(entry.seq) ? { type: "skip" as const, seq: entry.seq } : entry,
    );
    return { ...answer, entries };
  };
  expect(log?.entries).toHaveLength(11);
  const answer = asks(bob, "log", '{"conversation":"everyone","after":1}');
  const entries = answer?.payload?.["entries"] as { type: string; payload: Record<string, unknown> }[];
  expect(
    entries.map(({ type, payload }) => [type, payload["seq"] ?? payload["first"], payload["last"]]),
  ).toEqual([
    ["new_message", 2, undefined],
    ["skip", 3, 5],
    ["new_message", 6, undefined],
    ["skip", 7, 7],
    ["new_message", 8, undefined],
    ["new_message", 9, undefined],
    ["new_message", 10, undefined],
    ["reaction", 11, undefined],
  ]);
  expect(entries[0]).toEqual({
    type: "new_message",
    payload: {
      message: "line 2",
      from: "alice",
      sent: "14:30:26",
      conversation: "everyone",
      seq: 2,
      at: beginning + 1_000,
    },
  });
  expect(entries.at(-1)).toMatchObject({
    payload: { message_seq: 10, emoji: "👍", on: true, from: "alice" },
  });
  expect(answer?.payload).toMatchObject({ head: 11, more: false });
});

test("whoever is not in a room reads nothing of it", () => {
  const { house, alice, bob } = ten();
  const carol = house.enters("events", "carol", { token: "carol-has-a-long-secret" });
  carol.says('{"type":"create_room","payload":{"conversation":"#dev"}}');
  bob.says(
    '{"type":"join_room","payload":{"conversation":"#dev"}}',
    '{"type":"leave_room","payload":{"conversation":"#dev"}}',
  );
  for (const [type, window] of [
    ["history", ""],
    ["thread", ',"message_seq":1'],
    ["pins", ""],
    ["log", ',"after":0'],
    ["reactions", ',"message_seq":1'],
    ["members", ""],
    ["receipts", ""],
  ] as const) {
    const code = (wire: Wire, of: string) =>
      asks(wire, type, `{"conversation":"${of}"${window}}`)?.payload?.["code"];
    expect([type, code(alice, "#dev"), code(bob, "#dev")]).toEqual([type, "not_member", "not_member"]);
    expect([type, code(alice, "#nowhere")]).toEqual([type, "unknown_conversation"]);
    expect([type, code(alice, "@nobody")]).toEqual([type, "unknown_conversation"]);
  }
});

test("while the store can't read, every question says so and may be asked again", () => {
  const { house, alice } = ten();
  house.store.refusal = "unavailable";
  for (const [type, payload] of [
    ["history", '{"conversation":"everyone"}'],
    ["thread", '{"conversation":"everyone","message_seq":1}'],
    ["pins", '{"conversation":"@bob"}'],
    ["log", '{"conversation":"everyone","after":0}'],
    ["reactions", '{"conversation":"everyone","message_seq":1}'],
    ["search", '{"query":"line"}'],
    ["conversations", "{}"],
    ["rooms", "{}"],
    ["members", '{"conversation":"#dev"}'],
    ["receipts", '{"conversation":"#dev"}'],
    ["whois", '{"username":"bob"}'],
    ["blocks", "{}"],
  ] as const)
    expect([type, asks(alice, type, payload)]).toMatchObject([
      type,
      { type: "error", id: 1, payload: { code: "unavailable", retryable: true } },
    ]);
});
