// The suite of every store: much that is asked at once, and may be written together.

import type { ConnectionId } from "chat-hub";
import { describe, expect, test } from "vitest";
import { aliceToken, lines } from "../store-house.js";
import type { Houses } from "../store-suite.js";

export function bursts(house: Houses): void {
  describe("bursts", () => {
    test("what is said at once is there in the order in which it was said, with all that was said of it", async () => {
      const guests = [await house().enters("alice", aliceToken), await house().enters("bob")];
      await guests[0]?.makes("#dev");
      await guests[1]?.joins("#dev");
      const answers = await Promise.all(
        Array.from({ length: 333 }, (_, n) => {
          const nonce = n % 5 === 0 ? { nonce: `nonce-${String(n).padStart(10, "0")}` } : {};
          const to = n % 7 === 0 ? "#dev" : n % 11 === 0 ? "@alice" : "everyone";
          return guests[n % 2]?.writes(`message ${n}`, { to, at: 10 + n, ...nonce });
        }),
      );
      for (const where of ["everyone", "#dev", "@alice"]) {
        const page = await guests[1]?.reads(where, { after: 0 });
        const said = page?.entries.filter((entry) => entry.type === "message") ?? [];
        expect(said.length).toBeGreaterThan(10);
        for (const { message, seq, at, author, origin, nonce } of said) {
          const n = Number(message.split(" ")[1]);
          const about = { seq, at, author, origin, nonce };
          expect(about).toEqual({
            seq: answers[n]?.seq,
            at: 10 + n,
            author: guests[n % 2]?.user,
            origin: 7 as ConnectionId,
            nonce: n % 5 === 0 ? `nonce-${String(n).padStart(10, "0")}` : undefined,
          });
        }
        expect(said.map(({ seq }) => seq)).toEqual(said.map(({ seq }) => seq).sort((a, b) => a - b));
      }
    });

    test("a message can be answered, changed and repeated in the turn in which it is said", async () => {
      const [alice, bob] = [await house().enters("alice"), await house().enters("bob")];
      const nonce = "0192-visible-ascii";
      const [said, reply, edit, again, other, away] = await Promise.all([
        alice.writes("hi", { nonce }),
        bob.writes("hi yourself", { replyTo: 1 }),
        alice.edits("everyone", 1, "hello"),
        alice.writes("hi", { nonce }),
        bob.writes("hi", { nonce }),
        alice.writes("the last"),
        bob.leaves(),
      ]);
      expect([said, reply, edit, again, other, away].map(({ seq, duplicate }) => [seq, duplicate])).toEqual([
        [1, false],
        [2, false],
        [3, false],
        [1, true],
        [4, false],
        [5, false],
      ]);
      expect(lines(await alice.reads("everyone", { after: 3 }))).toEqual(["4 bob: hi", "5 alice: the last"]);
    });

    test("who comes knows of all that was said before them in the same turn", async () => {
      const strict = house({ everyoneHistory: "since_join" });
      const alice = await strict.enters("alice");
      const [, , bob] = await Promise.all([
        alice.writes("one"),
        alice.writes("two"),
        strict.enters("bob"),
        alice.writes("three"),
      ]);
      expect(bob.everyoneFrom).toBe(3);
    });
  });
}
