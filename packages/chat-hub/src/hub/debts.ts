// What the store must be told sooner or later, whatever it answers now: that a user has gone, and how
// far users have got. A refused one is asked again; nobody else waits for it.

import type { GateAnswer } from "../ports/gate.js";
import type { Release } from "../ports/people.js";
import type { Advance } from "../ports/standings.js";
import type { StoreAnswer } from "../ports/store.js";
import type { NameKey, UserId } from "../words/ids.js";
import { ask } from "./asks.js";
import { deliverLeft } from "./delivery.js";
import { advanced } from "./receipts.js";
import type { HubState } from "./state/hub-state.js";
import { after } from "./state/hub-state.js";
import type { User } from "./state/user.js";

/** A release, with the name that it frees, or cursors. */
export interface Debt {
  readonly call: Release | Advance;
  readonly key: NameKey | undefined;
  /** Whose cursors they are. */
  readonly movers: ReadonlyMap<UserId, User>;
}

const retryMs = 1_000;
/** Batches of cursors that are remembered; older ones are forgotten, and are unread once more. */
const mostAdvances = 100;

export function owe(hub: HubState, debt: Debt): void {
  ask(hub, debt.call, { type: "debt", debt });
}

export function settled(hub: HubState, debt: Debt, answer: StoreAnswer | GateAnswer): void {
  if (answer.ok) {
    if ("left" in answer) deliverLeft(hub, answer.left);
    if (debt.call.type === "advance") advanced(hub, debt.call.moves, debt.movers);
    return;
  }
  hub.debts.add(debt);
  const advances = [...hub.debts].filter(({ call }) => call.type === "advance");
  if (advances.length > mostAdvances && advances[0] !== undefined) hub.debts.delete(advances[0]);
  if (!hub.alarms.house.has("debts", "house")) hub.alarms.house.set("debts", "house", after(hub, retryMs));
}

export function payDebts(hub: HubState): void {
  const debts = [...hub.debts];
  hub.debts.clear();
  for (const debt of debts) {
    const { call, key } = debt;
    // Whoever is back is released when they leave again; whoever may be back is not released yet.
    if (call.type === "release" && hub.users.has(call.user)) continue;
    if (key !== undefined && hub.deciding.has(key)) hub.debts.add(debt);
    else owe(hub, debt);
  }
  if (hub.debts.size > 0) hub.alarms.house.set("debts", "house", after(hub, retryMs));
}
