// Rooms: who is in one hears it, whoever is not hears nothing of it, and what changes that is heard in
// its place.

import { expect, test } from "vitest";
import type { Wire } from "./hub-house.js";
import { HubHouse } from "./hub-house.js";

const token = { alice: "alice-has-a-secret", bob: "bob-has-a-long-secret", carl: "carl-has-a-secret-too" };
const create = '{"type":"create_room","payload":{"conversation":"#den"}}';
const createPrivate = '{"type":"create_room","payload":{"conversation":"#den","visibility":"private"}}';
const join = '{"type":"join_room","payload":{"conversation":"#den"}}';
const leave = '{"type":"leave_room","payload":{"conversation":"#den"}}';
const say = '{"type":"send_message","payload":{"message":"hi","conversation":"#den"}}';
const kickBob = '{"type":"kick","payload":{"conversation":"#den","username":"bob"}}';
const banBob = '{"type":"ban","payload":{"conversation":"#den","username":"bob"}}';
const inviteBob = '{"type":"invite","payload":{"conversation":"#den","username":"bob"}}';

/** What a wire has heard of the den since it was asked last: the type and the seq of each. */
function den(wire: Wire): unknown[] {
  return wire.heard().flatMap(({ type, payload }) => {
    const { conversation, seq, first, last } = payload ?? {};
    if (conversation !== "#den" || type === "ack") return [];
    return [seq === undefined ? `${type} ${first}-${last}` : `${type} ${seq}`];
  });
}

function enters(
  house: HubHouse,
  name: keyof typeof token,
  query: Readonly<Record<string, string>> = {},
): Wire {
  return house.enters("events", name, { token: token[name], ...query });
}

test("a room is heard by its members, each join and each message once, and by nobody else", () => {
  const house = new HubHouse();
  const [alice, bob, carl] = [enters(house, "alice"), enters(house, "bob"), enters(house, "carl")];
  alice.says(create);
  bob.says(join, say);
  expect(den(alice)).toEqual(["member_joined 1", "member_joined 2", "new_message 3"]);
  expect(den(bob)).toEqual(["member_joined 2", "new_message 3"]);
  expect(den(carl)).toEqual([]);
});

test("a message to a room is one frame for all who are in it", () => {
  const house = new HubHouse();
  const [alice, bob] = [enters(house, "alice"), enters(house, "bob")];
  alice.says(create);
  bob.says(join);
  bob.heard();
  alice.says(say);
  expect(bob.heard()).toEqual([
    {
      type: "new_message",
      payload: {
        message: "hi",
        from: "alice",
        sent: "14:30:25",
        conversation: "#den",
        seq: 3,
        at: 1_795_357_825_000,
      },
    },
  ]);
});

test("in the simple dialect a room is a target", () => {
  const house = new HubHouse();
  const alice = house.enters("simple", "alice", { token: token.alice, rooms: "den" });
  expect(alice.heard()).toEqual([]);
  const bob = enters(house, "bob");
  bob.says(create);
  const carl = house.enters("simple", "carl", { rooms: "den" });
  carl.heard();
  carl.says('{"message":"hello","target":"#den"}');
  expect(carl.heard()).toEqual([]);
  expect(den(bob)).toEqual(["member_joined 1", "member_joined 2", "new_message 3"]);
  bob.says(say);
  expect(carl.heard()).toEqual([
    {
      from: "bob",
      message: "hi",
      target: "#den",
      conversation: "#den",
      seq: 4,
      at: 1_795_357_825_000,
      sent: "14:30:25",
    },
  ]);
});

test("who is put out hears it as the last of the room, on every device", () => {
  const house = new HubHouse();
  const alice = enters(house, "alice");
  const [phone, desk] = [enters(house, "bob"), enters(house, "bob")];
  alice.says(create);
  phone.says(join);
  expect(den(desk)).toEqual(["member_joined 2"]);
  alice.says(kickBob, say);
  expect(den(phone)).toEqual(["member_joined 2", "member_left 3"]);
  expect(den(desk)).toEqual(["member_left 3"]);
  expect(den(alice)).toEqual(["member_joined 1", "member_joined 2", "member_left 3", "new_message 4"]);
});

