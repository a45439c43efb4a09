// `blocks`: whom somebody has blocked, by name.

import type { BlocksListed } from "../../ports/people.js";
import type { HubState } from "../state/hub-state.js";
import type { Asker, Question } from "./asker.js";
import { askStore, tell } from "./asker.js";
import { fit } from "./fit.js";

export function askBlocks(hub: HubState, asker: Asker, question: Question<"blocks">): void {
  const { after, limit } = question;
  const page = after === undefined ? {} : { after };
  askStore(hub, asker, question, { type: "blocks", user: asker.user.id, most: limit, ...page });
}

export function tellBlocks(hub: HubState, asker: Asker, { names, more }: BlocksListed): void {
  const usernames = fit(names, hub.limits);
  tell(hub, asker, { type: "blocks", payload: { usernames, more: more || usernames.length < names.length } });
}
