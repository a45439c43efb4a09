// Reading the log instead of being pushed to: after `since`, and whenever a connection could not take
// what was pushed. One path for all: one conversation at a time, one page in memory, and each is live
// from the moment its reading has reached its head.

import type { Page } from "../ports/pages.js";
import type { StoreRefusal } from "../ports/refusal.js";
import type { RefusalCode } from "../tables/refusals.js";
import { conversationName } from "../words/conversations.js";
import type { Seq } from "../words/ids.js";
import type { Place } from "../words/log.js";
import { tellPresence } from "./announce.js";
import { audiencesOf, headIn, hears, listen, stopListening } from "./audience.js";
import { end } from "./departure.js";
import { tellMissed } from "./missed.js";
import type { AskedPage } from "./pages.js";
import { askPage, takersOf, tellPage } from "./pages.js";
import type { Connection } from "./state/connection.js";
import { sessionOf } from "./state/connection.js";
import type { HubState } from "./state/hub-state.js";
import { send } from "./state/hub-state.js";
import type { Resume, Session } from "./state/session.js";

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
  if (hub.stopping || session.page !== undefined || session.resume?.locating === true) return;
  for (const [conversation, reading] of session.reading) {
    if (reading.refused) continue;
    const audience = hub.audiences.get(conversation);
    if (reading.after < (audience?.head ?? reading.head))
      return askPage(hub, { connection, session, reading });
    session.reading.delete(conversation);
    if (audience !== undefined) listen(hub, connection, audience);
  }
  if ((session.presenceTold ?? hub.presence.version) !== hub.presence.version)
    tellPresence(hub, connection, session);
  session.presenceTold = undefined;
  if (session.resume !== undefined) tellResumed(hub, connection, session, session.resume);
  session.resume = undefined;
}

/** A page is here: each of its readers is told it, and goes on from its end. */
export function replayed(hub: HubState, asked: AskedPage, answer: Page | StoreRefusal<RefusalCode>): void {
  const { takers, others } = takersOf(hub, asked);
  if (answer.ok) {
    tellPage(hub, answer, asked.after, takers);
  } else if (answer.code === "unavailable" || answer.code === "storage_full") {
    for (const { connection } of takers) end(hub, connection, "tryLater");
  } else {
    // It was said to who has asked first; the others ask for themselves.
    for (const { reading } of takers) reading.refused = reading === asked.readers[0]?.reading;
  }
  for (const { connection, session } of takers) pump(hub, connection, session);
  for (const { connection, session } of others) pump(hub, connection, session);
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
