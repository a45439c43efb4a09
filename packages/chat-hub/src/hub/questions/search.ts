// `search`: messages that somebody may see, the newest first, each with the piece that was looked for.

import { messagePayload } from "../../dialects/entries.js";
import type { Found } from "../../ports/pages.js";
import { snippet } from "../../search/snippet.js";
import { lineOf } from "../line.js";
import type { HubState } from "../state/hub-state.js";
import type { Asker, Question } from "./asker.js";
import { askStore, tell } from "./asker.js";
import { fit } from "./fit.js";

export function askSearch(hub: HubState, asker: Asker, question: Question<"search">): void {
  const { query, before, limit } = question;
  const most = Math.min(limit, hub.limits.searchRows);
  const page = before === undefined ? {} : { before };
  askStore(hub, asker, question, { type: "search", viewer: asker.user.id, query, most, ...page });
}

export function tellSearch(
  hub: HubState,
  { connection, user, id }: Asker,
  { query }: Question<"search">,
  answer: Found,
): void {
  const rows = answer.hits.map(({ place, message }) => {
    const { text, marks } = snippet(message.message, query.words);
    return { message: messagePayload(lineOf(user, place, message)), snippet: text, marks };
  });
  const hits = fit(rows, hub.limits);
  // A page that was cut goes on behind its last hit.
  const next = hits.length < rows.length ? answer.hits[hits.length - 1]?.next : answer.next;
  tell(
    hub,
    { connection, user, id },
    { type: "search", payload: { hits, ...(next === undefined ? {} : { next }) } },
  );
}
