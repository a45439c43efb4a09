// What each command of the events dialect means, once its payload was read.

import type { Browse, TimeWindow, Window } from "../ports/pages.js";
import type { CommandType, Given } from "../tables/commands.js";
import type { Act, Terms } from "../words/acts.js";
import type { Seq, WallMillis } from "../words/ids.js";
import type { Address, RoomName } from "../words/log.js";
import type { HouseOrder } from "../words/orders.js";
import type { Command } from "./command.js";

export const meanings: { readonly [Type in CommandType]: (given: Given<Type>) => Command } = {
  login: ({ username, token, password, since, epoch, receipts, rooms }) => ({
    type: "login",
    username,
    token,
    password,
    since,
    epoch,
    receipts,
    rooms,
  }),
  register: ({ username, password, invite, since, receipts, rooms }) => ({
    type: "register",
    username,
    password,
    invite,
    since,
    receipts,
    rooms,
  }),
  refresh: ({ token }) => ({ type: "refresh", token }),
  set_password: ({ old, password }) => ({ type: "setPassword", old, password }),
  sessions: ({ username: who }) => ({ type: "sessions", who }),
  end_session: ({ session, username: who }) => ({ type: "endSession", session, who }),
  send_message: (given) => says(given.conversation ?? everyone, given),
  private_message: (given) => says(given.to, given),
  edit_message: (given) =>
    acts(given.conversation, { type: "edit", target: given.message_seq, message: given.message }, given),
  delete_message: (given) => acts(given.conversation, { type: "deletion", target: given.message_seq }, given),
  react: (given) => {
    const { message_seq: target, emoji, on } = given;
    return acts(given.conversation, { type: "reaction", target, emoji, on }, given);
  },
  pin: (given) => acts(given.conversation, { type: "pin", target: given.message_seq, on: given.on }, given),

  create_room: (given) => {
    const { conversation, visibility, history, topic } = given;
    const { name } = conversation;
    return acts(room(conversation), { type: "create", name, visibility, history, topic }, given);
  },
  join_room: (given) => acts(room(given.conversation), { type: "join" }, given),
  leave_room: (given) => acts(room(given.conversation), { type: "leave" }, given),
  invite: (given) => acts(room(given.conversation), { type: "invite", who: given.username }, given),
  kick: ({ conversation: to, username: who, reason, nonce }) =>
    to.kind === "everyone"
      ? orders({ type: "kick", who, reason }, nonce)
      : acts(to, { type: "kick", who, ...why(reason) }, { nonce }),
  ban: ({ conversation: to, username: who, address, for_s: forSeconds, reason, nonce }) =>
    to.kind === "everyone" || who === undefined
      ? orders({ type: "ban", who, address, forSeconds, reason }, nonce)
      : acts(to, { type: "ban", who, on: true, ...why(reason), ...howLong(forSeconds) }, { nonce }),
  unban: ({ conversation: to, username: who, address, nonce }) =>
    to.kind === "everyone" || who === undefined
      ? orders({ type: "unban", who, address }, nonce)
      : acts(to, { type: "ban", who, on: false }, { nonce }),
  silence: ({ conversation: to, username: who, for_s: forSeconds, reason, nonce }) =>
    to.kind === "everyone"
      ? orders({ type: "silence", who, on: true, forSeconds, reason }, nonce)
      : acts(to, { type: "silence", who, on: true, ...why(reason), ...howLong(forSeconds) }, { nonce }),
  unsilence: ({ conversation: to, username: who, nonce }) =>
    to.kind === "everyone"
      ? orders({ type: "silence", who, on: false, forSeconds: undefined, reason: "" }, nonce)
      : acts(to, { type: "silence", who, on: false }, { nonce }),
  slow_mode: ({ conversation: to, seconds, nonce }) =>
    to.kind === "everyone"
      ? orders({ type: "slow", seconds }, nonce)
      : acts(to, { type: "slow", seconds }, { nonce }),
  set_retention: ({ conversation: to, keep_s: seconds, nonce }) =>
    to.kind === "everyone"
      ? orders({ type: "retention", seconds }, nonce)
      : acts(to, { type: "retention", seconds }, { nonce }),
  set_role: ({ conversation: to, username: who, role, nonce }) => {
    if (to.kind === "everyone" || role === "admin")
      return orders({ type: "role", who, role: role === "admin" ? "admin" : "member" }, nonce);
    return acts(to, { type: "role", who, role }, { nonce });
  },
  set_topic: (given) => acts(room(given.conversation), { type: "topic", topic: given.topic }, given),
  set_history: (given) => acts(room(given.conversation), { type: "history", history: given.history }, given),
  archive_room: (given) => acts(room(given.conversation), { type: "archive", on: given.on }, given),

  history: (given) => ({
    type: "history",
    of: given.conversation,
    select: selection(given),
    limit: given.limit,
  }),
  thread: ({ conversation: of, message_seq, after, limit }) => ({
    type: "thread",
    of,
    select: { kind: "thread", of: message_seq, after },
    limit,
  }),
  pins: ({ conversation: of, after, limit }) => ({
    type: "pins",
    of,
    select: { kind: "pins", after },
    limit,
  }),
  log: ({ conversation: of, after, limit }) => ({
    type: "log",
    of,
    window: { kind: "after", seq: after },
    limit,
  }),
  search: ({ query, before, limit }) => ({ type: "search", query, before, limit }),
  reactions: ({ conversation: of, message_seq: target, skip, limit }) => ({
    type: "reactions",
    of,
    target,
    skip,
    limit,
  }),
  conversations: ({ after, changed_since: since, limit }) => ({
    type: "conversations",
    select: { after, since },
    limit,
  }),
  users: ({ after, limit }) => ({ type: "users", after, limit }),
  rooms: ({ after, limit }) => ({ type: "rooms", after, limit }),
  members: ({ conversation: of, which, after, limit }) => ({ type: "members", of, which, after, limit }),
  whois: ({ username: who }) => ({ type: "whois", who }),
  receipts: ({ conversation: of }) => ({ type: "receipts", of }),
  blocks: ({ after, limit }) => ({ type: "blocks", after, limit }),

  delivered: ({ conversation: of, seq }) => ({ type: "delivered", of, seq }),
  read: ({ conversation: of, seq }) => ({ type: "read", of, seq }),
  typing: ({ conversation: of, on }) => ({ type: "typing", of, on }),
  set_status: ({ status, text }) => ({ type: "status", status, text }),
  set_privacy: ({ reading }) => ({ type: "reading", reading }),
  block: ({ username: who, on }) => ({ type: "block", who, on }),
  mute: ({ conversation: of, on }) => ({ type: "mute", of, on }),
  announce: ({ message }) => orders({ type: "announce", message }),
  read_only: ({ on, reason }) => orders({ type: "readOnly", on, reason }),
  stats: () => ({ type: "stats" }),
  bans: ({ which, skip, limit }) => ({ type: "bans", which, skip, limit }),
  audit: ({ before, limit }) => ({ type: "audit", before, limit }),
  ping: () => ({ type: "ping" }),
  help: () => ({ type: "help" }),
};

