// Live, after `since`, behind and back again: whatever way an entry takes, it is heard once and in order.

import { expect, test } from "vitest";
import type { Page } from "../src/index.js";
import type { Wire } from "./hub-house.js";
import { HubHouse } from "./hub-house.js";

const say = '{"type":"send_message","payload":{"message":"hi"}}';
const sayToBob = '{"type":"private_message","payload":{"message":"hi","to":"bob"}}';

const seqs = (wire: Wire): unknown[] =>
  wire
    .heard()
    .flatMap(({ type, payload, seq }) => (type === "new_message" ? [payload?.["seq"]] : (seq ?? [])));

test("behind: what could not be taken is told, read from the log, and live again at the head", () => {
  const house = new HubHouse({ rates: undefined });
  const [alice, bob] = [house.enters("events", "alice"), house.enters("events", "bob")];
  alice.says(say);
  bob.heard();
  bob.isCongested();
  alice.says(say, say);
  expect([bob.topics.size, bob.heard()]).toEqual([0, []]);
  bob.isDrained();
  const [behind, ...lines] = bob.heard();
  expect(behind).toEqual({ type: "behind", payload: { conversation: "everyone", after: 1, head: 3 } });
  expect(lines.filter(({ type }) => type === "new_message")).toMatchObject([
    { payload: { seq: 2 } },
    { payload: { seq: 3 } },
  ]);
  expect(bob.topics.size).toBe(1);
  alice.says(say);
  expect(seqs(bob)).toEqual([4]);
});

test("private messages too are not pushed to whoever can't take them, and are read from the log", () => {
  const house = new HubHouse({ rates: undefined });
  const [alice, bob] = [house.enters("events", "alice"), house.enters("events", "bob")];
  house.passes(250);
  alice.says(sayToBob);
  expect(seqs(bob)).toEqual([1]);
  bob.isCongested();
  alice.says(sayToBob, sayToBob);
  expect(bob.heard()).toEqual([]);
  bob.isDrained();
  const [behind, ...lines] = bob.heard();
  expect(behind).toEqual({ type: "behind", payload: { conversation: "@alice", after: 1, head: 3 } });
  expect(lines).toMatchObject([{ payload: { seq: 2 } }, { payload: { seq: 3 } }]);
  alice.says(sayToBob);
  expect(seqs(bob)).toEqual([4]);
});

test("while it is behind, what a connection says waits: it would only be answered into the heap", () => {
  const house = new HubHouse();
  const bob = house.enters("events", "bob");
  bob.isCongested();
  bob.says('{"type":"ping","id":1}');
  expect(bob.heard()).toEqual([]);
  bob.isDrained();
  expect(bob.heard().at(-1)).toMatchObject({ type: "ping", id: 1 });
});

test("one page is read at a time, however much there is", () => {
  const house = new HubHouse({ rates: undefined, pageRows: 10 });
  const [alice, bob] = [house.enters("events", "alice"), house.enters("events", "bob")];
  bob.isCongested();
  for (let n = 0; n < 35; n += 1) alice.says(say);
  house.isSlow = true;
  bob.isDrained();
  for (const count of [10, 10, 10, 5]) {
    bob.heard();
    expect(house.waiting).toHaveLength(1);
    house.answers(1);
    expect(seqs(bob)).toHaveLength(count);
  }
  expect([house.waiting.length, bob.topics.size]).toEqual([0, 1]);
});

test("congested while a page is on its way: it is read again when it has drained, and no further one before", () => {
  const house = new HubHouse({ rates: undefined, pageRows: 10 });
  const alice = house.enters("events", "alice");
  for (let n = 0; n < 30; n += 1) alice.says(say);
  house.isSlow = true;
  const bob = house.connects("events", { username: "bob", since: "everyone:0" });
  house.answers(1);
  house.answers(1);
  while (house.waiting[0]?.call.type === "stand") house.answers(1);
  bob.heard();
  bob.isCongested();
  house.answers(1);
  expect([house.waiting, bob.heard()]).toEqual([[], []]);
  bob.isDrained();
  for (let page = 1; page <= 3; page += 1) {
    expect(house.waiting).toHaveLength(1);
    house.answers(1);
  }
  expect(seqs(bob)).toEqual(Array.from({ length: 30 }, (_, n) => n + 1));
});

