// What was written goes to all who listen and may see it.

import type { DialectName } from "../dialects/dialect.js";
import { events } from "../dialects/events.js";
import { simple } from "../dialects/simple.js";
import type { Left } from "../ports/people.js";
import type { Decision } from "../rules/house-rules.js";
import { houseKeys } from "../rules/house-rules.js";
import { conversationName } from "../words/conversations.js";
import type { ConnectionId, UserId } from "../words/ids.js";
import type { Entry, Peer, Place, RoomFacts } from "../words/log.js";
import type { Audience } from "./audience.js";
import { advanceHead, publishApart, sessionsOf } from "./audience.js";
import { expectProof } from "./cursors.js";
import { lineOf } from "./line.js";
import { tellState } from "./missed.js";
import { encodeSkip, tooLateFor } from "./past.js";
import { isLive, readLater } from "./replay.js";
import { enterRoom, exitRoom } from "./rooms.js";
import type { HubState } from "./state/hub-state.js";
import { after, send } from "./state/hub-state.js";
import type { User } from "./state/user.js";

/** What the store wrote because somebody lost their name. */
export function deliverLeft(hub: HubState, left: readonly Left[]): void {
  for (const { place, entry } of left) {
    const audience = hub.audiences.get(place.conversation);
    if (audience !== undefined) deliverTo(hub, audience, entry, undefined);
  }
}

/** To all who may see it. */
export function deliver(
  hub: HubState,
  author: User,
  place: Place,
  entry: Entry,
  facts: RoomFacts | undefined,
): void {
  if (place.peer !== undefined) return deliverPrivately(hub, author, place, place.peer, entry);
  if (entry.type === "join" && facts !== undefined) {
    const user = hub.users.get(entry.author);
    if (user !== undefined) enterRoom(hub, user, place, facts, entry);
  }
  const audience = hub.audiences.get(place.conversation);
  if (audience !== undefined) deliverTo(hub, audience, entry, facts);
  if (entry.type === "silence") mindSilence(hub, place, entry);
  if (entry.type === "invite") tellInvited(hub, place, entry.who, entry.from);
}

/** To all who listen, and may see what it is about. Whom the entry puts out hears it as the last. */
function deliverTo(hub: HubState, audience: Audience, entry: Entry, facts: RoomFacts | undefined): void {
  if (facts !== undefined) audience.facts = facts;
  advanceHead(audience, entry);
  const line = { conversation: conversationName(audience.place), to: undefined, entry };
  const push = { type: "entry", line } as const;
  const late = tooLateFor(audience, entry);
  publishApart(hub, audience, events, late, push, undefined, () => encodeSkip(audience, entry));
  if (audience.listeners.simple > 0)
    publishApart(hub, audience, simple, late, push, exceptOf(hub, entry.origin));
  if (audience.facts !== undefined) expectProofOf(hub, audience, audience.facts);
  if (entry.type === "role") hub.users.get(entry.who)?.roles.set(audience.place.conversation, entry.role);
  const outgoing = outOf(entry);
  const user = outgoing === undefined ? undefined : hub.users.get(outgoing);
  if (user !== undefined && audience.members.has(user)) exitRoom(hub, user, audience, entry);
}

/** Only in the simple dialect what one does is not told to the connection that did it (`simple.shows`). */
function exceptOf(hub: HubState, origin: ConnectionId): ConnectionId | undefined {
  return hub.connections.get(origin)?.dialect === simple ? origin : undefined;
}

/** Where receipts are told, all are asked a moment later whether they have it. */
function expectProofOf(hub: HubState, audience: Audience, facts: RoomFacts): void {
  const { audiences } = hub.alarms;
  if (facts.members > hub.limits.receiptMembers || audiences.has("proveRoom", audience)) return;
  audiences.set("proveRoom", audience, after(hub, hub.limits.proveMs));
}

function outOf(entry: Entry): UserId | undefined {
  if (entry.type === "leave") return entry.who;
  return entry.type === "ban" && entry.on ? entry.who : undefined;
}

/** The store judges by its own record of it; here it is counted. */
function mindSilence(
  { rules, wall }: HubState,
  { conversation }: Place,
  { who, on, until, username, from }: Extract<Entry, { readonly type: "silence" }>,
): void {
  const key = houseKeys.silence(conversation, who);
  const value = on ? { value: JSON.stringify({ username, by: from, reason: "" } satisfies Decision) } : {};
  rules.note({ kind: "silence", key, ...value, ...(until === undefined ? {} : { until }) }, wall);
}

function tellInvited(hub: HubState, place: Place, who: UserId, from: string): void {
  const user = hub.users.get(who);
  if (user === undefined) return;
  const payload = { conversation: conversationName(place), from };
  for (const [connection] of sessionsOf(user))
    tellState(
      hub,
      connection,
      `invited ${payload.conversation}`,
      connection.dialect.encode({ type: "invited", payload }),
    );
}

/** To the other's connections, and to the author's own; encoded once per side and dialect. */
function deliverPrivately(hub: HubState, author: User, place: Place, peer: Peer, entry: Entry): void {
  deliverSide(hub, author, place, peer, entry);
  const other = hub.users.get(peer.user);
  if (other === undefined || other === author) return;
  const seenByOther: Peer = { user: author.id, name: author.name.spelling, key: author.name.key };
  deliverSide(hub, other, { conversation: place.conversation, peer: seenByOther }, seenByOther, entry);
}

function deliverSide(hub: HubState, user: User, place: Place, peer: Peer, entry: Entry): void {
  const frames = new Map<DialectName, string | undefined>();
  for (const [connection, session] of sessionsOf(user)) {
    session.resume?.spoken.add(peer.key);
    if (!isLive(connection, session, place)) {
      readLater(session, place, entry.seq);
      continue;
    }
    expectProof(hub, connection, session, place.conversation, entry.seq);
    const { name } = connection.dialect;
    if (!connection.dialect.shows(entry, { connection: connection.id, user: user.id }, peer.user)) continue;
    if (!frames.has(name))
      frames.set(name, connection.dialect.encode({ type: "entry", line: lineOf(user, place, entry) }));
    send(hub, connection, frames.get(name));
  }
}
