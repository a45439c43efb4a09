// Says one frame after another, as fast as they are taken, and comes back whenever it is ended: what
// a program does that was written to annoy. It counts what it is answered.

import { setTimeout as pause } from "node:timers/promises";
import type { RawSocket } from "../../support/raw-connection.ts";
import { reachWebSocket } from "../../support/raw-connection.ts";
import { frame } from "../../support/raw-frames.ts";

export interface Wish {
  readonly port: number;
  readonly host?: string | undefined;
  readonly path: string;
  /** The frames of a piece, which is said again and again: so many in 10 ms. */
  readonly texts: readonly string[];
  readonly ms: number;
  /** It goes on for longer, until it was ended so often. */
  readonly closings?: number;
}

export interface Flooded {
  readonly frames: number;
  readonly ms: number;
  readonly closed: ReadonlyMap<number, number>;
  readonly refused: ReadonlyMap<string, number>;
  /** Refusals that pass, and do not say when. */
  readonly unhelpful: number;
}

const everyMs = 10;
/** How long it goes on at the most, if it is not ended. */
const mostMs = 30_000;
/** More is not put into the queue on this side. */
const mostUnsent = 4_000_000;

export async function flood({ port, host, path, texts, ms, closings = 0 }: Wish): Promise<Flooded> {
  const piece = Buffer.concat(texts.map((text) => frame(text)));
  const answers = new Answers();
  const begun = performance.now();
  const goesOn = (): boolean => {
    const gone = performance.now() - begun;
    return gone < ms || (answers.endings < closings && gone < mostMs);
  };
  const wanted = (): number => ((performance.now() - begun) * texts.length) / everyMs;
  let frames = 0;
  while (goesOn()) {
    const flooder = await reachWebSocket(port, path, host);
    const heard = answers.hear(flooder);
    while (goesOn() && heard.isOpen) {
      while (frames < wanted() && flooder.unsent < mostUnsent) {
        flooder.writes(piece);
        frames += texts.length;
      }
      await pause(everyMs);
    }
    flooder.breaks();
    await heard.done;
  }
  const { closed, refused, unhelpful } = answers;
  return { frames, ms: performance.now() - begun, closed, refused, unhelpful };
}

/** Many who flood at the same time, counted together. */
export async function floodTogether(wishes: readonly Wish[]): Promise<Flooded> {
  const all = await Promise.all(wishes.map((wish) => flood(wish)));
  const [closed, refused] = [new Map<number, number>(), new Map<string, number>()];
  for (const each of all) {
    for (const [code, times] of each.closed) count(closed, code, times);
    for (const [code, times] of each.refused) count(refused, code, times);
  }
  return {
    frames: all.reduce((sum, { frames }) => sum + frames, 0),
    ms: all.reduce((most, { ms }) => Math.max(most, ms), 0),
    closed,
    refused,
    unhelpful: all.reduce((sum, { unhelpful }) => sum + unhelpful, 0),
  };
}

interface Hearing {
  isOpen: boolean;
  done: Promise<void>;
}

class Answers {
  readonly closed = new Map<number, number>();
  readonly refused = new Map<string, number>();
  unhelpful = 0;

  get endings(): number {
    return [...this.closed.values()].reduce((sum, times) => sum + times, 0);
  }

  hear(flooder: RawSocket): Hearing {
    const hearing: Hearing = { isOpen: true, done: Promise.resolve() };
    hearing.done = this.#hearAll(flooder).finally(() => {
      hearing.isOpen = false;
    });
    return hearing;
  }

  async #hearAll(flooder: RawSocket): Promise<void> {
    for (let next = await flooder.frame(); next !== undefined; next = await flooder.frame()) {
      if (next.opcode === 8) return count(this.closed, next.payload.readUInt16BE(0));
      if (next.opcode === 1) this.#take(next.payload.toString());
    }
  }

  #take(text: string): void {
    if (!text.startsWith('{"type":"error"') && !text.startsWith('{"error"')) return;
    const { payload, error } = JSON.parse(text) as { payload?: Refusal; error?: Refusal };
    const { code, retryable, retry_after_ms } = (payload ?? error) as Refusal;
    count(this.refused, code);
    if (retryable && retry_after_ms === undefined) this.unhelpful += 1;
  }
}

interface Refusal {
  readonly code: string;
  readonly retryable: boolean;
  readonly retry_after_ms?: number;
}

function count<Key>(counts: Map<Key, number>, key: Key, times = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + times);
}

export function shownCounts(counts: ReadonlyMap<string | number, number>): string {
  return (
    [...counts].map(([what, times]) => `${what} ${times.toLocaleString("en")} times`).join(", ") || "never"
  );
}
