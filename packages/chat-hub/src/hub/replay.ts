// Reading the log instead of being pushed to: after `since`, and whenever a connection could not take
// what was pushed. One path for all: one conversation at a time, one page in memory, and each is live
// from the moment its reading has reached its head.

import type { Page } from "../ports/pages.js";
import type { StoreRefusal } from "../ports/refusal.js";
import type { RefusalCode } from "../tables/refusals.js";
import { conversationName } from "../words/conversations.js";
import type { Seq } from "../words/ids.js";
import type { Entry, Place } from "../words/log.js";
import { utf8Bytes } from "../words/text.js";
import { tellPresence } from "./announce.js";
import { ask } from "./asks.js";
import { audiencesOf, headIn, hears, listen, stopListening } from "./audience.js";
import { expectProof } from "./cursors.js";
import { end } from "./departure.js";
import { encodeEntry } from "./line.js";
import { tellMissed } from "./missed.js";
import type { Connection, HubState, Reading, Resume, Session, Span } from "./state.js";
import { send, sessionOf } from "./state.js";

/** An entry takes about as much on the wire at the least. */
const leastEntryBytes = 160;

/** Where it starts is known; without a `since`, that is the head of everything. */
export function goOn(hub: HubState, connection: Connection, session: Session): void {
  if (!session.begun) readFromNow(hub, session);
  session.begun = true;
  session.heard = audiencesOf(hub, session.user).map((audience) => {
    const after = session.reading.get(audience.place.conversation)?.after ?? audience.head;
    return { audience, from: (after + 1) as Seq, to: 0 as Seq };
  });
  pump(hub, connection, session);
}

/** Every audience that is not read yet is read from its head on. */
export function readFromNow(hub: HubState, { user, reading }: Session): void {
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
  session.presenceTold ??= hub.presence.announced;
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
  for (const reading of session.reading.values()) {
    const { place, after, told } = reading;
    const head = headIn(hub, place.conversation, reading.head);
    if (told || head <= after || session.resume !== undefined) continue;
    reading.told = true;
    const payload = { conversation: conversationName(place), after, head };
    send(hub, connection, connection.dialect.encode({ type: "behind", payload }));
  }
  tellMissed(hub, connection);
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
  if ((session.presenceTold ?? hub.presence.version) !== hub.presence.version)
    tellPresence(hub, connection, session);
  session.presenceTold = undefined;
  if (session.resume !== undefined) tellResumed(hub, connection, session, session.resume);
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
      rows: Math.min(hub.limits.pageRows, Math.floor(hub.limits.pageBytes / leastEntryBytes)),
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
  // Out of it since: they were told.
  if (session.reading.get(reading.place.conversation) !== reading) return pump(hub, connection, session);
  if (!answer.ok) {
    if (answer.code === "unavailable" || answer.code === "storage_full")
      return end(hub, connection, "tryLater");
    reading.refused = true;
    return pump(hub, connection, session);
  }
  // It is read again when what was sent before has been taken.
  if (connection.congested) return;
  // Somebody else may have taken the other side's name since: it is called as it was when this was read.
  const place: Place = answer;
  const begins = answer.entries[0]?.seq ?? answer.first;
  let skipped = { from: (reading.after + 1) as Seq, to: (begins - 1) as Seq };
  let bytes = 0;
  for (const entry of answer.entries) {
    // The store counts what people wrote; on the wire there is more to it.
    if (bytes > hub.limits.pageBytes) break;
    if (entry.type === "skip") {
      skipped.to = entry.seq;
      continue;
    }
    if (skipped.to >= skipped.from) tellSkip(hub, connection, place, skipped);
    bytes += replay(hub, connection, session, place, entry);
    skipped = { from: (entry.seq + 1) as Seq, to: entry.seq };
  }
  if (skipped.to >= skipped.from) tellSkip(hub, connection, place, skipped);
  reading.after = Math.max(reading.after, skipped.to) as Seq;
  pump(hub, connection, session);
}

/** @returns how many bytes it sent */
function replay(hub: HubState, connection: Connection, session: Session, place: Place, entry: Entry): number {
  const { user } = session;
  if (place.peer !== undefined) expectProof(hub, connection, session, place.conversation, entry.seq);
  const nonce = entry.author === user.id ? entry.nonce : undefined;
  const frame = encodeEntry(connection, user, place, entry, nonce);
  if (frame === undefined) return 0;
  if (session.resume !== undefined) session.resume.replayed += 1;
  send(hub, connection, frame);
  return utf8Bytes(frame);
}

/** Places without anything to say, one after the other: one push for all of them. */
function tellSkip(hub: HubState, connection: Connection, place: Place, { from, to }: Span): void {
  const payload = { conversation: conversationName(place), first: from, last: to };
  send(hub, connection, connection.dialect.encode({ type: "skip", payload }));
}

function tellResumed(hub: HubState, connection: Connection, { user }: Session, resume: Resume): void {
  const { replayed, spoken } = resume;
  // A room may have been joined, and something said in private, since they were looked for.
  const rooms = new Set([...user.rooms.values()].map(({ place }) => place.room?.key));
  const isTheirs = ({ of }: Resume["ignored"][number]): boolean => {
    if (of.kind === "private") return of.holder === undefined && spoken.has(of.key);
    return of.kind === "room" && rooms.has(of.key);
  };
  const ignored = resume.ignored.filter((one) => !isTheirs(one)).map(({ text }) => text);
  // A cursor of another numbering says nothing, there too.
  const begun = resume.renumbered ? resume.ignored.filter(isTheirs).map(({ text }) => text) : [];
  const reset = [...resume.reset, ...begun];
  const payload = {
    epoch: hub.facts.epoch,
    replayed,
    ...(ignored.length === 0 ? {} : { ignored: [...new Set(ignored)] }),
    ...(reset.length === 0 ? {} : { reset }),
  };
  send(hub, connection, connection.dialect.encode({ type: "resumed", payload }));
}
