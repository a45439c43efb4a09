// What the shell has to do with signed tokens: whoever they were given to, all of them at once.

import type { RecordChange, WallMillis } from "chat-hub";
import { accountOf } from "./jwt/person.js";
import { accountRevocation } from "./jwt/revocations.js";

/** All that this issuer has given to whom it calls `sub` counts no more; what it gives them later does. */
export function endTokens(
  issuer: string,
  sub: string,
  at: WallMillis,
): { readonly account: string; readonly change: RecordChange } {
  const account = accountOf(issuer, sub);
  return { account, change: accountRevocation(account, at) };
}
