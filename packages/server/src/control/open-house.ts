// A house that nobody serves, opened for one errand: the same core over the same store, and nobody there.

import type { AskId, StoreOptions } from "chat-hub";
import { createHub, defaultLimits } from "chat-hub";
import { Loop } from "../loop.js";
import { Beside } from "../stores/beside.js";
import { openStore } from "../stores/open.js";
import type { OpenHouse } from "./errand.js";

/** @throws StoreError */
export async function openHouse(directory: string): Promise<OpenHouse & { close(): Promise<void> }> {
  let beside: Beside;
  let loop: Loop;
  const options: StoreOptions<AskId> = {
    // What is opened for a moment takes nobody's name away.
    nameHoldMs: Number.MAX_SAFE_INTEGER,
    limits: defaultLimits.store,
    everyoneHistory: "all",
    answer: (ask, answer) => beside.answered(ask, answer),
    failed: (reason) => {
      throw reason;
    },
  };
  const store = await openStore({ data: directory }, options);
  beside = new Beside(store, (ask, answer) => loop.answered(ask, answer));
  // Where somebody has an account, it is they who are meant by its name.
  loop = new Loop(beside, createHub({ facts: store.facts, auth: "password" }));
  return {
    ask: beside.askStore,
    order: (what) => loop.order(what),
    tell: (fact) => loop.feed(fact),
    async close() {
      loop.feed({ type: "stopping" });
      await store.close();
      loop.stopped();
      await loop.closeSockets(0);
    },
  };
}
