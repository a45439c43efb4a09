// Whatever people happen to do, every store answers the same and shows the same; and whoever only
// hears what was done, live or replayed, knows what stands.

import type { Entry, Page, Seq, StoreAnswer } from "chat-hub";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openMemory } from "../dist/stores/memory.js";
import { openSqlite } from "../dist/stores/sqlite.js";
import { newDirectory } from "./sqlite-place.js";
import type { OpenStore } from "./store-house.js";
import { address, day, House } from "./store-house.js";
import type { Company, Name, PlaceName, Step } from "./suite/chance.js";
import { everybody, places, step, tokenOf } from "./suite/chance.js";
import { fold } from "./suite/fold.js";
import { Guest } from "./suite/guest.js";

const limits = { roomsPerUser: 2, membersPerRoom: 3, reactionsPerMessage: 2, pins: 2, blocks: 1 };
const settings = fc.record({
  limits: fc.constant(limits),
  everyoneHistory: fc.constantFrom("all" as const, "since_join" as const),
});

async function company(open: OpenStore, everyoneHistory: "all" | "since_join"): Promise<Company> {
  const house = new House(open, { limits, everyoneHistory });
  const here = new Map<Name, Guest>();
  for (const name of everybody) here.set(name, await house.enters(name, tokenOf(name)));
  const alice = here.get("alice") as Guest;
  await alice.makes("#dev");
  await alice.makes("#den", { visibility: "private" });
  return { house, here };
}

/** Where the numbers of a conversation begin for them. */
async function base(guest: Guest, where: PlaceName): Promise<number> {
  const page = await guest.asksToRead(where, "newest", 1);
  return page.ok && page.first > 1_000_000 ? Math.floor(page.first / 1_000_000) * 1_000_000 : 0;
}

/** Does it, if whoever does it is there; what was answered. */
async function take(
  { house, here }: Company,
  { who, deed }: Step,
  at: number,
): Promise<StoreAnswer | undefined> {
  const guest = here.get(who);
  switch (deed.kind) {
    case "comes":
    case "takes over": {
      const token = deed.kind === "comes" ? tokenOf(who) : "somebody-elses-long-secret";
      const answer = await house.knocks(who, token, at + deed.after * day);
      if (answer.ok) here.set(who, new Guest(house, answer));
      return answer;
    }
    case "goes":
      here.delete(who);
      return guest && ((await guest.leaves(at)) as StoreAnswer);
    case "chooses":
      return guest?.chooses(deed.what, at);
    case "reads": {
      const page = await guest?.asksToRead(deed.where, "newest", 1);
      if (guest === undefined || !page?.ok) return undefined;
      const seq = deed.seq + (await base(guest, deed.where));
      return guest.got(page.conversation, { from: page.first, delivered: seq, read: seq - 1 });
    }
    case "act": {
      if (guest === undefined) return undefined;
      const from = await base(guest, deed.where);
      const { act, nonce } = deed;
      const moved =
        act.type === "message" && act.replyTo !== undefined
          ? { ...act, replyTo: (act.replyTo + from) as Seq }
          : "target" in act
            ? { ...act, target: (act.target + from) as Seq }
            : act;
      return guest.asksTo(deed.where, moved, nonce === undefined ? { at } : { at, nonce });
    }
  }
}

/** All that one may see, without what counts commits. */
async function sight(guest: Guest): Promise<unknown> {
  const seen: unknown[] = [];
  for (const where of places) seen.push([where, await sightOf(guest, where)]);
  seen.push(await guest.stands({ kind: "all", most: 99 }), await guest.stands({ kind: "unread", most: 2 }));
  seen.push(await guest.listsRooms(), await guest.listsBlocks());
  for (const name of everybody) seen.push(await guest.whois(name));
  const red = { words: [{ tokens: ["red"], prefix: false, not: false }] };
  seen.push(await guest.searches(red), await guest.searches({ mentions: "me" }));
  return plain(seen);
}

