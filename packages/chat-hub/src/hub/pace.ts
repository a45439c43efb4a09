// A token bucket: how much of a rate is left.

import type { Rates } from "../tables/limits.js";
import type { Millis, NameKey } from "../words/ids.js";
import type { HubState, User } from "./state.js";
import { after } from "./state.js";

export interface Bucket {
  tokens: number;
  filledAt: Millis;
}

export function fullBucket(burst: number, at: Millis): Bucket {
  return { tokens: burst, filledAt: at };
}

/** Takes so many tokens if they are there. */
export function take(bucket: Bucket, perSecond: number, burst: number, at: Millis, cost = 1): boolean {
  bucket.tokens = Math.min(burst, bucket.tokens + ((at - bucket.filledAt) / 1000) * perSecond);
  bucket.filledAt = at;
  if (bucket.tokens < cost) return false;
  bucket.tokens -= cost;
  return true;
}

/** The bucket of a name: leaving and coming back does not fill it. */
export function messageBucket(hub: HubState, key: NameKey): Bucket | undefined {
  const { rates } = hub.limits;
  if (rates === undefined) return undefined;
  return hub.spent.get(key) ?? fullBucket(rates.messagesBurst, hub.at);
}

export function rememberRate(hub: HubState, { name, messages }: User): void {
  if (hub.limits.rates === undefined || messages === undefined) return;
  hub.spent.set(name.key, messages);
  hub.alarms.names.set("refilled", name.key, after(hub, refillMs(hub.limits.rates)));
}

/** After so long a bucket is full, whatever was taken. */
function refillMs({ messagesBurst, messagesPerSecond }: Rates): number {
  return (messagesBurst / messagesPerSecond) * 1000;
}