test("who is put out while they read more slowly is told where it ended, and reads no further", () => {
  const house = new HubHouse();
  const [alice, bob] = [enters(house, "alice"), enters(house, "bob")];
  alice.says(create);
  bob.says(join);
  bob.heard();
  bob.isCongested();
  alice.says(say, say, banBob, say);
  bob.isDrained();
  expect(den(bob)).toEqual(["skip 3-4", "member_banned 5"]);
  bob.says(join);
  expect(bob.heard().at(-1)).toMatchObject({ type: "error", payload: { code: "banned" } });
});

test("an invitation opens a private room, which is not there for anybody else", () => {
  const house = new HubHouse();
  const [alice, bob] = [enters(house, "alice"), enters(house, "bob")];
  alice.says(createPrivate);
  bob.says(join);
  expect(bob.heard().at(-1)).toMatchObject({ type: "error", payload: { code: "unknown_conversation" } });
  alice.says(inviteBob);
  expect(bob.heard()).toEqual([{ type: "invited", payload: { conversation: "#den", from: "alice" } }]);
  bob.says(join);
  expect(den(bob)).toEqual(["member_joined 3"]);
  expect(den(alice)).toEqual(["member_joined 1", "member_invited 2", "member_joined 3"]);
});

test("who comes back hears their rooms again without asking, and nothing of those they have left", () => {
  const house = new HubHouse();
  const [alice, bob] = [enters(house, "alice"), enters(house, "bob")];
  alice.says(create, '{"type":"create_room","payload":{"conversation":"#attic"}}');
  bob.says(join, '{"type":"join_room","payload":{"conversation":"#attic"}}', leave);
  bob.closes(true);
  const again = enters(house, "bob");
  alice.says(say, '{"type":"send_message","payload":{"message":"up here","conversation":"#attic"}}');
  expect(again.heard().map(({ payload }) => payload?.["message"])).toEqual(["up here"]);
});

test("a resume covers the rooms one is in; those one has left are ignored", () => {
  const house = new HubHouse();
  const [alice, bob] = [enters(house, "alice"), enters(house, "bob")];
  alice.says(create);
  bob.says(join);
  bob.closes(true);
  alice.says(say);
  const back = house.connects("events", { username: "bob", token: token.bob, since: "den:2" });
  expect(den(back)).toEqual(["new_message 3"]);
  back.closes(true);
  alice.says(kickBob);
  const out = house.connects("events", { username: "bob", token: token.bob, since: "den:3" });
  expect(out.heard().at(-1)).toMatchObject({ type: "resumed", payload: { replayed: 0, ignored: ["den"] } });
});

test("a login joins the rooms that it asks for, and is told of those that it can't", () => {
  const house = new HubHouse();
  const alice = enters(house, "alice");
  alice.says(create);
  const bob = house.connects("events", { username: "bob", rooms: "den,nowhere" });
  bob.says(say);
  expect(bob.heard().map(({ type, payload }) => [type, payload?.["seq"] ?? payload?.["message"]])).toEqual([
    ["welcome", undefined],
    ["member_joined", 2],
    ["error", "#nowhere: there is no such conversation"],
    ["new_message", 3],
  ]);
});

test("whoever joins a room while their resume looks where it begins hears it from their join on", () => {
  const house = new HubHouse();
  enters(house, "alice").says(create);
  const bob = house.connects("events", { username: "bob", since: "everyone:0", rooms: "den" });
  expect(den(bob)).toEqual(["member_joined 2"]);
});

test("who is put out while it is looked up where their resume begins is told that it ignores the room", () => {
  for (const [since, ignored] of [
    ["den:2", "den"],
    ["everyone:0", "#den"],
  ] as const) {
    const house = new HubHouse();
    const [alice, bob] = [enters(house, "alice"), enters(house, "bob")];
    alice.says(create);
    bob.says(join);
    bob.closes(true);
    house.isSlow = true;
    const back = house.connects("events", { username: "bob", token: token.bob, since });
    house.answers(1);
    house.looks(0);
    alice.says(kickBob);
    house.waiting.reverse();
    while (house.waiting.length > 0) house.answers();
    const payload = { epoch: "first", replayed: 0, ignored: [ignored] };
    expect(back.heard().at(-1)).toEqual({ type: "resumed", payload });
  }
});

