// Conversations, rooms, people and hits, page by page.

import { expect, test } from "vitest";
import type { Wire } from "./hub-house.js";
import { beginning, HubHouse } from "./hub-house.js";

const aliceToken = "alice-has-a-long-secret";
const asks = (wire: Wire, type: string, payload = "{}") => {
  wire.heard();
  wire.says(`{"type":"${type}","id":1,"payload":${payload}}`);
  const [answer] = wire.heard();
  return answer?.payload;
};
const names = (rows: unknown, field: string): unknown[] =>
  (rows as Record<string, unknown>[]).map((row) => row[field]);

test("conversations come page by page, with what is unread, muted, and one's role", () => {
  const house = new HubHouse({ rates: undefined });
  const alice = house.enters("events", "alice", { token: aliceToken, receipts: "true" });
  const bob = house.enters("events", "bob");
  bob.says('{"type":"private_message","payload":{"message":"hi","to":"alice"}}');
  alice.says('{"type":"create_room","payload":{"conversation":"#dev"}}');
  alice.says('{"type":"mute","payload":{"conversation":"@bob"}}');
  const everyone = { conversation: "everyone", head: 0, read: 0, unread: 0, mentions: 0 };
  expect(asks(alice, "conversations", '{"limit":2}')).toEqual({
    conversations: [
      everyone,
      { conversation: "@bob", head: 1, read: 0, unread: 1, mentions: 0, muted: true },
    ],
    more: true,
    mark: 2,
  });
  expect(asks(alice, "conversations", '{"limit":2,"after":"@bob"}')).toEqual({
    conversations: [{ conversation: "#dev", head: 1, read: 0, unread: 0, mentions: 0, role: "owner" }],
    more: false,
    mark: 2,
  });
});

test("a page of conversations goes on where it ended, though the name it ended with is another's by now", () => {
  const house = new HubHouse({ rates: undefined });
  const alice = house.enters("events", "alice", { token: aliceToken });
  const wires = ["bob", "carol", "dave"].map((name) => {
    const wire = house.enters("events", name);
    wire.says('{"type":"private_message","payload":{"message":"hi","to":"alice"}}');
    return wire;
  });
  const page = asks(alice, "conversations", '{"limit":3}');
  expect(names(page?.["conversations"], "conversation")).toEqual(["everyone", "@bob", "@carol"]);
  wires[1]?.closes(true);
  house.enters("events", "carol").says('{"type":"private_message","payload":{"message":"hi","to":"alice"}}');
  const next = asks(alice, "conversations", '{"limit":3,"after":"@carol"}');
  expect(names(next?.["conversations"], "conversation")).toEqual(["@dave", "@carol"]);
});

test("a room that was left since the store looked is in no list", () => {
  const house = new HubHouse({ rates: undefined });
  const alice = house.enters("events", "alice", { token: aliceToken });
  alice.says('{"type":"create_room","payload":{"conversation":"#dev"}}');
  house.isSlow = true;
  alice.heard();
  alice.says('{"type":"conversations","id":1}');
  house.looks(0);
  alice.says('{"type":"leave_room","payload":{"conversation":"#dev"}}');
  house.waiting.reverse();
  house.answers();
  const [left, list] = alice.heard();
  expect(left).toMatchObject({ type: "member_left", payload: { seq: 2 } });
  expect(list).toMatchObject({
    type: "conversations",
    payload: { conversations: [{ conversation: "everyone" }] },
  });
});

test("what was taken back since the store looked is not unread", () => {
  const house = new HubHouse({ rates: undefined });
  const alice = house.enters("events", "alice", { receipts: "true" });
  const bob = house.enters("events", "bob");
  const says = (message: string) => bob.says(`{"type":"send_message","payload":{"message":"${message}"}}`);
  const takes = (seq: number) =>
    bob.says(`{"type":"delete_message","payload":{"conversation":"everyone","message_seq":${seq}}}`);
  for (const message of ["one", "two"]) says(message);
  house.isSlow = true;
  alice.heard();
  alice.says('{"type":"conversations","id":1}');
  house.looks(0);
  // Of what it saw, and of what came after.
  takes(1);
  says("three");
  takes(4);
  house.waiting.push(...house.waiting.splice(0, 1));
  house.answers();
  expect(alice.heard().find(({ type }) => type === "conversations")).toMatchObject({
    payload: { conversations: [{ conversation: "everyone", head: 5, unread: 1 }] },
  });
});

