// Reading the log instead of being pushed to: after `since`, and whenever a connection could not take
// what was pushed. One path for all: one conversation at a time, one page in memory, and each is live
// from the moment its reading has reached its head.

import type { Page, Stood, StoreRefusal } from "../ports/store.js";
import type { RefusalCode } from "../tables/refusals.js";
import { conversationName } from "../words/conversations.js";
import type { ConversationId, Seq } from "../words/ids.js";
import type { Entry, Place, Standing } from "../words/log.js";
import type { Cursor } from "../words/since.js";
import { tellPresence } from "./announce.js";
import { audiencesOf, headIn, hears, listen, stopListening } from "./audience.js";
import { expectProof } from "./cursors.js";
import { end } from "./departure.js";
import { encodeEntry } from "./line.js";
import type { Connection, HubState, Reading, Resume, Session, Span } from "./state.js";
import { ask, send, sessionOf } from "./state.js";

/** Finds out where the conversations of `since` stand: first the named ones, then the others. */
export function locate(
  hub: HubState,
  connection: Connection,
  session: Session,
  resume: Resume,
  epoch: string | undefined,
): void {
  const { cursors } = resume.since;
  // What is said from now on is not lost, wherever it turns out to start.
  readFromNow(hub, session);
  resume.renumbered = epoch !== undefined && epoch !== hub.facts.epoch;
  if (cursors.length === 0) return locateOthers(hub, connection, session, resume, undefined);
  const select = { kind: "these", of: cursors.map(({ of }) => of) } as const;
  ask(hub, { type: "stand", user: session.user.id, select }, { type: "locateNamed", connection });
}

export function locatedNamed(hub: HubState, connection: Connection, answer: Stood | StoreRefusal): void {
  const session = sessionOf(connection);
  if (session?.resume === undefined) return;
  if (!answer.ok) return end(hub, connection, "tryLater");
  const { resume } = session;
  const standings = new Map(answer.standings.map((standing) => [standing.index, standing]));
  for (const [index, { text, from }] of resume.since.cursors.entries()) {
    const standing = standings.get(index);
    if (standing === undefined) {
      resume.ignored.push(text);
      continue;
    }
    resume.named.add(standing.conversation);
    const head = headOf(hub, standing);
    const after = resume.renumbered ? undefined : startOf(from, head);
    if (after === undefined) resume.reset.push(text);
    else find(resume, standing, after, head);
  }
  locateOthers(hub, connection, session, resume, undefined);
}

function locateOthers(
  hub: HubState,
  connection: Connection,
  session: Session,
  resume: Resume,
  after: ConversationId | undefined,
): void {
  if (resume.since.others === "head") return located(hub, connection, session, resume);
  const page = after === undefined ? {} : { after };
  const select = { kind: "all", most: hub.limits.resumeRows, ...page } as const;
  ask(hub, { type: "stand", user: session.user.id, select }, { type: "locateOthers", connection });
}

export function locatedOthers(hub: HubState, connection: Connection, answer: Stood | StoreRefusal): void {
  const session = sessionOf(connection);
  if (session?.resume === undefined) return;
  if (!answer.ok) return end(hub, connection, "tryLater");
  const { resume } = session;
  for (const standing of answer.standings) {
    if (resume.named.has(standing.conversation)) continue;
    const after = resume.since.others === "all" ? (0 as Seq) : standing.read;
    find(resume, standing, after, headOf(hub, standing));
  }
  const last = answer.standings.at(-1);
  if (answer.more && last !== undefined)
    return locateOthers(hub, connection, session, resume, last.conversation);
  located(hub, connection, session, resume);
}

/** Puts the longest silent first; what was pushed meanwhile is read too. */
function located(hub: HubState, connection: Connection, session: Session, resume: Resume): void {
  const pushed = new Map(session.reading);
  session.reading.clear();
  for (const { place, after, head } of resume.found.sort((a, b) => a.headAt - b.headAt)) {
    // Out of the room since the store looked.
    if (place.room !== undefined && !session.user.rooms.has(place.conversation)) continue;
    const meanwhile = pushed.get(place.conversation);
    pushed.delete(place.conversation);
    session.reading.set(place.conversation, { place, after, head: meanwhile?.head ?? head, refused: false });
  }
  for (const [conversation, reading] of pushed) session.reading.set(conversation, reading);
  resume.found.length = 0;
  resume.locating = false;
  goOn(hub, connection, session);
}

/** Where it starts is known; without a `since`, that is the head of everything. */
export function goOn(hub: HubState, connection: Connection, session: Session): void {
  if (!session.begun) readFromNow(hub, session);
  session.begun = true;
  for (const audience of audiencesOf(hub, session.user)) {
    const after = session.reading.get(audience.place.conversation)?.after ?? audience.head;
    session.heard.push({ audience, from: (after + 1) as Seq, to: 0 as Seq });
  }
  pump(hub, connection, session);
}

/** Every audience that is not read yet is read from its head on. */
function readFromNow(hub: HubState, { user, reading }: Session): void {
  for (const { place, head } of audiencesOf(hub, user)) {
    if (!reading.has(place.conversation))
      reading.set(place.conversation, { place, after: head, head, refused: false });
  }
}

/** A new entry that must reach this connection by reading, since it is not live there. */
export function readLater(session: Session, place: Place, seq: Seq): void {
  const reading = session.reading.get(place.conversation);
  if (reading === undefined)
    session.reading.set(place.conversation, { place, after: (seq - 1) as Seq, head: seq, refused: false });
  else reading.head = seq;
}

