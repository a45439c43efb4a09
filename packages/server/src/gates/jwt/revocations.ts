// Tokens that do not count any more though their issuer has signed them and their time has not come: kept as
// records, one login until it would have ended by itself, or all that an account was given before some time.

import type { RecordChange, Result, StoreRefusal, WallMillis } from "chat-hub";
import { fault, ok } from "chat-hub";
import type { AskRecords } from "../records.js";
import type { Person } from "./person.js";

type Refused = StoreRefusal["code"];

/** One login is good no more; `until` = when it would have ended by itself. */
export function loginRevocation(login: string, until: WallMillis): RecordChange {
  return { kind: "revocation", key: loginKey(login), value: "{}", until };
}

/** What an account was given until now is good no more; what it is given later is. */
export function accountRevocation(account: string, at: WallMillis): RecordChange {
  return { kind: "revocation", key: accountKey(account), value: JSON.stringify({ issued_before: at }) };
}

function loginKey(login: string): string {
  return `jwt login ${login}`;
}

function accountKey(account: string): string {
  return `account ${account}`;
}

/** Whether this token still counts. */
export async function isRevoked(
  records: AskRecords,
  { login, account, issuedAt }: Person,
  at: WallMillis,
): Promise<Result<boolean, Refused>> {
  const recall = (key: string) => records({ type: "recall", kind: "revocation", key, at });
  const [one, all] = await Promise.all([recall(loginKey(login)), recall(accountKey(account))]);
  if (!one.ok) return fault(one.code);
  if (!all.ok) return fault(all.code);
  if (one.record !== undefined) return ok(true);
  return ok(all.record !== undefined && issuedAt <= issuedBefore(all.record.value));
}

/** Without a time all that the account was ever given is meant. */
function issuedBefore(value: string): number {
  const { issued_before: at } = JSON.parse(value) as { readonly issued_before?: unknown };
  return typeof at === "number" ? at : Number.POSITIVE_INFINITY;
}
