// The store: the truth is the memory store, which is exact and answers at once; this model adds what a
// store on a disk adds. Writing calls wait, are committed in groups in their order and answered in it;
// reads overtake and are overtaken, and what one saw may be old when it is answered, but it shows no
// entry whose append was not answered before. A process that dies takes with it what was not committed
// and what was not answered.

import type {
  AskId,
  AuditListed,
  HistorySetting,
  KeptRecord,
  Seq,
  Store,
  StoreAnswer,
  StoreCall,
  StoreFacts,
  StoreLimits,
  WallMillis,
} from "chat-hub";
import { mindedKinds, writingCalls } from "chat-hub";
import { openMemory } from "chat-server";
import type { Clock } from "../clock.ts";
import type { Dice } from "../drawn/dice.ts";
import type { Sight, WritingCall } from "../observed.ts";

export interface DiskOptions {
  readonly nameHoldMs: number;
  readonly limits: StoreLimits;
  readonly everyoneHistory: HistorySetting;
  /** The longest that a commit, a read or an answer takes when all is well. */
  readonly slowestMs: number;
  /** Calls that share a commit at most. */
  readonly groupCalls: number;
}

/** What a hub has of the store: from the start of its process to the end. */
export interface Session {
  readonly facts: StoreFacts;
  /** `failed`: everything open was answered `unavailable`; the process must end. */
  listen(answered: (ask: AskId, answer: StoreAnswer) => void, failed: () => void): void;
  ask(ask: AskId, call: StoreCall): void;
  /** Answers everything that was asked; then `done`. */
  finish(done: () => void): void;
  /** The process is dead: nothing more is committed or answered. */
  abandon(): void;
}

interface Committed {
  readonly call: WritingCall;
  readonly answer: StoreAnswer & { readonly ok: true };
}

interface Asked {
  readonly ask: AskId;
  readonly call: StoreCall;
}

type Trouble = "storage_full" | "unavailable";

const writing: ReadonlySet<string> = new Set(writingCalls);

export class Disk {
  /** What it refuses at present: everything that writes, or with `unavailable` a part of the reads too. */
  trouble: Trouble | undefined;
  /** Its next commit fails, and nobody knows whether it took effect. */
  failsNext = false;
  /** Everything takes so many times as long. */
  slowness = 1;
  readonly #clock: Clock;
  readonly #dice: Dice;
  readonly #show: (sight: Sight) => void;
  readonly count: (what: string, times?: number) => void;
  readonly #options: DiskOptions;
  #truth: Truth;
  #committed: Committed[] = [];
  #epochs = 1;

  constructor(
    clock: Clock,
    dice: Dice,
    show: (sight: Sight) => void,
    count: (what: string, times?: number) => void,
    options: DiskOptions,
  ) {
    this.#clock = clock;
    this.#dice = dice;
    this.#show = show;
    this.count = count;
    this.#options = options;
    this.#truth = new Truth(options);
  }

  get commits(): number {
    return this.#committed.length;
  }

  /** What a hub would be told of the house now. */
  minded(): readonly KeptRecord[] {
    return this.#truth.minded(this.#clock.wall as WallMillis);
  }

  /** Every line of the audit log, the oldest first. */
  audited(): AuditListed["lines"] {
    const answer = this.#truth.carryOut({ type: "audit", most: Number.MAX_SAFE_INTEGER });
    return answer.ok && "lines" in answer ? [...answer.lines].reverse() : [];
  }

