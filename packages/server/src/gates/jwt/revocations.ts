// All that an account was given until some time counts no more, though its issuer has signed it and its end has
// not come.

import type { RecordChange, Result, StoreRefusal, WallMillis } from "chat-hub";
import { fault, ok } from "chat-hub";
import type { AskRecords } from "../records.js";

/** What an account was given until now is good no more; what it is given later is. */
export function accountRevocation(account: string, at: WallMillis): RecordChange {
  return { kind: "revocation", key: keyOf(account), value: JSON.stringify({ issued_before: at }) };
}

/** Of what an account was given, what was issued up to then counts no more; -1 = all of it counts. */
export async function revokedUntil(
  records: AskRecords,
  account: string,
  at: WallMillis,
): Promise<Result<number, StoreRefusal["code"]>> {
  const known = await records({ type: "recall", kind: "revocation", key: keyOf(account), at });
  if (!known.ok) return fault(known.code);
  return ok(known.record === undefined ? -1 : issuedBefore(known.record.value));
}

function keyOf(account: string): string {
  return `account ${account}`;
}

/** Without a time all that the account was ever given is meant. */
function issuedBefore(value: string): number {
  const { issued_before: at } = JSON.parse(value) as { readonly issued_before?: unknown };
  return typeof at === "number" ? at : Number.POSITIVE_INFINITY;
}
