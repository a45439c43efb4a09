// `bans`: who is kept out of the house, or may not write in it, for those who look after it.

import type { BanRow } from "../../dialects/frames/house.js";
import type { InForce } from "../../rules/house-rules.js";
import { houseKeys } from "../../rules/house-rules.js";
import type { HubState } from "../state/hub-state.js";
import type { Asker, Question } from "./asker.js";
import { tell } from "./asker.js";
import { fit } from "./fit.js";

export function tellBans(hub: HubState, asker: Asker, { which, skip, limit }: Question<"bans">): void {
  const inForce = which === "banned" ? hub.rules.bans(hub.wall) : hub.rules.silences(hub.wall);
  const rows = inForce.slice(skip, skip + limit).map(([key, term]) => rowOf(key, term));
  const bans = fit(rows, hub.limits);
  const more = skip + bans.length < inForce.length;
  tell(hub, asker, { type: "bans", payload: { bans, count: inForce.length, more } });
}

const address = houseKeys.address("");

function rowOf(key: string, { username, by, reason, until }: InForce): BanRow {
  return {
    ...(username === "" ? {} : { username }),
    ...(key.startsWith(address) ? { address: key.slice(address.length) } : {}),
    by,
    ...(reason === "" ? {} : { reason }),
    ...(until === undefined ? {} : { until }),
  };
}
