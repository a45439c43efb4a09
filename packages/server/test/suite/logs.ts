// The suite of every store: what a log keeps, and in which order.

import { everyone } from "chat-hub";
import { describe, expect, test } from "vitest";
import type { Houses } from "../store-suite.js";

export function logs(house: Houses): void {
  describe("logs", () => {
    test("entries are numbered 1, 2, 3 … in the order asked, each conversation by itself", async () => {
      const [alice] = await Promise.all([house().enters("alice"), house().enters("bob")]);
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
      const alice = await house().enters("alice");
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
      const alice = await house().enters("Alice");
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
      expect(page.entries.map((entry) => entry.type === "message" && entry.message)).toEqual(messages);
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
      const alice = await house().enters("alice");
      await house().enters("bob");
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
  });
}
