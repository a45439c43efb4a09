// `log`: the entries after a seq as they were pushed, for whoever has a gap.

import { entryPush } from "../../dialects/entries.js";
import type { LogRow } from "../../dialects/frames/answers.js";
import type { Page, Window } from "../../ports/pages.js";
import { conversationName } from "../../words/conversations.js";
import type { Seq } from "../../words/ids.js";
import { lineOf } from "../line.js";
import { refuse } from "../refuse.js";
import type { HubState } from "../state/hub-state.js";
import type { User } from "../state/user.js";
import type { Asker, Question } from "./asker.js";
import { askStore, tell } from "./asker.js";
import { fit } from "./fit.js";

export function askLog(hub: HubState, asker: Asker, question: Question<"log">): void {
  const { of, window, limit } = question;
  const { pageBytes } = hub.limits;
  askStore(hub, asker, question, {
    type: "read",
    viewer: asker.user.id,
    of,
    window,
    rows: limit,
    bytes: pageBytes,
  });
}

export function tellLog(hub: HubState, asker: Asker, { window }: Question<"log">, answer: Page): void {
  const { first, head } = answer;
  if (answer.forgotten && windowIsGone(window, first)) {
    const message = `what is kept of this conversation begins with ${first}`;
    return refuse(hub, asker.connection, asker.id, "history_gone", { message });
  }
  const rows = logRows(asker.user, answer);
  const entries = fit(rows, hub.limits);
  const more = answer.more || entries.length < rows.length;
  tell(hub, asker, {
    type: "log",
    payload: { conversation: conversationName(answer), entries, head, more },
  });
}

/** Places that have nothing to say are told as one where they are neighbours. */
function logRows(viewer: User, page: Page): LogRow[] {
  const conversation = conversationName(page);
  const rows: LogRow[] = [];
  for (const entry of page.entries) {
    if (entry.type !== "skip") {
      rows.push(entryPush(lineOf(viewer, page, entry), entry.author === viewer.id ? entry.nonce : undefined));
      continue;
    }
    const last = rows.at(-1);
    const first = last?.type === "skip" ? last.payload.first : entry.seq;
    if (last?.type === "skip") rows.pop();
    rows.push({ type: "skip", payload: { conversation, first, last: entry.seq } });
  }
  return rows;
}

/** Whether a window reaches only, or first, into what is not kept any more. */
export function windowIsGone(window: Window, first: Seq): boolean {
  switch (window.kind) {
    case "newest":
      return false;
    case "before":
      return window.seq <= first;
    case "around":
      return window.seq < first;
    case "after":
      return window.seq + 1 < first;
    case "between":
      return window.after + 1 < first;
  }
}
