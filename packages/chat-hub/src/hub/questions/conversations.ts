// `conversations`: all of somebody's, or those that have changed since they asked last.

import type { ConversationRow } from "../../dialects/frames/answers.js";
import type { Selection, Stood } from "../../ports/standings.js";
import { addressName } from "../../words/conversations.js";
import type { ConversationId } from "../../words/ids.js";
import type { Address } from "../../words/log.js";
import { conversationRow, isStillTheirs } from "../standings.js";
import { sessionOf } from "../state/connection.js";
import type { HubState } from "../state/hub-state.js";
import type { Asker, Question } from "./asker.js";
import { askStore, tell } from "./asker.js";
import { fit } from "./fit.js";

/** The least bytes of a row: more of them fit into no frame. */
const rowBytes = 64;

export function askConversations(hub: HubState, asker: Asker, question: Question<"conversations">): void {
  const { limit, select: wish } = question;
  const most = Math.min(limit, Math.floor(hub.limits.frameBytes / rowBytes));
  const page = wish.after === undefined ? {} : { after: lastTold(asker, wish.after) };
  const select: Selection =
    wish.since === undefined
      ? { kind: "all", most, ...page }
      : { kind: "changed", since: wish.since, most, ...page };
  askStore(hub, asker, question, { type: "stand", user: asker.user.id, select });
}

export function tellConversations(hub: HubState, asker: Asker, { standings, more, mark }: Stood): void {
  const theirs = standings.filter((standing) => isStillTheirs(asker.user, standing));
  const rows: ConversationRow[] = theirs.map((standing) => conversationRow(hub, asker.user, standing));
  const conversations = fit(rows, hub.limits);
  const last = theirs[conversations.length - 1];
  const session = sessionOf(asker.connection);
  const name = conversations.at(-1)?.conversation;
  if (session !== undefined && last !== undefined && name !== undefined)
    session.listed = { name, conversation: last.conversation };
  tell(hub, asker, {
    type: "conversations",
    payload: { conversations, more: more || conversations.length < rows.length, mark },
  });
}

/** The last row of the page before. Its name may be somebody else's by now; what it named then is meant. */
function lastTold({ connection }: Asker, after: Address): Address | ConversationId {
  const listed = sessionOf(connection)?.listed;
  return listed?.name === addressName(after) ? listed.conversation : after;
}
