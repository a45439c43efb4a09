// What I write: said once, kept until it has a place, and said again only as a new line.

import { nameKey } from "chat-hub";
import type { Line } from "../words/rows.js";
import type { Conversations } from "./conversations.js";
import { makeNonce } from "./identity.js";
import type { KeptLine, Outbox } from "./outbox.js";
import { stateOf } from "./outbox.js";
import type { Fact } from "./shell.js";

export class OwnLines {
  readonly #name: string;
  readonly #conversations: Conversations;
  readonly #outbox: Outbox;
  readonly #feed: (fact: Fact) => void;

  constructor(
    name: string,
    {
      conversations,
      outbox,
      feed,
    }: {
      readonly conversations: Conversations;
      readonly outbox: Outbox;
      readonly feed: (fact: Fact) => void;
    },
  ) {
    this.#name = name;
    this.#conversations = conversations;
    this.#outbox = outbox;
    this.#feed = feed;
  }

  /** What was on its way when the page was left. */
  restore(): void {
    for (const kept of this.#outbox.kept(nameKey(this.#name))) this.#say(kept);
  }

  say(to: string, message: string): void {
    this.#say({ nonce: makeNonce(Date.now()), to, message, at: Date.now() });
    this.#keep();
  }

  /** A line that was refused, once more: as a new one, since the old one is settled. */
  sayAgain(key: string): void {
    const taken = this.#conversations.taken(key);
    if (taken !== undefined) this.say(taken.conversation, taken.line.message);
  }

  discard(key: string): void {
    this.#conversations.taken(key);
    this.#keep();
  }

  acked(nonce: string, seq: number, at: number): void {
    this.#conversations.acked(nonce, seq, at);
    this.#keep();
  }

  refused(nonce: string, reason: string): void {
    this.#conversations.failed(nonce, reason);
    this.#keep();
  }

  #say(kept: KeptLine): void {
    const { nonce, to, message, at } = kept;
    const line: Line = { key: nonce, from: this.#name, own: true, message, at, state: stateOf(kept) };
    this.#conversations.said(to, line);
    if (kept.failed === undefined) this.#feed({ type: "said", nonce, to, message });
  }

  #keep(): void {
    const kept = this.#conversations.unsent().map(({ conversation: to, line }): KeptLine => {
      const { key: nonce, message, at, state } = line;
      return { nonce, to, message, at, ...(state.type === "failed" ? { failed: state.reason } : {}) };
    });
    this.#outbox.keep(nameKey(this.#name), kept);
  }
}
