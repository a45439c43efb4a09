// Questions and their answers as promises. The client core asks again after a cut by itself; what the server could not
// answer just then is asked again here.

import type { Answer, ClientEvent, Question, Refusal } from "chat-hub";
import type { Fact } from "./shell.js";

export type Told<Type extends Question["type"]> =
  | { readonly ok: true; readonly answer: Extract<Answer, { type: Type }> }
  | { readonly ok: false; readonly error: Refusal };

/** The question of this type; some types have one shape together. */
type QuestionOf<Type, Shape = Question> = Shape extends { readonly type: infer Types }
  ? Type extends Types
    ? Omit<Shape, "type"> & { readonly type: Type }
    : never
  : never;

/** How soon a question that could not be answered is asked again, and how often. */
const repeatMs = 3_000;
const mostTries = 5;

interface Open {
  readonly question: Question;
  readonly settle: (told: Told<Question["type"]>) => void;
  tries: number;
}

export class Asks {
  readonly #open = new Map<number, Open>();
  readonly #feed: (fact: Fact) => void;
  #count = 0;

  constructor(feed: (fact: Fact) => void) {
    this.#feed = feed;
  }

  /** Never rejects. */
  ask<Type extends Question["type"]>(asked: QuestionOf<Type>): Promise<Told<Type>> {
    this.#count += 1;
    const ask = this.#count;
    const question = asked as Question;
    return new Promise((resolve) => {
      // The answer's type is the question's: the core pairs them.
      const settle = resolve as (told: Told<Question["type"]>) => void;
      this.#open.set(ask, { question, settle, tries: 1 });
      this.#feed({ type: "asked", ask, question });
    });
  }

  heard(event: Extract<ClientEvent, { type: "answered" | "unanswered" }>): void {
    const open = this.#open.get(event.ask);
    if (open === undefined) return;
    if (event.type === "unanswered" && event.error.retryable && open.tries < mostTries) {
      open.tries += 1;
      const wait = Math.max(event.error.retry_after_ms ?? 0, repeatMs);
      setTimeout(() => this.#feed({ type: "asked", ask: event.ask, question: open.question }), wait);
      return;
    }
    this.#open.delete(event.ask);
    open.settle(
      event.type === "answered" ? { ok: true, answer: event.answer } : { ok: false, error: event.error },
    );
  }
}
