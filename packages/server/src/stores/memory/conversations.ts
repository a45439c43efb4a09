// The logs, in memory. All of them share one room; when it is used up the oldest entry of all goes,
// whichever log it is in. Its log goes on counting as if it were there.

import type { ConversationId, Entry, NameKey, RoomFacts, Seq, WallMillis } from "chat-hub";
import { everyone } from "chat-hub";
import { textOf } from "../entry.js";
import { Fading } from "../fading.js";
import { compareKeys } from "../key-order.js";
import { baseAbove } from "../numbering.js";
import { Queue } from "../queue.js";
import type { MemoryLimits } from "./limits.js";
import { Log } from "./log.js";
import type { User } from "./people.js";
import type { Room } from "./room.js";
import { Seqs } from "./seqs.js";

export class Conversations {
  readonly everyone = new Log(everyone, {}, 0);
  readonly #byId = new Map<ConversationId, Log>([[everyone, this.everyone]]);
  readonly #rooms = new Map<NameKey, Log>();
  #roomKeys: readonly NameKey[] | undefined;
  readonly #limits: MemoryLimits;
  readonly #dropped: (entry: Entry) => void;
  /** The place of each entry there is, the oldest first. */
  readonly #order = new Queue<Log>();
  readonly #seqs = new Queue<Seq>();
  /** Rooms that keep their entries for a time of their own. */
  readonly forgetful = new Set<Log>();
  readonly #empty: Fading<Log>;
  readonly #emptyRooms: Fading<Log>;
  #bytes = 0;
  #mark = 0;
  #lastId: number = everyone;
  /** The highest number of all that was forgotten: whatever begins later may have the same names. */
  #forgotten = 0;

  /** `dropped` is called for each entry that goes. */
  constructor(limits: MemoryLimits, dropped: (entry: Entry) => void) {
    this.#limits = limits;
    this.#dropped = dropped;
    this.#empty = new Fading(limits.emptyConversations, (log) => this.forget(log));
    this.#emptyRooms = new Fading(limits.emptyRooms, (log) => this.#forgetRoom(log));
  }

  /** How many entries were ever committed. */
  get mark(): number {
    return this.#mark;
  }

  /** The mark of the oldest entry there is. */
  get firstMark(): number {
    return this.#mark - this.#order.length + 1;
  }

