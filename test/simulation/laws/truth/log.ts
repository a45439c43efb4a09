// One conversation as it was committed: its entries, what its messages say now and said before, and
// who was in it when. A moment is a count of commits.

import type { Entry } from "chat-hub";
import { LawBroken } from "../../observed.ts";

/** How many calls the store had carried out. */
export type Moment = number;

/** An entry in its place, with what later ones made of it. */
export interface Placed {
  readonly seq: number;
  readonly written: Moment;
  readonly entry: Entry;
  /** Of a message: what it says, version by version, and since which entry. */
  readonly texts: { readonly text: string; readonly since: number }[];
  /** Of a message: the entry that took it back. */
  deletedAt: number | undefined;
}

/** From one's join to one's exit, both included; without an exit it lasts. */
export interface Stay {
  readonly from: number;
  readonly since: Moment;
  exit: number | undefined;
  until: Moment;
}

export interface Cursors {
  delivered: number;
  read: number;
}

export class Log {
  readonly id: number;
  /** Whose it is, if it is private. */
  readonly sides: readonly [number, number] | undefined;
  /** The room's key, if it is one. */
  readonly room: string | undefined;
  /** Its numbers begin above. */
  readonly base: number;
  readonly entries: Placed[] = [];
  readonly stays = new Map<number, Stay[]>();
  readonly roles = new Map<number, string>();
  readonly cursors = new Map<number, Cursors>();
  /** Of a room. */
  visibility: "public" | "private" = "public";
  /** Each setting of the room's past, and since when it holds. */
  readonly histories: { readonly history: string; readonly since: Moment }[] = [];

  constructor(id: number, of: Pick<Log, "sides" | "room">, base: number) {
    this.id = id;
    this.sides = of.sides;
    this.room = of.room;
    this.base = base;
  }

  get head(): number {
    return this.base + this.entries.length;
  }

  get name(): string {
    if (this.room !== undefined) return `#${this.room}`;
    return this.sides === undefined ? "everyone" : `the private one of users ${this.sides.join(" and ")}`;
  }

  at(seq: number): Placed | undefined {
    return this.entries[seq - this.base - 1];
  }

  /** The message that this is about. */
  target({ entry }: Placed): Placed | undefined {
    return "target" in entry ? this.at(entry.target) : undefined;
  }

  /** Writes the next entry, and lets everything follow from it. */
  write(entry: Entry, written: Moment): Placed {
    const before = this.entries.at(-1);
    if (entry.seq !== this.head + 1)
      throw new LawBroken("L2", `${this.name}: after ${this.head} the store wrote ${entry.seq}`);
    if (before !== undefined && entry.at < before.entry.at)
      throw new LawBroken("L2", `${this.name}:${entry.seq} is older than the entry before`);
    const texts = entry.type === "message" ? [{ text: entry.message, since: entry.seq }] : [];
    const placed: Placed = { seq: entry.seq, written, entry, texts, deletedAt: undefined };
    this.entries.push(placed);
    this.#follow(placed);
    this.#pass(entry.author, entry.seq);
    return placed;
  }

  /** How somebody is in it now. */
  stay(user: number): Stay | undefined {
    const last = this.stays.get(user)?.at(-1);
    return last?.exit === undefined ? last : undefined;
  }

  cursorsOf(user: number): Cursors | undefined {
    return this.cursors.get(user);
  }

  /** Cursors move forward, up to the head, if they stood where the move speaks for. */
  advance(user: number, from: number, to: Cursors): void {
    const cursors = this.cursors.get(user);
    if (cursors === undefined || (this.room !== undefined && this.stay(user) === undefined)) return;
    for (const kind of ["delivered", "read"] as const) {
      if (cursors[kind] >= from - 1) cursors[kind] = Math.max(cursors[kind], Math.min(to[kind], this.head));
    }
  }

  #follow({ entry, written, seq }: Placed): void {
    switch (entry.type) {
      case "edit":
        this.at(entry.target)?.texts.push({ text: entry.message, since: seq });
        return;
      case "deletion": {
        const target = this.at(entry.target);
        if (target !== undefined) target.deletedAt = seq;
        return;
      }
      case "join":
        return this.#join(entry.author, entry.role, seq, written);
      case "leave":
        return this.#exit(entry.who, seq, written);
      case "ban":
        if (entry.on) this.#exit(entry.who, seq, written);
        return;
      case "role":
        this.roles.set(entry.who, entry.role);
        return;
      case "update":
        if (entry.history !== undefined) this.histories.push({ history: entry.history, since: written });
        return;
    }
  }

  #join(user: number, role: string, from: number, since: Moment): void {
    const stays = this.stays.get(user) ?? [];
    this.stays.set(user, stays);
    stays.push({ from, since, exit: undefined, until: Infinity });
    this.roles.set(user, role);
    this.cursors.set(user, { delivered: from, read: from });
  }

  #exit(user: number, exit: number, until: Moment): void {
    const stay = this.stay(user);
    if (stay !== undefined) Object.assign(stay, { exit, until });
    this.roles.delete(user);
  }

  /** What one has just said oneself is passed, if everything before it was. */
  #pass(author: number, seq: number): void {
    const cursors = this.cursors.get(author);
    if (cursors?.delivered === seq - 1) cursors.delivered = seq;
    if (cursors?.read === seq - 1) cursors.read = seq;
  }
}
