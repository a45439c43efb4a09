// A page of a log, on its way to those who read on. Whoever wants the same page as somebody who has just asked
// for it, and may see the same of it, gets it with them: it is read once, encoded once per dialect, and
// shared. Where a crowd comes back, that is most of what there is to do.

import type { Dialect, Viewer } from "../dialects/dialect.js";
import type { Page } from "../ports/pages.js";
import { conversationName } from "../words/conversations.js";
import type { ConnectionId, ConversationId, Seq, UserId } from "../words/ids.js";
import type { RoomFacts } from "../words/log.js";
import { utf8Bytes } from "../words/text.js";
import { ask } from "./asks.js";
import { expectProof } from "./cursors.js";
import { lineOf } from "./line.js";
import type { Connection } from "./state/connection.js";
import type { HubState } from "./state/hub-state.js";
import type { Reading, Session } from "./state/session.js";
import type { User } from "./state/user.js";

/** An entry takes about as much on the wire at the least. */
const leastEntryBytes = 160;

/** A page that was asked for, and who gets it. */
export interface AskedPage {
  readonly of: ConversationId;
  /** It begins behind this. */
  readonly after: Seq;
  /** What it is shared by; absent where only the store knows what somebody may see. */
  readonly key: string | undefined;
  /** The room as it was then: if it has changed since, only who has asked first may see what has come. */
  readonly facts: RoomFacts | undefined;
  readonly readers: Reader[];
}

export interface Reader {
  readonly connection: Connection;
  readonly session: Session;
  readonly reading: Reading;
}

export function askPage(hub: HubState, reader: Reader): void {
  const { session, reading } = reader;
  const { after, place } = reading;
  const of = place.conversation;
  session.page = of;
  const key = keyOf(hub, session.user, of, after);
  const open = key === undefined ? undefined : hub.pages.get(key);
  if (open !== undefined && open.readers.length < hub.limits.pageReaders) {
    open.readers.push(reader);
    return;
  }
  const page: AskedPage = { of, after, key, facts: hub.audiences.get(of)?.facts, readers: [reader] };
  if (key !== undefined) hub.pages.set(key, page);
  const { pageRows, readOnBytes: bytes } = hub.limits;
  const rows = Math.min(pageRows, Math.floor(bytes / leastEntryBytes));
  const window = { kind: "after", seq: after } as const;
  ask(hub, { type: "read", viewer: session.user.id, of, window, rows, bytes }, { type: "replay", page });
}

/** The same for all who see the same: a conversation from one place on, as far as it is not hidden from them. */
function keyOf(hub: HubState, user: User, of: ConversationId, after: Seq): string | undefined {
  const audience = hub.audiences.get(of);
  if (audience === undefined || (audience !== hub.everyone && !audience.members.has(user))) return undefined;
  const begins = audience.facts?.history === "all" ? 0 : (audience.begins.get(user) ?? 0);
  return `${of} ${after} ${begins}`;
}

/** The page is here: who still wants it, and may have it. All others are to go on without it. */
export function takersOf(
  hub: HubState,
  page: AskedPage,
): { readonly takers: readonly Reader[]; readonly others: readonly Reader[] } {
  if (page.key !== undefined && hub.pages.get(page.key) === page) hub.pages.delete(page.key);
  const isAsItWas = hub.audiences.get(page.of)?.facts === page.facts;
  const [takers, others]: [Reader[], Reader[]] = [[], []];
  for (const [index, reader] of page.readers.entries()) {
    const { connection, session, reading } = reader;
    if (connection.stage.state === "ended") continue;
    session.page = undefined;
    // Out of the room since: they were told. Who can't keep up reads it again when what was sent before has been taken.
    const isReading = session.reading.get(page.of) === reading && !connection.congested;
    if (isReading && (index === 0 || isAsItWas)) takers.push(reader);
    else others.push(reader);
  }
  return { takers, others };
}

