// FAULTS 28: who comes to know what, by every way there is. A word is said once in each place and phase; of
// all frames that somebody gets by one way it must be those words that they may know, no more and no fewer.
// (What each may do, command by command: rights.test.ts and house.test.ts.)

import { commands } from "chat-hub";
import { describe, expect, test } from "vitest";
import { rightsRows } from "../documents/rights-cells.js";
import type { StoreName } from "../support/house.js";
import type { Talker } from "../support/talker.js";
import type { Person, Secret, Standing } from "./authorisation/people.js";
import { everybody, knownFrom, people } from "./authorisation/people.js";
import type { Scene } from "./authorisation/scene.js";
import { sceneOf } from "./authorisation/scene.js";
import type { Way } from "./authorisation/ways.js";
import { waysTo } from "./authorisation/ways.js";

const onlyInEvents: readonly Secret[] = ["typing", "receipt"];

/** Everything that comes of this way, until it was answered, read to its end, or refused. */
async function take({ comes }: Scene, person: Person, way: Way): Promise<readonly string[]> {
  const talker = await comes(person, way.path);
  if (way.asks !== undefined) {
    talker.says(JSON.stringify({ ...way.asks, id: "asked" }));
    await until(talker, (text) => text.includes('"id":"asked"'));
  } else await until(talker, (text) => /"resumed"|"not_let_in"/.test(text));
  await everythingFor(talker);
  talker.breaks();
  return talker.transcript;
}

/** All that is on its way to them has come; to whoever is put out nothing is. */
async function everythingFor(talker: Talker): Promise<void> {
  await talker.heardSoFar().catch(() => expect(talker.isOpen, talker.name).toBe(false));
}

/** Whoever is put out hears no more. */
async function until(talker: Talker, isLast: (text: string) => boolean): Promise<void> {
  while (talker.isOpen) {
    const text = await talker.nextText().catch(() => "");
    if (isLast(text)) return;
  }
}

function told(known: readonly Secret[]): string {
  return [...new Set(known)].sort().join(" ");
}

describe.each<StoreName>(["memory", "sqlite"])("%s", (store) => {
  test("everybody knows what they may know, live and by every way of asking, and nothing else", async () => {
    const scene = await sceneOf(store);
    const known: Record<string, string> = {};
    const expected: Record<string, string> = {};
    const tries = async (name: string, way: Way, person: Person): Promise<void> => {
      const { reads, joined = reads }: Standing = people[person];
      const seen = knownFrom(await take(scene, person, way));
      // A welcome names rooms with something unread: that it is there may be known from it, or not.
      const maybe = (secret: Secret) => secret === "place" && seen.includes(secret);
      const shown = (way.joins ? joined : reads).filter((each) =>
        way.some ? seen.includes(each) : way.shows.includes(each) || maybe(each),
      );
      known[`${person}, ${name}`] = told(seen);
      expected[`${person}, ${name}`] = told(shown);
    };
    for (const person of everybody) {
      const { hears }: Standing = people[person];
      for (const talker of scene.live.get(person) ?? []) {
        await everythingFor(talker);
        const isSimple = talker.name.endsWith("simple");
        known[`${talker.name}, live`] = told(knownFrom(talker.transcript));
        expected[`${talker.name}, live`] = told(
          hears.filter((each) => !isSimple || !onlyInEvents.includes(each)),
        );
      }
    }
    for (const [name, way] of Object.entries(waysTo(scene.places)))
      await Promise.all(everybody.map((person) => tries(name, way, person)));
    expect(known).toEqual(expected);
  });
});

test("to a stranger a private room is as one that is not there, whatever is asked of it", async () => {
  const { comes } = await sceneOf("memory");
  const stranger = await comes("stranger", "/ws");
  await stranger.hears({ type: "welcome" });
  const rows = rightsRows.filter(({ command }) => command !== "create_room");
  expect(rows.length).toBeGreaterThan(30);
  for (const { command } of rows) {
    const { payload } = JSON.parse(commands[command].example) as { payload: Record<string, unknown> };
    const told = [];
    for (const conversation of ["#closed", "#nosuch"]) {
      const query = `xyzzy in:${conversation}`;
      stranger.says(JSON.stringify({ type: command, id: 1, payload: { ...payload, conversation, query } }));
      told.push((await stranger.nextText()).replaceAll(conversation.slice(1), "…"));
    }
    expect(told[0], command).toBe(told[1]);
    expect(told[0], command).toContain("unknown_conversation");
  }
});
