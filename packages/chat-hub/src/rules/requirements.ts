// What an order to the house rests on, judged where it is kept: by every store, in the transaction that
// writes. Whoever gave it, and whom it is about, may stand otherwise by then than when it came.

import type { UserId, WallMillis } from "../words/ids.js";
import { unreachable } from "../words/result.js";
import type { HouseRules } from "./house-rules.js";

export type Requirement =
  /** They look after the house, by a record. */
  | { readonly what: "admin"; readonly user: UserId }
  /** None of them does. */
  | { readonly what: "noAdmin"; readonly users: readonly UserId[] }
  | { readonly what: "notBanned"; readonly user: UserId }
  /**
   * Somebody beside them looks after the house and can come in: is not banned, and has an account or none, as
   * the server asks. It is always so if they themselves don't look after it.
   */
  | { readonly what: "adminBeside"; readonly user: UserId; readonly byAccount: boolean }
  /** With so many more, no more than `most` are in force. */
  | {
      readonly what: "room";
      readonly of: "ban" | "silence";
      readonly more: number;
      readonly most: number;
    };

/** The place of the first that does not hold; -1 if all do. */
export function lackIn(rules: HouseRules, requires: readonly Requirement[], at: WallMillis): number {
  return requires.findIndex((one) => !holds(rules, one, at));
}

function holds(rules: HouseRules, one: Requirement, at: WallMillis): boolean {
  switch (one.what) {
    case "admin":
      return rules.isAdmin(one.user);
    case "noAdmin":
      return !one.users.some((user) => rules.isAdmin(user));
    case "notBanned":
      return rules.banOf(one.user, at) === undefined;
    case "adminBeside":
      return !rules.isAdmin(one.user) || rules.hasAdminBeside(one.user, one.byAccount, at);
    case "room":
      return rules.count(one.of) + one.more <= one.most;
    default:
      return unreachable(one);
  }
}
