// Whoever has lost their name can't look after the house by it any more, as far as every store agrees.

import type { HouseRules, Keep, UserId, WallMillis } from "chat-hub";
import { houseKeys } from "chat-hub";

interface Records {
  readonly rules: HouseRules;
  keep(call: Keep): unknown;
}

/** What is to be told of it: who is an admin no more, if they were one. */
export function lapse(
  records: Records,
  lost: { readonly user: UserId; readonly name: string },
  at: WallMillis,
): { readonly lapsed?: UserId } {
  const { user, name } = lost;
  if (!records.rules.isAdmin(user)) return {};
  const detail = "everyone, member, the name is somebody else's now";
  const audit = { by: "", action: "set_role", about: name, detail };
  records.keep({ type: "keep", changes: [{ kind: "admin", key: houseKeys.user(user) }], audit, at });
  return { lapsed: user };
}
