// What was shown in vain: wrong passwords are counted for the name that they were for, and with wrong
// tokens and invites for the address that they came from. Only what failed counts, and what is left of
// it is known by one number, when all of it will have come back. It outlives the connection, and is
// forgotten then.

import type { Millis, NameKey } from "../words/ids.js";
import type { Connection } from "./state/connection.js";
import type { HubState } from "./state/hub-state.js";
import { after } from "./state/hub-state.js";

/** When all attempts will have come back, of those that some are missing of; the latest change last. */
export interface Attempts {
  readonly accounts: Map<string, Millis>;
  readonly addresses: Map<string, Millis>;
}

/** For which name a password is tried, if it is one, and from where, if that is counted. */
export interface Attempt {
  readonly account: NameKey | undefined;
  readonly address: string | undefined;
}

type Kind = "account" | "address";

export function attemptOf({ address }: Connection, account: NameKey | undefined): Attempt {
  return { account, address: address?.name };
}

/**
 * Says how long to wait if there is no attempt left. Otherwise it takes the one of the name at once, so that
 * no more are looked at together than are left; `spared` gives it back.
 */
export function attempt(hub: HubState, { account, address }: Attempt): number | undefined {
  const wait = Math.max(waitFor(hub, "account", account), waitFor(hub, "address", address));
  if (wait > 0) return wait;
  take(hub, "account", account);
  return undefined;
}

/** It was in vain. */
export function failed(hub: HubState, { address }: Attempt): void {
  take(hub, "address", address);
}

/** It was not: the name's attempt is given back. */
export function spared(hub: HubState, { account }: Attempt): void {
  const fullAt = account === undefined ? undefined : hub.attempts.accounts.get(account);
  if (account === undefined || fullAt === undefined) return;
  const [, everyMs] = limitsOf(hub, "account");
  remember(hub, "account", account, (fullAt - everyMs) as Millis);
}

/** All have come back. */
export function forgetAttempts(hub: HubState, kind: Kind, key: string): void {
  mapOf(hub, kind).delete(key);
}

function waitFor(hub: HubState, kind: Kind, key: string | undefined): number {
  const fullAt = key === undefined ? undefined : mapOf(hub, kind).get(key);
  const [most, everyMs] = limitsOf(hub, kind);
  return fullAt === undefined ? 0 : fullAt - hub.at - (most - 1) * everyMs;
}

function take(hub: HubState, kind: Kind, key: string | undefined): void {
  if (key === undefined) return;
  const [most, everyMs] = limitsOf(hub, kind);
  const fullAt = Math.max(mapOf(hub, kind).get(key) ?? 0, hub.at) + everyMs;
  // Those of an address that were looked at together may have been more than were left.
  remember(hub, kind, key, Math.min(fullAt, hub.at + most * everyMs) as Millis);
}

function remember(hub: HubState, kind: Kind, key: string, fullAt: Millis): void {
  const known = mapOf(hub, kind);
  known.delete(key);
  hub.alarms.attempts.clear(kind, key);
  if (fullAt <= hub.at) return;
  const [most, everyMs] = limitsOf(hub, kind);
  known.set(key, fullAt);
  hub.alarms.attempts.set(kind, key, after(hub, most * everyMs));
  if (known.size <= hub.limits.attempts.attemptsKept) return;
  const [oldest = key] = known.keys();
  known.delete(oldest);
  hub.alarms.attempts.clear(kind, oldest);
}

function mapOf({ attempts }: HubState, kind: Kind): Map<string, Millis> {
  return kind === "account" ? attempts.accounts : attempts.addresses;
}

function limitsOf({ limits: { attempts } }: HubState, kind: Kind): readonly [most: number, everyMs: number] {
  return kind === "account"
    ? [attempts.accountAttempts, attempts.accountAttemptMs]
    : [attempts.addressAttempts, attempts.addressAttemptMs];
}
