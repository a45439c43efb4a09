// What whoever runs the server does with accounts: adding them, their passwords, disabling them, inviting.
// Each is a line of the audit log. Of a running server those must be put out then whose logins have ended:
// `loginEnded` with the account, which is its name's key.

import type { AuditLine, NameKey, StoreRefusal, WallMillis } from "chat-hub";
import type { NewAccount } from "./password/desk.js";
import { newAccount } from "./password/desk.js";
import type { Hashes } from "./password/hashes.js";
import type { Account } from "./password/kept.js";
import {
  accountChange,
  inviteChange,
  inviteKey,
  newInvite,
  newSeries,
  readAccount,
} from "./password/kept.js";
import { accountRows, changeTries } from "./password/limits.js";
import { isWeak } from "./password/weak.js";
import type { AskRecords } from "./records.js";

export { Hashes } from "./password/hashes.js";
export { leastPasswordChars } from "./password/limits.js";

type Done<Code extends "name_taken" | "looks_alike" | "unknown_user" | "weak_password" | "too_many"> =
  | { readonly ok: true }
  | StoreRefusal<Code>;

export async function addAccount(
  records: AskRecords,
  hashes: Hashes,
  call: NewAccount,
): Promise<Done<"name_taken" | "looks_alike" | "weak_password" | "too_many">> {
  const made = await newAccount({ records, hashes }, call);
  if (!made.ok) return made;
  const { account, look } = made;
  const changes = [accountChange(account, null), look];
  const kept = await records({ type: "keep", changes, audit: line("user add", account.name), at: call.at });
  if (!kept.ok) return kept;
  // Somebody else has made one a moment ago: which of the two is in its way is found out again.
  return kept.kept ? { ok: true } : addAccount(records, hashes, call);
}

/** All of its logins end. */
export async function setAccountPassword(
  records: AskRecords,
  hashes: Hashes,
  { key, password, at }: { readonly key: NameKey; readonly password: string; readonly at: WallMillis },
): Promise<Done<"unknown_user" | "weak_password" | "too_many">> {
  if (isWeak(password, { key })) return { ok: false, code: "weak_password" };
  const hash = await hashes.make(password);
  if (hash === undefined) return { ok: false, code: "too_many" };
  return change(records, key, "user passwd", at, (account) => ({ ...account, hash }));
}

/** Disabled, nobody is let in by it, and all of its logins have ended; its name stays its own. */
export function setAccountDisabled(
  records: AskRecords,
  { key, disabled, at }: { readonly key: NameKey; readonly disabled: boolean; readonly at: WallMillis },
): Promise<Done<"unknown_user">> {
  const action = disabled ? "user disable" : "user enable";
  return change(records, key, action, at, (account) => ({ ...account, disabled }));
}

export interface AccountRow {
  readonly name: string;
  readonly created: WallMillis;
  readonly disabled: boolean;
}

/** All of them, by name. */
export async function listAccounts(
  records: AskRecords,
  at: WallMillis,
): Promise<{ readonly ok: true; readonly accounts: readonly AccountRow[] } | StoreRefusal> {
  const accounts: AccountRow[] = [];
  for (let after: string | undefined; ; ) {
    const page = await records({
      type: "records",
      kind: "account",
      prefix: "",
      most: accountRows,
      at,
      ...(after === undefined ? {} : { after }),
    });
    if (!page.ok) return page;
    for (const record of page.records) {
      const { name, created, disabled } = readAccount(record);
      accounts.push({ name, created, disabled });
    }
    after = page.records.at(-1)?.key;
    if (!page.more || after === undefined) return { ok: true, accounts };
  }
}

/** A code by which so many may make an account, until then. It is told here only. */
export async function makeInvite(
  records: AskRecords,
  { uses, until, at }: { readonly uses: number; readonly until?: WallMillis; readonly at: WallMillis },
): Promise<{ readonly ok: true; readonly code: string } | StoreRefusal> {
  const code = newInvite();
  const kept = await records({
    type: "keep",
    changes: [inviteChange(inviteKey(code), { uses, until }, null)],
    audit: line("invite", "", `for ${uses}`),
    at,
  });
  return kept.ok ? { ok: true, code } : kept;
}

/** Changes an account, and ends all of its logins. */
async function change(
  records: AskRecords,
  key: NameKey,
  action: string,
  at: WallMillis,
  changed: (account: Account) => Account,
): Promise<Done<"unknown_user">> {
  // Somebody else may change it meanwhile: then it is looked at again.
  for (let tries = 0; tries < changeTries; tries += 1) {
    const known = await records({ type: "recall", kind: "account", key, at });
    if (!known.ok) return known;
    if (known.record === undefined) return { ok: false, code: "unknown_user" };
    const account = readAccount(known.record);
    const now = { ...changed(account), series: newSeries() };
    const kept = await records({
      type: "keep",
      changes: [accountChange(now, known.record.value)],
      audit: line(action, account.name),
      at,
    });
    if (!kept.ok) return kept;
    if (kept.kept) return { ok: true };
  }
  return { ok: false, code: "unavailable" };
}

function line(action: string, about: string, detail = ""): AuditLine {
  return { by: "", action, about, detail };
}
