// Whom a message calls, in memory: names of people of its conversation, and all members of a room if
// its author looks after the room.

import type { LoggedMessage, Mentions, Seq } from "chat-hub";
import { isRole, rank } from "chat-hub";
import type { Log } from "./log.js";
import type { Cursors, People, User } from "./people.js";

export interface Called {
  /** As they are spelled, `everyone` last. */
  readonly names: readonly string[];
  readonly users: readonly User[];
  readonly all: boolean;
}

/** Nothing if nobody is called. */
export function calledBy(
  author: User,
  log: Log,
  mentions: Mentions | undefined,
  people: People,
): Called | undefined {
  if (mentions === undefined) return undefined;
  const users = new Set<User>();
  for (const key of mentions.names) {
    const user = people.newest(key);
    if (user !== undefined && isIn(log, user)) users.add(user);
  }
  const all = mentions.all && log.room !== undefined && rank(log.room.standing(author)) >= rank("moderator");
  if (users.size === 0 && !all) return undefined;
  const names = Array.from(users, ({ name }) => name);
  return { names: all ? [...names, "everyone"] : names, users: [...users], all };
}

function isIn(log: Log, user: User): boolean {
  if (log.room !== undefined) return isRole(log.room.standing(user));
  return log.sides === undefined || log.sides.includes(user);
}

/** Remembers whom a message calls, so that their calls can be counted. */
export function call(log: Log, seq: Seq, called: Called | undefined): void {
  if (called === undefined) return;
  if (called.all) log.callsAll.add(seq);
  else {
    log.calls.set(seq, called.users);
    for (const user of called.users) user.cursors.get(log)?.called.add(seq);
  }
}

/** The message calls nobody any more. */
export function uncall(log: Log, seq: Seq): void {
  log.callsAll.delete(seq);
  for (const user of log.calls.get(seq) ?? []) user.cursors.get(log)?.called.delete(seq);
  log.calls.delete(seq);
}

/** How many messages from `seq` on call `user`; those of people whom they have blocked don't count. */
export function callsSince(log: Log, seq: Seq, user: User, { called }: Cursors): number {
  called.dropBefore(log.first);
  if (user.blocked.size === 0) return called.countFrom(seq) + log.callsAll.countFrom(seq);
  const blocked = new Set(Array.from(user.blocked, ({ id }) => id));
  const calls = [...called.since(seq), ...log.callsAll.since(seq)];
  return calls.filter((at) => !blocked.has((log.message(at) as LoggedMessage).author)).length;
}
