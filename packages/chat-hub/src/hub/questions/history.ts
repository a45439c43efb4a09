// `history`, `thread` and `pins`: messages as they stand, with what was done to them counted in.

import { standingPayload } from "../../dialects/entries.js";
import type { StandingMessagePayload } from "../../dialects/frames/entries.js";
import type { Browse, Browsed } from "../../ports/pages.js";
import { conversationName } from "../../words/conversations.js";
import { lineOf } from "../line.js";
import { refuse } from "../refuse.js";
import type { HubState } from "../state/hub-state.js";
import type { Asker, Question } from "./asker.js";
import { askStore, tell } from "./asker.js";
import { fitBetween } from "./fit.js";
import { windowIsGone } from "./log.js";

type HistoryQuestion = Question<"history" | "thread" | "pins">;
type Select = Browse["select"];

export function askHistory(hub: HubState, asker: Asker, question: HistoryQuestion): void {
  const { of, select, limit } = question;
  const { pageBytes } = hub.limits;
  askStore(hub, asker, question, {
    type: "browse",
    viewer: asker.user.id,
    of,
    select,
    rows: limit,
    bytes: pageBytes,
  });
}

export function tellHistory(
  hub: HubState,
  asker: Asker,
  { type, select }: HistoryQuestion,
  answer: Browsed,
): void {
  const { first, head, forgotten } = answer;
  if (forgotten && isGone(select, answer)) {
    const message = `what is kept of this conversation begins with ${first}`;
    return refuse(hub, asker.connection, asker.id, "history_gone", { message });
  }
  const { user } = asker;
  const rows = answer.messages.map((message) =>
    standingPayload(lineOf(user, answer, message), message.author === user.id ? message.nonce : undefined),
  );
  const messages = fitBetween(rows, hub.limits, (oldest, newest) => dropsOldest(select, oldest, newest));
  const more = answer.more || messages.length < rows.length;
  tell(hub, asker, {
    type,
    payload: { conversation: conversationName(answer), messages, first, head, more },
  });
}

/** Whether a window reaches only, or first, into what is not kept any more. */
function isGone(select: Select, { first, messages }: Browsed): boolean {
  if (select.kind === "seq") return windowIsGone(select.window, first);
  // Of a time before the first message that is kept nobody knows what was there.
  return select.kind === "time" && select.window.kind === "before" && messages.length === 0;
}

/** Where a page that is too long is cut: far from where its window starts. */
function dropsOldest(
  select: Select,
  oldest: StandingMessagePayload,
  newest: StandingMessagePayload,
): boolean {
  if (select.kind === "thread" || select.kind === "pins") return false;
  const { window } = select;
  if (window.kind === "before" || window.kind === "newest") return true;
  if (window.kind !== "around") return false;
  return "seq" in window
    ? window.seq - oldest.seq > newest.seq - window.seq
    : window.at - oldest.at > newest.at - window.at;
}
