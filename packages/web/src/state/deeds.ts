// What I do: told to the client core once, kept over a reload until it is acked, and done again only as something new.

import type { ReadonlySignal } from "@preact/signals";
import { computed, signal } from "@preact/signals";
import type { ClientEvent, Deed, LogDeed, Unsent } from "chat-hub";
import { makeNonce } from "./identity.js";
import type { Kept, KeptDeed } from "./kept.js";
import type { Fact } from "./shell.js";

export class Deeds {
  readonly #feed: (fact: Fact) => void;
  readonly #kept: Kept["deeds"];
  readonly #told = signal<readonly Unsent[]>([]);
  /** Refused before the page was left: the core of then knew them. */
  readonly #earlier = signal<readonly Unsent[]>([]);
  readonly #ends = new Map<string, (ended: Ended) => void>();

  constructor(feed: (fact: Fact) => void, kept: Kept["deeds"]) {
    this.#feed = feed;
    this.#kept = kept;
  }

  /** All that is not done yet, in order. */
  readonly unsent: ReadonlySignal<readonly Unsent[]> = computed(() => [
    ...this.#earlier.value,
    ...this.#told.value,
  ]);

  /** What was under way when the page was left. */
  restore(): void {
    const kept = this.#kept.read();
    // First what is not told to the core: at each telling, all there is is kept anew.
    this.#earlier.value = kept.flatMap(({ nonce, deed, error }): readonly Unsent[] =>
      error === undefined ? [] : [{ nonce, deed, state: { type: "failed", error } }],
    );
    for (const { nonce, deed, error } of kept) {
      if (error === undefined) this.#feed({ type: "done", nonce, deed });
    }
  }

  do(deed: Deed): string {
    const nonce = makeNonce(Date.now());
    this.#feed({ type: "done", nonce, deed });
    return nonce;
  }

  /** Tells how it ended, when it has. Whoever asks so says a refusal themselves. */
  finish(deed: Deed): Promise<Ended> {
    const nonce = makeNonce(Date.now());
    return new Promise((resolve) => {
      this.#ends.set(nonce, resolve);
      this.#feed({ type: "done", nonce, deed });
    });
  }

  /** What was refused, once more: as something new, since the old is settled. */
  again(nonce: string): void {
    const found = this.unsent.peek().find((one) => one.nonce === nonce);
    this.discard(nonce);
    if (found !== undefined) this.do(found.deed);
  }

  discard(nonce: string): void {
    this.#earlier.value = this.#earlier.peek().filter((one) => one.nonce !== nonce);
    this.#feed({ type: "retracted", nonce });
    this.#keep();
  }

  /** @returns whether somebody who waits for it was told */
  ended(event: Extract<ClientEvent, { type: "acked" | "refused" }>): boolean {
    const end = this.#ends.get(event.nonce);
    this.#ends.delete(event.nonce);
    end?.(event);
    return end !== undefined;
  }

  heard(unsent: readonly Unsent[]): void {
    this.#told.value = unsent;
    this.#keep();
  }

  #keep(): void {
    const unsent = this.unsent.peek().flatMap(({ nonce, deed, state }): readonly KeptDeed[] => {
      if (state.type === "placed" || !isLogDeed(deed)) return [];
      return [{ nonce, deed, ...(state.type === "failed" ? { error: state.error } : {}) }];
    });
    this.#kept.write(unsent);
  }
}

export type Ended = Extract<ClientEvent, { type: "acked" | "refused" }>;

/** A refused one of these holds words that the person wrote: it stays until they let go of it. */
export function holdsWords(deed: Deed): boolean {
  return deed.type === "message" || deed.type === "edit";
}

const notOfLogs: readonly Deed["type"][] = ["status", "privacy", "block", "mute", "announce", "readOnly"];

/** What is ordered in the house stands in no log either: once more after a reload it would be done twice. */
function isLogDeed(deed: Deed): deed is LogDeed {
  const isOrder = "conversation" in deed && deed.conversation === "everyone" && orders.includes(deed.type);
  return !notOfLogs.includes(deed.type) && !isOrder;
}

const orders: readonly Deed["type"][] = ["kick", "ban", "silence", "slow", "role"];