test("a cursor of another numbering in a room that is joined on the way in is reset", () => {
  const house = new HubHouse();
  enters(house, "alice").says(create);
  const query = { username: "bob", token: token.bob, rooms: "den", since: "den:7", epoch: "other" };
  const heard = house.connects("events", query).heard();
  expect(heard.at(-1)).toEqual({
    type: "resumed",
    payload: { epoch: "first", replayed: 1, reset: ["den"] },
  });
});

test("a room that is joined during a resume is not among what it ignores", () => {
  const house = new HubHouse();
  enters(house, "alice").says(create);
  const bob = house.connects("events", { username: "bob", since: "den:0,everyone:0", rooms: "den" });
  const heard = bob.heard();
  expect(heard.at(-1)).toEqual({ type: "resumed", payload: { epoch: "first", replayed: 1 } });
  expect(heard.at(-2)).toMatchObject({ type: "member_joined", payload: { seq: 2 } });
});

test("what changes of a room is heard as what it is now", () => {
  const house = new HubHouse();
  const alice = enters(house, "alice");
  alice.says(create);
  alice.heard();
  alice.says('{"type":"set_topic","payload":{"conversation":"#den","topic":"tea"}}');
  alice.says('{"type":"archive_room","payload":{"conversation":"#den"}}');
  alice.says(say);
  const heard = alice.heard().map(({ type, payload }) => ({ type, ...payload }));
  expect(heard[0]).toMatchObject({ type: "room_updated", seq: 2, topic: "tea" });
  expect(heard[1]).toMatchObject({ type: "room_updated", seq: 3, archived: true });
  expect(heard[2]).toMatchObject({ type: "error", code: "archived" });
});

test("one user has so many connections and no more", () => {
  const house = new HubHouse({ devicesPerUser: 2 });
  enters(house, "bob");
  enters(house, "bob");
  const third = house.connects("events", { username: "bob", token: token.bob });
  expect(third.heard().at(-1)).toMatchObject({ type: "error", payload: { code: "limit_reached" } });
});

test("in a small room all are asked a moment later whether a message has arrived", () => {
  const house = new HubHouse();
  const [alice, bob] = [enters(house, "alice"), enters(house, "bob")];
  alice.says(create);
  bob.says(join);
  house.passes(6_000);
  const before = bob.pings;
  alice.says(say);
  house.passes(5_000);
  expect(bob.pings).toBe(before + 1);
});

test("help knows one's rooms and what one is there", () => {
  const house = new HubHouse();
  const [alice, bob] = [enters(house, "alice"), enters(house, "bob")];
  alice.says(create);
  bob.says(join);
  const listed = (wire: Wire): string[] => {
    wire.heard();
    wire.says("help");
    const [{ payload }] = wire.heard() as [{ payload: { commands: { type: string; example: string }[] } }];
    const { commands } = payload;
    return commands.filter(({ example }) => example.includes('"#den"')).map(({ type }) => type);
  };
  expect(listed(bob)).toEqual(["leave_room", "invite"]);
  alice.says('{"type":"set_role","payload":{"conversation":"#den","username":"bob","role":"moderator"}}');
  expect(listed(bob)).toEqual([
    "leave_room",
    "invite",
    "kick",
    "ban",
    "unban",
    "silence",
    "unsilence",
    "slow_mode",
    "set_topic",
  ]);
  bob.says(leave);
  expect(listed(bob)).toEqual([]);
});

test("a list that the store looked up before a role was given tells the role with the head that it tells", () => {
  const house = new HubHouse();
  const [alice, bob] = [enters(house, "alice"), enters(house, "bob")];
  alice.says(create);
  bob.says(join);
  bob.heard();
  house.isSlow = true;
  bob.says('{"type":"conversations","id":1}');
  house.looks(0);
  alice.says('{"type":"set_role","payload":{"conversation":"#den","username":"bob","role":"moderator"}}');
  // What the store looked up first is answered last.
  const looked = house.waiting.splice(0, 1);
  house.answers();
  house.waiting.push(...looked);
  house.answers();
  const list = bob.heard().find(({ type }) => type === "conversations");
  expect(list?.payload?.["conversations"]).toContainEqual(
    expect.objectContaining({ conversation: "#den", head: 3, role: "moderator" }),
  );
});
