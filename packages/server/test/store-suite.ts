// What every store promises, whatever it is made of. An adapter's own test says how it is opened.

import type { Page } from "chat-hub";
import { everyone } from "chat-hub";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { OpenStore } from "./store-house.js";
import { aliceToken, day, House, lines, nameHoldMs, seqs } from "./store-house.js";

export interface StoreUnderTest {
  readonly name: string;
  /** A new, empty store. */
  readonly open: OpenStore;
}

export function storeSuite({ name, open }: StoreUnderTest): void {
  describe(name, () => {
    let house: House;
    beforeEach(() => {
      house = new House(open);
    });
    afterEach(async () => {
      await house.close();
      expect(house.failure).toBeUndefined();
    });

    describe("names", () => {
      test("without a token a name is lent: whoever takes it next is another user", async () => {
        const first = await house.enters("bob");
        await first.leaves();
        const second = await house.enters("bob");
        expect([first.fresh, first.kept, second.fresh]).toEqual([true, false, true]);
        expect(second.user).not.toBe(first.user);
      });

      test("a name that somebody has is refused, with and without a token", async () => {
        await house.enters("bob");
        expect(await house.knocks("bob")).toEqual({ ok: false, code: "name_taken" });
        expect(await house.knocks("bob", "a-token-that-bob-never-had")).toEqual({
          ok: false,
          code: "name_taken",
        });
      });

      test("a token keeps a name: whoever shows it is the same user, spelled as at first", async () => {
        const phone = await house.enters("Alice", aliceToken);
        const laptop = await house.enters("ALICE", aliceToken);
        await phone.leaves();
        const later = await house.enters("alice", aliceToken);
        expect([phone.fresh, laptop.fresh, later.fresh]).toEqual([true, false, false]);
        expect([laptop.user, later.user]).toEqual([phone.user, phone.user]);
        expect([laptop.name, later.name, later.kept]).toEqual(["Alice", "Alice", true]);
      });

      test("a kept name is refused to everybody else, also while its user is away", async () => {
        const alice = await house.enters("alice", aliceToken);
        expect(await house.knocks("alice", "somebody-elses-secret")).toMatchObject({ code: "name_taken" });
        expect(await house.knocks("alice")).toMatchObject({ code: "name_taken" });
        await alice.leaves();
        expect(await house.knocks("alice", "somebody-elses-secret")).toMatchObject({ code: "name_taken" });
        expect(await house.knocks("alice")).toMatchObject({ code: "name_taken" });
      });

      test("a kept name is free once nobody has used it for as long as names are held", async () => {
        const alice = await house.enters("alice", aliceToken);
        await alice.leaves(day);
        expect(await house.knocks("alice", undefined, day + nameHoldMs - 1)).toMatchObject({
          code: "name_taken",
        });
        const other = await house.enters("alice", undefined, day + nameHoldMs);
        expect(other.user).not.toBe(alice.user);
        expect(await house.knocks("alice", aliceToken, day + nameHoldMs)).toMatchObject({
          code: "name_taken",
        });
      });

      test("a kept name that nobody took comes back with its token, however late", async () => {
        const alice = await house.enters("alice", aliceToken);
        await alice.leaves(0);
        expect((await house.enters("alice", aliceToken, 10 * nameHoldMs)).user).toBe(alice.user);
      });

      test("a name can be taken by the call that follows its release", async () => {
        const first = await house.enters("bob");
        const [, second] = await Promise.all([first.leaves(), house.enters("bob")]);
        expect(second.user).not.toBe(first.user);
      });
    });

    describe("logs", () => {
      test("entries are numbered 1, 2, 3 … in the order asked, each conversation by itself", async () => {
        const [alice] = await Promise.all([house.enters("alice"), house.enters("bob")]);
        const answers = await Promise.all([
          alice.writes("to all"),
          alice.writes("to bob", { to: "@bob" }),
          alice.writes("to all again"),
          alice.writes("to bob again", { to: "@bob" }),
        ]);
        expect(answers.map(({ seq }) => seq)).toEqual([1, 1, 2, 2]);
        expect(answers[0].conversation).toBe(everyone);
        expect(answers[1].conversation).not.toBe(everyone);
        expect(answers[3].conversation).toBe(answers[1].conversation);
      });

      test("answers come in the order of the calls", async () => {
        const alice = await house.enters("alice");
        const order: number[] = [];
        const saying = Array.from({ length: 3_000 }, (_, n) =>
          alice.writes(`${n}`).then(({ seq }) => {
            order.push(seq);
          }),
        );
        await Promise.all(saying);
        expect(order).toEqual(Array.from({ length: 3_000 }, (_, n) => n + 1));
      });

      test("a message is kept as it came", async () => {
        const alice = await house.enters("Alice");
        const messages = [
          " hi ",
          "مرحبا",
          "👨‍👩‍👧",
          "a\nb\tc\u0001",
          "\ufffd",
          "e\u0301",
          "x".repeat(10_000),
          "😀".repeat(10_000),
        ];
        for (const message of messages) await alice.writes(message, { at: 1_795_357_825_123 });
        const page = await alice.reads("everyone");
        expect(page.entries.map(({ message }) => message)).toEqual(messages);
        expect(page.entries[0]).toEqual({
          type: "message",
          seq: 1,
          at: 1_795_357_825_123,
          author: alice.user,
          from: "Alice",
          message: " hi ",
          origin: 7,
        });
      });

      test("a reply names what is there already; else it is refused and takes no seq", async () => {
        const alice = await house.enters("alice");
        await house.enters("bob");
        await alice.writes("one");
        await alice.writes("two", { replyTo: 1, nonce: "nonce-0123456789" });
        expect(await alice.says("three", { replyTo: 3 })).toEqual({ ok: false, code: "unknown_message" });
        expect(await alice.says("hi", { to: "@bob", replyTo: 1 })).toEqual({
          ok: false,
          code: "unknown_message",
        });
        expect(await alice.asksToRead("@bob")).toEqual({ ok: false, code: "unknown_conversation" });
        expect((await alice.writes("three")).seq).toBe(3);
        const { entries } = await alice.reads("everyone");
        expect(entries[1]).toMatchObject({ replyTo: 1, nonce: "nonce-0123456789" });
      });

      test("there are no rooms yet", async () => {
        const alice = await house.enters("alice");
        expect(await alice.says("hi", { to: "#dev" })).toEqual({ ok: false, code: "unknown_conversation" });
        expect(await alice.asksToRead("#dev")).toEqual({ ok: false, code: "unknown_conversation" });
      });
    });

    describe("private conversations", () => {
      test("both sides have one log, each named after the other", async () => {
        const [alice, bob] = await Promise.all([house.enters("Alice"), house.enters("Bob")]);
        const { conversation, peer } = await alice.writes("hi", { to: "@bob" });
        const answer = await bob.writes("hello", { to: "@alice" });
        expect(peer).toEqual({ user: bob.user, name: "Bob", key: "bob" });
        expect(answer).toMatchObject({ conversation, seq: 2, peer: { user: alice.user, name: "Alice" } });
        const [seenByAlice, seenByBob] = [await alice.reads("@bob"), await bob.reads("@alice")];
        expect(lines(seenByAlice)).toEqual(["1 Alice: hi", "2 Bob: hello"]);
        expect(seenByBob.entries).toEqual(seenByAlice.entries);
        expect([seenByAlice.peer?.key, seenByBob.peer?.key]).toEqual(["bob", "alice"]);
      });

      test("nobody else can read it, also not by its number", async () => {
        const [alice, , eve] = await Promise.all([
          house.enters("alice"),
          house.enters("bob"),
          house.enters("eve"),
        ]);
        const { conversation } = await alice.writes("secret", { to: "@bob" });
        expect(lines(await alice.reads(conversation))).toEqual(["1 alice: secret"]);
        for (const of of [conversation, "@bob", "@alice", "@alice~1"])
          expect(await eve.asksToRead(of)).toEqual({ ok: false, code: "unknown_conversation" });
        expect((await eve.stands({ kind: "all", most: 10 })).standings).toHaveLength(1);
      });

      test("one can write to oneself", async () => {
        const alice = await house.enters("alice");
        const { peer } = await alice.writes("remember the milk", { to: "@alice" });
        expect(peer?.user).toBe(alice.user);
        expect(lines(await alice.reads("@alice"))).toEqual(["1 alice: remember the milk"]);
        expect((await alice.stands({ kind: "all", most: 10 })).standings).toHaveLength(2);
      });

      test("somebody with a token is written to also while away; without one, they are gone", async () => {
        const [bob, carol] = [await house.enters("bob"), await house.enters("carol", "carols-long-secret")];
        const alice = await house.enters("alice");
        await Promise.all([bob.leaves(), carol.leaves()]);
        expect(await alice.says("hi", { to: "@bob" })).toEqual({ ok: false, code: "away" });
        expect(await alice.says("hi", { to: "@carol" })).toMatchObject({ ok: true, seq: 1 });
        expect(await alice.says("hi", { to: "@dave" })).toEqual({ ok: false, code: "unknown_user" });
        const back = await house.enters("carol", "carols-long-secret");
        expect(lines(await back.reads("@alice"))).toEqual(["1 alice: hi"]);
      });

      test("a stranger who takes a free name sees nothing of its earlier holder", async () => {
        const [alice, bob] = [await house.enters("alice"), await house.enters("bob")];
        const before = await alice.writes("for the first bob", { to: "@bob" });
        await bob.leaves();
        expect((await alice.reads("@bob")).peer).not.toHaveProperty("holder");

        const stranger = await house.enters("Bob");
        expect(await stranger.asksToRead("@alice")).toEqual({ ok: false, code: "unknown_conversation" });
        expect(await stranger.asksToRead(before.conversation)).toEqual({
          ok: false,
          code: "unknown_conversation",
        });
        const after = await alice.writes("for the second", { to: "@bob" });
        expect([after.seq, after.peer?.user]).toEqual([1_000_001, stranger.user]);
        expect(lines(await stranger.reads("@alice"))).toEqual(["1000001 alice: for the second"]);
      });

      test("earlier holders of a name stay readable by their number, and can't be written to", async () => {
        const alice = await house.enters("alice");
        for (const nth of ["first", "second", "third"]) {
          const bob = await house.enters("bob");
          await alice.writes(`for the ${nth}`, { to: "@bob" });
          if (nth !== "third") await bob.leaves();
        }
        const first = await alice.reads("@bob~1");
        expect(lines(first)).toEqual(["1 alice: for the first"]);
        expect(first.peer).toMatchObject({ key: "bob", holder: 1 });
        expect(lines(await alice.reads("@bob~2"))).toEqual(["1000001 alice: for the second"]);
        expect(lines(await alice.reads("@bob"))).toEqual(["2000001 alice: for the third"]);
        expect(await alice.asksToRead("@bob~3")).toEqual({ ok: false, code: "unknown_conversation" });
        expect(await alice.says("hi", { to: "@bob~1" })).toEqual({ ok: false, code: "away" });
      });
    });

    describe("the numbers of a name", () => {
      test("go on over its holders, at a round number, however much or little was said", async () => {
        const alice = await house.enters("alice");
        const said: number[][] = [];
        for (const most of [3, 1, 0, 2]) {
          const bob = await house.enters("bob");
          const answers = [];
          for (let n = 0; n < most; n++) answers.push(await bob.writes("hi", { to: "@alice" }));
          said.push(answers.map(({ seq }) => seq));
          await bob.leaves();
        }
        expect(said).toEqual([[1, 2, 3], [1_000_001], [], [2_000_001, 2_000_002]]);
        expect(await alice.reads("@bob~1")).toMatchObject({ first: 1, head: 3 });
      });

      test("go on whichever side is another, also both, also with oneself", async () => {
        const seqOf = async (from: string, to: string) => {
          const [one, other] = [await house.enters(from), from === to ? undefined : await house.enters(to)];
          const { seq } = await one.writes("hi", { to: `@${to}` });
          await Promise.all([one.leaves(), other?.leaves()]);
          return seq;
        };
        expect(await seqOf("alice", "bob")).toBe(1);
        expect(await seqOf("carol", "bob")).toBe(1_000_001);
        expect(await seqOf("bob", "alice")).toBe(1_000_001);
        expect(await seqOf("alice", "bob")).toBe(2_000_001);
        expect(await seqOf("dave", "dave")).toBe(1);
        expect(await seqOf("dave", "dave")).toBe(1_000_001);
        expect(await seqOf("erin", "frank")).toBe(1);
      });

      test("begin anew for nobody who comes back with their token", async () => {
        const [alice, bob] = [await house.enters("alice"), await house.enters("bob", "bobs-long-secret-0")];
        await alice.writes("one", { to: "@bob" });
        await bob.leaves();
        await house.enters("bob", "bobs-long-secret-0");
        expect((await alice.writes("two", { to: "@bob" })).seq).toBe(2);
      });

      async function fiveFromTheSecondBob() {
        const alice = await house.enters("alice");
        await (await house.enters("bob")).leaves();
        const bob = await house.enters("bob");
        for (let n = 1; n <= 5; n++) await bob.writes(`${n}`, { to: "@alice" });
        return { alice, bob };
      }

      const high = (...seqs: number[]) => seqs.map((seq) => 1_000_000 + seq);

      test.each([
        ["after 0", { after: 0 }, [1, 2], true],
        ["after an earlier holder's", { after: 5 }, [1, 2], true],
        ["after its first", { after: 1_000_001 }, [2, 3], true],
        ["before its third", { before: 1_000_003 }, [1, 2], false],
        ["before its first", { before: 1_000_001 }, [], false],
        ["around its first", { around: 1_000_001 }, [1, 2], true],
        ["around an earlier holder's", { around: 3 }, [1, 2], true],
        ["the newest", "newest", [4, 5], true],
      ] as const)("begin a log that can be read as any other: %s", async (_, where, shown, more) => {
        const { alice } = await fiveFromTheSecondBob();
        const page = await alice.reads("@bob", where, 2);
        expect(seqs(page)).toEqual(high(...shown));
        expect(page).toMatchObject({ first: 1_000_001, head: 1_000_005, more });
      });

      test("are where cursors begin", async () => {
        const { alice } = await fiveFromTheSecondBob();
        const stand = async () => (await alice.standsIn("@bob")).standings[0];
        expect(await stand()).toMatchObject({ delivered: 1_000_000, read: 1_000_000, unread: 5 });
        const { conversation } = await alice.reads("@bob");
        await alice.got(conversation, { from: 1_000_001, delivered: 1_000_004, read: 1_000_002 });
        expect(await stand()).toMatchObject({ delivered: 1_000_004, read: 1_000_002, unread: 3 });
      });

      test("are all that a reply can name", async () => {
        const { alice } = await fiveFromTheSecondBob();
        for (const replyTo of [1, 5, 1_000_000, 1_000_006])
          expect(await alice.says("what?", { to: "@bob", replyTo })).toEqual({
            ok: false,
            code: "unknown_message",
          });
        expect(await alice.says("what?", { to: "@bob", replyTo: 1_000_001 })).toMatchObject({
          seq: 1_000_006,
        });
      });
    });

    describe("nonces", () => {
      const nonce = "0192-visible-ascii";

      test("a message that is sent again gets the same place, and is there once", async () => {
        const alice = await house.enters("alice");
        const first = await alice.writes("hi", { nonce, at: 10 });
        await alice.writes("something else");
        expect(await alice.says("hi", { nonce, at: 99 })).toEqual({ ...first, duplicate: true });
        expect(lines(await alice.reads("everyone"))).toEqual(["1 alice: hi", "2 alice: something else"]);
      });

      test("sent many times at once it is there once", async () => {
        const alice = await house.enters("alice");
        const answers = await Promise.all(Array.from({ length: 5 }, () => alice.writes("hi", { nonce })));
        expect(answers.map(({ seq, duplicate }) => [seq, duplicate])).toEqual([
          [1, false],
          [1, true],
          [1, true],
          [1, true],
          [1, true],
        ]);
      });

      test("with anything else it is refused, and nothing is stored", async () => {
        const alice = await house.enters("alice");
        await house.enters("bob");
        await alice.writes("before");
        await alice.writes("hi", { nonce });
        for (const [message, saying] of [
          ["hi!", { nonce }],
          ["hi", { nonce, replyTo: 1 }],
          ["hi", { nonce, to: "@bob" }],
          ["hi", { nonce, to: "@nobody" }],
        ] as const)
          expect(await alice.says(message, saying)).toEqual({ ok: false, code: "nonce_reused" });
        expect((await alice.reads("everyone")).head).toBe(2);
        expect(await alice.asksToRead("@bob")).toMatchObject({ ok: false });
      });

      test("it belongs to its user: another one's is another message", async () => {
        const [alice, bob] = [await house.enters("alice"), await house.enters("bob")];
        const answers = [await alice.writes("hi", { nonce }), await bob.writes("hi", { nonce })];
        expect(answers.map(({ seq, duplicate }) => [seq, duplicate])).toEqual([
          [1, false],
          [2, false],
        ]);
      });

      test("the first answer holds whatever has changed since: the other side has gone, or is another", async () => {
        const [alice, bob] = [await house.enters("alice"), await house.enters("bob")];
        const first = await alice.writes("hi", { to: "@bob", nonce });
        await bob.leaves();
        expect(await alice.says("hi", { to: "@bob", nonce })).toEqual({ ...first, duplicate: true });
        await house.enters("bob");
        const again = await alice.writes("hi", { to: "@bob", nonce });
        expect(again).toMatchObject({ conversation: first.conversation, seq: 1, duplicate: true });
        expect(again.peer).toMatchObject({ user: bob.user, holder: 1 });
      });

      test("a refused message leaves its nonce unused", async () => {
        const alice = await house.enters("alice");
        expect(await alice.says("hi", { to: "@bob", nonce })).toMatchObject({ code: "unknown_user" });
        await house.enters("bob");
        expect(await alice.says("hi", { to: "@bob", nonce })).toMatchObject({ ok: true, duplicate: false });
      });
    });

    describe("pages", () => {
      async function tenLines() {
        const alice = await house.enters("alice");
        for (let n = 1; n <= 10; n++) await alice.writes(`${n % 10}`.repeat(10));
        return alice;
      }

      test.each([
        ["from after a seq up", { after: 0 }, [1, 2, 3, 4], true],
        ["up to the head", { after: 6 }, [7, 8, 9, 10], false],
        ["nothing after the head", { after: 10 }, [], false],
        ["nothing past the head", { after: 99 }, [], false],
        ["the ones before a seq", { before: 6 }, [2, 3, 4, 5], true],
        ["down to the first", { before: 5 }, [1, 2, 3, 4], false],
        ["nothing before the first", { before: 1 }, [], false],
        ["the newest before a seq past the head", { before: 99 }, [7, 8, 9, 10], true],
        ["what stands around a seq", { around: 5 }, [3, 4, 5, 6], true],
        ["a whole page around the first", { around: 1 }, [1, 2, 3, 4], true],
        ["a whole page around the head", { around: 10 }, [7, 8, 9, 10], true],
        ["the newest", "newest", [7, 8, 9, 10], true],
      ] as const)("show %s", async (_, where, shown, more) => {
        const alice = await tenLines();
        const page = await alice.reads("everyone", where, 4);
        expect(seqs(page)).toEqual(shown);
        expect(page).toMatchObject({ conversation: everyone, first: 1, head: 10, more });
      });

      test.each([
        ["after", { after: 2 }, [3, 4, 5]],
        ["before", { before: 9 }, [6, 7, 8]],
        ["the newest", "newest", [8, 9, 10]],
        ["around", { around: 5 }, [4, 5, 6]],
      ] as const)("leave out at the far end what has no room: %s", async (_, where, shown) => {
        const alice = await tenLines();
        const page = await alice.reads("everyone", where, 100, 39);
        expect(seqs(page)).toEqual(shown);
        expect(page.more).toBe(true);
      });

      test("count UTF-8 bytes, and show one message however long it is", async () => {
        const alice = await house.enters("alice");
        for (const message of ["ééé", "ééé", "x"]) await alice.writes(message);
        expect(seqs(await alice.reads("everyone", { after: 0 }, 9, 11))).toEqual([1]);
        expect(seqs(await alice.reads("everyone", { after: 0 }, 9, 12))).toEqual([1, 2]);
        expect(seqs(await alice.reads("everyone", { after: 0 }, 9, 1))).toEqual([1]);
      });

      test("of an empty log are empty", async () => {
        const alice = await house.enters("alice");
        for (const where of [{ after: 0 }, { before: 5 }, { around: 1 }, "newest"] as const)
          expect(await alice.reads("everyone", where)).toMatchObject({
            entries: [],
            first: 1,
            head: 0,
            more: false,
          });
      });

      test("show an entry only once its append was answered, and then always", async () => {
        const alice = await house.enters("alice");
        let answered = 0;
        const pages: Promise<void>[] = [];
        const check = async (least: number) => {
          const page = await alice.reads("everyone", "newest", 3);
          expect(page.head).toBeLessThanOrEqual(answered);
          expect(page.head).toBeGreaterThanOrEqual(least);
          expect(page.entries.at(-1)?.seq ?? 0).toBe(page.head);
        };
        for (let turn = 0; turn < 300; turn++) {
          for (let n = 0; n < 5; n++)
            alice.writes("x").then(({ seq }) => {
              answered = seq;
            });
          pages.push(check(answered));
          if (turn % 3 === 0) await new Promise((resolve) => setImmediate(resolve));
        }
        await Promise.all(pages);
      });
    });

    describe("standings", () => {
      test("a new user begins at the head of everyone, with nothing unread", async () => {
        const alice = await house.enters("alice");
        await alice.writes("one", { at: 5 });
        const bob = await house.enters("bob");
        await alice.writes("two", { at: 6 });
        const { standings, more } = await bob.standsIn("everyone");
        expect(standings).toEqual([
          { index: 0, conversation: everyone, head: 2, delivered: 1, read: 1, unread: 1, headAt: 6 },
        ]);
        expect(more).toBe(false);
      });

      test("these: each with its place in the question; what isn't there is left out", async () => {
        const [alice] = await Promise.all([
          house.enters("alice"),
          house.enters("bob"),
          house.enters("carol"),
        ]);
        await alice.writes("hi", { to: "@bob", at: 9 });
        const { standings } = await alice.standsIn("@carol", "@nobody", "@bob", "#dev", "everyone", "@bob~1");
        expect(standings.map(({ index, peer, head }) => [index, peer?.key, head])).toEqual([
          [2, "bob", 1],
          [4, undefined, 0],
        ]);
        expect(standings[1]).toMatchObject({ headAt: 0, unread: 0 });
      });

      test("unread: everyone, then where something is unread, the newest first", async () => {
        const alice = await house.enters("alice");
        for (const [at, name] of ["bob", "carol", "dave", "erin"].entries()) {
          const other = await house.enters(name);
          await other.writes("hi", { to: "@alice", at: at + 1 });
        }
        const read = await alice.reads("@dave");
        await alice.got(read.conversation, { delivered: 1, read: 1 });
        const all = await alice.stands({ kind: "unread", most: 3 });
        expect(all.standings.map(({ peer, unread }) => [peer?.key, unread])).toEqual([
          [undefined, 0],
          ["erin", 1],
          ["carol", 1],
          ["bob", 1],
        ]);
        expect(all.more).toBe(false);
        const two = await alice.stands({ kind: "unread", most: 2 });
        expect([two.standings.length, two.more]).toEqual([3, true]);
      });

      test("all: page by page, everyone first", async () => {
        const alice = await house.enters("alice");
        for (const name of ["bob", "carol", "dave"]) {
          await house.enters(name);
          await alice.writes("hi", { to: `@${name}` });
        }
        const first = await alice.stands({ kind: "all", most: 2 });
        const next = await alice.stands({
          kind: "all",
          most: 2,
          after: { kind: "private", key: "bob" as never },
        });
        expect(first.standings.map(({ peer }) => peer?.key)).toEqual([undefined, "bob"]);
        expect(next.standings.map(({ peer }) => peer?.key)).toEqual(["carol", "dave"]);
        expect([first.more, next.more]).toEqual([true, false]);
      });

      test("earlier holders of a name are told apart", async () => {
        const alice = await house.enters("alice");
        for (const last of [false, true]) {
          const bob = await house.enters("bob");
          await bob.writes("hi", { to: "@alice" });
          if (!last) await bob.leaves();
        }
        const { standings } = await alice.stands({ kind: "all", most: 9 });
        expect(standings.map(({ peer }) => [peer?.key, peer?.holder])).toEqual([
          [undefined, undefined],
          ["bob", 1],
          ["bob", undefined],
        ]);
      });
    });

    describe("cursors", () => {
      async function aliceWithFiveFromBob() {
        const [alice, bob] = [await house.enters("alice", aliceToken), await house.enters("bob")];
        let conversation = everyone;
        for (let n = 0; n < 5; n++) ({ conversation } = await bob.writes("hi", { to: "@alice" }));
        const stand = async () => {
          const { standings } = await alice.standsIn("@bob");
          return standings.map(({ delivered, read, unread }) => ({ delivered, read, unread }))[0];
        };
        return { alice, bob, conversation, stand };
      }

      test("only grow, at most to the head", async () => {
        const { alice, conversation, stand } = await aliceWithFiveFromBob();
        expect(await stand()).toEqual({ delivered: 0, read: 0, unread: 5 });
        await alice.got(conversation, { delivered: 4, read: 2 });
        expect(await stand()).toEqual({ delivered: 4, read: 2, unread: 3 });
        await alice.got(conversation, { delivered: 1, read: 1 });
        expect(await stand()).toEqual({ delivered: 4, read: 2, unread: 3 });
        await alice.got(conversation, { delivered: 99, read: 99 });
        expect(await stand()).toEqual({ delivered: 5, read: 5, unread: 0 });
      });

      test("never pass what was not got", async () => {
        const { alice, conversation, stand } = await aliceWithFiveFromBob();
        await alice.got(conversation, { from: 2, delivered: 5, read: 5 });
        expect(await stand()).toEqual({ delivered: 0, read: 0, unread: 5 });
        await alice.got(conversation, { delivered: 3, read: 1 });
        await alice.got(conversation, { from: 4, delivered: 5, read: 5 });
        expect(await stand()).toEqual({ delivered: 5, read: 1, unread: 4 });
      });

      test("stay where they are while their user is away", async () => {
        const { alice, conversation } = await aliceWithFiveFromBob();
        await alice.got(conversation, { delivered: 3, read: 3 });
        await alice.leaves();
        const back = await house.enters("alice", aliceToken);
        expect((await back.standsIn("@bob")).standings[0]).toMatchObject({ read: 3, unread: 2 });
      });

      test("pass what one has said oneself", async () => {
        const [alice, bob] = [await house.enters("alice"), await house.enters("bob")];
        const standing = async (of: string) => {
          const { delivered, read, unread } = (await alice.standsIn(of)).standings[0] ?? {};
          return { delivered, read, unread };
        };
        for (const to of ["everyone", "@bob", "@alice"]) {
          for (const line of ["one", "two"]) await alice.writes(line, { to });
          expect(await standing(to)).toEqual({ delivered: 2, read: 2, unread: 0 });
        }
        expect((await bob.standsIn("everyone", "@alice")).standings.map(({ unread }) => unread)).toEqual([
          2, 2,
        ]);
      });

      test("pass nothing that others said before it", async () => {
        const { alice, conversation, stand } = await aliceWithFiveFromBob();
        await alice.got(conversation, { delivered: 5, read: 4 });
        await alice.writes("six", { to: "@bob" });
        expect(await stand()).toEqual({ delivered: 6, read: 4, unread: 2 });
        await alice.got(conversation, { delivered: 6, read: 6 });
        await alice.writes("seven", { to: "@bob" });
        expect(await stand()).toEqual({ delivered: 7, read: 7, unread: 0 });
      });

      test("pass one's own lines and move by turns, in one commit or many", async () => {
        const [alice, bob] = [await house.enters("alice"), await house.enters("bob")];
        const asked: Promise<unknown>[] = [];
        for (let turn = 0; turn < 500; turn++) {
          const head = turn * 3;
          asked.push(alice.writes("a"), alice.writes("b"), bob.writes("c"));
          asked.push(alice.got(everyone, { from: head + 3, delivered: head + 3, read: head + 3 }));
        }
        await Promise.all(asked);
        const [hers] = (await alice.standsIn("everyone")).standings;
        const [his] = (await bob.standsIn("everyone")).standings;
        expect(hers).toMatchObject({ head: 1_500, delivered: 1_500, read: 1_500, unread: 0 });
        expect(his).toMatchObject({ delivered: 0, read: 0, unread: 1_500 });
      });

      test("of somebody else's conversation there are none", async () => {
        const { conversation, stand } = await aliceWithFiveFromBob();
        const eve = await house.enters("eve");
        expect(await eve.got(conversation, { delivered: 5, read: 5 })).toEqual({ ok: true });
        expect(await stand()).toMatchObject({ read: 0 });
        expect((await eve.stands({ kind: "all", most: 9 })).standings).toHaveLength(1);
      });
    });

    test("closing finishes and answers what was asked", async () => {
      const alice = await house.enters("alice");
      const asked: Promise<{ ok: boolean }>[] = [];
      for (let n = 0; n < 2_000; n++) asked.push(alice.says(`${n}`));
      const page: Promise<Page> = alice.reads("everyone", "newest", 1);
      await house.close();
      expect((await Promise.all(asked)).every(({ ok }) => ok)).toBe(true);
      expect((await page).head).toBeLessThanOrEqual(2_000);
    });
  });
}
