// What becomes of an answer: lines, and what /more would go on with.

import type { Answer, ClientEvent } from "chat-hub";
import { blockLines, memberLines, roomLines, sessionLines, whoisLines } from "../look/answers.js";
import { auditLines, banLines, statsLines } from "../look/house.js";
import { pageLines, searchLines } from "../look/pages.js";
import { loginDone } from "./do-logins.js";
import type { Asked, Order, TalkState } from "./state.js";
import { quietly } from "./state.js";
import type { Turn } from "./turn.js";
import { lines, nothing } from "./turn.js";

type Page = Extract<Answer, { type: "history" | "thread" | "pins" }>;

export function answered(
  { ask, answer }: Extract<ClientEvent, { type: "answered" }>,
  heard: Pick<Order, "state" | "moment">,
): Turn {
  const { state, moment } = heard;
  const { viewer, asked } = state;
  const { wall } = moment;
  const question = asked.get(ask);
  asked.delete(ask);
  if (question === undefined) return nothing;
  switch (answer.type) {
    case "history":
    case "thread":
    case "pins":
      return paged(answer, question, heard);
    case "search":
      state.more = afterSearch(answer, question);
      return lines(...searchLines(answer, question.title, wall, viewer));
    case "rooms":
      for (const room of answer.rooms) state.places.heardOf(room);
      return lines(...roomLines(answer, wall, viewer));
    case "members": {
      const which = question.question.type === "members" ? (question.question.which ?? "members") : "members";
      return lines(...memberLines(answer, which, wall, viewer));
    }
    case "whois":
      return lines(...whoisLines(answer, wall, viewer));
    case "blocks":
      return lines(...blockLines(answer, wall, viewer));
    case "sessions":
      return listed(answer, question, heard);
    case "bans": {
      const isSilence = question.question.type === "bans" && question.question.which === "silenced";
      return lines(...banLines(answer, isSilence, wall, viewer));
    }
    case "audit":
      state.more = afterAudit(answer, question);
      return lines(...auditLines(answer, wall, viewer));
    case "stats":
      return lines(...statsLines(answer, wall, viewer));
    case "end_session":
    case "set_password": {
      const { question: done } = question;
      return loginDone(answer.type, done.type === "end_session" ? done.session : undefined, heard);
    }
    default:
      return nothing;
  }
}

function listed(
  answer: Extract<Answer, { type: "sessions" }>,
  { question }: Asked,
  { state, moment }: Pick<Order, "state" | "moment">,
): Turn {
  const of = question.type === "sessions" ? question.username : undefined;
  state.sessions = { of, rows: answer.sessions };
  return lines(...sessionLines(answer, of, moment.wall, state.viewer));
}

function afterAudit({ lines, more }: Extract<Answer, { type: "audit" }>, asked: Asked): Asked | undefined {
  const last = lines.at(-1);
  if (!more || last === undefined || asked.question.type !== "audit") return undefined;
  return { ...asked, question: { ...asked.question, before: last.id } };
}

function paged(page: Page, asked: Asked, heard: Pick<Order, "state" | "moment">): Turn {
  const { state, moment } = heard;
  const { messages, conversation } = page;
  if (messages.length === 0) {
    state.more = undefined;
    return asked.isModest === true ? nothing : quietly(heard, emptyWords(page, asked));
  }
  for (const message of messages) {
    // What was shown can be quoted, and its number is under Tab.
    if (state.lately.find(conversation, message.seq) === undefined) remember(message, state);
  }
  state.more = afterPage(page, asked);
  const end = state.more === undefined ? (page.type === "history" ? "now" : "that is all") : "/more goes on";
  return lines(...pageLines(messages, asked.title, end, moment.wall, state.viewer));
}

function emptyWords({ type }: Page, { question }: Asked): string {
  if (type === "pins") return "nothing is pinned there";
  const isMore = question.type === "history" && (question.before ?? question.after) !== undefined;
  return isMore ? "nothing else was said there" : "nothing was said there yet";
}

function remember(message: Page["messages"][number], { lately, viewer }: TalkState): void {
  lately.said({ ...message, kind: "message", own: message.from === viewer.username });
}

/** Forwards where the question looked forwards; else to what came before. */
function afterPage({ type, messages, more, first }: Page, asked: Asked): Asked | undefined {
  const { question } = asked;
  const oldest = messages[0]?.seq ?? 0;
  const newest = messages.at(-1)?.seq ?? 0;
  if (question.type === "thread" && type === "thread") {
    return more ? { ...asked, question: { ...question, after: newest } } : undefined;
  }
  if (question.type !== "history") return undefined;
  const { conversation, limit, after } = question;
  const title = asked.title.replace(/ before \d+$| after \d+$/, "");
  const rest = limit === undefined ? {} : { limit };
  if (after !== undefined) {
    if (!more) return undefined;
    return { title, question: { type: "history", conversation, after: newest, ...rest } };
  }
  // Around a place both sides may have more; before it, or at the end, `more` says so.
  if (question.around === undefined ? !more : oldest <= first) return undefined;
  return { title, question: { type: "history", conversation, before: oldest, ...rest } };
}

function afterSearch({ next }: Extract<Answer, { type: "search" }>, asked: Asked): Asked | undefined {
  if (next === undefined || asked.question.type !== "search") return undefined;
  return { ...asked, question: { ...asked.question, before: next } };
}
