// `whois`: somebody by name, as whoever asks may see them.

import type { WhoisFound } from "../../ports/people.js";
import { isApart } from "../apart.js";
import { seenAs } from "../presence.js";
import type { HubState } from "../state/hub-state.js";
import type { Asker, Question } from "./asker.js";
import { askStore, tell } from "./asker.js";

export function askWhois(hub: HubState, asker: Asker, question: Question<"whois">): void {
  askStore(hub, asker, question, { type: "whois", viewer: asker.user.id, key: question.who });
}

export function tellWhois(hub: HubState, asker: Asker, { who }: Question<"whois">, answer: WhoisFound): void {
  const { name, kept, user } = answer;
  const shown = seenAs(hub, asker.user, user, who);
  // Since the store was told last they may have been here, and be invisible now.
  const seen = Math.max(answer.seen, hub.users.get(user)?.seen ?? 0);
  const isSeen = shown.status === "offline" && seen > 0 && !isApart(hub, asker.user, user);
  tell(hub, asker, {
    type: "whois",
    payload: { username: name, kept, ...shown, ...(isSeen ? { seen } : {}) },
  });
}
