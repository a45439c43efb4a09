// Standing at the door: what the server wants of whoever comes in, and why somebody was turned away.

import { signal } from "@preact/signals";
import type { Entrance } from "chat-hub";
import { capital } from "../words/sentence.js";
import { askEntrance } from "./entrance.js";
import type { Identity } from "./identity.js";

/** Why somebody stands at the door again. */
export interface TurnedAway {
  /** The refusal's, if it was one. */
  readonly code?: string | undefined;
  readonly message: string;
  readonly hint?: string | undefined;
}

export class Threshold {
  /** Known as soon as the server has said it. */
  readonly entrance = signal<Entrance | undefined>(undefined);
  readonly turnedAway = signal<TurnedAway | undefined>(undefined);
  /** A name that was said before that is known: nothing more may be wanted of it. */
  readonly waiting = signal<string | undefined>(undefined);
  readonly #url: string;
  readonly #identity: Identity;
  readonly #enter: (name: string) => void;
  #stop: () => void = () => {};

  constructor(url: string, identity: Identity, enter: (name: string) => void) {
    this.#url = url;
    this.#identity = identity;
    this.#enter = enter;
  }

  stand(): void {
    this.pass();
    this.#stop = askEntrance(this.#url, (entrance) => {
      this.entrance.value = entrance;
      const name = this.waiting.peek();
      this.waiting.value = undefined;
      if (name !== undefined && (entrance.auth === "open" || this.knows(name))) this.#enter(name);
    });
  }

  /** Nobody stands here any more. */
  pass(): void {
    this.#stop();
    this.waiting.value = undefined;
  }

  turnAway({ code, message, hint }: TurnedAway): void {
    this.turnedAway.value = { code, message: capital(message), hint: hint && `${capital(hint)}.` };
  }

  /** What was refused is not what is tried now. */
  forgive(): void {
    this.turnedAway.value = undefined;
  }

  /** The name to offer. */
  get rememberedName(): string {
    return this.#identity.rememberedName();
  }

  /** Whether this browser is logged in by this name, so that no password is needed. */
  knows(name: string): boolean {
    return this.#identity.knows(name);
  }
}
