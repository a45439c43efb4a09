// What every store promises, whatever it is made of: one file a noun. An adapter's own test says how
// it is opened.

import type { Page } from "chat-hub";
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import type { HouseSettings, OpenStore } from "./store-house.js";
import { House } from "./store-house.js";
import { browsing } from "./suite/browse.js";
import { bursts } from "./suite/bursts.js";
import { choices } from "./suite/choices.js";
import { cursors } from "./suite/cursors.js";
import { edits } from "./suite/edits.js";
import { forgetting } from "./suite/forgetting.js";
import { history } from "./suite/history.js";
import { orderOfHouse } from "./suite/house.js";
import { logs } from "./suite/logs.js";
import { looks } from "./suite/looks.js";
import { members } from "./suite/members.js";
import { mentions } from "./suite/mentions.js";
import { names } from "./suite/names.js";
import { nonces } from "./suite/nonces.js";
import { numbers } from "./suite/numbers.js";
import { owners } from "./suite/owners.js";
import { pages } from "./suite/pages.js";
import { privates } from "./suite/privates.js";
import { reactions } from "./suite/reactions.js";
import { recordsBeside } from "./suite/records.js";
import { rightsInRooms } from "./suite/rights.js";
import { rooms } from "./suite/rooms.js";
import { searching } from "./suite/search.js";
import { standings } from "./suite/standings.js";
import { threads } from "./suite/threads.js";
import { unread } from "./suite/unread.js";

export interface StoreUnderTest {
  readonly name: string;
  /** A new, empty store. */
  readonly open: OpenStore;
}

/** The house of this test; with settings: another one. */
export type Houses = (settings?: HouseSettings) => House;

const nouns = [
  names,
  looks,
  logs,
  privates,
  numbers,
  nonces,
  bursts,
  pages,
  standings,
  cursors,
  edits,
  reactions,
  mentions,
  threads,
  browsing,
  rooms,
  owners,
  rightsInRooms,
  history,
  unread,
  members,
  choices,
  searching,
  recordsBeside,
  orderOfHouse,
  forgetting,
];

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
    const houses: Houses = (settings) => (settings === undefined ? house : another(open, settings));
    for (const noun of nouns) noun(houses);

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

function another(open: OpenStore, settings: HouseSettings): House {
  const house = new House(open, settings);
  onTestFinished(async () => {
    await house.close();
    expect(house.failure).toBeUndefined();
  });
  return house;
}