test("behind is told once, however often one can't take the next page", () => {
  const house = new HubHouse({ rates: undefined, pageRows: 2 });
  const [alice, bob] = [house.enters("events", "alice"), house.enters("events", "bob")];
  bob.isCongested();
  for (let n = 0; n < 9; n += 1) alice.says(say);
  house.isSlow = true;
  bob.isDrained();
  const heard: unknown[] = [];
  while (house.waiting.length > 0) {
    house.answers(1);
    bob.isCongested();
    heard.push(...bob.heard().map(({ type, payload }) => payload?.["seq"] ?? type));
    house.answers(1);
    bob.isDrained();
  }
  expect(heard).toEqual(["behind", 1, 2, 3, 4, 5, 6, 7, 8, 9, "presence"]);
  house.isSlow = false;
  alice.says(say);
  expect(seqs(bob)).toEqual([10]);
});

test("a page that is read to somebody is no longer than a page on the wire, however short its lines", () => {
  const house = new HubHouse({ rates: undefined });
  const alice = house.enters("events", "alice");
  for (let n = 0; n < 2_000; n += 1) alice.says(`{"type":"send_message","payload":{"message":"${n}"}}`);
  house.isSlow = true;
  for (const dialect of ["events", "simple"] as const) {
    const bob = house.connects(dialect, { username: `${dialect}-reader`, since: "everyone:0" });
    const heard: number[] = [];
    for (let bytes = 0; heard.length < 2_000; bytes = 0) {
      house.answers(1);
      for (const frame of bob.heard()) {
        bytes += JSON.stringify(frame).length;
        const { payload = frame } = frame;
        if (payload["conversation"] === "everyone" && "seq" in payload) heard.push(Number(payload["seq"]));
      }
      // The welcome beside it.
      expect(bytes).toBeLessThan(51 * 1024);
    }
    expect(heard).toEqual(Array.from({ length: 2_000 }, (_, n) => n + 1));
  }
});

test("what was asked is answered once it can be taken, one answer at a time", () => {
  const house = new HubHouse({ rates: undefined });
  const alice = house.enters("events", "alice");
  alice.says(say);
  house.passes(250);
  alice.heard();
  house.isSlow = true;
  for (let id = 1; id <= 5; id += 1)
    alice.says(`{"type":"history","id":${id},"payload":{"conversation":"everyone"}}`);
  house.answers(1);
  expect(alice.heard()).toMatchObject([{ type: "history", id: 1 }]);
  alice.isCongested();
  house.answers();
  expect([house.waiting, alice.heard()]).toEqual([[], []]);
  alice.isDrained();
  for (let id = 2; id <= 5; id += 1) {
    expect(house.waiting).toHaveLength(1);
    house.answers();
    expect(alice.heard()).toMatchObject([{ type: "history", id }]);
  }
  expect(house.waiting).toEqual([]);
});

test("a connection that is congested before it is welcomed is not pushed to until it has drained", () => {
  const house = new HubHouse();
  const alice = house.enters("events", "alice");
  house.isSlow = true;
  const bob = house.connects("events");
  bob.says('{"type":"login","payload":{"username":"bob"}}');
  bob.isCongested();
  house.answers();
  house.answers();
  house.isSlow = false;
  alice.says(say);
  expect([bob.topics.size, bob.heardTypes()]).toEqual([0, ["welcome"]]);
  bob.isDrained();
  expect(seqs(bob)).toEqual([1]);
});

