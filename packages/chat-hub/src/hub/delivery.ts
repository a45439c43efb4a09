// What is done in a conversation, on its way: append, then ack, then deliver. Nobody is shown what
// could still be lost.

import type { ActCommand } from "../dialects/command.js";
import type { DialectName } from "../dialects/dialect.js";
import { events } from "../dialects/events.js";
import type { AckPayload } from "../dialects/frames/session.js";
import type { CommandId } from "../dialects/frames.js";
import { simple } from "../dialects/simple.js";
import type { Append, Appended } from "../ports/append.js";
import type { Left } from "../ports/people.js";
import type { StoreRefusal } from "../ports/refusal.js";
import type { Decision } from "../rules/house-rules.js";
import { houseKeys } from "../rules/house-rules.js";
import type { RefusalCode, RefusalDetail } from "../tables/refusals.js";
import { refusals } from "../tables/refusals.js";
import type { Act } from "../words/acts.js";
import { addressName, conversationName } from "../words/conversations.js";
import type { ConnectionId, UserId } from "../words/ids.js";
import type { Entry, Peer, Place, RoomFacts } from "../words/log.js";
import { mentionsIn } from "../words/mentions.js";
import { isAdmin } from "./admins.js";
import type { Pending } from "./asks.js";
import { ask } from "./asks.js";
import type { Audience } from "./audience.js";
import { advanceHead, publishApart, sessionsOf } from "./audience.js";
import { expectProof } from "./cursors.js";
import { because } from "./house/words.js";
import { lineOf } from "./line.js";
import { tellState } from "./missed.js";
import { encodeSkip, tooLateFor } from "./past.js";
import { refuse } from "./refuse.js";
import { isLive, readLater } from "./replay.js";
import { enterRoom, exitRoom } from "./rooms.js";
import type { Connection, HubState, Session, User } from "./state.js";
import { after, send } from "./state.js";
import { flowed } from "./tally.js";
import { typingEnds } from "./typing.js";

type Appending = Extract<Pending, { type: "append" }>;

export function append(
  hub: HubState,
  connection: Connection,
  session: Session,
  id: CommandId | undefined,
  command: ActCommand,
): void {
  const { user } = session;
  const text = textOf(command);
  hub.backlog += text.length;
  const mentions = mentionsIn(text, hub.limits);
  const plain: Append = {
    type: "append",
    author: user.id,
    to: command.to,
    act: mentions === undefined ? command.act : ({ ...command.act, mentions } as Act),
    origin: connection.id,
    at: hub.wall,
    nonce: command.nonce,
  };
  // Nearly all calls are of one form, which is quick to make and to read.
  const call = isAdmin(hub, session) ? { ...plain, admin: true as const } : plain;
  ask(hub, call, { type: "append", connection, author: user, id, command });
}

export function appended(
  hub: HubState,
  appending: Appending,
  answer: Appended | StoreRefusal<RefusalCode>,
): void {
  const { connection, author, id, command } = appending;
  hub.backlog -= textOf(command).length;
  if (!answer.ok) return refuse(hub, connection, id, answer.code, detailOf(hub, answer, appending));
  if (id !== undefined || command.nonce !== undefined) {
    const payload = ackPayload(hub, command, answer);
    send(hub, connection, connection.dialect.encode({ type: "ack", id, payload }));
  }
  if (answer.duplicate || answer.unchanged === true) return;
  if (command.act.type === "message") {
    hub.tally.messages[command.to.kind] += 1;
    flowed(hub.flow, hub.at);
  }
  if (command.act.type === "message" && hub.typing.size > 0) typingEnds(hub, author, command.to);
  deliver(hub, author, answer, answer.entry ?? plainEntry(appending, answer), answer.facts);
  for (const entry of answer.followed ?? []) deliver(hub, author, answer, entry, answer.facts);
}

/** What the store wrote because somebody lost their name. */
export function deliverLeft(hub: HubState, left: readonly Left[]): void {
  for (const { place, entry } of left) {
    const audience = hub.audiences.get(place.conversation);
    if (audience !== undefined) deliverTo(hub, audience, entry, undefined);
  }
}

function textOf({ act }: ActCommand): string {
  return act.type === "message" || act.type === "edit" ? act.message : "";
}

/** A message of which nothing had to be looked up. */
function plainEntry({ connection, author, command }: Appending, { seq, at }: Appended): Entry {
  return {
    seq,
    at,
    type: "message",
    author: author.id,
    from: author.name.spelling,
    message: textOf(command),
    origin: connection.id,
  };
}

function ackPayload(hub: HubState, { act, nonce }: ActCommand, answer: Appended): AckPayload {
  const { peer } = answer;
  return {
    conversation: conversationName(answer),
    seq: answer.seq,
    at: answer.at,
    ...(nonce === undefined ? {} : { nonce }),
    ...(answer.duplicate ? { duplicate: true } : {}),
    ...(answer.unchanged === true ? { unchanged: true } : {}),
    ...(peer === undefined || act.type !== "message"
      ? {}
      : { recipient: isSeen(hub, peer) ? "here" : "away" }),
  };
}

/** Connected, and not looking as if they were not. */
function isSeen(hub: HubState, { user }: Peer): boolean {
  const known = hub.users.get(user);
  return known !== undefined && known.connections.length > 0 && known.profile.status !== "invisible";
}

/** What the refusal's own words can't say, since it depends on what was tried. */
function detailOf(
  hub: HubState,
  { code, retryAfterMs }: StoreRefusal<RefusalCode>,
  { author, id, command: { act, to } }: Appending,
): RefusalDetail {
  if (code === "read_only" || code === "silenced" || code === "slow_mode")
    return voiceDetail(hub, code, author, retryAfterMs);
  // A login may have asked for many rooms: nothing else says which one this is about.
  if (act.type === "join" && id === undefined)
    return { message: `${addressName(to)}: ${refusals[code].message}` };
  if (code === "token_needed" && author.kept)
    return { message: "this name is not kept by a token, so it can be somebody else tomorrow" };
  if (code === "unknown_message" && act.type !== "message")
    return { hint: "message_seq is the seq of a message that is there" };
  if (code === "limit_reached") return { message: limitWords[act.type] ?? "there is no room for more" };
  return {};
}

/** Why somebody may not write now, and for how long; what a moderator of a room had in mind is not told. */
function voiceDetail(
  { rules, wall }: HubState,
  code: "read_only" | "silenced" | "slow_mode",
  { id }: User,
  retryAfterMs: number | undefined,
): RefusalDetail {
  const decision = code === "read_only" ? rules.readOnly : rules.silenceInPublic(id, wall);
  const reason = code === "slow_mode" || decision === undefined ? "" : because(decision.reason);
  return { message: `${refusals[code].message}${reason}`, retryAfterMs };
}

const limitWords: Partial<Record<ActCommand["act"]["type"], string>> = {
  create: "you are in as many rooms as one can be in",
  join: "the room is full, or you are in as many rooms as one can be in",
  invite: "the room is full",
  reaction: "this message has as many different reactions as it can have",
  pin: "as many messages are pinned as can be: take one off first",
};

function deliver(
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
  advanceHead(audience, entry.seq, entry.type !== "message");
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
