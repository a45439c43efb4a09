import { describe, expect, test } from "vitest";
import type { MemoryLimits } from "../dist/stores/memory/limits.js";
import { defaultMemoryLimits } from "../dist/stores/memory/limits.js";
import { openMemory } from "../dist/stores/memory.js";
import { aliceToken, House, lines, must, seqs, standing } from "./store-house.js";
import { storeSuite } from "./store-suite.js";

storeSuite({ name: "the memory store", open: openMemory });

function smallHouse(keep: Partial<MemoryLimits>): House {
  return new House((options) => openMemory({ ...options, keep }));
}

describe("the memory store has limits", () => {
  test("100,000 entries, 64 MiB of messages", () => {
    expect(defaultMemoryLimits).toMatchObject({ entries: 100_000, entryBytes: 67_108_864 });
  });

  test("the oldest entries go, whichever log they are in; the seqs go on", async () => {
    const house = smallHouse({ entries: 4 });
    const [alice] = [await house.enters("alice"), await house.enters("bob")];
    for (const to of ["@bob", "everyone", "everyone", "@bob", "everyone", "everyone"])
      await alice.writes("hi", { to });
    expect(await alice.reads("everyone")).toMatchObject({ first: 2, head: 4, more: false });
    expect(seqs(await alice.reads("@bob"))).toEqual([2]);
    expect((await alice.writes("hi", { to: "@bob" })).seq).toBe(3);
  });

  test("a page of what is gone begins with what is kept", async () => {
    const house = smallHouse({ entries: 3 });
    const [alice, bob] = [await house.enters("alice"), await house.enters("bob")];
    for (let n = 1; n <= 9; n++) await alice.writes(`${n}`);
    expect(seqs(await alice.reads("everyone", { after: 2 }, 2))).toEqual([7, 8]);
    expect(seqs(await alice.reads("everyone", { around: 2 }, 2))).toEqual([7, 8]);
    expect(await alice.reads("everyone", { before: 5 })).toMatchObject({
      entries: [],
      first: 7,
      more: false,
    });
    expect((await bob.standsIn("everyone")).standings[0]).toMatchObject({ head: 9, read: 0, unread: 3 });
  });

  test("an empty log still knows how far it had got", async () => {
    const house = smallHouse({ entries: 1 });
    const [alice] = [await house.enters("alice"), await house.enters("bob")];
    await alice.writes("hi", { to: "@bob" });
    await alice.writes("hi");
    expect(await alice.reads("@bob")).toMatchObject({ entries: [], first: 2, head: 1 });
    expect((await alice.writes("again", { to: "@bob" })).seq).toBe(2);
  });

  test("bytes count as UTF-8", async () => {
    const house = smallHouse({ entryBytes: 10 });
    const alice = await house.enters("alice");
    for (const message of ["ééé", "éé", "é"]) await alice.writes(message);
    expect(lines(await alice.reads("everyone"))).toEqual(["2 alice: éé", "3 alice: é"]);
  });

  test("a nonce lives as long as its entry", async () => {
    const house = smallHouse({ entries: 2 });
    const alice = await house.enters("alice");
    const nonce = "nonce-0123456789";
    await alice.writes("hi", { nonce });
    await alice.writes("more");
    expect(await alice.says("hi", { nonce })).toMatchObject({ seq: 1, duplicate: true });
    await alice.writes("still more");
    expect(await alice.says("hi", { nonce })).toMatchObject({ seq: 4, duplicate: false });
  });

  test("those who left first are forgotten first, with what was said to them in private", async () => {
    const house = smallHouse({ awayUsers: 10 });
    const [alice, carol] = [await house.enters("alice", aliceToken), await house.enters("carol", aliceToken)];
    const bob = await house.enters("bob");
    await alice.writes("hi", { to: "@bob" });
    await Promise.all([bob.leaves(), carol.leaves()]);
    const back = await house.enters("carol", aliceToken);
    for (let n = 0; n < 300; n++) await (await house.enters(`guest${n}`)).leaves();
    expect(await alice.says("hi", { to: "@bob" })).toEqual({ ok: false, code: "unknown_user" });
    expect((await alice.stands({ kind: "all", most: 9 })).standings).toHaveLength(1);
    expect((await back.writes("still here")).seq).toBe(1);
    expect(await alice.says("hi", { to: "@guest299" })).toEqual({ ok: false, code: "away" });
  });

  test("private conversations of which nothing is left are forgotten, the first emptied first", async () => {
    const house = smallHouse({ entries: 1, emptyConversations: 10 });
    const alice = await house.enters("alice");
    for (let n = 0; n < 300; n++) {
      await house.enters(`guest${n}`);
      await alice.writes("hi", { to: `@guest${n}` });
    }
    expect(await alice.asksToRead("@guest0")).toEqual({ ok: false, code: "unknown_conversation" });
    expect(await alice.reads("@guest298")).toMatchObject({
      entries: [],
      first: 1_000_002,
      head: 1_000_001,
    });
    expect((await alice.writes("hi", { to: "@guest0" })).seq).toBe(1_000_001);
  });

  test("what is forgotten leaves its numbers behind: whatever begins later begins above them", async () => {
    const house = smallHouse({ awayUsers: 10 });
    const alice = await house.enters("alice");
    for (const line of ["one", "two"]) {
      const bob = await house.enters("bob");
      expect((await alice.writes(line, { to: "@bob" })).seq).toBe(line === "one" ? 1 : 1_000_001);
      await bob.leaves();
    }
    for (let n = 0; n < 300; n++) await (await house.enters(`guest${n}`)).leaves();
    expect(await alice.asksToRead("@bob")).toEqual({ ok: false, code: "unknown_conversation" });
    await house.enters("bob");
    expect((await alice.writes("three", { to: "@bob" })).seq).toBe(2_000_001);
  });

  test("the oldest entries go also where the numbers begin high", async () => {
    const house = smallHouse({ entries: 2 });
    const alice = await house.enters("alice");
    await (await house.enters("bob")).leaves();
    const bob = await house.enters("bob");
    for (const line of ["one", "two", "three"]) await alice.writes(line, { to: "@bob" });
    expect(await bob.reads("@alice", { after: 0 }, 1)).toMatchObject({
      entries: [{ seq: 1_000_002 }],
      first: 1_000_002,
      head: 1_000_003,
      more: true,
    });
    expect((await bob.standsIn("@alice")).standings[0]).toMatchObject({ read: 1_000_000, unread: 2 });
  });

  test("what was done to a message goes with it; what was said about it has nothing to say any more", async () => {
    const house = smallHouse({ entries: 5 });
    const alice = await house.enters("alice");
    const bob = await house.enters("bob");
    await alice.writes("one", { calls: ["bob"] });
    await alice.edits("everyone", 1, "uno", ["bob"]);
    await bob.reacts("everyone", 1, "👍");
    await bob.writes("two", { replyTo: 1 });
    await bob.writes("three");
    expect(standing(await bob.browses("everyone"))[0]).toBe("1 alice: uno (2) 👍1+ 1 replies");
    expect((await bob.standsIn("everyone")).standings).toMatchObject([{ unread: 3, mentions: 1 }]);
    await bob.writes("four");
    expect(lines(await bob.reads("everyone"))).toEqual([
      "2 -",
      "3 -",
      "4 bob: two",
      "5 bob: three",
      "6 bob: four",
    ]);
    expect(standing(await bob.browses("everyone"))).toEqual([
      "4 bob: two ^1 #1",
      "5 bob: three",
      "6 bob: four",
    ]);
    expect(await bob.browses("everyone", { after: 0 }, 1)).toMatchObject({
      first: 2,
      forgotten: true,
      more: true,
    });
    expect((await bob.readsThread("everyone", 4)).messages).toMatchObject([{ seq: 4 }]);
    expect((await bob.standsIn("everyone")).standings).toMatchObject([{ unread: 3, mentions: 0 }]);
    for (const act of [
      { type: "message", message: "what?", replyTo: 1 },
      { type: "reaction", target: 1, emoji: "👍", on: true },
      { type: "edit", target: 1, message: "eins" },
    ] as never[])
      expect(await alice.asksTo("everyone", act)).toEqual({ ok: false, code: "unknown_message" });
  });

  test("an edit counts by its new text, and may drive out what it is about", async () => {
    const house = smallHouse({ entryBytes: 10 });
    const alice = await house.enters("alice");
    await alice.writes("12345");
    await alice.writes("123");
    expect(await alice.edits("everyone", 2, "123456789")).toMatchObject({ entry: { message: "123456789" } });
    expect(lines(await alice.reads("everyone"))).toEqual([
      "2 alice: 123456789",
      "3 alice edits 2: 123456789 (2)",
    ]);
    await alice.edits("everyone", 2, "1234567890!");
    expect(lines(await alice.reads("everyone"))).toEqual(["3 -", "4 -"]);
    await alice.writes("1234567890");
    expect(lines(await alice.reads("everyone"))).toEqual(["3 -", "4 -", "5 alice: 1234567890"]);
  });

  test("a search looks at so many entries, and tells where to go on", async () => {
    const house = smallHouse({ searched: 3 });
    const alice = await house.enters("alice");
    for (const line of ["needle", "a", "b", "c", "needle again", "d"]) await alice.writes(line);
    const needle = { words: [{ tokens: ["needle"], prefix: false, not: false }] };
    const found: unknown[] = [];
    for (let before: number | undefined, turn = 0; turn < 9; turn++) {
      const page = must(await alice.searches(needle, 20, before));
      found.push(page.hits.map(({ message }) => message.message));
      before = page.next;
      if (before === undefined) break;
    }
    expect(found).toEqual([["needle again"], ["needle"]]);
  });

  test("rooms that nobody is in are forgotten, the first left first; their names are free", async () => {
    const house = smallHouse({ emptyRooms: 10 });
    const alice = await house.enters("alice", aliceToken);
    for (let n = 0; n < 300; n++) {
      await alice.makes(`#room${n}`);
      await alice.quits(`#room${n}`);
    }
    expect(await alice.asksToRead("#room0")).toEqual({ ok: false, code: "unknown_conversation" });
    expect(await alice.asksToRead("#room299")).toEqual({ ok: false, code: "not_member" });
    expect(await alice.makes("#room0")).toMatchObject({ seq: 1, facts: { members: 1 } });
  });

  test("somebody who is forgotten leaves their rooms, and the answer tells it", async () => {
    const house = smallHouse({ awayUsers: 10 });
    const alice = await house.enters("alice", aliceToken);
    const bob = await house.enters("bob", "bob-has-a-long-secret-too");
    await alice.makes("#dev");
    await bob.joins("#dev");
    await alice.leaves();
    const left = [];
    for (let n = 0; n < 300; n++) {
      const guest = await house.enters(`guest${n}`);
      left.push(...must(await guest.leaves()).left);
    }
    expect(left).toMatchObject([
      { entry: { type: "leave", seq: 3, why: "gone", username: "alice" } },
      { entry: { type: "role", seq: 4, username: "bob", role: "owner" } },
    ]);
    expect((await bob.listsMembers("#dev")).members).toMatchObject([{ name: "bob", standing: "owner" }]);
  });
});