test("a simple client that was behind is read what others said, not its own lines", () => {
  const house = new HubHouse({ rates: undefined });
  const [alice, bob] = [house.enters("events", "alice"), house.enters("simple", "bob")];
  house.isSlow = true;
  alice.says(say);
  bob.says('{"message":"my own"}');
  alice.says(say);
  bob.isCongested();
  house.answers();
  house.isSlow = false;
  bob.isDrained();
  expect(seqs(bob)).toEqual([1, 3]);
  const again = house.connects("simple", { username: "carol", since: "everyone:0" });
  expect(seqs(again)).toEqual([1, 2, 3]);
});

test("private conversations are replayed longest silent first, each live from its head on", () => {
  const house = new HubHouse();
  const token = "bob-has-a-long-secret";
  const [alice, carol] = [house.enters("events", "alice"), house.enters("events", "carol")];
  house.enters("events", "bob", { token }).closes(true);
  alice.says(say);
  house.passes(1_000);
  carol.says(sayToBob);
  house.passes(1_000);
  alice.says(sayToBob);
  house.passes(1_000);
  carol.says(say);
  const bob = house.enters("events", "bob", { token });
  expect(seqs(bob)).toEqual([]);
  const again = house.connects("events", { username: "bob", token, since: "unread" });
  const told = again.heard().map(({ type, payload }) => [type, payload?.["conversation"], payload?.["seq"]]);
  expect(told).toEqual([
    ["welcome", undefined, undefined],
    ["new_message", "@carol", 1],
    ["new_message", "@alice", 1],
    ["new_message", "everyone", 1],
    ["new_message", "everyone", 2],
    ["resumed", undefined, undefined],
  ]);
});

test("what is not kept any more is told as skipped in a replay, which goes on from there without a hole", () => {
  const house = new HubHouse({ rates: undefined });
  const alice = house.enters("events", "alice");
  for (let n = 0; n < 9; n += 1) alice.says(say);
  house.store.forgotten = 6;
  const bob = house.enters("simple", "bob", { since: "everyone:2" });
  const carol = house.connects("events", { username: "carol", since: "everyone:2" });
  const [, skip, ...rest] = carol.heard();
  expect(skip).toEqual({ type: "skip", payload: { conversation: "everyone", first: 3, last: 6 } });
  expect(rest.map(({ type, payload }) => payload?.["seq"] ?? type)).toEqual([7, 8, 9, "resumed"]);
  alice.says(say);
  expect(seqs(carol)).toEqual([10]);
  expect(seqs(bob)).toEqual([10]);
});

test("a page that reaches into what is not kept any more is refused, and told where the rest begins", () => {
  const house = new HubHouse({ rates: undefined });
  const alice = house.enters("events", "alice");
  for (let n = 0; n < 9; n += 1) alice.says(say);
  house.store.forgotten = 6;
  alice.heard();
  const [history, log] = ['"history","id":1', '"log","id":1'];
  for (const [type, window, answer] of [
    [log, '"after":5', "error"],
    [log, '"after":6', "log"],
    [history, '"after":5', "error"],
    [history, '"around":6', "error"],
    [history, '"before":7', "error"],
    [history, '"before":8', "history"],
    [history, '"limit":3', "history"],
  ]) {
    alice.says(`{"type":${type},"payload":{"conversation":"everyone",${window}}}`);
    const [told] = alice.heard();
    expect(told).toMatchObject({ type: answer });
    if (answer === "error")
      expect(told).toMatchObject({
        payload: { code: "history_gone", message: expect.stringContaining("7") },
      });
  }
});

/** The question to the store that was asked first is answered after those that wait behind it. */
function overtaken(house: HubHouse): void {
  house.waiting.push(...house.waiting.splice(0, 1));
}

test("what comes while it is looked up where the unread begins is heard, though it was read elsewhere by then", () => {
  const house = new HubHouse({ rates: undefined });
  const alice = house.enters("events", "alice");
  const token = "bob-has-a-long-secret";
  const bob = house.enters("events", "bob", { token });
  alice.says(sayToBob);
  house.isSlow = true;
  const late = house.connects("events", { username: "bob", token, since: "unread" });
  house.answers();
  alice.says(sayToBob, sayToBob);
  overtaken(house);
  house.answers(2);
  bob.says('{"type":"read","payload":{"conversation":"@alice","seq":2}}');
  overtaken(house);
  house.answers(1);
  house.passes(1_000);
  overtaken(house);
  while (house.waiting.length > 0) house.answers();
  expect(seqs(late)).toEqual([2, 3]);
});

