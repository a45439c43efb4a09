// The suite of every store: what is found, by whom, and in which order.

import type { Found, Query, StoreRefusal } from "chat-hub";
import { defaultLimits, parseQuery } from "chat-hub";
import { describe, expect, test } from "vitest";
import type { Guest } from "../store-house.js";
import { aliceToken } from "../store-house.js";
import type { Houses } from "../store-suite.js";

function query(text: string): Query {
  const parsed = parseQuery(text, defaultLimits);
  if (!parsed.ok) throw new Error(parsed.fault);
  return parsed.value;
}

function hits(answer: Found | StoreRefusal<never> | { ok: false; code: string }): string[] {
  if (!answer.ok) throw new Error(answer.code);
  return answer.hits.map(({ place, message }) => {
    const where = place.room ? `#${place.room.key}` : place.peer ? `@${place.peer.key}` : "everyone";
    return `${where} ${message.seq} ${message.from}: ${message.message}`;
  });
}

/** Every page, until there is no `next`. */
async function all(who: Guest, text: string, most: number): Promise<string[]> {
  const found: string[] = [];
  let before: number | undefined;
  for (;;) {
    const page = await who.searches(query(text), most, before);
    found.push(...hits(page));
    if (!page.ok || page.next === undefined) return found;
    before = page.next;
  }
}

export function searching(house: Houses): void {
  describe("search", () => {
    async function talk() {
      const alice = await house().enters("alice", aliceToken);
      const [bob, carol] = [await house().enters("Bob"), await house().enters("carol")];
      await alice.makes("#dev");
      await bob.joins("#dev");
      await alice.writes("the red boat", { at: 1_000 });
      await bob.writes("a red car", { to: "#dev", at: 2_000 });
      await alice.writes("red wine?", { to: "@bob", at: 3_000, calls: ["bob"] });
      await carol.writes("Red boats https://boats.example/red.png", { at: 4_000, calls: ["alice"] });
      await bob.writes("green boat", { at: 5_000 });
      return { alice, bob, carol };
    }

    test("finds words in all one may see, the newest first", async () => {
      const { alice, bob, carol } = await talk();
      const everywhere = [
        "everyone 4 carol: Red boats https://boats.example/red.png",
        "@bob 1 alice: red wine?",
        "#dev 3 Bob: a red car",
        "everyone 1 alice: the red boat",
      ];
      const [first, ...rest] = everywhere.map((line) => line.replace("everyone 4", "everyone 2"));
      expect(hits(await alice.searches(query("red")))).toEqual([first, ...rest]);
      expect(hits(await bob.searches(query("red")))).toEqual([
        first,
        "@alice 1 alice: red wine?",
        "#dev 3 Bob: a red car",
        "everyone 1 alice: the red boat",
      ]);
      expect(hits(await carol.searches(query("red")))).toEqual([first, "everyone 1 alice: the red boat"]);
    });

    test("understands words, phrases, what must not be there, and filters", async () => {
      const { alice } = await talk();
      for (const [text, places] of [
        ["red boat", ["everyone 1"]],
        ["boat*", ["everyone 3", "everyone 2", "everyone 1"]],
        ['"red boat"', ["everyone 1"]],
        ["boat -red", ["everyone 3"]],
        ["from:bob", ["everyone 3", "#dev 3"]],
        ["from:me red", ["@bob 1", "everyone 1"]],
        ["in:#dev red", ["#dev 3"]],
        ["in:@bob red", ["@bob 1"]],
        ["has:link", ["everyone 2"]],
        ["has:file", ["everyone 2"]],
        ["mentions:me", ["everyone 2"]],
        ["mentions:bob", ["@bob 1"]],
        ["nothing", []],
      ] as const) {
        const found = hits(await alice.searches(query(text)));
        const told = found.map((line) => line.split(" ").slice(0, 2).join(" "));
        expect([text, told]).toEqual([text, places]);
      }
    });

    test("by time: from an instant on, and before one", async () => {
      const { alice } = await talk();
      const times = async (beforeAt: number | undefined, afterAt: number | undefined) => {
        const time = { ...(beforeAt && { beforeAt }), ...(afterAt && { afterAt }) } as Partial<Query>;
        return hits(await alice.searches({ ...query("red"), ...time })).length;
      };
      expect(await times(3_000, undefined)).toBe(2);
      expect(await times(undefined, 3_000)).toBe(2);
      expect(await times(3_001, 3_000)).toBe(1);
    });

    test("page by page finds each once, and each hit tells where to go on", async () => {
      const { alice } = await talk();
      const once = hits(await alice.searches(query("red")));
      for (const most of [1, 2, 3]) expect(await all(alice, "red", most)).toEqual(once);
      const page = await alice.searches(query("red"));
      if (!page.ok) throw new Error(page.code);
      const rest = await alice.searches(query("red"), 20, page.hits[1]?.next);
      expect(hits(rest)).toEqual(once.slice(2));
    });

    test("finds what a message says now, and nothing that was deleted", async () => {
      const { alice } = await talk();
      await alice.edits("everyone", 1, "the blue boat");
      await alice.deletes("@bob", 1);
      expect(hits(await alice.searches(query("blue")))).toEqual(["everyone 1 alice: the blue boat"]);
      expect(await all(alice, "red from:alice", 20)).toEqual([]);
    });

    test("finds nothing of a room that one has left; to ask for it is refused", async () => {
      const { bob, carol } = await talk();
      await bob.quits("#dev");
      expect(await all(bob, "car", 20)).toEqual([]);
      expect(await bob.searches(query("in:#dev car"))).toEqual({ ok: false, code: "not_member" });
      expect(await carol.searches(query("in:@bob red"))).toEqual({ ok: false, code: "unknown_conversation" });
      expect(await carol.searches(query("in:#nowhere red"))).toEqual({
        ok: false,
        code: "unknown_conversation",
      });
    });

    test("finds what was just answered", async () => {
      const { alice } = await talk();
      for (let n = 0; n < 20; n++) {
        await alice.writes(`needle${n}`);
        expect(hits(await alice.searches(query(`needle${n}`)))).toHaveLength(1);
      }
    });
  });
}
