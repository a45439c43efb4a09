// One log in memory, with what was done to its messages. An entry keeps its place; of an edit only the
// place is kept here, since its text is the message's.

import type { ConversationId, Entry, LoggedMessage, Seq, Skipped, UserId, WallMillis } from "chat-hub";
import { subjectOf } from "../entry.js";
import { Queue } from "../queue.js";
import type { User } from "./people.js";
import type { Room } from "./room.js";
import { Seqs } from "./seqs.js";

/** What was done to a message beside its text. */
export interface Done {
  /** By emoji, in the order in which each was first given: who gave it. */
  readonly kinds: Map<string, Set<UserId>>;
  /** In the order in which they were given. */
  readonly reactions: Map<string, Given>;
  /** The nonce with which its newest text came, if that is not its first. */
  textNonce: string | undefined;
}

export interface Given {
  readonly name: string;
  readonly emoji: string;
}

export class Log {
  readonly id: ConversationId;
  /** Whose private conversation it is; twice the same user with oneself. */
  readonly sides: readonly [User, User] | undefined;
  readonly room: Room | undefined;
  /** Its numbers begin above. */
  readonly base: Seq;
  readonly entries = new Queue<Entry>();
  /** The places that are no message's. */
  readonly others = new Seqs();
  readonly deleted = new Seqs();
  readonly pins = new Seqs();
  /** Messages that call all members; and whom the others call, by message. */
  readonly callsAll = new Seqs();
  readonly calls = new Map<Seq, readonly User[]>();
  readonly #done = new Map<Seq, Done>();
  readonly #threads = new Map<Seq, Seqs>();
  head: Seq;
  headAt = 0 as WallMillis;
  /** When its newest entry was committed, as a count of all commits. */
  mark = 0;

  constructor(id: ConversationId, of: { sides?: readonly [User, User]; room?: Room }, base: number) {
    this.id = id;
    this.sides = of.sides;
    this.room = of.room;
    this.base = base as Seq;
    this.head = base as Seq;
  }

  /** The oldest seq that is kept; head + 1 if none is. */
  get first(): Seq {
    return (this.head - this.entries.length + 1) as Seq;
  }

  at(seq: Seq): Entry | undefined {
    return this.entries.at(seq - this.first);
  }

  message(seq: Seq): LoggedMessage | undefined {
    const entry = this.at(seq);
    return entry?.type === "message" ? entry : undefined;
  }

  /** Puts a message as it is now in its place. */
  replace(message: LoggedMessage): void {
    this.entries.put(message.seq - this.first, message);
  }

  push(entry: Entry): void {
    this.entries.push(entry);
    this.head = entry.seq;
    this.headAt = entry.at;
    if (entry.type !== "message") this.others.add(entry.seq);
    else if (entry.thread !== undefined) this.#threadOf(entry.thread).add(entry.seq);
  }

  /** The oldest entry goes, and with a message what was done to it. */
  shift(): Entry | undefined {
    const entry = this.entries.shift();
    if (entry === undefined) return undefined;
    const { first } = this;
    if (entry.type !== "message") this.others.dropBefore(first);
    else {
      if (this.deleted.length > 0) this.deleted.dropBefore(first);
      if (this.pins.length > 0) this.pins.dropBefore(first);
      if (this.callsAll.length > 0) this.callsAll.dropBefore(first);
      this.#done.delete(entry.seq);
      this.calls.delete(entry.seq);
      if (entry.thread !== undefined) this.#leaveThread(entry.thread, first);
    }
    return entry;
  }

  /** The first entry that is not before `at`; head + 1 if there is none. */
  from(at: WallMillis): Seq {
    const { first } = this;
    let [low, high] = [0, this.entries.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.entries.at(middle) as Entry).at < at) low = middle + 1;
      else high = middle;
    }
    return (first + low) as Seq;
  }

  /** Entries as a page shows them to whoever sees the log from `begins` on; both seqs are kept and included. */
  show(from: Seq, to: Seq, begins: Seq): (Entry | Skipped)[] {
    const { first } = this;
    const entries = this.entries.slice(from - first, to - first + 1);
    if (this.others.countFrom(from) === 0) return entries;
    return entries.map((entry) => this.#shown(entry, begins));
  }

  #shown(entry: Entry, begins: Seq): Entry | Skipped {
    if ("target" in entry && entry.target < begins) return { type: "skip", seq: entry.seq };
    const about = subjectOf(entry);
    if (about === undefined) return entry;
    const target = this.message(about);
    if (target === undefined || target.deleted) return { type: "skip", seq: entry.seq };
    return entry.type === "edit" ? asItStands(entry, target) : entry;
  }

  done(target: Seq): Done | undefined {
    return this.#done.get(target);
  }

  /** What is done to a message from now on. */
  begun(target: Seq): Done {
    const done = this.#done.get(target) ?? {
      kinds: new Map(),
      reactions: new Map(),
      textNonce: undefined,
    };
    this.#done.set(target, done);
    return done;
  }

  undone(target: Seq): void {
    this.#done.delete(target);
  }

  /** The messages after its first one. */
  thread(root: Seq): Seqs | undefined {
    return this.#threads.get(root);
  }

  #threadOf(root: Seq): Seqs {
    const thread = this.#threads.get(root) ?? new Seqs();
    this.#threads.set(root, thread);
    return thread;
  }

  #leaveThread(root: Seq, first: Seq): void {
    const thread = this.#threads.get(root);
    thread?.dropBefore(first);
    if (thread?.length === 0) this.#threads.delete(root);
  }

  /** The other side of a private conversation, as `viewer` sees it. */
  peerOf(viewer: User): User | undefined {
    if (this.sides === undefined) return undefined;
    return this.sides[0] === viewer ? this.sides[1] : this.sides[0];
  }
}

type Edit = Extract<Entry, { type: "edit" }>;

/** Every edit of a message says what the message says now. */
export function asItStands({ mentions: _, ...edit }: Edit, target: LoggedMessage): Edit {
  const { message, version = 1, mentions } = target;
  return { ...edit, message, version, ...(mentions === undefined ? {} : { mentions }) };
}
