// `reactions`: who gave which to a message.

import type { ReactionsListed } from "../../ports/pages.js";
import { conversationName } from "../../words/conversations.js";
import type { HubState } from "../state/hub-state.js";
import type { Asker, Question } from "./asker.js";
import { askStore, tell } from "./asker.js";
import { fit } from "./fit.js";

export function askReactions(hub: HubState, asker: Asker, question: Question<"reactions">): void {
  const { of, target, skip, limit } = question;
  const viewer = asker.user.id;
  askStore(hub, asker, question, { type: "reactions", viewer, of, target, skip, most: limit });
}

export function tellReactions(
  hub: HubState,
  asker: Asker,
  { target }: Question<"reactions">,
  answer: ReactionsListed,
): void {
  const rows = answer.reactions.map(({ name, emoji }) => ({ username: name, emoji }));
  const reactions = fit(rows, hub.limits);
  const more = answer.more || reactions.length < rows.length;
  const conversation = conversationName(answer);
  tell(hub, asker, { type: "reactions", payload: { conversation, message_seq: target, reactions, more } });
}
