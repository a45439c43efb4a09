// Our conversations and how we stand in them: the server's count and what is heard are one sum.

import fc from "fast-check";
import { expect, test } from "vitest";
import type { ConversationState } from "../src/client/told.js";
import type { World } from "./client-world.js";
import { welcome, world } from "./client-world.js";

type Row = Record<string, unknown>;
const row = (conversation: string, head: number, unread = 0, more: Row = {}): Row => ({
  ...{ conversation, head, read: head - unread, unread, mentions: 0 },
  ...more,
});

function online(rows: readonly Row[], more: Parameters<typeof world>[0] = {}): World {
  const it = world(more);
  it.feed({ type: "started" });
  it.push("welcome", welcome({ conversations: rows }).payload);
  it.push("conversations", { conversations: rows, more: false, mark: 7 }, asked(it, "conversations")?.id);
  return it;
}

const asked = (it: World, type: string): World["sent"][number] | undefined =>
  it.sent.findLast((frame) => frame.type === type);

function standing(it: World, conversation: string): ConversationState | undefined {
  const told = it.heard("standing").filter((one) => one.standing.conversation === conversation);
  return told.at(-1)?.standing;
}

function message(seq: number, more: Row = {}): Row {
  return { message: "x", from: "bob", sent: "00:00:00", conversation: "#dev", seq, at: seq * 1_000, ...more };
}

test("what is heard is counted above the server's count, mentions apart", () => {
  const it = online([row("#dev", 10, 2, { mentions: 1, role: "member", muted: true })]);
  it.push("new_message", message(11));
  it.push("new_message", message(12, { mentions: ["carol", "Alice"] }));
  it.push("new_message", message(13, { mentions: ["everyone"] }));
  it.push("new_message", message(14, { from: "alice" }));
  expect(standing(it, "#dev")).toEqual({
    ...{
      conversation: "#dev",
      head: 14,
      read: 8,
      unread: 6,
      mentions: 3,
      role: "member",
      muted: true,
      at: 14_000,
    },
  });
});

test("what was deleted before it was read is not unread, whether it was counted here or by the server", () => {
  const it = online([row("#dev", 10, 2)]);
  it.push("new_message", message(11, { mentions: ["alice"] }));
  it.push("message_deleted", { ...message(12), message_seq: 11 });
  expect(standing(it, "#dev")).toMatchObject({ unread: 2, mentions: 0 });
  it.push("message_deleted", { ...message(13), message_seq: 9 });
  it.push("message_deleted", { ...message(14), message_seq: 3 });
  expect(standing(it, "#dev")).toMatchObject({ unread: 1 });
});

test("reading here counts at once, and another device's reading when the server tells of it", () => {
  const it = online([row("#dev", 10, 4)]);
  it.push("new_message", message(11));
  it.feed({ type: "read", conversation: "#dev", seq: 8 });
  expect(standing(it, "#dev")).toMatchObject({ read: 8, unread: 3 });
  it.push("unread", row("#dev", 10, 0));
  expect(standing(it, "#dev")).toMatchObject({ read: 10, unread: 1 });
  it.feed({ type: "read", conversation: "#dev", seq: 11 });
  // Said before our reading was heard there.
  it.push("unread", row("#dev", 11, 1));
  expect(standing(it, "#dev")).toMatchObject({ read: 11, unread: 0 });
});

test("what the server said before it knew more counts no more, however late it comes", () => {
  const it = online([row("#dev", 13, 3)]);
  it.push("unread", row("#dev", 10, 5));
  expect(standing(it, "#dev")).toMatchObject({ head: 13, read: 10, unread: 3 });
});

test("leaving that was acked twice does not put us out of a room that we have come back to", () => {
  const it = online([row("#dev", 5, 0, { role: "member" })]);
  const nonce = "nonce-0000000001";
  it.feed({ type: "done", nonce, deed: { type: "leave", conversation: "#dev" } });
  it.cut();
  it.wait();
  // It was done, and on another device we came back.
  it.push("welcome", welcome({ conversations: [row("#dev", 7, 0, { role: "member" })] }).payload);
  const place = { conversation: "#dev", seq: 6, at: 1 };
  it.push("ack", { ...place, nonce, duplicate: true }, asked(it, "leave_room")?.id);
  expect(it.heard("acked")).toHaveLength(1);
  expect(it.heard("departed")).toEqual([]);
});

test("what one has said is read, if everything before it is; else it is counted like the rest", () => {
  const it = online([row("#dev", 10)]);
  it.push("new_message", message(11, { from: "alice" }));
  expect(standing(it, "#dev")).toMatchObject({ read: 11 });
  it.push("new_message", message(12));
  it.push("new_message", message(13, { from: "alice" }));
  expect(standing(it, "#dev")).toMatchObject({ read: 11, unread: 2 });
});