async function sightOf(guest: Guest, where: PlaceName): Promise<unknown> {
  const page = await guest.asksToRead(where);
  const seen: unknown[] = [page, await guest.asksToBrowse(where, { kind: "pins" })];
  for (const which of ["members", "invited", "banned"] as const)
    seen.push(await guest.asksForMembers(where, which));
  if (!page.ok) return seen;
  const middle = Math.floor((page.first + page.head) / 2);
  for (const window of ["newest", { around: middle }, { after: middle }, { before: middle }] as const) {
    seen.push(await guest.asksToRead(where, window, 3), await guest.browses(where, window, 2));
    seen.push(await guest.browses(where, window, 9, 12));
  }
  const at = ((page.head - page.first) * 5) as never;
  seen.push(await guest.asksToBrowse(where, { kind: "time", window: { kind: "after", at } }, 2));
  for (const { seq } of page.entries.filter(({ type }) => type !== "skip").slice(0, 6)) {
    const thread = { kind: "thread", of: seq, after: page.first } as const;
    seen.push(await guest.asksToBrowse(where, thread, 2));
    const asked = { type: "reactions", viewer: guest.user, of: address(where), target: seq } as const;
    seen.push(await guest.house.ask({ ...asked, skip: 1, most: 1 }));
  }
  return seen;
}

function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (name, each) => (name === "mark" || name === "next" ? undefined : each)),
  );
}

/** What was written, as those hear it who listen. */
function heard(who: Guest, { deed }: Step, answer: StoreAnswer | undefined): [number, Entry][] {
  if (answer?.ok !== true) return [];
  if ("left" in answer) return answer.left.map(({ place, entry }) => [place.conversation, entry]);
  if (!("duplicate" in answer) || answer.duplicate || answer.unchanged || deed.kind !== "act") return [];
  const { conversation, seq, at, entry, followed = [] } = answer;
  const said = entry ?? plainMessage(who, deed, seq, at);
  return [said, ...followed].map((each) => [conversation, each]);
}

function plainMessage(
  { user, name }: Guest,
  deed: Extract<Step["deed"], { kind: "act" }>,
  seq: Seq,
  at: Entry["at"],
): Entry {
  if (deed.act.type !== "message") throw new Error(`${deed.act.type} was answered without its entry`);
  const { nonce } = deed;
  const said = { seq, at, type: "message", author: user, from: name, message: deed.act.message } as const;
  return { ...said, origin: 7 as Entry["origin"], ...(nonce === undefined ? {} : { nonce }) };
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

describe("whatever people happen to do", () => {
  test("what was heard live, and what is read from the log, is what stands", async () => {
    const steps = fc.array(step, { minLength: 1, maxLength: 60 });
    const holds = fc.asyncProperty(settings, steps, async ({ everyoneHistory }, taken) => {
      const all = await company(openMemory, everyoneHistory);
      const log = new Map<number, Entry[]>();
      for (const [index, each] of taken.entries()) {
        const guest = all.here.get(each.who);
        const answer = await take(all, each, index * 10);
        for (const [conversation, entry] of guest === undefined && each.deed.kind === "act"
          ? []
          : heard(guest as Guest, each, answer))
          log.set(conversation, [...(log.get(conversation) ?? []), entry]);
      }
      await checkFolds(all, log);
    });
    await fc.assert(holds, { numRuns: 200 });
  });

  test("both stores answer the same, and show the same to everybody", { timeout: 120_000 }, async () => {
    const steps = fc.array(step, { minLength: 1, maxLength: 40 });
    const holds = fc.asyncProperty(settings, steps, async ({ everyoneHistory }, taken) => {
      const directory = newDirectory();
      const memory = await company(openMemory, everyoneHistory);
      const sqlite = await company((options) => openSqlite({ ...options, directory }), everyoneHistory);
      try {
        for (const [index, each] of taken.entries()) {
          const at = index * 10;
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
    await fc.assert(holds, { numRuns: Number(process.env["CHAT_STORE_RUNS"] ?? 20) });
  });
});
