// Reading the log instead of being pushed to: after `since`, and whenever a connection could not take
// what was pushed. One path for all: one conversation at a time, one page in memory, and each is live
// from the moment its reading has reached its head.

import type { Page, Stood, StoreRefusal } from "../ports/store.js";
import { conversationName } from "../words/conversations.js";
import type { Seq } from "../words/ids.js";
import { everyone } from "../words/ids.js";
import type { Address, Entry, Place, Standing } from "../words/log.js";
import type { Cursor } from "../words/since.js";
import { listen, stopListening } from "./audience.js";
import { expectProof } from "./cursors.js";
import { end } from "./departure.js";
import { tellPresence } from "./presence.js";
import type { Connection, HubState, Reading, Resume, Session } from "./state.js";
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
  // What is said to everyone from now on is not lost, wherever it turns out to start.
  session.reading.set(everyone, { place: { conversation: everyone }, after: hub.head, head: hub.head });
  session.heardFrom = (hub.head + 1) as Seq;
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
  after: Address | undefined,
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
    return locateOthers(hub, connection, session, resume, addressOf(last));
  located(hub, connection, session, resume);
}

/** Puts the longest silent first; what was pushed meanwhile is read too. */
function located(hub: HubState, connection: Connection, session: Session, resume: Resume): void {
  const pushed = new Map(session.reading);
  session.reading.clear();
  for (const { place, after, head } of resume.found.sort((a, b) => a.headAt - b.headAt)) {
    const meanwhile = pushed.get(place.conversation);
    pushed.delete(place.conversation);
    session.reading.set(place.conversation, { place, after, head: meanwhile?.head ?? head });
  }
  for (const [conversation, reading] of pushed) session.reading.set(conversation, reading);
  resume.found.length = 0;
  resume.locating = false;
  goOn(hub, connection, session);
}

/** Where it starts is known; without a `since`, that is the head of everyone. */
export function goOn(hub: HubState, connection: Connection, session: Session): void {
  if (!session.reading.has(everyone)) {
    session.reading.set(everyone, { place: { conversation: everyone }, after: hub.head, head: hub.head });
  }
  session.heardFrom = ((session.reading.get(everyone)?.after ?? hub.head) + 1) as Seq;
  pump(hub, connection, session);
}

/** A new entry that must reach this connection by reading, since it is not live there. */
export function readLater(session: Session, place: Place, seq: Seq): void {
  const reading = session.reading.get(place.conversation);
  if (reading === undefined)
    session.reading.set(place.conversation, { place, after: (seq - 1) as Seq, head: seq });
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
  if (session === undefined || !session.subscribed) return;
  stopListening(hub, connection, session);
  session.presenceTold = hub.presence.version;
  session.reading.set(everyone, { place: { conversation: everyone }, after: hub.head, head: hub.head });
}

export function drained(hub: HubState, connection: Connection): void {
  connection.congested = false;
  const session = sessionOf(connection);
  if (session === undefined) return;
  for (const { place, after, head: known } of session.reading.values()) {
    const head = place.conversation === everyone ? hub.head : known;
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
    const head = conversation === everyone ? hub.head : reading.head;
    if (reading.after < head) return askPage(hub, connection, session, reading);
    session.reading.delete(conversation);
    if (conversation === everyone) listen(hub, connection, session);
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
  answer: Page | StoreRefusal<"unknown_conversation">,
): void {
  const session = sessionOf(connection);
  if (session === undefined) return;
  session.page = undefined;
  if (!answer.ok) return end(hub, connection, "tryLater");
  const { place } = reading;
  const begins = answer.entries[0]?.seq ?? answer.first;
  if (begins > reading.after + 1) {
    const payload = { conversation: conversationName(place), first: reading.after + 1, last: begins - 1 };
    send(hub, connection, connection.dialect.encode({ type: "skip", payload }));
    reading.after = (begins - 1) as Seq;
  }
  for (const entry of answer.entries) {
    replay(hub, connection, session, place, entry);
    reading.after = entry.seq;
  }
  pump(hub, connection, session);
}

function replay(hub: HubState, connection: Connection, session: Session, place: Place, entry: Entry): void {
  const { conversation, peer } = place;
  const { user } = session;
  if (conversation !== everyone) expectProof(hub, connection, session, conversation, entry.seq);
  if (!connection.dialect.shows(entry, { connection: connection.id, user: user.id }, peer?.user)) return;
  if (session.resume !== undefined) session.resume.replayed += 1;
  const to = peer === undefined ? undefined : entry.author === peer.user ? user.name.spelling : peer.name;
  const nonce = entry.author === user.id ? entry.nonce : undefined;
  const line = { conversation: conversationName(place), to, entry };
  send(hub, connection, connection.dialect.encode({ type: "line", line, nonce }));
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
  const { conversation, peer, headAt } = standing;
  const place: Place = peer === undefined ? { conversation } : { conversation, peer };
  // Everyone's head may have grown by the time all is found.
  if (after < head || conversation === everyone) resume.found.push({ place, after, head, headAt });
}

/** Where a cursor starts; `undefined` if it is past the head. */
function startOf(cursor: Cursor, head: Seq): Seq | undefined {
  if (cursor.kind === "last") return Math.max(0, head - cursor.count) as Seq;
  return cursor.seq > head ? undefined : cursor.seq;
}

function headOf(hub: HubState, { conversation, head }: Standing): Seq {
  return conversation === everyone ? (Math.max(head, hub.head) as Seq) : head;
}

function addressOf({ peer }: Place): Address {
  if (peer === undefined) return { kind: "everyone" };
  const { key, holder } = peer;
  return holder === undefined ? { kind: "private", key } : { kind: "private", key, holder };
}
