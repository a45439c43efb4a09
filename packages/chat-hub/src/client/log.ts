// What becomes of entries once they are told: they stand in the views, they are counted, they change
// rooms, and some put us out of one. And what becomes of a log that has a gap, or is another one now.

import type { HistoryPayload, SkipPayload } from "../dialects/frames/answers.js";
import type { ClientEntry, EntryItem } from "./entries.js";
import { askForRooms } from "./lists.js";
import type { Asker } from "./questions.js";
import type { ClientState } from "./state.js";
import { ask, tell } from "./state.js";
import type { LogPage } from "./timelines.js";
import type { ClientEvent, Departure } from "./told.js";

/** An entry was pushed. */
export function hearEntry(client: ClientState, item: EntryItem): void {
  const { conversation } = item.payload;
  if (client.isResuming) client.replayed.add(conversation);
  follow(client, conversation, client.timelines.heard(item));
  mend(client, conversation);
}

export function hearSkip(client: ClientState, { conversation, first, last }: SkipPayload): void {
  if (last < first) return;
  follow(client, conversation, client.timelines.passed(conversation, { first, last }));
  mend(client, conversation);
}

/** Tells what came of a conversation's log, and lets everything follow from it. */
function follow(client: ClientState, conversation: string, events: readonly ClientEvent[]): void {
  const { views } = client;
  for (const event of events) {
    tell(client, event);
    if (event.type === "gone") views.cutBefore(conversation, event.before);
    if (event.type !== "entry") continue;
    views.told(event.entry);
    count(client, event.entry);
  }
  passed(client, conversation);
}

/** Its log goes at least as far as was told, or passed over without a word. */
function passed({ timelines, views, rows }: ClientState, conversation: string): void {
  const cursor = timelines.cursor(conversation);
  if (cursor === undefined) return;
  views.passed(conversation, cursor);
  rows.passed(conversation, cursor);
}

function count(client: ClientState, entry: ClientEntry): void {
  const { rows, rooms, typing } = client;
  stands(client, entry);
  const why = departureOf(client, entry);
  if (why !== undefined) return depart(client, entry.conversation, why, entry.seq);
  rows.heard(entry);
  rooms.heard(entry);
  if (entry.kind === "member_joined" && entry.own) askForRooms(client, { joined: entry.conversation });
  if (entry.kind === "message") typing.heard(entry.conversation, entry.from, false, client.at);
}

/** What was said here is a line of its log now. */
function stands({ outbox }: ClientState, entry: ClientEntry): void {
  if (entry.kind !== "other" && entry.nonce !== undefined) outbox.stands(entry.nonce);
}

function departureOf({ self }: ClientState, entry: ClientEntry): Departure | undefined {
  if (entry.kind === "member_left" && self.isMe(entry.username)) return entry.why;
  if (entry.kind === "member_banned" && entry.on && self.isMe(entry.username)) return "banned";
  return undefined;
}

/** It is none of ours any more. */
export function depart(
  client: ClientState,
  conversation: string,
  why: Departure,
  exit: number | undefined,
): void {
  const isShown = client.views.drop(conversation);
  client.rows.depart(conversation, why, exit, isShown);
  client.rooms.departed(conversation);
  client.timelines.forget(conversation);
  client.reads.forget(conversation);
  client.outbox.departed(conversation);
}

/** Its log is another one: the newest page of that is told, and then what comes. */
export function restart(client: ClientState, conversation: string): void {
  if (!client.timelines.restart(conversation)) return;
  client.reads.forget(conversation);
  client.outbox.departed(conversation);
  client.rows.reset(conversation);
  tell(client, { type: "reset", conversation });
  client.views.reset(conversation);
  ask(client, { for: "restart", conversation });
}

/** @param page absent if there is none: what was pushed since is all there is */
export function restarted(client: ClientState, conversation: string, page: HistoryPayload | undefined): void {
  const { timelines, views, rows } = client;
  const events = timelines.restarted(conversation, page);
  if (page !== undefined) views.goesOnAfter(conversation, page.head);
  for (const event of events) {
    tell(client, event);
    if (event.type !== "entry") continue;
    const isInPage = event.entry.seq <= (page?.head ?? 0);
    // The views ask for pages of their own. What the server has counted when it says how we stand is not counted twice.
    if (isInPage) {
      stands(client, event.entry);
      if (rows.has(conversation)) rows.heard(event.entry);
    } else {
      views.told(event.entry);
      count(client, event.entry);
    }
  }
  passed(client, conversation);
  mend(client, conversation);
}

/** Asks for what is missing, if anything is and it is not asked for already. */
function mend(client: ClientState, conversation: string, tries = 0): void {
  const { timelines, questions } = client;
  if (!timelines.hasGap(conversation) || questions.hasGapOpen(conversation)) return;
  ask(client, { for: "gap", conversation, after: timelines.cursor(conversation) ?? 0, tries });
}

/** How often in a row the log may say nothing about a gap before the gap is passed over. */
const mostTries = 3;

export function fillGap(client: ClientState, asker: Extract<Asker, { for: "gap" }>, page: LogPage): void {
  const { timelines } = client;
  const { conversation } = asker;
  const before = timelines.cursor(conversation) ?? 0;
  follow(client, conversation, timelines.filled({ ...page, conversation }));
  const tries = (timelines.cursor(conversation) ?? 0) > before ? 0 : asker.tries + 1;
  if (tries >= mostTries) giveUpGap(client, conversation);
  else mend(client, conversation, tries);
}

export function giveUpGap(client: ClientState, conversation: string): void {
  if (!client.timelines.hasGap(conversation)) return;
  follow(client, conversation, client.timelines.givenUp(conversation));
  mend(client, conversation);
}
