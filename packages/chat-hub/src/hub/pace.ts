// Rates. What people write is counted for its author, all else for its connection, and both for the
// address that it comes from. Leaving and coming back fills none. What is left of a rate is known by one
// number, when it will be full again: what was taken comes back evenly, so many a second.

import type { Rates } from "../tables/limits.js";
import type { Millis, NameKey } from "../words/ids.js";
import type { Connection } from "./state/connection.js";
import type { HubState } from "./state/hub-state.js";
import { after } from "./state/hub-state.js";
import type { User } from "./state/user.js";

interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

type Counted = "messagesFullAt" | "commandsFullAt";
type Payer<What extends Counted> = Record<What, Millis>;

/** Of a rate that nothing was taken from. */
export const alwaysFull = 0 as Millis;
/** Sums of fractions are not exact. */
const toleranceMs = 1e-3;

/** Takes what one message costs, if its author and their address have it left. */
export function spendMessage(hub: HubState, { address }: Connection, user: User): boolean {
  const { rates } = hub.limits;
  if (rates === undefined) return true;
  const own = { perSecond: rates.messagesPerSecond, burst: rates.messagesBurst };
  const shared = { perSecond: rates.addressMessagesPerSecond, burst: rates.addressMessagesBurst };
  return takeBoth("messagesFullAt", user, own, address, shared, hub.at, 1);
}

/** Takes what other commands cost, if the connection and its address have it left. */
export function spend(hub: HubState, connection: Connection, cost: number): boolean {
  const { rates } = hub.limits;
  if (rates === undefined) return true;
  const own = { perSecond: rates.commandsPerSecond, burst: rates.commandsBurst };
  return takeBoth(
    "commandsFullAt",
    connection,
    own,
    connection.address,
    addressCommands(rates),
    hub.at,
    cost,
  );
}

/** Takes what coming in costs, which its address pays. */
export function spendArrival(hub: HubState, { address }: Connection, cost: number): boolean {
  const { rates } = hub.limits;
  if (rates === undefined) return true;
  const rate = addressCommands(rates);
  return takeBoth("commandsFullAt", undefined, rate, address, rate, hub.at, cost);
}

function addressCommands({ addressCommandsPerSecond, addressCommandsBurst }: Rates): Rate {
  return { perSecond: addressCommandsPerSecond, burst: addressCommandsBurst };
}

/** Takes it of both or of neither; who is not there is not counted. */
export function takeBoth<What extends Counted>(
  what: What,
  own: Payer<What> | undefined,
  ownRate: Rate,
  shared: Payer<What> | undefined,
  sharedRate: Rate,
  at: Millis,
  cost: number,
): boolean {
  const ownFullAt = own === undefined ? at : fullAfter(own[what], ownRate, at, cost);
  const sharedFullAt = shared === undefined ? at : fullAfter(shared[what], sharedRate, at, cost);
  if (ownFullAt === undefined || sharedFullAt === undefined) return false;
  if (own !== undefined) own[what] = ownFullAt;
  if (shared !== undefined) shared[what] = sharedFullAt;
  return true;
}

/** When it will be full again, once that is taken; nothing if so much is not left. */
function fullAfter(fullAt: Millis, { perSecond, burst }: Rate, at: Millis, cost: number): Millis | undefined {
  // Nothing costs more than a burst: it would never be there.
  const ms = refillMs(Math.min(cost, burst), perSecond);
  const then = (Math.max(fullAt, at) + ms) as Millis;
  return then - at > refillMs(burst, perSecond) + toleranceMs ? undefined : then;
}

/** What a name has left; leaving has not filled it. */
export function leftOf(hub: HubState, key: NameKey): Millis {
  return hub.spent.get(key) ?? alwaysFull;
}

export function rememberRate(hub: HubState, { name, messagesFullAt }: User): void {
  const { rates } = hub.limits;
  if (rates === undefined || messagesFullAt <= hub.at) return;
  hub.spent.set(name.key, messagesFullAt);
  const ms = refillMs(rates.messagesBurst, rates.messagesPerSecond);
  hub.alarms.names.set("refilled", name.key, after(hub, ms));
}

/** How long it takes until so much has come back. */
export function refillMs(taken: number, perSecond: number): number {
  return (taken / perSecond) * 1000;
}