test("all pages are listed at first, later what has changed since, and what is unread no more", () => {
  const it = world();
  it.feed({ type: "started" });
  it.push("welcome", welcome({ conversations: [row("everyone", 0)], more: true }).payload);
  it.push(
    "conversations",
    { conversations: [row("#dev", 10, 2)], more: true, mark: 70 },
    asked(it, "conversations")?.id,
  );
  expect(asked(it, "conversations")).toMatchObject({ payload: { after: "#dev" } });
  expect(it.heard("listed")).toEqual([]);
  it.push(
    "conversations",
    { conversations: [row("@bob", 3, 1)], more: false, mark: 80 },
    asked(it, "conversations")?.id,
  );
  expect(it.heard("listed")).toHaveLength(1);
  it.cut();
  it.wait();
  // The welcome has all that is unread, and #dev is not among it.
  it.push("welcome", welcome({ conversations: [row("everyone", 0), row("@bob", 4, 2)] }).payload);
  expect(asked(it, "conversations")).toMatchObject({ payload: { changed_since: 70 } });
  expect(standing(it, "#dev")).toMatchObject({ unread: 0 });
  expect(standing(it, "@bob")).toMatchObject({ head: 4, unread: 2 });
});

test("what a replay tells again of the server's count is not counted twice", () => {
  const it = online([row("#dev", 10)]);
  it.push("new_message", message(11));
  it.cut();
  it.wait();
  it.push("welcome", welcome({ conversations: [row("#dev", 13, 3)] }).payload);
  for (const seq of [12, 13, 14]) it.push("new_message", message(seq));
  expect(standing(it, "#dev")).toMatchObject({ head: 14, unread: 4 });
});

test("a room that we join is there, and one that we are put out of is not, nor where to go on in it", () => {
  const it = online([row("everyone", 0)]);
  const join = { conversation: "#dev", seq: 5, at: 1, from: "alice", sent: "00:00:00" };
  it.push("member_joined", { ...join, role: "member" });
  expect(standing(it, "#dev")).toMatchObject({ head: 5, read: 5, unread: 0, role: "member" });
  it.push("role_changed", { ...join, seq: 6, from: "bob", username: "alice", role: "moderator" });
  expect(standing(it, "#dev")).toMatchObject({ role: "moderator" });
  it.push("member_left", { ...join, seq: 7, from: "bob", username: "carol", why: "kicked" });
  expect(it.heard("departed")).toEqual([]);
  it.push("member_left", { ...join, seq: 8, from: "bob", username: "alice", why: "kicked" });
  expect(it.heard("departed")).toEqual([{ type: "departed", conversation: "#dev", why: "kicked" }]);
  it.cut();
  it.wait();
  expect(String(asked(it, "login")?.payload["since"])).not.toContain("dev");
});

test("a room of which nothing but the list was heard is named too: whoever was put out of it meanwhile is told", () => {
  const it = online([row("everyone", 0)]);
  it.cut();
  it.wait();
  // The replay is not through when this connection breaks too.
  it.push("welcome", welcome({ conversations: [row("everyone", 0)] }).payload);
  const dev = { conversation: "#dev", head: 14, read: 9, unread: 5, mentions: 0, role: "member" } as const;
  it.push("conversations", { conversations: [dev], more: false, mark: 90 }, asked(it, "conversations")?.id);
  it.cut();
  it.wait();
  expect(String(asked(it, "login")?.payload["since"]).split(",")).toContain("dev:9");
  it.push("welcome", welcome({ conversations: [row("everyone", 0)] }).payload);
  it.push("resumed", { epoch: "first", replayed: 0, ignored: ["dev"] });
  expect(it.heard("departed")).toEqual([{ type: "departed", conversation: "#dev", why: "gone" }]);
});

test("a ban puts out of a room, and so does a resume that knows it no more", () => {
  const it = online([row("#dev", 5), row("#ops", 5)]);
  const ban = { conversation: "#dev", seq: 6, at: 1, from: "bob", sent: "00:00:00", username: "alice" };
  it.push("member_banned", { ...ban, on: true });
  it.push("resumed", { epoch: "first", replayed: 0, ignored: ["ops"] });
  expect(it.heard("departed").map(({ conversation, why }) => [conversation, why])).toEqual([
    ["#dev", "banned"],
    ["#ops", "gone"],
  ]);
});

test("whoever looks at a room that is theirs no more is told, though nothing was known of how they stand there", () => {
  const it = online([row("everyone", 0)]);
  it.feed({ type: "shown", conversation: "#dev" });
  it.push("resumed", { epoch: "first", replayed: 0, ignored: ["dev", "ops"] });
  expect(it.heard("departed")).toEqual([{ type: "departed", conversation: "#dev", why: "gone" }]);
});

