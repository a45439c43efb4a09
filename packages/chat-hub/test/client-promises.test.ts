// What the client core promises, whatever the wire does: a seed of steps in, the log and what was told
// out.

import fc from "fast-check";
import { expect, test } from "vitest";
import type { World } from "./client-world.js";
import { world } from "./client-world.js";

const steps: Readonly<Record<string, (world: World, dice: number) => void>> = {
  say: (it) => it.say(`line ${it.told.length} ${it.at}`),
  hear: (it) => it.hear(`from bob at ${it.at}`),
  up: (it) => it.stepUp(),
  down: (it) => it.stepDown(),
  cut: (it) => it.cut(),
  wait: (it, dice) => {
    it.chance = dice / 100;
    it.wait();
  },
  pass: (it, dice) => {
    it.at += dice * 100;
  },
  loseUp: (it, dice) => it.up.splice(dice % (it.up.length + 1), 1),
  loseDown: (it, dice) => it.down.splice(dice % (it.down.length + 1), 1),
  double: (it, dice) => it.down.push(...it.down.slice(dice % (it.down.length + 1)).slice(0, 3)),
  shuffle: (it, dice) => it.down.push(...it.down.splice(dice % (it.down.length + 1), 1)),
  refuse: (it, dice) => {
    it.refuse = dice % 3;
  },
  down_for_a_while: (it) => {
    it.isDown = true;
    it.cut();
  },
  up_again: (it) => {
    it.isDown = false;
  },
};

// Ordinary life is more frequent than mishaps, or nothing would ever get anywhere; and there are long
// scripts among them, or no two mishaps would ever meet.
const step = fc.tuple(
  fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom("say", "hear", "hear", "up", "up", "down", "down", "down") },
    { weight: 2, arbitrary: fc.constantFrom(...Object.keys(steps)) },
  ),
  fc.nat(99),
);
const scripts = fc.array(step, { maxLength: 200, size: "max" });

test("whatever is lost, doubled, late or refused: all that was said is in the log once and in order, and all that is told is gapless and once", () => {
  fc.assert(
    fc.property(scripts, fc.boolean(), (script, lifted) => {
      const it = world({}, lifted);
      const said: string[] = [];
      it.feed({ type: "started" });
      it.settle();
      for (const [name, dice] of script) {
        const before = it.told.length;
        if (name === "say") said.push(`line ${before} ${it.at}`);
        // With several lines under way, their order is that of the wire, as TCP keeps it, and of a server
        // that takes them all.
        if (!lifted || (name !== "refuse" && name !== "loseUp")) steps[name]?.(it, dice);
      }
      it.isDown = false;
      // A wire that lost its last frame shows it only when it is used again.
      it.cut();
      it.settle();

      const own = it.log.filter(({ from }) => from === "alice");
      expect(own.map(({ message }) => message)).toEqual(said);

      const entries = it.heard("entry").map(({ entry }) => entry);
      expect(entries.map(({ seq }) => seq)).toEqual(it.log.map((_, index) => index + 1));
      expect(entries.map((entry) => entry.kind === "message" && entry.message)).toEqual(
        it.log.map(({ message }) => message),
      );

      const acks = it.heard("acked");
      expect(acks.map(({ nonce }) => nonce).sort()).toEqual(own.map(({ nonce }) => nonce));
      for (const { nonce, ack } of acks) expect(it.log[(ack.seq ?? 0) - 1]?.nonce).toBe(nonce);
      expect(it.heard("refused")).toEqual([]);
    }),
    { numRuns: 400 },
  );
});

test("whatever a server sends, nothing is thrown and the next honest line is told", () => {
  const type = fc.constantFrom(
    ...["welcome", "ack", "error", "new_message", "history", "log", "users", "conversations", "presence"],
    ...["skip", "behind", "resumed", "reconnect", "ping", "help", "brand_new", "__proto__", "constructor"],
  );
  const value = fc.oneof(
    fc.constantFrom("everyone", "@bob", "", "__proto__", null, true, 0, 1, -1, 2.5, 2 ** 53, 1e308),
    fc.jsonValue({ maxDepth: 3 }),
    fc.nat(20),
  );
  const field = fc.constantFrom(
    ...["conversation", "seq", "at", "message", "from", "sent", "nonce", "first", "last", "head", "more"],
    ...["entries", "messages", "users", "count", "epoch", "reset", "after_ms", "retryable", "code"],
  );
  const frame = fc.oneof(
    fc
      .record({ type, id: fc.option(fc.nat(8)), payload: fc.dictionary(field, value) })
      .map((it) => JSON.stringify(it)),
    fc.json(),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(frame, { maxLength: 40 }), (frames) => {
      const it = world();
      it.feed({ type: "started" });
      it.settle();
      it.say("mine");
      for (const hostile of frames) {
        it.feed({ type: "received", frame: hostile });
        it.up.length = 0;
      }
      it.cut();
      it.settle();
      expect(it.log.filter(({ from }) => from === "alice")).toHaveLength(1);
    }),
    { numRuns: 400 },
  );
});
