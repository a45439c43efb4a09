// `users`: who is here, by name.

import { usersAfter } from "../presence.js";
import type { HubState } from "../state/hub-state.js";
import type { Asker, Question } from "./asker.js";
import { tell } from "./asker.js";
import { fit } from "./fit.js";

export function tellUsers(hub: HubState, asker: Asker, { after, limit }: Question<"users">): void {
  const page = usersAfter(hub, asker.user, after, limit);
  const users = fit(page.users, hub.limits);
  const more = page.more || users.length < page.users.length;
  tell(hub, asker, { type: "users", payload: { users, count: page.count, more } });
}
