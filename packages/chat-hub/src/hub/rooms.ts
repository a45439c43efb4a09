// Who is in which room, as far as they are here: what joins, leaves and bans do to those who listen.

import { conversationName } from "../words/conversations.js";
import type { Seq } from "../words/ids.js";
import type { Entry, Place, RoomFacts } from "../words/log.js";
import type { Audience } from "./audience.js";
import { attend, hears, listen, sessionsOf, stopListening, unattend } from "./audience.js";
import { encodeEntry } from "./line.js";
import { pump } from "./replay.js";
import type { Connection } from "./state/connection.js";
import type { HubState } from "./state/hub-state.js";
import { send } from "./state/hub-state.js";
import type { Resume, Session } from "./state/session.js";
import type { User } from "./state/user.js";

type JoinEntry = Extract<Entry, { readonly type: "join" }>;

/** From this entry on, their join, they hear the room. */
export function enterRoom(hub: HubState, user: User, place: Place, facts: RoomFacts, join: JoinEntry): void {
  const { seq, role } = join;
  const before = (seq - 1) as Seq;
  const audience = attend(hub, user, place, { facts, role, from: seq, head: before });
  for (const [connection, session] of sessionsOf(user)) {
    if (session.begun) session.heard.push({ audience, from: seq, to: 0 as Seq });
    if (!session.begun || connection.congested || connection.gone !== undefined)
      session.reading.set(place.conversation, { place, after: before, head: before, refused: false });
    else listen(hub, connection, audience);
  }
}

/** This entry, which was published, took them out of the room: nothing newer reaches them. */
export function exitRoom(hub: HubState, user: User, audience: Audience, entry: Entry): void {
  for (const [connection, session] of sessionsOf(user)) {
    if (hears(session, audience)) stopListening(hub, connection, audience);
    else tellExit(hub, connection, session, audience, entry);
    const heard = session.heard.findIndex((one) => one.audience === audience);
    if (heard >= 0) session.heard.splice(heard, 1);
  }
  unattend(hub, user, audience);
}

/** Whoever was still reading is told the end: the log is closed to them from now on. */
function tellExit(
  hub: HubState,
  connection: Connection,
  session: Session,
  { place }: Audience,
  entry: Entry,
): void {
  const reading = session.reading.get(place.conversation);
  session.reading.delete(place.conversation);
  if (session.resume !== undefined && !session.begun) ignore(session.resume, place);
  if (reading === undefined || !session.begun) return;
  if (reading.after < entry.seq - 1) {
    const payload = { conversation: conversationName(place), first: reading.after + 1, last: entry.seq - 1 };
    send(hub, connection, connection.dialect.encode({ type: "skip", payload }));
  }
  send(hub, connection, encodeEntry(connection, session.user, place, entry));
  pump(hub, connection, session);
}

/** They were put out before it was found where their resume begins: of this room it tells nothing. */
function ignore({ since, ignored }: Resume, place: Place): void {
  if (place.room === undefined) return;
  const of = { kind: "room", key: place.room.key } as const;
  const named = since.cursors.find((cursor) => cursor.of.kind === "room" && cursor.of.key === of.key);
  ignored.push({ text: named?.text ?? conversationName(place), of });
}
