// What an admin does in the house, and what they may ask about it.

import type { CommandOf } from "../commands/table.js";
import type { Doings } from "./obey.js";
import { ask, done } from "./state.js";

/** Lines of the audit log, and bans, that are shown at once. */
const rows = 50;

export const houseDoings = {
  announce: ({ text: message }, order) => done(order, { type: "announce", message }),
  readonly: ({ state, text: reason }, order) => done(order, { type: "readOnly", on: state === "on", reason }),
  banaddress: ({ address, seconds: forSeconds, text: reason }, order) =>
    done(order, {
      type: "ban",
      conversation: "everyone",
      ...meant(address, true),
      on: true,
      forSeconds,
      reason,
    }),
  unbanaddress: ({ address }, order) =>
    done(order, { type: "ban", conversation: "everyone", ...meant(address), on: false }),
  bans: (_, order) => ask(order, { type: "bans", limit: rows }),
  silences: (_, order) => ask(order, { type: "bans", which: "silenced", limit: rows }),
  audit: (_, order) => ask(order, { type: "audit", limit: rows }),
  stats: (_, order) => ask(order, { type: "stats" }),
} satisfies Pick<
  Doings,
  "announce" | "readonly" | "banaddress" | "unbanaddress" | "bans" | "silences" | "audit" | "stats"
>;

/** An address by itself; or somebody, `withTheirs` with the addresses they are connected from. */
function meant(said: CommandOf<"banaddress">["address"], withTheirs?: true) {
  if ("address" in said) return said;
  return withTheirs === undefined ? said : { ...said, address: withTheirs };
}
