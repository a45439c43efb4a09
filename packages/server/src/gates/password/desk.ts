// What the parts of the gate for passwords share: what they were told, whom they ask, how they say no.

import type {
  GateCalls,
  Name,
  NameKey,
  RecordChange,
  Registration,
  StoreRefusal,
  WallMillis,
} from "chat-hub";
import { skeleton } from "chat-hub";
import type { AskRecords } from "../records.js";
import type { Exchange } from "./exchange.js";
import type { Hashes } from "./hashes.js";
import type { Account } from "./kept.js";
import { lookChange, newSeries, readAccount } from "./kept.js";
import { isWeak } from "./weak.js";

export interface PasswordChoice {
  /** Who may make an account for themselves: nobody, whoever has a code, anybody. */
  readonly registration: Registration;
  /** How long a login is good, in milliseconds. */
  readonly loginLifeMs: number;
}

export interface Desk {
  readonly choice: PasswordChoice;
  readonly records: AskRecords;
  readonly hashes: Hashes;
  readonly exchange: Exchange;
}

export type Answer<Type extends keyof GateCalls> = Promise<GateCalls[Type]["answer"]>;

export const notLetIn = { ok: false, code: "not_let_in" } as const;
export const expired = { ok: false, code: "login_expired" } as const;
export const tooMany = { ok: false, code: "too_many" } as const;
export const weak = { ok: false, code: "weak_password" } as const;
/** Somebody else has changed the same at the same time. */
export const unavailable = { ok: false, code: "unavailable" } as const;

/** `value` is the account as it is kept. */
export async function findAccount(
  records: AskRecords,
  key: NameKey,
  at: WallMillis,
): Promise<
  { readonly ok: true; readonly account: Account | undefined; readonly value: string | null } | StoreRefusal
> {
  const known = await records({ type: "recall", kind: "account", key, at });
  if (!known.ok) return known;
  if (known.record === undefined) return { ok: true, account: undefined, value: null };
  return { ok: true, account: readAccount(known.record), value: known.record.value };
}

/**
 * An account as it will be, with what is to be kept with it. `name_taken`: there is one of this name;
 * `looks_alike`: one of another name has its looks; `too_many`: so many passwords wait to be hashed.
 */
export async function newAccount(
  { records, hashes }: Pick<Desk, "records" | "hashes">,
  { name, password, at }: NewAccount,
): Promise<
  | { readonly ok: true; readonly account: Account; readonly look: RecordChange }
  | StoreRefusal<"name_taken" | "looks_alike" | "weak_password" | "too_many">
> {
  if (isWeak(password, name)) return weak;
  const refusal = await taken(records, name, at);
  if (refusal !== undefined) return refusal;
  const hash = await hashes.make(password);
  if (hash === undefined) return tooMany;
  const { key, spelling } = name;
  const account = { key, name: spelling, hash, created: at, disabled: false, series: newSeries() };
  return { ok: true, account, look: lookChange(spelling) };
}

export interface NewAccount {
  readonly name: Name;
  readonly password: string;
  readonly at: WallMillis;
}

/** Why nobody new can have an account of this name; nothing if they can. */
async function taken(
  records: AskRecords,
  { key, spelling }: Name,
  at: WallMillis,
): Promise<StoreRefusal<"name_taken" | "looks_alike"> | undefined> {
  const same = await records({ type: "recall", kind: "account", key, at });
  if (!same.ok) return same;
  if (same.record !== undefined) return { ok: false, code: "name_taken" };
  const alike = await records({ type: "recall", kind: "look", key: skeleton(spelling), at });
  if (!alike.ok) return alike;
  return alike.record && { ok: false, code: "looks_alike" };
}
