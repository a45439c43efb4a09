// The store in a SQLite database. This thread only packs and unpacks; one worker writes, one reads,
// and one searches.

import type { Store, StoreAnswer, StoreCall, StoreFacts, StoreOptions } from "chat-hub";
import { writingCalls } from "chat-hub";
import { Queue } from "./queue.js";
import type { StoreOrders } from "./sqlite/books.js";
import type { Directory } from "./sqlite/directory.js";
import { openDirectory } from "./sqlite/directory.js";
import type { WorkerOrders } from "./sqlite/messages.js";
import { unpackAnswer } from "./sqlite/messages.js";
import type { Pack } from "./sqlite/pack.js";
import { Unpacker } from "./sqlite/pack.js";
import type { Listener } from "./sqlite/thread.js";
import { SqliteThread } from "./sqlite/thread.js";

export interface SqliteOptions<Ask> extends StoreOptions<Ask> {
  /** Where the database is, or will be made. One server at a time may use it. */
  readonly directory: string;
}

/** @throws StoreError, with one line for people, if the directory can't be used */
export function openSqlite<Ask>(options: SqliteOptions<Ask>): Store<Ask> {
  const { nameHoldMs, limits, everyoneHistory, keepMs } = options;
  const orders = { nameHoldMs, limits, everyoneHistory, keepMs };
  return new SqliteStore(options, openDirectory(options.directory, orders), orders);
}

/** Pages and standings that may show an entry whose append isn't answered yet. */
interface Held<Ask> {
  readonly asks: readonly Ask[];
  readonly pack: Pack;
  readonly newest: number;
}

const writerFile = new URL("./sqlite/writer.js", import.meta.url);
const readerFile = new URL("./sqlite/reader.js", import.meta.url);
/** Calls that share a commit at most. */
const commitCalls = 1_000;
/** Calls that share a snapshot at most; fewer, since their answers can be long. */
const snapshotCalls = 16;

const writing = new Set<StoreCall["type"]>(writingCalls);
const unavailable: StoreAnswer = { ok: false, code: "unavailable" };

class SqliteStore<Ask> implements Store<Ask> {
  readonly facts: StoreFacts;
  readonly #options: SqliteOptions<Ask>;
  readonly #directory: Directory;
  readonly #threads: SqliteThread<Ask>[] = [];
  readonly #writer: SqliteThread<Ask>;
  readonly #reader: SqliteThread<Ask>;
  readonly #startReader: () => SqliteThread<Ask>;
  #searching: SqliteThread<Ask> | undefined;
  readonly #held = new Queue<Held<Ask>>();
  /** The newest entry whose append is answered. */
  #answered: number;
  #state: "open" | "closed" | "failed" = "open";
  #ended: Promise<void> | undefined;

  constructor(options: SqliteOptions<Ask>, directory: Directory, settings: StoreOrders) {
    this.#options = options;
    this.#directory = directory;
    this.#answered = directory.newest;
    this.facts = { durable: true, epoch: directory.epoch, head: directory.head, minded: directory.minded };
    const orders = { file: directory.file, ...settings };
    this.#writer = this.#start(writerFile, orders, commitCalls, (asks, pack, newest) =>
      this.#wrote(asks, pack, newest),
    );
    this.#startReader = () =>
      this.#start(readerFile, orders, snapshotCalls, (asks, pack, newest) =>
        this.#read({ asks, pack, newest }),
      );
    this.#reader = this.#startReader();
  }

  ask(ask: Ask, call: StoreCall): void {
    if (this.#state !== "open") return this.#options.answer(ask, unavailable);
    if (writing.has(call.type)) this.#writer.ask(ask, call);
    else if (call.type === "search") this.#searcher().ask(ask, call);
    else this.#reader.ask(ask, call);
  }

  /** A search may take long, so it has a reading worker of its own, once there is one. */
  #searcher(): SqliteThread<Ask> {
    this.#searching ??= this.#startReader();
    return this.#searching;
  }

  #start(
    file: URL,
    orders: WorkerOrders,
    mostCalls: number,
    answered: Listener<Ask>["answered"],
  ): SqliteThread<Ask> {
    const thread = new SqliteThread<Ask>(file, orders, mostCalls, {
      answered,
      warned: (line) => this.#options.warn?.(line),
      died: (reason) => this.#fail(reason),
    });
    this.#threads.push(thread);
    return thread;
  }

  close(): Promise<void> {
    this.#ended ??= this.#end();
    return this.#ended;
  }

  async #end(): Promise<void> {
    if (this.#state === "open") this.#state = "closed";
    await Promise.all(this.#threads.map((thread) => thread.idle()));
    await Promise.all(this.#threads.map((thread) => thread.close()));
    // After a failure the database is left as it is: the process ends, and the lock with it.
    if (this.#state === "failed") return;
    try {
      this.#directory.close();
    } catch (error) {
      this.#options.warn?.(`the end could not be marked, which a restored backup may need: ${error}`);
    }
  }

  #wrote(asks: readonly Ask[], pack: Pack, newest: number): void {
    this.#answer(asks, pack);
    this.#answered = newest;
    this.#showHeld();
  }

  #read(held: Held<Ask>): void {
    this.#held.push(held);
    this.#showHeld();
  }

  #showHeld(): void {
    for (let held = this.#held.peek(); held && held.newest <= this.#answered; held = this.#held.peek()) {
      this.#held.shift();
      this.#answer(held.asks, held.pack);
    }
  }

  #answer(asks: readonly Ask[], pack: Pack): void {
    const answers = new Unpacker(pack);
    for (const ask of asks) this.#options.answer(ask, unpackAnswer(answers));
  }

  #fail(reason: Error): void {
    if (this.#state === "failed") return;
    this.#state = "failed";
    const open = this.#threads.flatMap((thread) => thread.abandon());
    for (let held = this.#held.shift(); held; held = this.#held.shift()) open.push(...held.asks);
    for (const ask of open) this.#options.answer(ask, unavailable);
    this.#options.failed(reason);
  }
}