/** Whether a conversation is pushed to this connection. */
export function isLive(connection: Connection, session: Session, { conversation }: Place): boolean {
  return (
    connection.stage.state === "here" &&
    !connection.congested &&
    session.resume?.locating !== true &&
    !session.reading.has(conversation)
  );
}

export function congested(hub: HubState, connection: Connection): void {
  connection.congested = true;
  const session = sessionOf(connection);
  if (session === undefined || !session.begun) return;
  session.presenceTold = hub.presence.version;
  for (const audience of audiencesOf(hub, session.user)) {
    if (!hears(session, audience)) continue;
    const { place, head } = audience;
    stopListening(hub, connection, audience);
    session.reading.set(place.conversation, { place, after: head, head, refused: false });
  }
}

export function drained(hub: HubState, connection: Connection): void {
  connection.congested = false;
  const session = sessionOf(connection);
  if (session === undefined) return;
  for (const { place, after, head: known } of session.reading.values()) {
    const head = headIn(hub, place.conversation, known);
    if (head <= after || session.resume !== undefined) continue;
    const payload = { conversation: conversationName(place), after, head };
    send(hub, connection, connection.dialect.encode({ type: "behind", payload }));
  }
  pump(hub, connection, session);
}

/** Asks for the next page there is to read; with nothing left to read the connection is live. */
export function pump(hub: HubState, connection: Connection, session: Session): void {
  if (connection.stage.state !== "here" || connection.congested || connection.gone !== undefined) return;
  if (session.page !== undefined || session.resume?.locating === true) return;
  for (const [conversation, reading] of session.reading) {
    if (reading.refused) continue;
    const audience = hub.audiences.get(conversation);
    if (reading.after < (audience?.head ?? reading.head)) return askPage(hub, connection, session, reading);
    session.reading.delete(conversation);
    if (audience !== undefined) listen(hub, connection, audience);
  }
  if (session.presenceTold !== hub.presence.version) tellPresence(hub, connection, session);
  if (session.resume !== undefined) tellResumed(hub, connection, session.resume);
  session.resume = undefined;
}

function askPage(hub: HubState, connection: Connection, session: Session, reading: Reading): void {
  const { conversation } = reading.place;
  session.page = conversation;
  ask(
    hub,
    {
      type: "read",
      viewer: session.user.id,
      of: conversation,
      window: { kind: "after", seq: reading.after },
      rows: hub.limits.pageRows,
      bytes: hub.limits.pageBytes,
    },
    { type: "replay", connection, reading },
  );
}

export function replayed(
  hub: HubState,
  connection: Connection,
  reading: Reading,
  answer: Page | StoreRefusal<RefusalCode>,
): void {
  const session = sessionOf(connection);
  if (session === undefined) return;
  session.page = undefined;
  const { place } = reading;
  // Out of it since: they were told.
  if (session.reading.get(place.conversation) !== reading) return pump(hub, connection, session);
  if (!answer.ok) {
    if (answer.code === "unavailable" || answer.code === "storage_full")
      return end(hub, connection, "tryLater");
    reading.refused = true;
    return pump(hub, connection, session);
  }
  const begins = answer.entries[0]?.seq ?? answer.first;
  let skipped = { from: (reading.after + 1) as Seq, to: (begins - 1) as Seq };
  for (const entry of answer.entries) {
    if (entry.type === "skip") {
      skipped.to = entry.seq;
      continue;
    }
    if (skipped.to >= skipped.from) tellSkip(hub, connection, place, skipped);
    replay(hub, connection, session, place, entry);
    skipped = { from: (entry.seq + 1) as Seq, to: entry.seq };
  }
  if (skipped.to >= skipped.from) tellSkip(hub, connection, place, skipped);
  reading.after = Math.max(reading.after, skipped.to) as Seq;
  pump(hub, connection, session);
}

function replay(hub: HubState, connection: Connection, session: Session, place: Place, entry: Entry): void {
  const { user } = session;
  if (place.peer !== undefined) expectProof(hub, connection, session, place.conversation, entry.seq);
  const nonce = entry.author === user.id ? entry.nonce : undefined;
  const frame = encodeEntry(connection, user, place, entry, nonce);
  if (frame === undefined) return;
  if (session.resume !== undefined) session.resume.replayed += 1;
  send(hub, connection, frame);
}

/** Places without anything to say, one after the other: one push for all of them. */
function tellSkip(hub: HubState, connection: Connection, place: Place, { from, to }: Span): void {
  const payload = { conversation: conversationName(place), first: from, last: to };
  send(hub, connection, connection.dialect.encode({ type: "skip", payload }));
}

function tellResumed(hub: HubState, connection: Connection, { replayed, ignored, reset }: Resume): void {
  const payload = {
    epoch: hub.facts.epoch,
    replayed,
    ...(ignored.length === 0 ? {} : { ignored }),
    ...(reset.length === 0 ? {} : { reset }),
  };
  send(hub, connection, connection.dialect.encode({ type: "resumed", payload }));
}

function find(resume: Resume, standing: Standing, after: Seq, head: Seq): void {
  const { conversation, peer, room, headAt } = standing;
  const place: Place = {
    conversation,
    ...(peer === undefined ? {} : { peer }),
    ...(room === undefined ? {} : { room }),
  };
  // An audience's head may have grown by the time all is found.
  if (after < head || peer === undefined) resume.found.push({ place, after, head, headAt, refused: false });
}

/** Where a cursor starts; `undefined` if it is past the head. */
function startOf(cursor: Cursor, head: Seq): Seq | undefined {
  if (cursor.kind === "last") return Math.max(0, head - cursor.count) as Seq;
  return cursor.seq > head ? undefined : cursor.seq;
}

function headOf(hub: HubState, { conversation, head }: Standing): Seq {
  return headIn(hub, conversation, head);
}
