// What has happened: a fold of the writing calls that the store has carried out, and of its answers.
// L2 is checked here, as it grows. An older backup cuts it back.

import type { Append, Appended, Choose, Chosen, Entry, Kept, Left, Move, Place } from "chat-hub";
import type { Sight } from "../../observed.ts";
import { LawBroken } from "../../observed.ts";
import type { Placed } from "./log.ts";
import { Log } from "./log.ts";
import type { Person } from "./people.ts";
import { People } from "./people.ts";
import { Rules } from "./rules.ts";

type Committed = Extract<Sight, { type: "committed" }>;

/** Everyone's conversation, as every store numbers it. */
const everyoneId = 1;

/** Each time a name changes hands, the numbers of its private conversations go on at a multiple of this. */
const holderStep = 1_000_000;

/** An entry, and the conversation that it stands in. */
export interface Found {
  readonly log: Log;
  readonly placed: Placed;
}

export class Truth {
  people = new People();
  rules = new Rules();
  everyone = new Log(everyoneId, { sides: undefined, room: undefined }, 0);
  /** The latest that it has ever been by the clock on the wall: what has ended once has ended, also if that is set back. */
  latest = 0;
  /** How often the store was put back. */
  restores = 0;
  /** The numbering that the last restore brought. */
  epoch: string | undefined;
  /** Entries that the last commit wrote. */
  fresh: Found[] = [];
  #logs = new Map<number, Log>([[everyoneId, this.everyone]]);
  #rooms = new Map<string, Log>();
  #privates = new Map<string, Log>();
  #nonces = new Map<string, Found>();
  #history: Committed[] = [];

  /** How many calls were carried out. */
  get moment(): number {
    return this.#history.length;
  }

  get logs(): Iterable<Log> {
    return this.#logs.values();
  }

  /** By the store's own number. */
  log(id: number): Log | undefined {
    return this.#logs.get(id);
  }

  /** What an author has written with this nonce. */
  written(author: number, nonce: string): Found | undefined {
    return this.#nonces.get(`${author} ${nonce}`);
  }

  commit(committed: Committed): void {
    this.#history.push(committed);
    this.fresh = [];
    this.#fold(committed);
  }

  restore(commits: number, epoch: string): void {
    const history = this.#history.slice(0, commits);
    this.restores += 1;
    this.epoch = epoch;
    this.people = new People();
    this.rules = new Rules();
    this.everyone = new Log(everyoneId, { sides: undefined, room: undefined }, 0);
    this.#logs = new Map([[everyoneId, this.everyone]]);
    this.#rooms = new Map();
    this.#privates = new Map();
    this.#nonces = new Map();
    this.#history = [];
    for (const committed of history) this.commit(committed);
  }

  /** The conversation that somebody sees under this name with this place in it: its holders may change. */
  find(viewer: number, conversation: string, seq: number): Log | undefined {
    if (conversation === "everyone") return this.everyone;
    if (conversation.startsWith("#")) return this.#rooms.get(conversation.slice(1));
    const logs = this.#privatesOf(viewer, conversation);
    return logs.find(({ base, head }) => base < seq && seq <= head) ?? logs.find(({ base }) => base === seq);
  }

  /** Whether somebody is in it now. */
  isIn(person: Person, log: Log): boolean {
    if (log.sides !== undefined) return log.sides.includes(person.id);
    return log.room === undefined || log.stay(person.id) !== undefined;
  }

  #privatesOf(viewer: number, conversation: string): Log[] {
    const [key = "", number] = conversation.slice(1).split("~");
    return this.people
      .holders(key)
      .filter(({ holder }) => number === undefined || holder === Number(number))
      .flatMap(({ id }) => this.#privates.get(pair(viewer, id)) ?? []);
  }

