// The past that a conversation hides: whoever came late hears nothing of a message from before, and
// nothing of what is done to it; live, read from the log and resumed, it is the same.

import { expect, test } from "vitest";
import type { Wire } from "./hub-house.js";
import { HubHouse } from "./hub-house.js";

const token = { alice: "alice-has-a-secret", bob: "bob-has-a-long-secret" };
const create = '{"type":"create_room","payload":{"conversation":"#den","history":"since_join"}}';
const join = '{"type":"join_room","payload":{"conversation":"#den"}}';
const leave = '{"type":"leave_room","payload":{"conversation":"#den"}}';
const log = '{"type":"log","id":1,"payload":{"conversation":"#den","after":3,"limit":50}}';
const everyoneLog = '{"type":"log","id":1,"payload":{"conversation":"everyone","after":1,"limit":50}}';
const showAll = '{"type":"set_history","payload":{"conversation":"#den","history":"all"}}';
const hidePast = '{"type":"set_history","payload":{"conversation":"#den","history":"since_join"}}';

function say(conversation: string): string {
  return `{"type":"send_message","payload":{"message":"hi","conversation":"${conversation}"}}`;
}

/** All that can be done to a message, its deletion last. */
function deeds(conversation: string, seq: number): string[] {
  const of = `"conversation":"${conversation}","message_seq":${seq}`;
  return [
    `{"type":"edit_message","payload":{${of},"message":"a secret from before"}}`,
    `{"type":"react","payload":{${of},"emoji":"👍"}}`,
    `{"type":"pin","payload":{${of}}}`,
    `{"type":"delete_message","payload":{${of}}}`,
  ];
}

interface Told {
  readonly type?: unknown;
  readonly payload?: { readonly [field: string]: unknown };
}

function place({ type, payload }: Told): string[] {
  const { seq, first, last } = payload ?? {};
  if (seq === undefined && first === undefined) return [];
  if (type === "ack") return [];
  return [seq === undefined ? `${type} ${first}-${last}` : `${type} ${seq}`];
}

/** The entries a wire has heard since it was asked last. */
function entries(wire: Wire): string[] {
  return wire.heard().flatMap(place);
}

/** What the log shows a wire; neighbours without anything to say are one. */
function readsLog(wire: Wire, question: string): string[] {
  wire.says(question);
  const [answer] = wire.heard() as { payload: { entries: readonly Told[] } }[];
  return (answer?.payload.entries ?? []).flatMap(place);
}

function enters(house: HubHouse, name: keyof typeof token, query: Readonly<Record<string, string>> = {}) {
  return house.enters("events", name, { token: token[name], ...query });
}

/** alice's room, in which 2 is from before bob's join at 3. */
function lateBob(house: HubHouse): { alice: Wire; bob: Wire } {
  const [alice, bob] = [enters(house, "alice"), enters(house, "bob")];
  alice.says(create, say("#den"));
  bob.says(join);
  for (const wire of [alice, bob]) wire.heard();
  return { alice, bob };
}

test("of a message from before one's join, what is done to it is a place with nothing to say", () => {
  const { alice, bob } = lateBob(new HubHouse());
  alice.says(...deeds("#den", 2), say("#den"));
  expect(entries(alice)).toEqual([
    "message_edited 4",
    "reaction 5",
    "message_pinned 6",
    "message_deleted 7",
    "new_message 8",
  ]);
  expect(bob.heard()).toEqual([
    { type: "skip", payload: { conversation: "#den", first: 4, last: 4 } },
    { type: "skip", payload: { conversation: "#den", first: 5, last: 5 } },
    { type: "skip", payload: { conversation: "#den", first: 6, last: 6 } },
    { type: "skip", payload: { conversation: "#den", first: 7, last: 7 } },
    expect.objectContaining({ type: "new_message" }),
  ]);
  expect(readsLog(bob, log)).toEqual(["skip 4-7", "new_message 8"]);
});

