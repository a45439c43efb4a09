// Who uses the server while something is done to it: senders, readers, and how long their acks take. At
// the end it finds out what has become of all that was said.

import { setTimeout as pause } from "node:timers/promises";
import type { ClientLimits } from "chat-hub";
import { chanceOf } from "../../support/chance.ts";
import type { Findings } from "../fault.ts";
import { CoreClient } from "./core-client.ts";
import { Latencies } from "./latency.ts";
import type { Entry } from "./ledger.ts";
import { audit, faultsOfFile, wholeLog } from "./ledger.ts";
import type { Listener } from "./listener.ts";
import { Reader } from "./reader.ts";
import type { SenderWish, Speaker } from "./sender.ts";
import { Sender } from "./sender.ts";
import type { Server } from "./server.ts";

export interface LoadWish extends Pick<SenderWish, "paceMs" | "patienceMs"> {
  /** What their names begin with, if there are others beside them. */
  readonly name?: string;
  readonly senders: number;
  readonly readers?: number;
  /** People with a client core, that says things and hears everything. */
  readonly cores?: number;
  /** The programs of each of them, if they have several: `core0/phone`, `core0/desk`. */
  readonly devices?: readonly string[];
  readonly coreLimits?: Partial<ClientLimits>;
  /** Where somebody connects, if not to the server itself: a proxy in front of it. */
  readonly url?: (name: string) => string;
  /** What the nth message of somebody is; no two may be the same. */
  readonly text?: (name: string, n: number) => string;
}

/** How long something may take that must come. */
const patienceMs = 30_000;

/** Who said something, and who heard it. */
export interface Company {
  readonly speakers: readonly Speaker[];
  readonly listeners: readonly Listener[];
}

export class Load implements Company, AsyncDisposable {
  readonly senders: readonly Sender[];
  readonly readers: readonly Reader[];
  readonly cores: readonly CoreClient[];
  readonly #server: Server;
  readonly #latencies = new Latencies();

