// A page is read once for all who want it at the same time; whoever may see something else of it, or did
// something of it, is told just what they would be told alone.

import { expect, test } from "vitest";
import type { Wire } from "./hub-house.js";
import { HubHouse } from "./hub-house.js";

type Frame = ReturnType<Wire["heard"]>[number];

const tokens = { alice: "alice-has-a-secret", bob: "bob-has-a-long-secret", carl: "carl-has-a-secret-too" };
const create = '{"type":"create_room","payload":{"conversation":"#den"}}';
const createHidden = '{"type":"create_room","payload":{"conversation":"#den","history":"since_join"}}';
const hidePast = '{"type":"set_history","payload":{"conversation":"#den","history":"since_join"}}';
const join = '{"type":"join_room","payload":{"conversation":"#den"}}';
const kickBob = '{"type":"kick","payload":{"conversation":"#den","username":"bob"}}';
const sayInDen = '{"type":"send_message","payload":{"message":"hi","conversation":"#den"}}';
const say = '{"type":"send_message","payload":{"message":"hi"}}';

function enters(house: HubHouse, name: keyof typeof tokens): Wire {
  return house.enters("events", name, { token: tokens[name] });
}

/** What a wire has heard of logs since it was asked last: the type and the place of each. */
function places(frames: readonly Frame[]): string[] {
  return frames.flatMap((frame) => {
    const { type = "line" } = frame;
    const { seq, first, last } = (frame.payload ?? frame) as Readonly<Record<string, unknown>>;
    if (type === "ack" || (seq === undefined && first === undefined)) return [];
    return [seq === undefined ? `${type} ${first}-${last}` : `${type} ${seq}`];
  });
}

/** Everything that waits is answered, and what comes of it. */
function settles(house: HubHouse): void {
  while (house.waiting.length > 0) house.answers();
  house.isSlow = false;
}

/** All of these fall behind, something happens, and they read on at the same time; gives how often was read. */
function readTogether(house: HubHouse, wires: readonly Wire[], happens: () => void): () => number {
  for (const wire of wires) wire.isCongested();
  happens();
  for (const wire of wires) wire.heard();
  house.isSlow = true;
  const before = house.calls.length;
  for (const wire of wires) wire.isDrained();
  return () => house.calls.slice(before).filter(({ type }) => type === "read").length;
}

test("whoever comes back at the same place is read the same page, in both dialects, and then all of it once", () => {
  const house = new HubHouse({ rates: undefined });
  const alice = house.enters("events", "alice");
  alice.says(say, say, say);
  house.isSlow = true;
  const crowd = ["events", "simple", "events", "simple", "events"] as const;
  const wires = crowd.map((dialect, n) =>
    house.connects(dialect, { username: `guest${n}`, since: "everyone:1" }),
  );
  settles(house);
  for (const [n, wire] of wires.entries()) {
    const heard = wire.heard();
    expect(places(heard)).toEqual(
      crowd[n] === "events" ? ["new_message 2", "new_message 3"] : ["line 2", "line 3"],
    );
    expect(heard.at(-1)).toMatchObject(
      crowd[n] === "events"
        ? { type: "resumed", payload: { replayed: 2 } }
        : { resumed: { epoch: "first", replayed: 2 } },
    );
  }
  expect(house.calls.filter(({ type }) => type === "read")).toHaveLength(1);
  alice.says(say);
  for (const wire of wires) expect(places(wire.heard())).toHaveLength(1);
});

test("no more read a page together than its limit; whoever wants another place has a page of their own", () => {
  const house = new HubHouse({ rates: undefined, pageReaders: 2 });
  house.enters("events", "alice").says(say, say, say);
  house.isSlow = true;
  const wires = [1, 1, 1, 1, 1, 2].map((seq, n) =>
    house.connects("events", { username: `guest${n}`, since: `everyone:${seq}` }),
  );
  settles(house);
  expect(house.calls.filter(({ type }) => type === "read")).toHaveLength(4);
  expect(wires.map((wire) => places(wire.heard()).length)).toEqual([2, 2, 2, 2, 2, 1]);
});

test("only its author is told a nonce, whoever reads the page with them", () => {
  const house = new HubHouse({ rates: undefined });
  const [alice, bob, phone] = [enters(house, "alice"), enters(house, "bob"), enters(house, "alice")];
  const reads = readTogether(house, [alice, bob], () =>
    phone.says(say, '{"type":"send_message","payload":{"message":"hi","nonce":"0123456789abcdef"}}'),
  );
  settles(house);
  expect(reads()).toBe(1);
  const nonces = (wire: Wire) => wire.heard().flatMap(({ payload }) => payload?.["nonce"] ?? []);
  expect(nonces(alice)).toEqual(["0123456789abcdef"]);
  expect(nonces(bob)).toEqual([]);
});

