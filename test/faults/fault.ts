// A fault: what is done to a server as a person starts it, and what was found out by doing it. The
// numbers are those of the README's table.

/** How much of it: a few seconds of it in `npm test`, all of it behind `npm run faults`. */
export type Size = "short" | "long";

export interface Fault {
  readonly number: number;
  /** What is done, as the table says it: "kill -9 at 20 moments of chance under 20 senders". */
  readonly name: string;
  /** About how long it takes when it is short. Up to 6 s it also runs in `npm test`. */
  readonly seconds: number;
  /** Why it can't be done on this machine, if it can't. */
  readonly skip?: () => string | undefined;
  /** Does it. What it throws is a failure too. Where both sizes are the same it need not ask which. */
  run(seed: number, size: Size): Promise<Findings>;
}

export interface Findings {
  /** Who did what meanwhile: "20 senders, 1 reader, 1,240 messages". */
  readonly load: string;
  /** What was done to it, with counts: "killed 20 times". */
  readonly injected: string;
  /** Messages that were acked, and those of them that are not in history where their ack says. */
  readonly acked: number;
  readonly lost: number;
  /** Messages of the log, and those of them that are there more than once. */
  readonly stored: number;
  readonly doubled: number;
  /** Places that a reader missed, was told twice or out of order. */
  readonly gaps: number;
  /** Milliseconds from a send to its ack. */
  readonly latency?: { readonly before: Latency; readonly during: Latency; readonly after: Latency };
  /** Of the server's process, in bytes. */
  readonly rss?: Memory;
  /** Everything else that did not hold, one line each. */
  readonly broken: readonly string[];
  /** Worth telling, but no promise: "first ack 180 ms after the restart". */
  readonly notes: readonly string[];
}

export interface Latency {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export interface Memory {
  readonly before: number;
  readonly peak: number;
  readonly after: number;
}

/** The slowest fault that `npm test` runs, in seconds. */
export const shortSeconds = 6;

/** Whether it came out as it must. */
export function holds({ lost, doubled, gaps, broken }: Findings): boolean {
  return lost === 0 && doubled === 0 && gaps === 0 && broken.length === 0;
}