  #fold({ call, answer }: Committed): void {
    // The answer is of the call's own type: the contract of the store's calls pairs them.
    switch (call.type) {
      case "identify": {
        const identified = answer as Extract<typeof answer, { readonly fresh: boolean }>;
        this.#leave(identified.left);
        const former = this.people.holders(call.key).at(-1);
        if (identified.fresh && former !== undefined) this.rules.loseName(former);
        const person = this.people.identified(call, identified);
        const { head } = this.everyone;
        if (identified.fresh) this.everyone.cursors.set(person.id, { delivered: head, read: head });
        return;
      }
      case "release":
        return this.#leave((answer as { readonly left: readonly Left[] }).left);
      case "append":
        return this.#append(call, answer as Appended);
      case "advance":
        for (const move of call.moves) this.#move(move);
        return;
      case "keep":
        if ((answer as Kept).kept) this.rules.keep(call);
        return;
      case "choose":
        return this.#choose(call, answer as Chosen);
    }
  }

  #append(call: Append, answer: Appended): void {
    const { author, nonce } = call;
    const known = nonce === undefined ? undefined : this.written(author, nonce);
    if (answer.unchanged === true) return;
    if (known !== undefined || answer.duplicate) return this.#repeated(call, answer, known);
    const log = this.#place(author, answer);
    const placed = this.#write(log, answer.entry ?? this.#plain(call, answer));
    if (call.act.type === "create") log.visibility = call.act.visibility;
    this.rules.follow(call, { log, placed }, (user) => this.people.get(user)?.name ?? "");
    if (call.act.type === "create") log.histories.push({ history: call.act.history, since: 0 });
    for (const entry of answer.followed ?? []) this.#write(log, entry);
    if (nonce !== undefined) this.#nonces.set(`${author} ${nonce}`, { log, placed });
  }

  #repeated({ author, nonce }: Append, { seq, duplicate }: Appended, known: Found | undefined): void {
    const which = `nonce ${nonce} of user ${author}`;
    if (known === undefined) throw new LawBroken("L1", `${which} is answered as a duplicate of nothing`);
    if (!duplicate) throw new LawBroken("L9", `${which} is at ${known.placed.seq} and again at ${seq}`);
    if (known.placed.seq !== seq)
      throw new LawBroken("L1", `${which} is at ${known.placed.seq} and answered as ${seq}`);
  }

  /** A message of which the store had nothing to look up. */
  #plain({ act, author, origin, nonce }: Append, { seq, at }: Appended): Entry {
    if (act.type !== "message") throw new LawBroken("L2", `the store wrote a ${act.type} and shows no entry`);
    const from = this.people.get(author)?.name ?? "";
    const entry = { type: "message", seq, at, author, from, origin, message: act.message } as const;
    return nonce === undefined ? entry : { ...entry, nonce };
  }

  #leave(left: readonly Left[]): void {
    for (const { place, entry } of left) this.#write(this.#place(entry.author, place), entry);
  }

  #write(log: Log, entry: Entry): Placed {
    const placed = log.write(entry, this.moment);
    this.fresh.push({ log, placed });
    return placed;
  }

  #move({ user, conversation, from, delivered, read }: Move): void {
    this.#logs.get(conversation)?.advance(user, from, { delivered, read });
  }

  #choose({ user, what }: Choose, { peer }: Chosen): void {
    const person = this.people.get(user);
    if (person === undefined) return;
    if (what.kind === "status") person.status = what.status;
    if (what.kind === "reading") person.reading = what.reading;
    if (what.kind !== "block" || peer === undefined) return;
    if (what.on) person.blocked.add(peer.user);
    else person.blocked.delete(peer.user);
  }

  /** The conversation of an answer; a new one begins with it. */
  #place(viewer: number, { conversation, peer, room }: Place): Log {
    const known = this.#logs.get(conversation);
    if (known !== undefined) return known;
    const sides = peer === undefined ? undefined : ([viewer, peer.user] as const);
    const base = sides === undefined ? 0 : this.#baseOf(sides);
    const log = new Log(conversation, { sides, room: room?.key }, base);
    this.#logs.set(conversation, log);
    if (room !== undefined) this.#rooms.set(room.key, log);
    if (sides === undefined) return log;
    this.#privates.set(pair(...sides), log);
    for (const side of sides) log.cursors.set(side, { delivered: base, read: base });
    return log;
  }

  /** Above all that was ever numbered between these two names, if one of them had another holder. */
  #baseOf([one, other]: readonly [number, number]): number {
    const [a, b] = [this.people.get(one), this.people.get(other)];
    if (a === undefined || b === undefined || (a.holder === 1 && b.holder === 1)) return 0;
    const earlier = this.people
      .holders(a.key)
      .flatMap(({ id }) => this.people.holders(b.key).map((peer) => this.#privates.get(pair(id, peer.id))));
    const highest = Math.max(1, ...earlier.map((log) => log?.head ?? 0));
    return Math.ceil(highest / holderStep) * holderStep;
  }
}

function pair(one: number, other: number): string {
  return one < other ? `${one} ${other}` : `${other} ${one}`;
}
