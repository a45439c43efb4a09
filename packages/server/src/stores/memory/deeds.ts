// What is done to messages, in memory, once it was found that it may be.

import type { Act, Append, Entry, LoggedMessage, Seq, WallMillis } from "chat-hub";
import { sayingOf } from "../consequences.js";
import type { Kept } from "../entry.js";
import { entryFrom } from "../entry.js";
import type { Conversations } from "./conversations.js";
import type { Log } from "./log.js";
import { asItStands } from "./log.js";
import { call, calledBy, uncall } from "./mentions.js";
import { blacken } from "./nonces.js";
import type { People, User } from "./people.js";
import type { Doing, Rooms } from "./rooms.js";

/** How it was told. */
type Told = Pick<Append, "origin" | "at" | "nonce">;
type Of<Type extends Act["type"]> = Extract<Act, { type: Type }>;

export class Deeds {
  readonly #people: People;
  readonly #conversations: Conversations;
  readonly #rooms: Rooms;

  constructor(people: People, conversations: Conversations, rooms: Rooms) {
    this.#people = people;
    this.#conversations = conversations;
    this.#rooms = rooms;
  }

  message(log: Log, author: User, told: Told, act: Of<"message">): LoggedMessage {
    const { origin, nonce } = told;
    const { message, replyTo, mentions } = act;
    const seq = (log.head + 1) as Seq;
    const at = Math.max(told.at, log.headAt) as WallMillis;
    const { id, name: from } = author;
    const type = "message";
    const plain: LoggedMessage =
      nonce === undefined
        ? { seq, at, type, author: id, from, message, origin }
        : { seq, at, type, author: id, from, message, origin, nonce };
    const isPlain = replyTo === undefined && mentions === undefined;
    const entry = isPlain ? plain : this.#called(log, author, plain, act);
    this.#conversations.write(log, entry);
    return entry;
  }

  /** A message that says more than its text. */
  #called(log: Log, author: User, plain: Kept, { replyTo, mentions }: Of<"message">): LoggedMessage {
    const called = calledBy(author, log, mentions, this.#people);
    call(log, plain.seq, called);
    const thread = replyTo === undefined ? undefined : (log.message(replyTo)?.thread ?? replyTo);
    return entryFrom({ ...plain, replyTo, thread, mentions: called?.names });
  }

  edit(log: Log, doing: Doing, { target, message, mentions }: Of<"edit">): Entry {
    const before = log.message(target) as LoggedMessage;
    const called = calledBy(doing.author, log, mentions, this.#people);
    const version = (before.version ?? 1) + 1;
    this.#blacken(log, before);
    log.begun(target).textNonce = doing.nonce;
    uncall(log, target);
    // Its text is the message's: here is only its place.
    const entry = this.#rooms.write(log, doing, { type: "edit", target, message: "", version });
    const { at: edited } = entry;
    const after = entryFrom({ ...before, message, mentions: called?.names, version, edited });
    if (this.#replace(log, before, after)) call(log, target, called);
    return entry.type === "edit" ? asItStands(entry, after) : entry;
  }

  deletion(log: Log, doing: Doing, { target }: Of<"deletion">): Entry {
    const before = log.message(target) as LoggedMessage;
    this.#blacken(log, before);
    log.undone(target);
    log.pins.delete(target);
    uncall(log, target);
    const entry = this.#rooms.write(log, doing, { type: "deletion", target });
    const after = entryFrom({ ...before, message: "", mentions: undefined, deleted: true });
    if (this.#replace(log, before, after)) log.deleted.add(target);
    return entry;
  }

  reaction(log: Log, doing: Doing, act: Of<"reaction">): Entry {
    const { target, emoji, on } = act;
    const { id, name } = doing.author;
    const { kinds, reactions } = log.begun(target);
    const givers = kinds.get(emoji) ?? new Set();
    if (on) {
      kinds.set(emoji, givers.add(id));
      reactions.set(`${id} ${emoji}`, { name, emoji });
    } else {
      givers.delete(id);
      if (givers.size === 0) kinds.delete(emoji);
      reactions.delete(`${id} ${emoji}`);
    }
    return this.#rooms.write(log, doing, sayingOf(act, whomOf(doing.author), "member"));
  }

  pin(log: Log, doing: Doing, act: Of<"pin">): Entry {
    if (act.on) log.pins.add(act.target);
    else log.pins.delete(act.target);
    return this.#rooms.write(log, doing, sayingOf(act, whomOf(doing.author), "member"));
  }

  /** The message has another text, unless the entry about it has driven it out. */
  #replace(log: Log, before: LoggedMessage, after: LoggedMessage): boolean {
    if (log.message(after.seq) === undefined) return false;
    log.replace(after);
    this.#conversations.grow(Buffer.byteLength(after.message) - Buffer.byteLength(before.message));
    return true;
  }

  /** Nothing remembers a text that is not said any more. */
  #blacken(log: Log, { seq, author, nonce }: LoggedMessage): void {
    const last = log.done(seq)?.textNonce ?? nonce;
    if (last === undefined) return;
    blacken(this.#people.get(author)?.nonces.get(last), this.#people.secret);
  }
}

function whomOf({ id, name }: User) {
  return { user: id, name };
}
