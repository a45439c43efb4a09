// What is done in a conversation, on its way: append, then ack, then deliver. Nobody is shown what
// could still be lost.

import type { ActCommand } from "../dialects/command.js";
import type { AckPayload } from "../dialects/frames/session.js";
import type { CommandId } from "../dialects/frames.js";
import type { Append, Appended } from "../ports/append.js";
import type { StoreRefusal } from "../ports/refusal.js";
import type { RefusalCode, RefusalDetail } from "../tables/refusals.js";
import { refusals } from "../tables/refusals.js";
import type { Act } from "../words/acts.js";
import { addressName, conversationName } from "../words/conversations.js";
import type { Entry, Peer } from "../words/log.js";
import { mentionsIn } from "../words/mentions.js";
import { utcTime } from "../words/text.js";
import type { Pending } from "./asks.js";
import { ask } from "./asks.js";
import { deliver } from "./delivery.js";
import { because } from "./house/words.js";
import { refuse } from "./refuse.js";
import type { Connection } from "./state/connection.js";
import type { HubState } from "./state/hub-state.js";
import { send } from "./state/hub-state.js";
import type { Session } from "./state/session.js";
import type { User } from "./state/user.js";
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
  const call = session.pass?.admin === true ? { ...plain, admin: true as const } : plain;
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
export function voiceDetail(
  { rules, wall }: HubState,
  code: "read_only" | "silenced" | "slow_mode",
  { id }: User,
  retryAfterMs: number | undefined,
): RefusalDetail {
  const decision = code === "read_only" ? rules.readOnly : rules.silenceInPublic(id, wall);
  const reason = code === "slow_mode" || decision === undefined ? "" : because(decision.reason);
  const until = code === "silenced" && retryAfterMs !== undefined ? wall + retryAfterMs : undefined;
  const end = until === undefined ? "" : `, until ${utcTime(until)} UTC`;
  return { message: `${refusals[code].message}${end}${reason}`, retryAfterMs };
}

const limitWords: Partial<Record<ActCommand["act"]["type"], string>> = {
  create: "you are in as many rooms as one can be in",
  join: "the room is full, or you are in as many rooms as one can be in",
  invite: "the room is full",
  reaction: "this message has as many different reactions as it can have",
  pin: "as many messages are pinned as can be: take one off first",
};
