// A token bucket: how much of a rate is left.

import type { Millis } from "../words/ids.js";

export interface Bucket {
  tokens: number;
  filledAt: Millis;
}

export function fullBucket(burst: number, at: Millis): Bucket {
  return { tokens: burst, filledAt: at };
}

/** Takes one token if there is one. */
export function take(bucket: Bucket, perSecond: number, burst: number, at: Millis): boolean {
  bucket.tokens = Math.min(burst, bucket.tokens + ((at - bucket.filledAt) / 1000) * perSecond);
  bucket.filledAt = at;
  if (bucket.tokens < 1) return false;
  bucket.tokens -= 1;
  return true;
}
