// Whatever people happen to do, every store answers the same and shows the same; and whoever only
// hears what was done, live or replayed, knows what stands.

import type { Entry, Page } from "chat-hub";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openMemory } from "../dist/stores/memory.js";
import { openSqlite } from "../dist/stores/sqlite.js";
import { newDirectory } from "./sqlite-place.js";
import type { Company, Sending, Step } from "./suite/chance.js";
import { places, step } from "./suite/chance.js";
import { company, heard, take } from "./suite/company.js";
import { fold } from "./suite/fold.js";
import { earlyMs, forgets } from "./suite/forgetting.js";
import type { Guest } from "./suite/guest.js";
import { plain, sight } from "./suite/sight.js";

/** Each opens a database of its own; more of them once in a while: `CHAT_STORE_RUNS=500`. */
const runs = Number(process.env["CHAT_STORE_RUNS"] ?? 20);
const settings = fc.constantFrom("all" as const, "since_join" as const);

function sendingOf({ sent }: Company, { who, deed }: Step): Partial<Sending> {
  if (deed.kind === "repeats") return sent.get(who) ?? {};
  return deed.kind !== "act"
    ? {}
    : { act: deed.act, ...(deed.nonce === undefined ? {} : { nonce: deed.nonce }) };
}

/** The logs as they are, from all that there is. */
async function soFar({ here }: Company): Promise<Map<number, Entry[]>> {
  const log = new Map<number, Entry[]>();
  const alice = here.get("alice") as Guest;
  for (const where of places) {
    const page = await alice.asksToRead(where);
    if (page.ok)
      log.set(
        page.conversation,
        page.entries.filter((entry) => entry.type !== "skip"),
      );
  }
  return log;
}

/** What stands, by the log and by what was heard. */
async function checkFolds({ here }: Company, log: ReadonlyMap<number, readonly Entry[]>): Promise<void> {
  for (const guest of here.values())
    for (const where of places) {
      const page = await guest.asksToRead(where, { after: 0 }, 1_000);
      if (!page.ok) continue;
      const stands = (await guest.browses(where, { after: 0 }, 1_000)).messages;
      expect(fold(page.entries, guest.user)).toEqual(stands);
      const live = fold(log.get(page.conversation) ?? [], guest.user);
      expect(live.filter(({ seq }) => seq >= page.first)).toEqual(stands);
      checkPlaces(page);
    }
}

function checkPlaces({ entries, first, head }: Page): void {
  expect(entries.map(({ seq }) => seq as number)).toEqual(
    Array.from({ length: head + 1 - first }, (_, n) => first + n),
  );
}

/** Whether days go by before it: what is done then is not old. */
function isLater({ deed }: Step): boolean {
  return (deed.kind === "comes" || deed.kind === "takes over") && deed.after > 0;
}

/** The memory knows a nonce for as long as it has the entry, so what is old must not be said again. */
function withoutNonce(step: Step): Step {
  return step.deed.kind === "act" ? { ...step, deed: { ...step.deed, nonce: undefined } } : step;
}

describe("whatever people happen to do", () => {
  test("what was heard live, and what is read from the log, is what stands", async () => {
    const steps = fc.array(step, { minLength: 1, maxLength: 80, size: "max" });
    const holds = fc.asyncProperty(settings, steps, async (everyoneHistory, taken) => {
      const all = await company(openMemory, everyoneHistory);
      const log = await soFar(all);
      for (const [index, each] of taken.entries()) {
        const guest = all.here.get(each.who);
        const answer = await take(all, each, index * 250);
        const sending = sendingOf(all, each);
        for (const [conversation, entry] of heard(guest, sending, answer))
          log.set(conversation, [...(log.get(conversation) ?? []), entry]);
      }
      await checkFolds(all, log);
    });
    await fc.assert(holds, { numRuns: 200 });
  });

  test("both stores answer the same, and show the same to everybody", { timeout: runs * 6_000 }, async () => {
    const steps = fc.array(step, { minLength: 1, maxLength: 60, size: "max" });
    const holds = fc.asyncProperty(settings, steps, async (everyoneHistory, taken) => {
      const directory = newDirectory();
      const memory = await company(openMemory, everyoneHistory);
      const sqlite = await company((options) => openSqlite({ ...options, directory }), everyoneHistory);
      try {
        for (const [index, each] of taken.entries()) {
          const at = index * 250;
          expect(plain((await take(sqlite, each, at)) ?? {})).toEqual(
            plain((await take(memory, each, at)) ?? {}),
          );
        }
        for (const [name, guest] of memory.here)
          expect(await sight(sqlite.here.get(name) as Guest)).toEqual(await sight(guest));
      } finally {
        await sqlite.house.close();
      }
    });
    await fc.assert(holds, { numRuns: runs });
  });

  test("what is forgotten of it is forgotten alike, and both go on alike", {
    timeout: runs * 6_000,
  }, async () => {
    const steps = () => fc.array(step, { minLength: 1, maxLength: 40, size: "max" });
    const holds = fc.asyncProperty(settings, steps(), steps(), async (everyoneHistory, before, after) => {
      const directory = newDirectory();
      // What is done early is old so soon after it, however long it took to get there.
      const keepMs = Date.now() + earlyMs;
      const memory = await company(openMemory, everyoneHistory, keepMs);
      const sqlite = await company(
        (options) => openSqlite({ ...options, directory }),
        everyoneHistory,
        keepMs,
      );
      try {
        const both = async (each: Step, at: number) =>
          expect(plain((await take(sqlite, each, at)) ?? {})).toEqual(
            plain((await take(memory, each, at)) ?? {}),
          );
        for (const each of before) if (!isLater(each)) await both(each, 1);
        fc.pre(Date.now() < keepMs);
        for (const all of [memory, sqlite]) {
          const watcher = await all.house.enters("watcher");
          const { seq } = await watcher.writes("the last that is old");
          await forgets(watcher, "everyone", seq + 1);
        }
        const young = Date.now();
        for (const [index, each] of after.entries()) {
          if (each.deed.kind !== "repeats") await both(withoutNonce(each), young + index * 250);
        }
        for (const [name, guest] of memory.here)
          expect(await sight(sqlite.here.get(name) as Guest)).toEqual(await sight(guest));
      } finally {
        await sqlite.house.close();
        await memory.house.close();
      }
    });
    await fc.assert(holds, { numRuns: Math.ceil(runs / 5), endOnFailure: true });
  });
});