  /** A process opens the store: whoever was here when the last one ended is not here any more. */
  open(): Session {
    for (const user of this.#truth.leftovers())
      this.write({ type: "release", user, at: this.#clock.wall as WallMillis });
    return new Worker(this, this.#clock, this.#dice, this.#options, {
      durable: true,
      epoch: `epoch-${this.#epochs}`,
      head: this.#truth.head,
      minded: this.minded(),
    });
  }

  /** An older backup is put in place, while no process has the store open. */
  restore(commits: number): void {
    this.#committed = this.#committed.slice(0, commits);
    this.#truth = new Truth(this.#options);
    for (const { call } of this.#committed) this.#truth.carryOut(call);
    this.#epochs += 1;
    this.#show({ type: "restored", commits, epoch: `epoch-${this.#epochs}` });
  }

  /** Carries out and commits. */
  write(call: WritingCall): StoreAnswer {
    const answer = this.#truth.carryOut(call);
    if (answer.ok) {
      this.#committed.push({ call, answer });
      this.#show({ type: "committed", call, answer });
    }
    return answer;
  }

  read(call: StoreCall): StoreAnswer {
    this.count(`store ${call.type}`);
    return this.#truth.carryOut(call);
  }
}

/** The memory store, asked like a function. */
class Truth {
  /** Users who are here, as far as the store knows. */
  readonly #here = new Set<WritingUser>();
  readonly #store: Store<undefined>;
  #answer: StoreAnswer | undefined;
  head = 0 as Seq;

  constructor({ nameHoldMs, limits, everyoneHistory }: DiskOptions) {
    this.#store = openMemory<undefined>({
      answer: (_, answer) => {
        this.#answer = answer;
      },
      failed: (reason) => {
        throw reason;
      },
      nameHoldMs,
      limits,
      everyoneHistory,
    });
  }

  leftovers(): readonly WritingUser[] {
    return [...this.#here].sort((one, other) => one - other);
  }

  minded(at: WallMillis): readonly KeptRecord[] {
    return mindedKinds.flatMap((kind) => {
      const answer = this.carryOut({ type: "records", kind, prefix: "", most: Number.MAX_SAFE_INTEGER, at });
      return answer.ok && "records" in answer ? answer.records : [];
    });
  }

  carryOut(call: StoreCall): StoreAnswer {
    this.#store.ask(undefined, call);
    const answer = this.#answer as StoreAnswer;
    if (!answer.ok) return answer;
    if (call.type === "identify" && "user" in answer) this.#here.add(answer.user);
    if (call.type === "release") this.#here.delete(call.user);
    if (call.type === "append" && call.to.kind === "everyone" && "seq" in answer)
      this.head = Math.max(this.head, answer.seq) as Seq;
    return answer;
  }
}

type WritingUser = Extract<WritingCall, { type: "release" }>["user"];

/** The threads that one process has for the store. */
class Worker implements Session {
  readonly facts: StoreFacts;
  readonly #disk: Disk;
  readonly #clock: Clock;
  readonly #dice: Dice;
  readonly #options: DiskOptions;
  #answered: ((ask: AskId, answer: StoreAnswer) => void) | undefined;
  #failed: (() => void) | undefined;
  #finished: (() => void) | undefined;
  #isDead = false;
  /** Waiting to be committed. */
  readonly #queue: Asked[] = [];
  #isCommitting = false;
  /** Groups that are committed, and those of them that are answered. */
  #groups = 0;
  #answeredGroups = 0;
  #answeredAt = 0;
  /** Calls that are committed and not answered. */
  #untold = 0;
  /** Reads that saw more than was answered. */
  readonly #held: { readonly ask: AskId; readonly answer: StoreAnswer; readonly group: number }[] = [];
  readonly #open = new Set<AskId>();

  constructor(disk: Disk, clock: Clock, dice: Dice, options: DiskOptions, facts: StoreFacts) {
    this.#disk = disk;
    this.#clock = clock;
    this.#dice = dice;
    this.#options = options;
    this.facts = facts;
  }

  listen(answered: (ask: AskId, answer: StoreAnswer) => void, failed: () => void): void {
    this.#answered = answered;
    this.#failed = failed;
  }

  ask(ask: AskId, call: StoreCall): void {
    this.#open.add(ask);
    if (!writing.has(call.type)) return this.#read({ ask, call });
    this.#queue.push({ ask, call });
    this.#commit();
  }

  finish(done: () => void): void {
    this.#finished = done;
    this.#rest();
  }

  abandon(): void {
    this.#isDead = true;
    this.#disk.count("commits that nobody was told of", this.#untold);
    this.#disk.count("calls that were not committed", this.#queue.length);
  }

  #takes(): number {
    return this.#dice.between(0, this.#options.slowestMs * this.#disk.slowness);
  }

  #after(ms: number, happen: () => void): void {
    this.#clock.after(ms, () => {
      if (!this.#isDead) happen();
    });
  }

  #commit(): void {
    if (this.#isCommitting || this.#queue.length === 0) return;
    this.#isCommitting = true;
    this.#after(this.#takes(), () => {
      this.#isCommitting = false;
      const group = this.#queue.splice(0, this.#dice.between(1, this.#options.groupCalls));
      if (this.#disk.failsNext) return this.#fail(group);
      const { trouble } = this.#disk;
      const answers = group.map(({ ask, call }) => ({
        ask,
        answer:
          trouble === undefined
            ? this.#disk.write(call as WritingCall)
            : ({ ok: false, code: trouble } as const),
      }));
      this.#groups += 1;
      this.#untold += answers.filter(({ answer }) => answer.ok).length;
      this.#answerInOrder(answers);
      this.#commit();
    });
  }

  #fail(group: readonly Asked[]): void {
    this.#disk.failsNext = false;
    if (this.#dice.percent(50)) for (const { call } of group) this.#disk.write(call as WritingCall);
    const open = [...this.#open];
    this.#open.clear();
    for (const ask of open) this.#answered?.(ask, { ok: false, code: "unavailable" });
    this.#failed?.();
  }

  #answerInOrder(answers: readonly { readonly ask: AskId; readonly answer: StoreAnswer }[]): void {
    const due = Math.max(this.#answeredAt, this.#clock.at + this.#takes());
    this.#answeredAt = due;
    this.#after(due - this.#clock.at, () => {
      this.#answeredGroups += 1;
      this.#untold -= answers.filter(({ answer }) => answer.ok).length;
      for (const { ask, answer } of answers) this.#answer(ask, answer);
      for (let index = 0; index < this.#held.length; ) {
        const held = this.#held[index];
        if (held === undefined || held.group > this.#answeredGroups) index += 1;
        else {
          this.#held.splice(index, 1);
          this.#answer(held.ask, held.answer);
        }
      }
    });
  }

  #read({ ask, call }: Asked): void {
    this.#after(this.#takes(), () => {
      const refused = this.#disk.trouble === "unavailable" && this.#dice.percent(50);
      const answer = refused ? ({ ok: false, code: "unavailable" } as const) : this.#disk.read(call);
      const group = this.#groups;
      this.#after(this.#takes(), () => {
        if (group < this.#groups) this.#disk.count("reads that were old when they were answered");
        if (group <= this.#answeredGroups) return this.#answer(ask, answer);
        this.#disk.count("reads that waited for an append's answer");
        this.#held.push({ ask, answer, group });
      });
    });
  }

  #answer(ask: AskId, answer: StoreAnswer): void {
    if (this.#isDead) return;
    this.#open.delete(ask);
    this.#answered?.(ask, answer);
    this.#rest();
  }

  #rest(): void {
    if (this.#open.size > 0 || this.#finished === undefined) return;
    const finished = this.#finished;
    this.#finished = undefined;
    this.#after(0, finished);
  }
}