test("what has changed since a mark is asked for with it, page by page", () => {
  const house = new HubHouse();
  const alice = house.enters("events", "alice");
  house.calls.length = 0;
  asks(alice, "conversations", '{"changed_since":7,"limit":5}');
  asks(alice, "conversations", '{"changed_since":7,"after":"#dev"}');
  expect(house.calls).toMatchObject([
    { type: "stand", select: { kind: "changed", since: 7, most: 5 } },
    { type: "stand", select: { kind: "changed", since: 7, after: { kind: "room", key: "dev" }, most: 50 } },
  ]);
});

test("rooms: public ones and one's own, by name, with how one stands to them", () => {
  const house = new HubHouse({ rates: undefined });
  const alice = house.enters("events", "alice", { token: aliceToken });
  const bob = house.enters("events", "bob", { token: "bob-has-a-long-secret" });
  for (const [room, rest] of [
    ["#Dev", ',"topic":"what we build"'],
    ["ops", ""],
    ["secret", ',"visibility":"private","history":"since_join"'],
    ["hidden", ',"visibility":"private"'],
  ] as const)
    alice.says(`{"type":"create_room","payload":{"conversation":"${room}"${rest}}}`);
  alice.says('{"type":"archive_room","payload":{"conversation":"#ops"}}');
  alice.says('{"type":"invite","payload":{"conversation":"#secret","username":"bob"}}');
  bob.says('{"type":"join_room","payload":{"conversation":"#dev"}}');
  const row = (name: string, rest: object) => ({
    conversation: `#${name.toLowerCase()}`,
    name,
    visibility: "public",
    history: "all",
    topic: "",
    members: 1,
    ...rest,
  });
  expect(asks(bob, "rooms", '{"limit":2}')).toEqual({
    rooms: [
      row("Dev", { topic: "what we build", members: 2, role: "member" }),
      row("ops", { archived: true }),
    ],
    more: true,
  });
  expect(asks(bob, "rooms", '{"limit":2,"after":"#OPS"}')).toEqual({
    rooms: [row("secret", { visibility: "private", history: "since_join", role: "invited" })],
    more: false,
  });
});

test("members: by name, with role and status; who is invited or banned only for whoever looks after it", () => {
  const house = new HubHouse({ rates: undefined });
  const secret = (name: string) => ({ token: `${name}-has-a-long-secret` });
  const alice = house.enters("events", "alice", secret("alice"));
  const bob = house.enters("events", "Bob", secret("Bob"));
  const carol = house.enters("events", "carol", secret("carol"));
  house.enters("events", "dave", secret("dave"));
  alice.says('{"type":"create_room","payload":{"conversation":"#dev"}}');
  for (const wire of [bob, carol]) wire.says('{"type":"join_room","payload":{"conversation":"#dev"}}');
  alice.says('{"type":"set_role","payload":{"conversation":"#dev","username":"bob","role":"moderator"}}');
  alice.says('{"type":"ban","payload":{"conversation":"#dev","username":"dave"}}');
  bob.says('{"type":"set_status","payload":{"status":"busy"}}');
  carol.closes(true);
  expect(asks(alice, "members", '{"conversation":"#dev","limit":2}')).toEqual({
    conversation: "#dev",
    members: [
      { username: "alice", role: "owner", status: "online" },
      { username: "Bob", role: "moderator", status: "busy" },
    ],
    count: 3,
    more: true,
  });
  expect(asks(alice, "members", '{"conversation":"#dev","after":"BOB"}')).toMatchObject({
    members: [{ username: "carol", role: "member", status: "offline" }],
    more: false,
  });
  expect(asks(alice, "members", '{"conversation":"#dev","which":"banned"}')).toMatchObject({
    members: [{ username: "dave", role: "banned", status: "online" }],
  });
  const back = house.enters("events", "carol", secret("carol"));
  expect(asks(back, "members", '{"conversation":"#dev","which":"banned"}')).toMatchObject({
    code: "forbidden",
  });
  expect(asks(back, "members", '{"conversation":"everyone"}')).toHaveProperty("code");
});