test("a resume tells no more of it than was heard live, and no less", () => {
  const house = new HubHouse();
  const { alice, bob } = lateBob(house);
  bob.closes(true);
  alice.says(...deeds("#den", 2), say("#den"));
  const back = enters(house, "bob", { since: "#den:3" });
  back.says(say("#den"));
  expect(entries(back)).toEqual(["new_message 9"]);
  back.closes(true);
  const again = house.connects("events", { username: "bob", token: token.bob, since: "#den:3" });
  expect(entries(again)).toEqual(["skip 4-7", "new_message 8", "new_message 9"]);
});

test("the simple dialect has no line for it, and one for what is done to what came since", () => {
  const house = new HubHouse();
  const alice = enters(house, "alice");
  alice.says(create, say("#den"));
  const bob = house.enters("simple", "bob", { rooms: "den" });
  bob.heard();
  alice.says(...deeds("#den", 2));
  expect(bob.heard()).toEqual([]);
  alice.says(say("#den"), ...deeds("#den", 8).slice(0, 1));
  expect(bob.heard()).toMatchObject([
    { seq: 8, message: "hi" },
    { seq: 9, note: "message_edited", message_seq: 8 },
  ]);
});

test("whoever joins again begins again: also what they heard themselves is from before", () => {
  const { alice, bob } = lateBob(new HubHouse());
  alice.says(say("#den"));
  bob.says(leave, join);
  expect(entries(bob)).toEqual(["new_message 4", "member_left 5", "member_joined 6"]);
  alice.says(...deeds("#den", 4).slice(0, 1));
  expect(entries(bob)).toEqual(["skip 7-7"]);
});

test("the setting opens and closes the past at once", () => {
  const { alice, bob } = lateBob(new HubHouse());
  const [edit = "", react = ""] = deeds("#den", 2);
  alice.says(showAll, edit, hidePast, react);
  expect(entries(bob)).toEqual(["room_updated 4", "message_edited 5", "room_updated 6", "skip 7-7"]);
});

test("who comes back is as late as they were", () => {
  const house = new HubHouse();
  const { alice, bob } = lateBob(house);
  bob.closes(true);
  house.passes(60_000);
  const back = enters(house, "bob");
  alice.says(...deeds("#den", 2).slice(0, 1));
  expect(entries(back)).toEqual(["skip 4-4"]);
});

test("what all may see, whoever came late too, is one publication", () => {
  const house = new HubHouse();
  const { alice, bob } = lateBob(house);
  const [edit = ""] = deeds("#den", 4);
  const before = house.published;
  alice.says(say("#den"), edit);
  expect(entries(bob)).toEqual(["new_message 4", "message_edited 5"]);
  expect(house.published - before).toBe(2);
});

test("everyone hides its past in the same way, if the house does", () => {
  const house = new HubHouse();
  house.store.everyoneSinceJoin = true;
  const alice = enters(house, "alice");
  alice.says(say("everyone"));
  const [bob, carl] = [enters(house, "bob"), house.enters("simple", "carl")];
  alice.heard();
  const [edit = "", react = "", , erase = ""] = deeds("everyone", 1);
  alice.says(edit, react, erase, say("everyone"));
  expect(entries(alice)).toEqual(["message_edited 2", "reaction 3", "message_deleted 4", "new_message 5"]);
  expect(entries(bob)).toEqual(["skip 2-2", "skip 3-3", "skip 4-4", "new_message 5"]);
  expect(carl.heard()).toMatchObject([{ seq: 5, message: "hi" }]);
  expect(readsLog(bob, everyoneLog)).toEqual(["skip 2-4", "new_message 5"]);
});

test("everyone that hides nothing tells it to all", () => {
  const house = new HubHouse();
  const alice = enters(house, "alice");
  alice.says(say("everyone"));
  const bob = enters(house, "bob");
  alice.says(...deeds("everyone", 1).slice(0, 1));
  expect(entries(bob)).toEqual(["message_edited 2"]);
});
