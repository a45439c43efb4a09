// What the page has asked the server and not heard yet. The client core repeats a question after a cut by itself, so
// one stays here until it is answered.

import type { ReadonlySignal } from "@preact/signals";
import { signal } from "@preact/signals";
import type { ClientEvent, Question } from "chat-hub";
import type { Fact } from "./shell.js";

export type Inquiry =
  /** A page of history: the first, one above what is here, or what lies between what is here and the head. */
  | { readonly about: "newest" | "older" | "gap"; readonly conversation: string }
  | { readonly about: "conversations" };

type Refusal = (ClientEvent & { readonly type: "unanswered" })["error"];

/** How soon a question that could not be answered is asked again. */
const repeatMs = 3_000;

export class Inquiries {
  readonly #open = new Map<number, { readonly inquiry: Inquiry; readonly question: Question }>();
  readonly #loading = signal<ReadonlySet<string>>(new Set());
  readonly #feed: (fact: Fact) => void;
  #count = 0;

  constructor(feed: (fact: Fact) => void) {
    this.#feed = feed;
  }

  /** Conversations whose lines are being fetched. */
  get loading(): ReadonlySignal<ReadonlySet<string>> {
    return this.#loading;
  }

  /** Asks, unless the same is asked already: scrolling asks for older lines many times a second. */
  ask(inquiry: Inquiry, question: Question): void {
    for (const open of this.#open.values()) if (isSame(open.inquiry, inquiry)) return;
    this.#count += 1;
    this.#open.set(this.#count, { inquiry, question });
    this.#note();
    this.#feed({ type: "asked", ask: this.#count, question });
  }

  answered(ask: number): Inquiry | undefined {
    const found = this.#open.get(ask);
    this.#open.delete(ask);
    this.#note();
    return found?.inquiry;
  }

  /** Gives the inquiry back if there will be no answer; if there may be one later, asks again then. */
  refused(ask: number, error: Pick<Refusal, "retryable" | "retry_after_ms">): Inquiry | undefined {
    const found = this.#open.get(ask);
    if (found === undefined || !error.retryable) return this.answered(ask);
    setTimeout(
      () => this.#feed({ type: "asked", ask, question: found.question }),
      Math.max(error.retry_after_ms ?? 0, repeatMs),
    );
    return undefined;
  }

  #note(): void {
    const conversations = [...this.#open.values()].flatMap(({ inquiry }) =>
      inquiry.about === "newest" || inquiry.about === "older" ? [inquiry.conversation] : [],
    );
    this.#loading.value = new Set(conversations);
  }
}

function isSame(one: Inquiry, other: Inquiry): boolean {
  if (one.about === "conversations" || other.about === "conversations") return one.about === other.about;
  return one.about === other.about && one.conversation === other.conversation;
}
