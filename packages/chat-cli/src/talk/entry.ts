// An entry of a log becomes lines, if it is news and is to be seen.

import type { ClientEntry, DoneEntry, MessageEntry } from "chat-hub";
import { nameKey } from "chat-hub";
import type { Inert } from "../inert.js";
import { actLines, isAboutMessage } from "../look/acts.js";
import { quoteOf } from "../look/pages.js";
import { messageOf } from "../look.js";
import { awayLines, dayLines } from "../notices.js";
import type { TalkState } from "./state.js";
import type { Moment, Turn } from "./turn.js";
import { nothing } from "./turn.js";

export function tellEntry(entry: ClientEntry, state: TalkState, moment: Moment): Turn {
  if (entry.kind === "other") return nothing;
  const isNews = entry.kind === "message" ? heardOf(entry, state) : changed(entry, state);
  const { conversation, seq, hidden } = entry;
  const isSeen = hidden !== true && isNews;
  const isCalled = callsUs(entry, state);
  if (putsUsOut(entry, state)) state.goodbyes.add(conversation);
  if (isSeen && isMuted(entry, isCalled, state)) return nothing;
  // What we are never to see is as good as read.
  const facts = state.attention.printed(conversation, seq, moment.wall);
  if (!isSeen) return { lines: [], facts };
  const shown = entry.kind === "message" ? messageShown(entry, state) : actShown(entry, isCalled, state);
  const days = dayLines(state.shownAt ?? moment.wall, entry.at, state.viewer.palette);
  state.shownAt = entry.at;
  const rings =
    state.isLive && !entry.own && entry.kind === "message" && (isCalled || entry.to !== undefined);
  return {
    lines: [...days, ...shown],
    facts,
    ...(rings ? { ring: true } : {}),
  };
}

function putsUsOut(entry: MessageEntry | DoneEntry, { viewer }: TalkState): boolean {
  const isOut = entry.kind === "member_left" || (entry.kind === "member_banned" && entry.on);
  return isOut && nameKey(entry.username) === nameKey(viewer.username);
}

/** A line to ourselves comes with `to`, as every private one; it calls nobody. */
function callsUs(entry: MessageEntry | DoneEntry, { viewer }: TalkState): boolean {
  if (entry.kind === "message") return entry.mentioned === true;
  if (entry.kind !== "message_edited" || entry.own) return false;
  const me = nameKey(viewer.username);
  return entry.mentions?.some((name) => name === "everyone" || nameKey(name) === me) === true;
}

function isMuted(
  { conversation, own }: MessageEntry | DoneEntry,
  isCalled: boolean,
  state: TalkState,
): boolean {
  return state.places.isMuted(conversation) && conversation !== state.target && !own && !isCalled;
}

function heardOf(entry: MessageEntry, { company, lately }: TalkState): boolean {
  if (!entry.own) company.spoke(entry.from);
  lately.said(entry);
  return true;
}

/** Whether it is news: what was replayed as it stands now has its edits and its deletion in it. */
function changed(entry: DoneEntry, { lately }: TalkState): boolean {
  const { conversation } = entry;
  if (entry.kind === "message_edited") {
    return lately.edited(conversation, entry.message_seq, entry.message, entry.version);
  }
  return entry.kind !== "message_deleted" || lately.deleted(conversation, entry.message_seq);
}

function messageShown(entry: MessageEntry, { viewer, lately, away }: TalkState): readonly Inert[] {
  const place = `${entry.conversation} ${entry.seq}`;
  const absent = away.get(place);
  away.delete(place);
  const answered = entry.reply_to === undefined ? undefined : lately.find(entry.conversation, entry.reply_to);
  const quote = answered === undefined ? entry.reply_to?.toString() : quoteOf(answered, viewer);
  const shown = messageOf(entry, viewer, quote);
  return absent === undefined ? shown : [...shown, ...awayLines(absent, entry.at, viewer)];
}

function actShown(entry: DoneEntry, isCalled: boolean, { viewer, lately }: TalkState): readonly Inert[] {
  const about = isAboutMessage(entry) ? lately.find(entry.conversation, entry.message_seq) : undefined;
  return actLines(entry, about, isCalled, viewer);
}
