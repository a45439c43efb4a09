// The conversation before the reader's eyes: its view, from where it was unread, and where in it the reader wants to be.

import type { ReadonlySignal } from "@preact/signals";
import { signal } from "@preact/signals";
import type { ClientEntry, Edge, View } from "chat-hub";
import type { House } from "./house.js";
import type { Kept } from "./kept.js";
import type { Fact } from "./shell.js";

/** A line to go to. */
export interface Aim {
  readonly seq: number;
  /** Searched, quoted or pinned, so that it is to be seen which one it is; where reading goes on; or the end. */
  readonly why: "sought" | "reading" | "end";
}

interface ReaderOptions {
  readonly feed: (fact: Fact) => void;
  readonly house: House;
  readonly places: Kept["places"];
  /** Whether the end of the conversation is before the reader's eyes just now. */
  readonly looking: () => boolean;
}

export class Reader {
  readonly #options: ReaderOptions;
  readonly #open = signal("everyone");
  readonly #view = signal<View | undefined>(undefined);
  readonly #aim = signal<Aim | undefined>(undefined);
  /** From this seq on it was unread when the reader came. */
  readonly #markedFrom = signal<number | undefined>(undefined);
  #shown: string | undefined;
  #places: Record<string, number>;
  #hasWelcome = false;

  constructor(options: ReaderOptions) {
    this.#options = options;
    this.#places = { ...options.places.read() };
  }

  get open(): ReadonlySignal<string> {
    return this.#open;
  }

  get view(): ReadonlySignal<View | undefined> {
    return this.#view;
  }

  get aim(): ReadonlySignal<Aim | undefined> {
    return this.#aim;
  }

  get markedFrom(): ReadonlySignal<number | undefined> {
    return this.#markedFrom;
  }

  /** @param seq a line that is looked for in it */
  turnTo(conversation: string, seq?: number): void {
    if (conversation !== this.#open.peek()) {
      this.#hide();
      this.#open.value = conversation;
      this.#markedFrom.value = undefined;
    }
    if (seq === undefined) return this.show();
    this.#aim.value = { seq, why: "sought" };
    if (this.#shown === conversation) this.#options.feed({ type: "shown", conversation, jumpTo: seq });
    else this.show();
  }

  /** Logged in: from here on the server can be asked. */
  welcomed(): void {
    this.#hasWelcome = true;
    this.show();
  }

  /** Shows the open conversation, once it can be. */
  show(): void {
    const { house, feed } = this.#options;
    const conversation = this.#open.peek();
    const standing = house.standing(conversation);
    if (this.#shown === conversation || !this.#hasWelcome) return;
    if (conversation.startsWith("#") && standing === undefined) return;
    this.#shown = conversation;
    const unread = standing !== undefined && standing.unread > 0 ? standing.read + 1 : undefined;
    this.#markedFrom.value = unread;
    const seq = unread ?? this.#places[conversation];
    this.#aim.value ??= seq === undefined ? undefined : { seq, why: "reading" };
    feed({ type: "shown", conversation, jumpTo: this.#aim.peek()?.seq });
  }

  viewed(conversation: string, view: View): void {
    if (conversation === this.#open.peek()) this.#view.value = view;
  }

  /** It is none of mine any more. */
  departed(conversation: string): void {
    if (conversation !== this.#shown) return;
    this.#shown = undefined;
    this.#view.value = undefined;
  }

  reached(edge: Edge): void {
    const conversation = this.#shown;
    if (conversation !== undefined) this.#options.feed({ type: "reached", conversation, edge });
  }

  arrived(): void {
    this.#aim.value = undefined;
  }

  /** The newest lines are wanted, and may not be here. */
  toNewest(): void {
    const conversation = this.#shown;
    const head = this.#view.peek()?.head ?? 0;
    if (conversation === undefined || head === 0) return;
    this.#aim.value = { seq: head, why: "end" };
    this.#options.feed({ type: "shown", conversation, jumpTo: head });
  }

  /** Where the reader is: the line at the top, or nothing at the end. */
  reads(conversation: string, seq: number | undefined): void {
    if (seq === undefined) delete this.#places[conversation];
    else this.#places[conversation] = seq;
  }

  /** The page is being left, perhaps only for a reload. */
  keep(): void {
    this.#options.places.write(this.#places);
  }

  /** Everything that is here of the open conversation was before the reader's eyes. */
  saw(): void {
    const conversation = this.#shown;
    const seq = this.#view.peek()?.head ?? 0;
    if (conversation === undefined || seq === 0) return;
    const { house, feed } = this.#options;
    if (seq > (house.standing(conversation)?.read ?? 0)) feed({ type: "read", conversation, seq });
  }

  /** A line that came while the reader was elsewhere is where reading goes on. */
  heard(entry: ClientEntry): void {
    if (entry.kind !== "message" || entry.own || entry.hidden === true) return;
    if (entry.conversation !== this.#shown || this.#options.looking()) return;
    const read = this.#options.house.standing(entry.conversation)?.read ?? 0;
    if ((this.#markedFrom.peek() ?? 0) <= read) this.#markedFrom.value = entry.seq;
  }

  /** Whoever answers has read. */
  answered(): void {
    this.#markedFrom.value = undefined;
  }

  #hide(): void {
    const conversation = this.#shown;
    this.#shown = undefined;
    this.#view.value = undefined;
    this.#aim.value = undefined;
    if (conversation !== undefined) this.#options.feed({ type: "hidden", conversation });
  }
}
