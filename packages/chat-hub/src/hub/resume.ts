// Where a resume starts: the conversations that `since` names, then all others, a page at a time; then
// they are read (replay.ts).

import type { StoreRefusal } from "../ports/refusal.js";
import type { Stood } from "../ports/standings.js";
import { addressName, conversationName } from "../words/conversations.js";
import type { ConversationId, Seq } from "../words/ids.js";
import type { Place, Standing } from "../words/log.js";
import type { Cursor, Since } from "../words/since.js";
import { ask } from "./asks.js";
import { headIn } from "./audience.js";
import { end } from "./departure.js";
import { goOn, readFromNow } from "./replay.js";
import type { Connection } from "./state/connection.js";
import { sessionOf } from "./state/connection.js";
import type { HubState } from "./state/hub-state.js";
import type { Resume, Session } from "./state/session.js";

type NamedCursor = Since["cursors"][number];

/**
 * Finds out where the conversations of `since` stand: first the named ones, then the others. `known` are
 * all there are, unless they are too many to be known at once.
 */
export function locate(
  hub: HubState,
  connection: Connection,
  session: Session,
  resume: Resume,
  epoch: string | undefined,
  known: Stood["standings"] | undefined,
): void {
  const { cursors } = resume.since;
  // What is said from now on is not lost, wherever it turns out to start: also what was read elsewhere by then.
  readFromNow(hub, session);
  resume.renumbered = epoch !== undefined && epoch !== hub.facts.epoch;
  if (known !== undefined) {
    const byName = new Map(known.map((standing) => [conversationName(standing), standing]));
    findNamed(hub, session, resume, ({ of }) => byName.get(addressName(of)));
    if (resume.since.others !== "head") findOthers(hub, session, resume, known);
    return located(hub, connection, session, resume);
  }
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
  findNamed(hub, session, resume, (_cursor, index) => standings.get(index));
  locateOthers(hub, connection, session, resume, undefined);
}

function findNamed(
  hub: HubState,
  { reading }: Session,
  resume: Resume,
  standingOf: (cursor: NamedCursor, index: number) => Standing | undefined,
): void {
  for (const [index, cursor] of resume.since.cursors.entries()) {
    const { text, of, from } = cursor;
    const standing = standingOf(cursor, index);
    if (standing === undefined) {
      resume.ignored.push({ text, of });
      continue;
    }
    resume.named.add(standing.conversation);
    const head = headOf(hub, standing);
    const meanwhile = reading.get(standing.conversation)?.after ?? head;
    const after = resume.renumbered ? undefined : startOf(from, head, meanwhile);
    if (after === undefined) resume.reset.push(text);
    else find(resume, standing, after, head);
  }
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
  findOthers(hub, session, resume, answer.standings);
  const last = answer.standings.at(-1);
  if (answer.more && last !== undefined)
    return locateOthers(hub, connection, session, resume, last.conversation);
  located(hub, connection, session, resume);
}

function findOthers(
  hub: HubState,
  { reading }: Session,
  resume: Resume,
  standings: Stood["standings"],
): void {
  for (const standing of standings) {
    const { conversation, read } = standing;
    if (resume.named.has(conversation)) continue;
    const after =
      resume.since.others === "all" ? 0 : Math.min(read, reading.get(conversation)?.after ?? read);
    find(resume, standing, after as Seq, headOf(hub, standing));
  }
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

/**
 * Where a cursor starts; `undefined` if it is past what was the head when they came in, since what came
 * meanwhile nobody can have heard before. That is told, also beyond the last n.
 */
function startOf(cursor: Cursor, head: Seq, meanwhile: Seq): Seq | undefined {
  if (cursor.kind === "last") return Math.max(0, Math.min(head - cursor.count, meanwhile)) as Seq;
  return cursor.seq > meanwhile ? undefined : cursor.seq;
}

function headOf(hub: HubState, { conversation, head }: Standing): Seq {
  return headIn(hub, conversation, head);
}
