// The logs, in memory. All of them share one room; when it is used up the oldest entry of all goes,
// whichever log it is in. Its log goes on counting as if it were there.

import type { ConversationId, Entry, Seq, WallMillis } from "chat-hub";
import { everyone } from "chat-hub";
import { Fading } from "../fading.js";
import { baseAbove } from "../numbering.js";
import { Queue } from "../queue.js";
import type { MemoryLimits } from "./limits.js";
import type { User } from "./people.js";

export interface Conversation {
  readonly id: ConversationId;
  /** Whose private conversation it is; twice the same user with oneself; `undefined`: everyone's. */
  readonly sides: readonly [User, User] | undefined;
  readonly entries: Queue<Entry>;
  /** Its numbers begin above. */
  readonly base: Seq;
  head: Seq;
  headAt: WallMillis;
}

/** Where a nonce was used. */
export interface Written {
  readonly conversation: Conversation;
  readonly entry: Entry;
}

export class Conversations {
  readonly everyone: Conversation = unwritten(everyone, undefined, 0 as Seq);
  readonly #byId = new Map<ConversationId, Conversation>([[everyone, this.everyone]]);
  readonly #limits: MemoryLimits;
  readonly #dropped: (entry: Entry) => void;
  /** The conversation of each entry there is, the oldest entry first. */
  readonly #order = new Queue<Conversation>();
  readonly #empty: Fading<Conversation>;
  #bytes = 0;
  #lastId: number = everyone;
  /** The highest number of all that was forgotten: whatever begins later may have the same names. */
  #forgotten = 0;

  /** `dropped` is called for each entry that goes. */
  constructor(limits: MemoryLimits, dropped: (entry: Entry) => void) {
    this.#limits = limits;
    this.#dropped = dropped;
    this.#empty = new Fading(limits.emptyConversations, (conversation) => this.forget(conversation));
  }

  get(id: ConversationId): Conversation | undefined {
    return this.#byId.get(id);
  }

  /** A new user begins at the head of everyone. */
  enterEveryone(user: User): void {
    const { head } = this.everyone;
    user.cursors.set(this.everyone, { delivered: head, read: head });
  }

  /** A private conversation that is about to get its first entry. */
  begin(author: User, peer: User): Conversation {
    this.#lastId += 1;
    const base = this.#baseFor(author, peer);
    const conversation = unwritten(this.#lastId as ConversationId, [author, peer], base);
    this.#byId.set(conversation.id, conversation);
    for (const [side, other] of [
      [author, peer],
      [peer, author],
    ] as const) {
      side.privates.set(other, conversation);
      side.held.newestWith.set(other.held, conversation);
      side.cursors.set(conversation, { delivered: base, read: base });
    }
    return conversation;
  }

  /** Writes the next entry of a conversation. */
  write(conversation: Conversation, entry: Entry): void {
    if (conversation.entries.length === 0) this.#empty.delete(conversation);
    conversation.entries.push(entry);
    conversation.head = entry.seq;
    conversation.headAt = entry.at;
    this.#order.push(conversation);
    this.#bytes += Buffer.byteLength(entry.message);
    while (this.#order.length > this.#limits.entries || this.#bytes > this.#limits.entryBytes)
      this.#dropOldest();
  }

  /** As if there had never been one. */
  forget(conversation: Conversation): void {
    this.#byId.delete(conversation.id);
    this.#empty.delete(conversation);
    if (conversation.sides === undefined) return;
    const [a, b] = conversation.sides;
    this.#forgotten = Math.max(this.#forgotten, conversation.head);
    for (const [side, other] of [
      [a, b],
      [b, a],
    ] as const) {
      side.privates.delete(other);
      side.cursors.delete(conversation);
      const { newestWith } = side.held;
      if (newestWith.get(other.held) === conversation) newestWith.delete(other.held);
    }
  }

  /** The newest with the same names stands above all earlier ones, and those can't grow any more. */
  #baseFor(author: User, peer: User): Seq {
    const earlier = author.held.newestWith.get(peer.held)?.head ?? 0;
    return baseAbove(Math.max(earlier, this.#forgotten), author.generation > 1 || peer.generation > 1);
  }

  #dropOldest(): void {
    const conversation = this.#order.shift();
    const entry = conversation?.entries.shift();
    if (conversation === undefined || entry === undefined) throw new Error("there is no entry to drop");
    this.#bytes -= Buffer.byteLength(entry.message);
    this.#dropped(entry);
    if (conversation.entries.length === 0 && conversation.sides !== undefined) this.#empty.add(conversation);
  }
}

/** The other side of a private conversation, as `viewer` sees it; `undefined` in everyone. */
export function peerIn({ sides }: Conversation, viewer: User): User | undefined {
  if (sides === undefined) return undefined;
  return sides[0] === viewer ? sides[1] : sides[0];
}

/** The oldest seq that is kept; head + 1 if none is. */
export function firstOf({ head, entries }: Conversation): Seq {
  return (head - entries.length + 1) as Seq;
}

function unwritten(id: ConversationId, sides: readonly [User, User] | undefined, base: Seq): Conversation {
  return { id, sides, entries: new Queue(), base, head: base, headAt: 0 as WallMillis };
}