  /** The place of the entry that was committed so late; it must be kept. */
  placeAt(mark: number): { readonly log: Log; readonly seq: Seq } {
    const index = mark - this.firstMark;
    return { log: this.#order.at(index) as Log, seq: this.#seqs.at(index) as Seq };
  }

  get(id: ConversationId): Log | undefined {
    return this.#byId.get(id);
  }

  room(key: NameKey): Log | undefined {
    return this.#rooms.get(key);
  }

  /** The keys of all rooms, in order. */
  get roomKeys(): readonly NameKey[] {
    this.#roomKeys ??= [...this.#rooms.keys()].sort(compareKeys);
    return this.#roomKeys;
  }

  /** A new user begins at the head of everyone. */
  enterEveryone(user: User): void {
    enter(user, this.everyone, this.everyone.head, (this.everyone.head + 1) as Seq);
  }

  /** A private conversation that is about to get its first entry. */
  begin(author: User, peer: User): Log {
    const base = this.#baseFor(author, peer);
    const log = new Log(this.#nextId(), { sides: [author, peer] }, base);
    this.#byId.set(log.id, log);
    for (const [side, other] of [
      [author, peer],
      [peer, author],
    ] as const) {
      side.privates.set(other, log);
      side.held.newestWith.set(other.held, log);
      enter(side, log, base, base);
    }
    return log;
  }

  /** A room that is about to get its first entry. */
  open(room: Room): Log {
    const log = new Log(this.#nextId(), { room }, 0);
    this.#byId.set(log.id, log);
    this.#rooms.set(room.key, log);
    this.#roomKeys = undefined;
    return log;
  }

  /** A room's people have changed: without members it may be forgotten. */
  peopled(log: Log): void {
    if (log.room?.members === 0) this.#emptyRooms.add(log);
    else this.#emptyRooms.delete(log);
  }

  /** A room keeps its entries for another time. */
  keepsFor(log: Log, seconds: number): void {
    if (seconds === 0) this.forgetful.delete(log);
    else this.forgetful.add(log);
  }

  /** Writes the next entry of a conversation. */
  write(log: Log, entry: Entry): void {
    if (log.entries.length === 0) this.#empty.delete(log);
    log.push(entry);
    this.#mark += 1;
    log.mark = this.#mark;
    this.#order.push(log);
    this.#seqs.push(entry.seq);
    this.grow(Buffer.byteLength(textOf(entry)));
  }

  /** So many bytes of text have come. */
  grow(bytes: number): void {
    this.#bytes += bytes;
    while (this.#order.length > this.#limits.entries || this.#bytes > this.#limits.entryBytes)
      this.#dropOldest();
  }

  /** As if there had never been one. */
  forget(log: Log): void {
    this.#byId.delete(log.id);
    this.#empty.delete(log);
    if (log.sides === undefined) return;
    const [a, b] = log.sides;
    this.#forgotten = Math.max(this.#forgotten, log.head);
    for (const [side, other] of [
      [a, b],
      [b, a],
    ] as const) {
      side.privates.delete(other);
      side.cursors.delete(log);
      const { newestWith } = side.held;
      if (newestWith.get(other.held) === log) newestWith.delete(other.held);
    }
  }

  #forgetRoom(log: Log): void {
    this.#byId.delete(log.id);
    this.forgetful.delete(log);
    if (log.room === undefined) return;
    this.#rooms.delete(log.room.key);
    this.#roomKeys = undefined;
    for (const user of log.room.users) user.rooms.delete(log);
  }

  #nextId(): ConversationId {
    this.#lastId += 1;
    return this.#lastId as ConversationId;
  }

  /** The newest with the same names stands above all earlier ones, and those can't grow any more. */
  #baseFor(author: User, peer: User): Seq {
    const earlier = author.held.newestWith.get(peer.held)?.head ?? 0;
    return baseAbove(Math.max(earlier, this.#forgotten), author.generation > 1 || peer.generation > 1);
  }

  /** Entries of all logs from before a time go, the oldest first, so many at most; tells whether that was all. */
  dropBefore(at: WallMillis, most: number): boolean {
    for (let dropped = 0; dropped < most; dropped += 1) {
      const [log, seq] = [this.#order.peek(), this.#seqs.peek()];
      if (log === undefined || seq === undefined) return true;
      if (seq >= log.first && (log.at(seq) as Entry).at >= at) return true;
      this.#dropOldest();
    }
    return false;
  }

  /** The same of one log. What it had in the order of all entries stays as an empty place. */
  dropIn(log: Log, at: WallMillis, most: number): boolean {
    for (let dropped = 0; dropped < most; dropped += 1) {
      const oldest = log.entries.peek();
      if (oldest === undefined || oldest.at >= at) return true;
      this.#drop(log);
    }
    return false;
  }

  #dropOldest(): void {
    const [log, seq] = [this.#order.shift(), this.#seqs.shift()];
    if (log === undefined || seq === undefined) throw new Error("there is no entry to drop");
    if (seq >= log.first) this.#drop(log);
  }

  #drop(log: Log): void {
    const entry = log.shift();
    if (entry === undefined) throw new Error("there is no entry to drop");
    this.#bytes -= Buffer.byteLength(textOf(entry));
    this.#dropped(entry);
    if (log.entries.length === 0 && log.sides !== undefined) this.#empty.add(log);
  }
}

/** Somebody is in a conversation from `from` on, with both cursors at `cursor`. */
export function enter(user: User, log: Log, cursor: Seq, from: Seq): void {
  user.cursors.set(log, {
    delivered: cursor,
    read: cursor,
    muted: false,
    from,
    called: new Seqs(),
  });
}

/** A room as whoever may know of it sees it. */
export function factsOf({ id }: Log, room: Room): RoomFacts {
  const { key, name, visibility, history, topic, archived, members, slowMode, keepSeconds } = room;
  const facts = { conversation: id, key, name, visibility, history, topic, archived, members };
  return {
    ...facts,
    ...(slowMode === 0 ? {} : { slowMode }),
    ...(keepSeconds === 0 ? {} : { keepSeconds }),
  };
}
