// What the store keeps for the gate of passwords: an account by its name, a login by what it is called, an
// invite by the hash of its code. Their values are JSON that only this folder reads.

import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { KeptRecord, NameKey, RecordChange, Verified, WallMillis } from "chat-hub";
import { skeleton } from "chat-hub";
import { rememberedMs } from "./limits.js";

export interface Account {
  readonly key: NameKey;
  /** As its owner spells it. */
  readonly name: string;
  /** Of the password, in PHC form. */
  readonly hash: string;
  readonly created: WallMillis;
  readonly disabled: boolean;
  /** Logins of an earlier series are good no more. */
  readonly series: string;
}

export interface Login {
  /** What it is called, which gives no access: who its account is, hashed, and chance. */
  readonly login: string;
  readonly account: string;
  readonly series: string;
  /** Of the token's secret. */
  readonly hash: string;
  readonly since: WallMillis;
  readonly until: WallMillis;
  /** What it was before it was refreshed: the answer may not have arrived. */
  readonly before?: { readonly hash: string; readonly until: WallMillis };
}

export interface Invite {
  readonly uses: number;
  readonly until: WallMillis | undefined;
}

export function readAccount({ key, value }: KeptRecord): Account {
  return { ...(JSON.parse(value) as Account), key: key as NameKey };
}

/** `was`: what it is now, as it is kept; `null` = there is none. */
export function accountChange({ key, ...account }: Account, was: string | null): RecordChange {
  return { kind: "account", key, value: JSON.stringify(account), was };
}

/** What an account looks like belongs to it from the beginning: to be kept with it, if it is nobody's. */
export function lookChange(name: string): RecordChange {
  return { kind: "look", key: skeleton(name), value: JSON.stringify(name), was: null };
}

export function readLogin({ key, value }: KeptRecord): Login {
  return { ...(JSON.parse(value) as Login), login: key };
}

/** It is known for a while after its end, so that its token can be told that it is over. */
export function loginChange({ login, ...value }: Login, was: string | null): RecordChange {
  const until = (value.until + rememberedMs) as WallMillis;
  return { kind: "login", key: login, value: JSON.stringify(value), until, was };
}

/** Another series begins: all logins end. */
export function newSeries(): string {
  return randomBytes(6).toString("base64url");
}

export function loginEnd(login: string): RecordChange {
  return { kind: "login", key: login };
}

/** How the logins of an account begin. */
export function prefixOf(account: string): string {
  return createHash("sha256").update(`logins of ${account}`).digest("base64url").slice(0, 12);
}

/** Another login, with the token that gives access by it: what it is called, and a secret of 256 bits. */
export function newLogin(account: string): {
  readonly login: string;
  readonly token: string;
  readonly hash: string;
} {
  const login = prefixOf(account) + randomBytes(9).toString("base64url");
  return { login, ...newToken(login) };
}

export function newToken(login: string): { readonly token: string; readonly hash: string } {
  const secret = randomBytes(32).toString("base64url");
  return { token: `${login}.${secret}`, hash: hashed(secret) };
}

/** The parts of a token of ours. */
export function readToken(token: string): { readonly login: string; readonly hash: string } | undefined {
  const [, login, secret] = /^([\w-]{24})\.([\w-]{43})$/.exec(token) ?? [];
  return login === undefined || secret === undefined ? undefined : { login, hash: hashed(secret) };
}

/** Who is let in by a login of this account. */
export function verifiedBy(account: Account, login: string, until: WallMillis | undefined): Verified {
  const name = { spelling: account.name, key: account.key };
  return { ok: true, account: account.key, name, admin: false, login, until };
}

/** Until when a token is good that has this hash; nothing if it is another's. */
export function endOf(login: Login, hash: string): WallMillis | undefined {
  if (isSame(login.hash, hash)) return login.until;
  return login.before !== undefined && isSame(login.before.hash, hash) ? login.before.until : undefined;
}

export function newInvite(): string {
  return randomBytes(15).toString("base64url");
}

export function inviteKey(code: string): string {
  return hashed(code);
}

export function inviteChange(key: string, { uses, until }: Invite, was: string | null): RecordChange {
  if (uses === 0) return { kind: "invite", key, was };
  return {
    kind: "invite",
    key,
    value: JSON.stringify({ uses }),
    was,
    ...(until === undefined ? {} : { until }),
  };
}

export function readInvite({ value, until }: KeptRecord): Invite {
  return { uses: (JSON.parse(value) as Invite).uses, until };
}

/** They are secrets of high entropy made by programs: there is nothing to guess. */
function hashed(secret: string): string {
  return createHash("sha256").update(secret).digest("base64url");
}

function isSame(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