/** Tells it to each of these, who then have read as far. */
export function tellPage(hub: HubState, page: Page, after: Seq, readers: readonly Reader[]): void {
  const alike = new Map<Dialect, Reader[]>();
  for (const reader of readers) {
    const { connection, session } = reader;
    if (isTheirs(page, reader)) {
      tellReaders(hub, page, after, reader, [reader], { connection: connection.id, user: session.user.id });
    } else {
      const group = alike.get(connection.dialect) ?? [];
      group.push(reader);
      alike.set(connection.dialect, group);
    }
  }
  for (const group of alike.values()) tellReaders(hub, page, after, group[0] as Reader, group, nobody);
}

/** A viewer who has done nothing of what is on a page. */
const nobody: Viewer = { connection: Number.NaN as ConnectionId, user: Number.NaN as UserId };

/**
 * Whether it is told in words of its own: a private page, and one with something that they did, of which
 * they are told the nonce, and which the connection that did it may not be told at all.
 */
function isTheirs({ peer, entries }: Page, { connection, session }: Reader): boolean {
  if (peer !== undefined) return true;
  const { id } = session.user;
  return entries.some(
    (entry) =>
      entry.type !== "skip" &&
      (entry.origin === connection.id || (entry.author === id && entry.nonce !== undefined)),
  );
}

/** Says to all of these what `first` of them is told, as it is for `viewer`. */
function tellReaders(
  hub: HubState,
  page: Page,
  after: Seq,
  first: Reader,
  readers: readonly Reader[],
  viewer: Viewer,
): void {
  const { frames, entries, last } = framesOf(hub, page, after, first, viewer);
  const connections: ConnectionId[] = [];
  for (const { connection, session, reading } of readers) {
    reading.after = last;
    if (page.peer !== undefined) expectProofs(hub, connection, session, page, last);
    if (session.resume !== undefined) session.resume.replayed += entries;
    if (connection.gone === undefined) connections.push(connection.id);
  }
  if (frames.length > 0) hub.effects.push({ type: "share", connections, frames });
}

/**
 * What they are told: of places without anything to say, one after the other, one push for all of them. The
 * store counts what people wrote; on the wire there is more to it, so a page may end sooner than the store's.
 */
function framesOf(
  { limits }: HubState,
  page: Page,
  after: Seq,
  { connection: { dialect }, session }: Reader,
  viewer: Viewer,
): { readonly frames: readonly string[]; readonly entries: number; readonly last: Seq } {
  const frames: string[] = [];
  let bytes = 0;
  const say = (frame: string | undefined): void => {
    if (frame === undefined) return;
    frames.push(frame);
    bytes += utf8Bytes(frame);
  };
  const encode = (entry: Exclude<Page["entries"][number], { type: "skip" }>): string | undefined => {
    if (!dialect.shows(entry, viewer, page.peer?.user)) return undefined;
    const nonce = entry.author === viewer.user ? entry.nonce : undefined;
    return dialect.encode({ type: "entry", line: lineOf(session.user, page, entry), nonce });
  };
  const conversation = conversationName(page);
  const skip = (first: number, last: number): void => {
    if (first <= last) say(dialect.encode({ type: "skip", payload: { conversation, first, last } }));
  };
  let entries = 0;
  /** The last place that was told, and the last that was looked at; before `first` there is nothing any more. */
  let told: number = after;
  let last = Math.max(after, (page.entries[0]?.seq ?? page.first) - 1);
  for (const entry of page.entries) {
    const frame = entry.type === "skip" ? undefined : encode(entry);
    // The first is told however long it is.
    if (frame !== undefined && bytes > 0 && bytes + utf8Bytes(frame) > limits.readOnBytes) break;
    last = entry.seq;
    if (entry.type === "skip") continue;
    skip(told + 1, last - 1);
    told = last;
    say(frame);
    if (frame !== undefined) entries += 1;
  }
  skip(told + 1, last);
  return { frames, entries, last: last as Seq };
}

function expectProofs(
  hub: HubState,
  connection: Connection,
  session: Session,
  { entries, conversation }: Page,
  last: Seq,
): void {
  for (const entry of entries)
    if (entry.type !== "skip" && entry.seq <= last)
      expectProof(hub, connection, session, conversation, entry.seq);
}