test("a room joined on the way in is heard from the join on, also by whoever asks what is unread", () => {
  const house = new HubHouse({ rates: undefined });
  const token = "alice-has-a-long-secret";
  house.enters("events", "alice", { token }).says('{"type":"create_room","payload":{"conversation":"#dev"}}');
  house.isSlow = true;
  const bob = house.connects("events", { username: "bob", since: "unread", rooms: "dev" });
  house.answers();
  house.answers();
  overtaken(house);
  while (house.waiting.length > 0) house.answers();
  expect(bob.heardTypes()).toEqual(["welcome", "member_joined", "resumed"]);
});

test("somebody with whom it only begins during a resume is not among what it ignores", () => {
  const house = new HubHouse({ rates: undefined });
  const alice = house.enters("events", "alice");
  house.enters("events", "bob");
  house.isSlow = true;
  const carol = house.connects("events", { username: "carol", since: "@alice:3,@bob:4,*:unread" });
  house.answers();
  house.looks(0);
  alice.says('{"type":"private_message","payload":{"message":"hi","to":"carol"}}');
  overtaken(house);
  while (house.waiting.length > 0) house.answers();
  const [resumed] = carol.heard().filter(({ type }) => type === "resumed");
  expect(resumed?.payload).toMatchObject({ ignored: ["@bob"] });
});

test("what is read to somebody names the other side as it is named when that is read", () => {
  const house = new HubHouse({ rates: undefined });
  const token = "bob-has-a-long-secret";
  const [alice, bob] = [house.enters("events", "alice"), house.enters("events", "bob", { token })];
  house.passes(250);
  bob.heard();
  bob.isCongested();
  alice.says(sayToBob);
  house.isSlow = true;
  bob.isDrained();
  house.looks(0);
  const [asked] = house.waiting;
  // Meanwhile another alice has come.
  const { peer, ...page } = (asked?.seen ?? {}) as Page;
  if (asked !== undefined && peer !== undefined) asked.seen = { ...page, peer: { ...peer, holder: 1 } };
  house.answers();
  expect(bob.heard().map(({ payload }) => payload?.["conversation"])).toEqual(["@alice", "@alice~1"]);
});

test("the last one, and all that is said while it is looked up where that stands", () => {
  const house = new HubHouse({ rates: undefined });
  const alice = house.enters("events", "alice");
  alice.says(say, say);
  house.isSlow = true;
  const bob = house.connects("events", { username: "bob", since: "everyone:-1", rooms: "none" });
  // Let in, and welcomed.
  house.answers(1);
  house.answers(1);
  const [looking] = house.waiting.splice(0, 1);
  alice.says(say, say, say);
  house.answers();
  if (looking !== undefined) house.waiting.push(looking);
  while (house.waiting.length > 0) house.answers();
  expect(seqs(bob)).toEqual([3, 4, 5]);
});

test("a cursor past the head stays so, also if the head has passed it by the time it is looked at", () => {
  const house = new HubHouse({ rates: undefined });
  const alice = house.enters("events", "alice");
  alice.says(say);
  house.isSlow = true;
  const bob = house.connects("events", { username: "bob", since: "everyone:2", rooms: "none" });
  house.answers();
  house.answers();
  alice.says(say);
  overtaken(house);
  while (house.waiting.length > 0) house.answers();
  const heard = bob.heard();
  expect(heard.flatMap(({ type, payload }) => (type === "new_message" ? [payload?.["seq"]] : []))).toEqual([
    2,
  ]);
  expect(heard.at(-1)?.payload).toMatchObject({ reset: ["everyone"] });
});