  constructor(server: Server, wish: LoadWish) {
    const { url = () => server.url, name: kind = "", text, paceMs } = wish;
    this.#server = server;
    this.senders = Array.from({ length: wish.senders }, (_, index) => {
      const name = `${kind}sender${index}`;
      const says = text === undefined ? undefined : (n: number) => text(name, n);
      const { patienceMs } = wish;
      return new Sender({
        name,
        url: () => url(name),
        latencies: this.#latencies,
        text: says,
        paceMs,
        patienceMs,
      });
    });
    this.readers = Array.from({ length: wish.readers ?? 1 }, (_, index) => {
      const name = `${kind}reader${index}`;
      return new Reader({ name, url: () => url(name), quietMs: wish.patienceMs });
    });
    const { cores = 0, devices = [undefined], coreLimits: limits } = wish;
    const programs = Array.from({ length: cores }, (_, index) =>
      devices.map((device) => ({ username: `${kind}core${index}`, device })),
    ).flat();
    this.cores = programs.map(({ username, device }, index) => {
      const at = url(device === undefined ? username : `${username}/${device}`);
      const [chance, latencies] = [chanceOf(index), this.#latencies];
      return new CoreClient({ username, device, url: at, chance, limits, paceMs, latencies });
    });
  }

  get speakers(): readonly (Sender | CoreClient)[] {
    return [...this.senders, ...this.cores];
  }

  get listeners(): readonly (Reader | CoreClient)[] {
    return [...this.readers, ...this.cores];
  }

  get acked(): number {
    return this.speakers.reduce((sum, { acked }) => sum + acked.length, 0);
  }

  /** Refusals that pass, by their code, of all senders. */
  get refused(): ReadonlyMap<string, number> {
    const all = new Map<string, number>();
    for (const { refused } of this.senders)
      for (const [code, count] of refused) all.set(code, (all.get(code) ?? 0) + count);
    return all;
  }

  /** From here to `faultEnds` what is measured counts as during the fault. */
  faultBegins(): void {
    this.#server.faultBegins();
    this.#latencies.enter("during");
  }

  faultEnds(): void {
    this.#latencies.enter("after");
  }

  /**
   * Waits until so many more messages are acked.
   * @throws if they don't come in time
   */
  async acks(more: number, withinMs = patienceMs): Promise<void> {
    const wanted = this.acked + more;
    await until(
      () => this.acked >= wanted,
      () => `${wanted - this.acked} of ${more} acks did not come`,
      withinMs,
    );
  }

  /**
   * Waits until the server has closed every sender's connection with this code, and each has heard all that
   * was said to it before.
   * @throws if that does not happen in time
   */
  async areClosed(code: number): Promise<void> {
    const others = (): readonly Sender[] => this.senders.filter(({ closed }) => !closed.has(code));
    await until(
      () => others().length === 0,
      () => `${others().length} senders were not closed with ${code}`,
      patienceMs,
    );
  }

  /**
   * Lets everybody finish what they have said and hear the rest; nothing is said any more.
   * @returns the whole log, as the server tells it
   */
  async settles(): Promise<readonly Entry[]> {
    const late = setTimeout(() => this.#giveUp(), patienceMs);
    await Promise.all(this.speakers.map((speaker) => speaker.ends()));
    clearTimeout(late);
    const log = await wholeLog(this.#server.url);
    await reach(this.listeners, log.length);
    return log;
  }

  /**
   * Settles, ends the server in order, and tells what has become of all that was said. To be awaited where
   * the server is held: `return await load.findings(…)`, since a bare `return` under `await using` lets go
   * of the server first. `others` were there too, and are held against the same log.
   */
  async findings(
    told: Partial<Findings> & Pick<Findings, "injected">,
    ...others: readonly Partial<Company>[]
  ): Promise<Findings> {
    const speakers = [this, ...others].flatMap((each) => each.speakers ?? []);
    const listeners = [this, ...others].flatMap((each) => each.listeners ?? []);
    const rss = this.#server.memory();
    const latency = this.#latencies.summary();
    const log = await this.settles();
    await reach(listeners, log.length);
    for (const listener of listeners) listener.leaves();
    const found = audit(log, speakers, listeners);
    const { code, err } = await this.#server.ends("SIGTERM");
    return {
      load: this.#description(),
      notes: [],
      ...(latency === undefined ? {} : { latency }),
      ...(rss === undefined ? {} : { rss }),
      ...found,
      ...told,
      broken: [
        ...found.broken,
        ...(code === 0 ? [] : [`the server ended with ${code}: ${err}`]),
        ...faultsOfFile(this.#server.folder, log),
        ...(told.broken ?? []),
      ],
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const each of [...this.speakers, ...this.readers]) each.leaves();
  }

  /** Whoever is not acked by now never will be: what comes out of it shows in the findings. */
  #giveUp(): void {
    for (const speaker of this.speakers) speaker.givesUp();
  }

  #description(): string {
    const { senders, readers, cores } = this;
    const counts = [
      [senders.length, "sender"],
      [readers.length, "reader"],
      [cores.length, "client core"],
    ] as const;
    return counts.flatMap(([count, what]) => (count === 0 ? [] : [counted(count, what)])).join(", ");
  }
}

async function until(isSo: () => boolean, otherwise: () => string, withinMs: number): Promise<void> {
  const end = performance.now() + withinMs;
  while (!isSo()) {
    if (performance.now() > end) throw new Error(otherwise());
    await pause(1);
  }
}

/** Whoever does not get there is found by the audit. */
async function reach(listeners: readonly Listener[], seq: number): Promise<void> {
  await Promise.all(listeners.map((listener) => listener.reaches(seq, patienceMs).catch(() => {})));
}

function counted(count: number, what: string): string {
  return `${count.toLocaleString("en")} ${what}${count === 1 ? "" : "s"}`;
}
