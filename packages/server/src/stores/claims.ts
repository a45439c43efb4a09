// Names of accounts are kept for their owners, also before they first log in: who else wants one, or one that
// looks so, can't have it, as far as every store agrees.

import type { Identify, KeptRecord, LooksAlike, RecordKind, StoreRefusal, WallMillis } from "chat-hub";

interface Records {
  find(kind: RecordKind, key: string, at: WallMillis): Pick<KeptRecord, "value"> | undefined;
}

/** Why somebody new can't have a name that looks so; an account of passwords is called as its name's key. */
export function claimed(
  records: Records,
  { key, account, at }: Identify,
  looks: string,
): StoreRefusal<"name_taken"> | LooksAlike | undefined {
  if (account === key) return undefined;
  if (records.find("account", key, at) !== undefined) return { ok: false, code: "name_taken" };
  const alike = records.find("look", looks, at);
  return alike && { ok: false, code: "looks_alike", name: JSON.parse(alike.value) as string };
}