test("in the simple dialect nobody is told what they did on this connection, whoever reads the page with them", () => {
  const house = new HubHouse({ rates: undefined });
  const [alice, bob] = [house.enters("simple", "alice"), house.enters("simple", "bob")];
  house.isSlow = true;
  alice.says('{"message":"mine"}');
  bob.says('{"message":"his"}');
  // They fall behind before it is kept.
  const reads = readTogether(house, [bob, alice], () => settles(house));
  settles(house);
  expect(reads()).toBe(1);
  expect(alice.heard().map(({ message }) => message)).toEqual(["his"]);
  expect(bob.heard().map(({ message }) => message)).toEqual(["mine"]);
});

test("a private page is nobody else's", () => {
  const house = new HubHouse({ rates: undefined });
  const [alice, bob, carl] = [enters(house, "alice"), enters(house, "bob"), enters(house, "carl")];
  const reads = readTogether(house, [alice, bob], () =>
    carl.says(
      '{"type":"private_message","payload":{"message":"for alice","to":"alice"}}',
      '{"type":"private_message","payload":{"message":"for bob","to":"bob"}}',
    ),
  );
  settles(house);
  expect(reads()).toBe(2);
  const texts = (wire: Wire) => wire.heard().flatMap(({ payload }) => payload?.["message"] ?? []);
  expect(texts(alice)).toEqual(["for alice"]);
  expect(texts(bob)).toEqual(["for bob"]);
});

test("where a room hides its past, each who came at another time reads a page of their own", () => {
  const house = new HubHouse({ rates: undefined });
  const [alice, bob, carl] = [enters(house, "alice"), enters(house, "bob"), enters(house, "carl")];
  alice.says(createHidden);
  bob.says(join);
  alice.says(sayInDen);
  carl.says(join);
  const edit =
    '{"type":"edit_message","payload":{"conversation":"#den","message_seq":3,"message":"from before"}}';
  const reads = readTogether(house, [bob, carl], () => alice.says(edit, sayInDen));
  settles(house);
  expect(reads()).toBe(2);
  expect(places(bob.heard())).toEqual(["message_edited 5", "new_message 6"]);
  expect(places(carl.heard())).toEqual(["skip 5-5", "new_message 6"]);
});

test("if a room hides its past while a page of it is read, whoever joined later asks again", () => {
  const house = new HubHouse({ rates: undefined });
  const [alice, bob, carl] = [enters(house, "alice"), enters(house, "bob"), enters(house, "carl")];
  alice.says(create);
  bob.says(join);
  alice.says(sayInDen);
  carl.says(join);
  const edit =
    '{"type":"edit_message","payload":{"conversation":"#den","message_seq":3,"message":"from before"}}';
  const reads = readTogether(house, [bob, carl], () => alice.says(edit));
  expect(reads()).toBe(1);
  alice.says(hidePast);
  // The page that bob asked for comes behind that, and shows it.
  house.waiting.push(...house.waiting.splice(0, 1));
  settles(house);
  expect(reads()).toBe(2);
  expect(places(bob.heard())).toEqual(["message_edited 5", "room_updated 6"]);
  expect(places(carl.heard())).toEqual(["skip 5-5", "room_updated 6"]);
});

test("whoever is put out while a page is read with others is told that, and nothing newer", () => {
  const house = new HubHouse({ rates: undefined });
  const [alice, bob, carl] = [enters(house, "alice"), enters(house, "bob"), enters(house, "carl")];
  alice.says(create);
  bob.says(join);
  carl.says(join);
  const reads = readTogether(house, [carl, bob], () => alice.says(sayInDen));
  expect(reads()).toBe(1);
  alice.says(kickBob, sayInDen);
  house.waiting.push(...house.waiting.splice(0, 1));
  settles(house);
  expect(places(carl.heard())).toEqual(["new_message 4", "member_left 5", "new_message 6"]);
  expect(places(bob.heard())).toEqual(["skip 4-4", "member_left 5"]);
});

test("if it is refused to the one who asked, since they were put out, the others read it all the same", () => {
  const house = new HubHouse({ rates: undefined });
  const [alice, bob, carl] = [enters(house, "alice"), enters(house, "bob"), enters(house, "carl")];
  alice.says(create);
  bob.says(join);
  carl.says(join);
  readTogether(house, [bob, carl], () => alice.says(sayInDen));
  const [page] = house.waiting;
  if (page !== undefined) page.seen = { ok: false, code: "not_member" };
  alice.says(kickBob);
  settles(house);
  expect(places(carl.heard())).toEqual(["new_message 4", "member_left 5"]);
  expect(places(bob.heard())).toEqual(["skip 4-4", "member_left 5"]);
});

test("whoever has gone, or can't keep up again, does not hold up the others", () => {
  const house = new HubHouse({ rates: undefined });
  const [alice, bob, carl] = [enters(house, "alice"), enters(house, "bob"), enters(house, "carl")];
  const reads = readTogether(house, [alice, bob, carl], () => house.enters("events", "dora").says(say));
  expect(reads()).toBe(1);
  alice.closes(true);
  bob.isCongested();
  settles(house);
  expect(places(carl.heard())).toEqual(["new_message 1"]);
  expect(places(bob.heard())).toEqual([]);
  bob.isDrained();
  expect(places(bob.heard())).toEqual(["new_message 1"]);
});
