// Rates: what is left of each, as token buckets. What people write is counted for its author, all else
// for its connection, and both for the address that it comes from. Leaving and coming back fills none.

import type { Rates } from "../tables/limits.js";
import type { Millis, NameKey } from "../words/ids.js";
import type { Connection, HubState, User } from "./state.js";
import { after } from "./state.js";

export interface Bucket {
  tokens: number;
  filledAt: Millis;
}

interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

export function fullBucket(burst: number, at: Millis): Bucket {
  return { tokens: burst, filledAt: at };
}

/** Takes what one message costs, if its author and their address have it left. */
export function spendMessage(hub: HubState, { address }: Connection, { messages }: User): boolean {
  const { rates } = hub.limits;
  if (rates === undefined) return true;
  const own = { perSecond: rates.messagesPerSecond, burst: rates.messagesBurst };
  const shared = { perSecond: rates.addressMessagesPerSecond, burst: rates.addressMessagesBurst };
  return takeBoth(messages, own, address?.messages, shared, hub.at, 1);
}

/** Takes what other commands cost, if the connection and its address have it left. */
export function spend(hub: HubState, { commands, address }: Connection, cost: number): boolean {
  const { rates } = hub.limits;
  if (rates === undefined) return true;
  const own = { perSecond: rates.commandsPerSecond, burst: rates.commandsBurst };
  return takeBoth(commands, own, address?.commands, addressCommands(rates), hub.at, cost);
}

/** Takes what coming in costs, which its address pays. */
export function spendArrival(hub: HubState, { address }: Connection, cost: number): boolean {
  const { rates } = hub.limits;
  if (rates === undefined || address?.commands === undefined) return true;
  const rate = addressCommands(rates);
  return takeBoth(undefined, rate, address.commands, rate, hub.at, cost);
}

function addressCommands({ addressCommandsPerSecond, addressCommandsBurst }: Rates): Rate {
  return { perSecond: addressCommandsPerSecond, burst: addressCommandsBurst };
}

/** Takes it of both or of neither; a bucket that is not there is not counted. */
export function takeBoth(
  own: Bucket | undefined,
  ownRate: Rate,
  shared: Bucket | undefined,
  sharedRate: Rate,
  at: Millis,
  cost: number,
): boolean {
  // Nothing costs more than a burst: it would never be there.
  const ownCost = Math.min(cost, ownRate.burst);
  const sharedCost = Math.min(cost, sharedRate.burst);
  if (own !== undefined && fill(own, ownRate, at) < ownCost) return false;
  if (shared !== undefined && fill(shared, sharedRate, at) < sharedCost) return false;
  if (own !== undefined) own.tokens -= ownCost;
  if (shared !== undefined) shared.tokens -= sharedCost;
  return true;
}

function fill(bucket: Bucket, { perSecond, burst }: Rate, at: Millis): number {
  bucket.tokens = Math.min(burst, bucket.tokens + ((at - bucket.filledAt) / 1000) * perSecond);
  bucket.filledAt = at;
  return bucket.tokens;
}

/** The bucket of a name. */
export function messageBucket(hub: HubState, key: NameKey): Bucket | undefined {
  const { rates } = hub.limits;
  if (rates === undefined) return undefined;
  return hub.spent.get(key) ?? fullBucket(rates.messagesBurst, hub.at);
}

export function rememberRate(hub: HubState, { name, messages }: User): void {
  const { rates } = hub.limits;
  if (rates === undefined || messages === undefined) return;
  hub.spent.set(name.key, messages);
  const ms = refillMs(rates.messagesBurst, rates.messagesPerSecond);
  hub.alarms.names.set("refilled", name.key, after(hub, ms));
}

/** After so long a bucket is full, whatever was taken. */
export function refillMs(burst: number, perSecond: number): number {
  return (burst / perSecond) * 1000;
}
