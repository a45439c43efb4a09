// What was said before.

import type { Question } from "chat-hub";
import type { HistoryWindow } from "../commands/window.js";
import { clock, many } from "../look.js";
import { mostHistoryRows } from "../notices.js";
import { toLine } from "./do-lines.js";
import type { Doings } from "./obey.js";
import type { TalkState } from "./state.js";
import { ask, called, loudly, quietly } from "./state.js";
import { together } from "./turn.js";

/** What /history shows unless it is told otherwise; as much is shown on coming in. */
export const historyRows = 20;

export const readingDoings = {
  history: ({ conversation = "", window }, order) => {
    const where = placeOf(order.state, conversation);
    const question = { type: "history", conversation: where, ...windowOf(window) } as const;
    return ask(order, question, titleOf(order.state, where, window));
  },
  more: (_, order) => {
    const { more } = order.state;
    return more === undefined
      ? loudly(order, "there is no more of it")
      : ask(order, more.question, more.title);
  },
  thread: ({ line }, order) =>
    toLine(order, line, false, ({ conversation, seq }) =>
      ask(order, { type: "thread", conversation, message_seq: seq }, `the thread of ${seq}`),
    ),
  pins: ({ conversation = "" }, order) => {
    const where = placeOf(order.state, conversation);
    return ask(order, { type: "pins", conversation: where }, `pinned ${inWords(order.state, where)}`);
  },
  search: ({ text }, order) => ask(order, { type: "search", query: text }, text),
  unread: (_, order) => {
    const { state } = order;
    const rows = state.places.unread().map(({ conversation, unread, mentions, muted }) => {
      const calls = mentions === 0 ? "" : `, ${mentions} of them ${mentions === 1 ? "calls" : "call"} you`;
      const silent = muted === true ? " (muted)" : "";
      return quietly(
        order,
        `${called(state, conversation)}: ${many(unread, "line", "lines")}${calls}${silent}`,
      );
    });
    return rows.length === 0 ? quietly(order, "nothing is unread") : together(...rows);
  },
  read: ({ conversation = "" }, order) => {
    const { places } = order.state;
    const where = placeOf(order.state, conversation);
    const all = places.all().filter((one) => conversation === "everything" || one.conversation === where);
    const unread = all.filter(({ unread: count }) => count > 0);
    if (unread.length === 0) return quietly(order, "nothing is unread");
    return {
      ...quietly(order, `read: ${unread.map((one) => called(order.state, one.conversation)).join(", ")}`),
      facts: unread.map(({ conversation: name, head: seq }) => ({ type: "read", conversation: name, seq })),
    };
  },
} satisfies Pick<Doings, "history" | "more" | "thread" | "pins" | "search" | "unread" | "read">;

function placeOf({ target }: TalkState, conversation: string): string {
  return conversation === "" || conversation === "everything" ? target : conversation;
}

type Window = Pick<Extract<Question, { type: "history" }>, "before" | "after" | "around" | "by" | "limit">;

function windowOf(window: HistoryWindow | undefined): Window {
  if (window === undefined) return { limit: historyRows };
  switch (window.type) {
    case "last":
      return { limit: Math.min(window.count, mostHistoryRows) };
    case "from":
      // Exclusive, and what was said in that very millisecond is wanted.
      return { by: "time", after: Math.max(0, window.at - 1), limit: historyRows };
    default:
      return { [window.type]: window.seq, limit: historyRows };
  }
}

function titleOf(state: TalkState, where: string, window: HistoryWindow | undefined): string {
  const said = `said ${inWords(state, where)}`;
  if (window === undefined) return `the last lines ${said}`;
  switch (window.type) {
    case "last":
      return `the last lines ${said}`;
    case "from":
      return `${said} from ${dayAndHour(window.at)} on`;
    default:
      return `${said} ${window.type} ${window.seq}`;
  }
}

/** `2026-11-22 14:30`, as /history takes it. */
function dayAndHour(at: number): string {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${clock(at)}`;
}

/** `to everyone`, `with bob`, `in #dev`. */
export function inWords(state: TalkState, conversation: string): string {
  if (conversation === "everyone") return "to everyone";
  const name = called(state, conversation);
  return name.startsWith("@") ? `with ${name.slice(1)}` : `in ${name}`;
}