const everyone: Address = { kind: "everyone" };

function room({ key }: RoomName): Address {
  return { kind: "room", key };
}

function acts(to: Address, act: Act, { nonce }: { readonly nonce: string | undefined }): Command {
  return { type: "act", to, act, nonce };
}

function orders(order: HouseOrder, nonce?: string): Command {
  return { type: "order", order, nonce };
}

function why(reason: string): Pick<Terms, "reason"> {
  return reason === "" ? {} : { reason };
}

function howLong(forSeconds: number | undefined): Pick<Terms, "forSeconds"> {
  return forSeconds === undefined ? {} : { forSeconds };
}

/** The act of everything that is said, in either dialect. */
export function says(
  to: Address,
  given: {
    readonly message: string;
    readonly reply_to?: Seq | undefined;
    readonly nonce: string | undefined;
  },
): Command {
  const { message, reply_to: replyTo, nonce } = given;
  const act: Act =
    replyTo === undefined ? { type: "message", message } : { type: "message", message, replyTo };
  return { type: "act", to, act, nonce };
}

function selection({ by, before, after, around }: Given<"history">): Browse["select"] {
  if (by === "time") {
    const window = timeWindow(before, after, around);
    return window === undefined ? { kind: "seq", window: { kind: "newest" } } : { kind: "time", window };
  }
  return { kind: "seq", window: seqWindow(before, after, around) };
}

type Bound = number | undefined;

function seqWindow(before: Bound, after: Bound, around: Bound): Window {
  if (around !== undefined) return { kind: "around", seq: around as Seq };
  if (before !== undefined && after !== undefined)
    return { kind: "between", after: after as Seq, before: before as Seq };
  if (before !== undefined) return { kind: "before", seq: before as Seq };
  return after === undefined ? { kind: "newest" } : { kind: "after", seq: after as Seq };
}

function timeWindow(before: Bound, after: Bound, around: Bound): TimeWindow | undefined {
  if (around !== undefined) return { kind: "around", at: around as WallMillis };
  if (before !== undefined && after !== undefined)
    return { kind: "between", afterAt: after as WallMillis, beforeAt: before as WallMillis };
  if (before !== undefined) return { kind: "before", at: before as WallMillis };
  return after === undefined ? undefined : { kind: "after", at: after as WallMillis };
}
