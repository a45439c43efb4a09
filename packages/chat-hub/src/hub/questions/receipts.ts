// `receipts`: how far each member has got, where so few are that it is told.

import type { MembersListed } from "../../ports/rooms.js";
import { conversationName } from "../../words/conversations.js";
import { isApart } from "../apart.js";
import { refuse } from "../refuse.js";
import type { HubState } from "../state/hub-state.js";
import type { Asker, Question } from "./asker.js";
import { askStore, tell } from "./asker.js";
import { fit } from "./fit.js";

export function askReceipts(hub: HubState, asker: Asker, question: Question<"receipts">): void {
  askStore(hub, asker, question, {
    type: "members",
    viewer: asker.user.id,
    of: question.of,
    which: "members",
    most: hub.limits.receiptMembers,
  });
}

export function tellReceipts(hub: HubState, asker: Asker, answer: MembersListed): void {
  const { receiptMembers } = hub.limits;
  if (answer.count > receiptMembers) {
    const hint = `how far others have got is told where there are at most ${receiptMembers} members`;
    return refuse(hub, asker.connection, asker.id, "forbidden", { hint });
  }
  const rows = answer.members
    .filter(({ user, apart }) => apart !== true && !isApart(hub, asker.user, user))
    .map(({ name, delivered, read }) => ({ username: name, delivered, read }));
  const receipts = fit(rows, hub.limits);
  tell(hub, asker, { type: "receipts", payload: { conversation: conversationName(answer), receipts } });
}
