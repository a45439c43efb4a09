// All conversations as the page knows them: how they stand, what was said in them, and which one is open.

import type { ReadonlySignal, Signal } from "@preact/signals";
import { signal } from "@preact/signals";
import type { Line } from "../words/rows.js";
import type { Standing, StandingRow } from "../words/standing.js";
import { changed, heard, newStanding, readTo, spelledAs, told } from "../words/standing.js";
import type { Message, Timeline } from "../words/timeline.js";
import {
  acked,
  emptyTimeline,
  lastSeq,
  trimmed,
  withMessages,
  withoutUnplaced,
  withState,
  withUnplaced,
} from "../words/timeline.js";

/** From where on the open conversation was unread when the reader came to it. */
export interface Mark {
  readonly conversation: string;
  readonly from: number;
}

export class Conversations {
  readonly #standings = signal<readonly Standing[]>([newStanding("everyone")]);
  readonly #timelines = new Map<string, Signal<Timeline>>();
  readonly #mark = signal<Mark | undefined>(undefined);

  get standings(): ReadonlySignal<readonly Standing[]> {
    return this.#standings;
  }

  get mark(): ReadonlySignal<Mark | undefined> {
    return this.#mark;
  }

  timeline(conversation: string): Signal<Timeline> {
    const known = this.#timelines.get(conversation);
    if (known !== undefined) return known;
    const made = signal(emptyTimeline);
    this.#timelines.set(conversation, made);
    return made;
  }

  standing(conversation: string): Standing {
    const known = this.#standings.peek().find((standing) => standing.conversation === conversation);
    return known ?? newStanding(conversation);
  }

  /** The reader turns to it: what is unread now is marked, once. */
  opened(conversation: string): void {
    const { unread, read } = this.standing(conversation);
    this.#mark.value = unread > 0 ? { conversation, from: read + 1 } : undefined;
  }

  told(row: StandingRow): void {
    this.#change(row.conversation, (standing) => told(standing, row), false);
  }

  /** @param missed it belongs to the open conversation, and the reader is not looking at its end */
  heard(conversation: string, entry: Message & { readonly own: boolean }, missed: boolean): void {
    const before = this.standing(conversation);
    this.#change(conversation, (standing) => heard(standing, entry), conversation !== "everyone");
    this.#edit(conversation, (timeline) => {
      const longer = withMessages(timeline, [entry], () => entry.own);
      return missed ? longer : trimmed(longer);
    });
    const marked = (this.#mark.peek()?.from ?? 0) > before.read;
    if (missed && !marked && !entry.own && entry.seq > before.head) {
      this.#mark.value = { conversation, from: entry.seq };
    }
  }

  /** A page of history. `newest` and `older` pages say whether there is more above; a filled gap doesn't. */
  paged(
    conversation: string,
    page: { readonly messages: readonly Message[]; readonly more: boolean },
    kind: "newest" | "older" | "gap",
    own: (message: Message) => boolean,
  ): void {
    this.#edit(conversation, (timeline) => {
      const merged = withMessages(timeline, page.messages, own);
      return kind === "gap" ? merged : { ...merged, loaded: true, more: page.more };
    });
    const others = page.messages.findLast((message) => !own(message));
    if (others !== undefined)
      this.#change(conversation, (standing) => spelledAs(standing, others.from), false);
  }

  said(conversation: string, line: Line): void {
    this.#edit(conversation, (timeline) => withUnplaced(timeline, line));
    if (conversation !== "everyone") this.#change(conversation, (standing) => standing, true);
    // Whoever answers has read.
    if (this.#mark.peek()?.conversation === conversation) this.#mark.value = undefined;
  }

  acked(nonce: string, seq: number, at: number): void {
    this.#editOwner(nonce, (timeline) => acked(timeline, nonce, seq, at));
  }

  failed(nonce: string, reason: string): void {
    this.#editOwner(nonce, (timeline) => withState(timeline, nonce, { type: "failed", reason }));
  }

  /** Takes an own line back, and gives it to whoever wants to say it again. */
  taken(nonce: string): { readonly conversation: string; readonly line: Line } | undefined {
    for (const [conversation, timeline] of this.#timelines) {
      const line = timeline.peek().unplaced.find(({ key }) => key === nonce);
      if (line === undefined) continue;
      timeline.value = withoutUnplaced(timeline.peek(), nonce);
      return { conversation, line };
    }
    return undefined;
  }

  /** @returns whether the server was not told of it yet */
  read(conversation: string, seq: number): boolean {
    if (seq <= this.standing(conversation).read) return false;
    this.#change(conversation, (standing) => readTo(standing, seq), false);
    return true;
  }

  /** Its log is another one now. Own lines that have no place yet are still to be sent. */
  reset(conversation: string): void {
    this.#edit(conversation, ({ unplaced }) => ({ ...emptyTimeline, unplaced }));
    this.#change(conversation, () => newStanding(conversation), false);
  }

  /** Loaded, and the log is known to go further than what is here. */
  lags(conversation: string): boolean {
    const timeline = this.timeline(conversation).peek();
    return timeline.loaded && lastSeq(timeline) < this.standing(conversation).head;
  }

  unsent(): readonly { readonly conversation: string; readonly line: Line }[] {
    return [...this.#timelines].flatMap(([conversation, timeline]) =>
      timeline.peek().unplaced.map((line) => ({ conversation, line })),
    );
  }

  #edit(conversation: string, edit: (timeline: Timeline) => Timeline): void {
    const timeline = this.timeline(conversation);
    timeline.value = edit(timeline.peek());
  }

  #editOwner(nonce: string, edit: (timeline: Timeline) => Timeline): void {
    for (const timeline of this.#timelines.values()) {
      if (timeline.peek().unplaced.some(({ key }) => key === nonce)) timeline.value = edit(timeline.peek());
    }
  }

  #change(conversation: string, change: (standing: Standing) => Standing, lively: boolean): void {
    this.#standings.value = changed(this.#standings.peek(), conversation, change, lively);
  }
}