test("blocks come by name, page by page", () => {
  const house = new HubHouse({ rates: undefined });
  const alice = house.enters("events", "alice", { token: aliceToken });
  for (const name of ["carol", "Bob", "dave"]) {
    house.enters("simple", name);
    alice.says(`{"type":"block","payload":{"username":"${name}"}}`);
  }
  expect(asks(alice, "blocks", '{"limit":2}')).toEqual({ usernames: ["Bob", "carol"], more: true });
  expect(asks(alice, "blocks", '{"limit":2,"after":"carol"}')).toEqual({ usernames: ["dave"], more: false });
});

test("search: the newest first, each with the piece of it that was looked for, and how to go on", () => {
  const house = new HubHouse({ rates: undefined });
  const alice = house.enters("events", "alice");
  for (let n = 1; n <= 3; n += 1) {
    alice.says(`{"type":"send_message","payload":{"message":"release ${n}"}}`);
    house.passes(1_000);
  }
  alice.says('{"type":"send_message","payload":{"message":"nothing to find"}}');
  const first = asks(alice, "search", '{"query":"release","limit":2}');
  expect(first).toMatchObject({
    hits: [
      { message: { seq: 3, conversation: "everyone" }, snippet: "release 3", marks: [[0, 7]] },
      {
        message: {
          message: "release 2",
          from: "alice",
          sent: "14:30:26",
          conversation: "everyone",
          seq: 2,
          at: beginning + 1_000,
        },
        snippet: "release 2",
        marks: [[0, 7]],
      },
    ],
    next: expect.any(Number),
  });
  const next = JSON.stringify(first?.["next"]);
  expect(asks(alice, "search", `{"query":"release","limit":2,"before":${next}}`)).toEqual({
    hits: [expect.objectContaining({ snippet: "release 1" })],
  });
  expect(asks(alice, "search", '{"query":"release","limit":51}')).toMatchObject({ code: "malformed" });
  expect(asks(alice, "search", '{"query":""}')).toMatchObject({ code: "bad_query" });
});

test("a page of hits that is cut to its frame goes on behind its last hit", () => {
  const house = new HubHouse({ rates: undefined });
  const alice = house.enters("events", "alice");
  for (let n = 1; n <= 7; n += 1) {
    alice.says(`{"type":"send_message","payload":{"message":"release ${"\\u0001".repeat(4_000)}"}}`);
    house.passes(1_000);
  }
  const found: unknown[] = [];
  let before = "";
  for (let pages = 0; pages < 10; pages += 1) {
    const page = asks(alice, "search", `{"query":"release"${before}}`);
    expect(Buffer.byteLength(JSON.stringify(page))).toBeLessThanOrEqual(65_536);
    found.push(
      ...((page?.["hits"] ?? []) as { message: { seq: number } }[]).map(({ message }) => message.seq),
    );
    if (page?.["next"] === undefined) break;
    before = `,"before":${page["next"]}`;
  }
  expect(found).toEqual([7, 6, 5, 4, 3, 2, 1]);
});

test("help is for whoever asks: what they may do now", () => {
  const house = new HubHouse();
  const stranger = house.connects("events");
  const types = (wire: Wire) => names(asks(wire, "help")?.["commands"], "type");
  expect(types(stranger)).toContain("login");
  expect(types(stranger)).not.toContain("send_message");
  const alice = house.enters("events", "alice");
  expect(types(alice)).not.toContain("login");
  expect(types(alice)).toContain("set_status");
});
