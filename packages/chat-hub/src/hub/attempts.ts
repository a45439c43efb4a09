// What was shown in vain: wrong passwords are counted for the name that they were for, and with wrong
// invites for the address that they came from. Only what failed counts, and what is left of
// it is known by one number, when all of it will have come back. It outlives the connection, and is
// forgotten then. What is being looked at is counted apart: it takes a place, so that no more are looked
// at together than are left, and has not failed.
//
// Anybody can use up what a name has. So each address has some of its own for it: whoever guesses
// elsewhere keeps nobody out for good.

import type { Millis, NameKey } from "../words/ids.js";
import type { HubState } from "./state/hub-state.js";
import { after } from "./state/hub-state.js";

/** Of a name, of an address, of an address for a name. */
export const attemptKinds = ["account", "address", "own"] as const;
export type AttemptKind = (typeof attemptKinds)[number];

export interface Attempts {
  /** When all will have come back, of those that some are missing of; the latest change last. */
  readonly missing: ReadonlyMap<AttemptKind, Map<string, Millis>>;
  /** How many are being looked at. */
  readonly inHand: ReadonlyMap<AttemptKind, Map<string, number>>;
}

/** What somebody wants to be looked at. */
export interface Wanted {
  /** The name that a password is for. */
  readonly account: NameKey | undefined;
  /** Where it comes from, if that is counted. */
  readonly address: string | undefined;
  /** To look at it takes a hash: so it takes a place. */
  readonly takesLong: boolean;
}

/** A token takes no place, and is counted for nobody. */
export const tokenWanted: Wanted = { account: undefined, address: undefined, takesLong: false };

/** Whose it is that something is looked at. */
interface Share {
  readonly kind: AttemptKind;
  readonly key: string;
}

/** It is looked at. */
export interface Attempt {
  readonly shares: readonly Share[];
  readonly takesLong: boolean;
}

/** It may be looked at now; or when what is in hand is decided; or after so long. */
export type Chance =
  | { readonly when: "now"; readonly attempt: Attempt }
  | { readonly when: "soon" }
  | { readonly when: "later"; readonly retryAfterMs: number };

export function emptyAttempts(): Attempts {
  const perKind = <Known>(): ReadonlyMap<AttemptKind, Map<string, Known>> =>
    new Map(attemptKinds.map((kind) => [kind, new Map()]));
  return { missing: perKind(), inHand: perKind() };
}

/** Takes a place for it, if there is one now, which `decided` gives back. */
export function attempt(hub: HubState, { account, address, takesLong }: Wanted): Chance {
  const ways = waysOf(account, address);
  const shares = ways.find((way) => way.every((share) => isFree(hub, share, takesLong)));
  if (shares !== undefined) {
    if (takesLong) for (const share of shares) hold(hub, share, 1);
    return { when: "now", attempt: { shares, takesLong } };
  }
  const retryAfterMs = Math.min(...ways.map((way) => Math.max(...way.map((share) => waitFor(hub, share)))));
  return retryAfterMs <= 0 ? { when: "soon" } : { when: "later", retryAfterMs };
}

/** It is known whether it was in vain. */
export function decided(hub: HubState, { shares, takesLong }: Attempt, wasInVain: boolean): void {
  for (const share of shares) {
    if (takesLong) hold(hub, share, -1);
    if (wasInVain) miss(hub, share);
  }
}

/** All have come back. */
export function forgetAttempts(hub: HubState, kind: AttemptKind, key: string): void {
  missingOf(hub, kind).delete(key);
}

/** Of what it may be taken, the first first. */
function waysOf(account: NameKey | undefined, address: string | undefined): readonly (readonly Share[])[] {
  const here: readonly Share[] = address === undefined ? [] : [{ kind: "address", key: address }];
  if (account === undefined) return [here];
  const ofName = [{ kind: "account", key: account } as const, ...here];
  if (address === undefined) return [ofName];
  // Neither has a blank in it.
  return [ofName, [{ kind: "own", key: `${address} ${account}` }, ...here]];
}

function isFree(hub: HubState, share: Share, takesLong: boolean): boolean {
  if (waitFor(hub, share) > 0) return false;
  if (!takesLong) return true;
  const [most, everyMs, atOnce] = limitsOf(hub, share.kind);
  const fullAt = missingOf(hub, share.kind).get(share.key) ?? hub.at;
  const left = most - Math.max(0, Math.ceil((fullAt - hub.at) / everyMs));
  return (inHandOf(hub, share.kind).get(share.key) ?? 0) < Math.min(left, atOnce);
}

/** Not above 0: there is one left. */
function waitFor(hub: HubState, { kind, key }: Share): number {
  const fullAt = missingOf(hub, kind).get(key);
  const [most, everyMs] = limitsOf(hub, kind);
  return fullAt === undefined ? 0 : fullAt - hub.at - (most - 1) * everyMs;
}

function hold(hub: HubState, { kind, key }: Share, more: 1 | -1): void {
  const inHand = inHandOf(hub, kind);
  const held = (inHand.get(key) ?? 0) + more;
  if (held === 0) inHand.delete(key);
  else inHand.set(key, held);
}

function miss(hub: HubState, { kind, key }: Share): void {
  const missing = missingOf(hub, kind);
  const [most, everyMs] = limitsOf(hub, kind);
  // What takes no place may have been looked at together though fewer were left.
  const fullAt = Math.min(Math.max(missing.get(key) ?? 0, hub.at) + everyMs, hub.at + most * everyMs);
  missing.delete(key);
  missing.set(key, fullAt as Millis);
  hub.alarms.attempts.set(kind, key, after(hub, most * everyMs));
  if (missing.size <= hub.limits.attempts.attemptsKept) return;
  const [oldest = key] = missing.keys();
  missing.delete(oldest);
  hub.alarms.attempts.clear(kind, oldest);
}

function missingOf({ attempts }: HubState, kind: AttemptKind): Map<string, Millis> {
  return attempts.missing.get(kind) as Map<string, Millis>;
}

function inHandOf({ attempts }: HubState, kind: AttemptKind): Map<string, number> {
  return attempts.inHand.get(kind) as Map<string, number>;
}

function limitsOf(
  { limits: { attempts } }: HubState,
  kind: AttemptKind,
): readonly [most: number, everyMs: number, atOnce: number] {
  switch (kind) {
    case "account":
      return [attempts.accountAttempts, attempts.accountAttemptMs, Number.POSITIVE_INFINITY];
    case "address":
      return [attempts.addressAttempts, attempts.addressAttemptMs, attempts.addressAttemptsAtOnce];
    case "own":
      return [attempts.ownAttempts, attempts.ownAttemptMs, Number.POSITIVE_INFINITY];
  }
}