test("a person is spelled as they spell themselves, and a room as its maker did", () => {
  const it = online([row("#dev", 5), row("@bob", 1)]);
  it.push("new_message", message(2, { conversation: "@bob", from: "Bob", to: "alice" }));
  expect(standing(it, "@bob")).toMatchObject({ spelling: "Bob" });
  it.push("new_message", message(1, { conversation: "@carol", from: "alice", to: "Carol" }));
  expect(standing(it, "@carol")).toMatchObject({ spelling: "Carol" });
  const facts = { visibility: "public", history: "all", topic: "", members: 2, role: "member" };
  const rooms = [{ conversation: "#dev", name: "Dev", ...facts }];
  it.push("rooms", { rooms, more: false }, asked(it, "rooms")?.id);
  expect(standing(it, "#dev")).toMatchObject({ spelling: "Dev" });
});

test("what is known of a room follows its log", () => {
  const it = online([row("#dev", 5)]);
  const facts = { visibility: "public", history: "all", topic: "", members: 2, role: "member" };
  it.push(
    "rooms",
    { rooms: [{ conversation: "#dev", name: "Dev", ...facts }], more: false },
    asked(it, "rooms")?.id,
  );
  const entry = { conversation: "#dev", at: 1, from: "bob", sent: "00:00:00" };
  it.push("room_updated", { ...entry, seq: 6, topic: "releases", archived: true });
  it.push("member_joined", { ...entry, seq: 7, from: "carol", role: "member" });
  expect(it.heard("room").at(-1)?.room).toEqual({
    ...{ conversation: "#dev", name: "Dev", visibility: "public", history: "all" },
    ...{ topic: "releases", archived: true, members: 3, role: "member" },
  });
});

test("no more unread messages are known one by one than the limit says, and the sum is the same", () => {
  const it = online([row("#dev", 10)], { limits: { unreadEntries: 2 } });
  for (const seq of [11, 12, 13, 14]) it.push("new_message", message(seq));
  expect(standing(it, "#dev")).toMatchObject({ unread: 4 });
  it.feed({ type: "read", conversation: "#dev", seq: 14 });
  expect(standing(it, "#dev")).toMatchObject({ unread: 0 });
});

/** One who counts anew each time, from all that was said. */
interface Counter {
  step(name: string, dice: number): void;
  /** The server has stored what was read here, and says how that stands. */
  tellAll(): void;
  /** Everything under way comes. */
  drain(): void;
  expected(): number;
}

function counter(it: World): Counter {
  const log: { from: string; deletes?: number }[] = [];
  const wire: { type: string; payload: Row }[] = [];
  let read = 0;
  let stored = 0;

  const isDeleted = (seq: number): boolean => log.some(({ deletes }) => deletes === seq);
  const unread = (): number =>
    log.filter(({ deletes }, index) => {
      return index + 1 > stored && deletes === undefined && !isDeleted(index + 1);
    }).length;
  const take = (): void => {
    const next = wire.shift();
    if (next !== undefined) it.push(next.type, next.payload);
  };
  const tell = (): void => {
    wire.push({ type: "unread", payload: { ...row("#dev", log.length), read: stored, unread: unread() } });
  };
  const append = (from: string, deletes?: number): void => {
    // What one does oneself is read, if everything before it is.
    if (from === "alice" && stored === log.length) stored += 1;
    log.push({ from, ...(deletes === undefined ? {} : { deletes }) });
  };
  const say = (from: string): void => {
    append(from);
    wire.push({ type: "new_message", payload: message(log.length, { from }) });
  };

  function remove(target: number): void {
    const { from, deletes } = log[target - 1] ?? {};
    if (from === undefined || deletes !== undefined || isDeleted(target)) return;
    append(from, target);
    wire.push({
      type: "message_deleted",
      payload: { ...message(log.length, { from }), message_seq: target },
    });
  }

  return {
    step(name, dice) {
      const head = standing(it, "#dev")?.head ?? 0;
      if (name === "say") say("bob");
      if (name === "own") say("alice");
      if (name === "delete") remove(1 + (dice % Math.max(1, log.length)));
      if (name === "store") stored = Math.max(stored, read);
      if (name === "tell") tell();
      if (name === "take") take();
      if (name !== "read" || head === 0) return;
      read = Math.max(read, 1 + (dice % head));
      it.feed({ type: "read", conversation: "#dev", seq: read });
    },
    tellAll() {
      stored = Math.max(stored, read);
      tell();
    },
    drain() {
      while (wire.length > 0) take();
    },
    expected: unread,
  };
}

test("whatever is said, deleted, read and told in whatever order: once the server has told, the sum stays right", () => {
  const step = (...names: string[]): fc.Arbitrary<[string, number][]> =>
    fc.array(fc.tuple(fc.constantFrom(...names), fc.nat(30)), { maxLength: 40 });
  const before = step("say", "say", "own", "delete", "read", "tell", "store", "take");
  fc.assert(
    fc.property(before, step("say", "say", "own", "delete", "take"), (script, after) => {
      const it = online([row("#dev", 0)]);
      const counts = counter(it);
      for (const [name, dice] of script) counts.step(name, dice);
      counts.tellAll();
      for (const [name, dice] of after) counts.step(name, dice);
      counts.drain();
      expect(standing(it, "#dev")?.unread ?? 0).toBe(counts.expected());
    }),
    { numRuns: 400 },
  );
});
