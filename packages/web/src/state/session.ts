// One person logged in: a client core, what it tells, and what the person does. It ends when they leave or the
// server does not let them back.

import type { ReadonlySignal } from "@preact/signals";
import { batch, signal } from "@preact/signals";
import type { ClientEntry, ClientEvent, Connection } from "chat-hub";
import { createClient } from "chat-hub";
import type { Present } from "../words/people.js";
import { sentence } from "../words/sentence.js";
import { lastSeq } from "../words/timeline.js";
import { Conversations } from "./conversations.js";
import { History } from "./history.js";
import type { Outbox } from "./outbox.js";
import { OwnLines } from "./own-lines.js";
import type { Fact } from "./shell.js";
import { runClient } from "./shell.js";

export interface SessionOptions {
  readonly url: string;
  readonly name: string;
  readonly token: string;
  readonly outbox: Outbox;
  /** Whether the reader is looking at the end of the open conversation just now. */
  readonly looking: () => boolean;
  readonly complain: (text: string) => void;
}

/** What a message may hold, until the server says it. */
const usualChars = 10_000;

export class Session {
  readonly conversations = new Conversations();
  readonly ownLines: OwnLines;
  readonly history: History;
  readonly #connection = signal<Connection>({ state: "connecting" });
  readonly #welcomed = signal<{ readonly name: string; readonly messageChars: number } | undefined>(
    undefined,
  );
  readonly #present = signal<Present>({ names: [], count: 0, complete: false });
  readonly #open = signal("everyone");
  readonly #options: SessionOptions;
  readonly #feed: (fact: Fact) => void;

  constructor(options: SessionOptions) {
    this.#options = options;
    const { url, name, token, outbox } = options;
    const { conversations } = this;
    const client = createClient({ url, username: name, token, receipts: true });
    const feed = runClient(client, (event) => batch(() => this.#hear(event)));
    this.#feed = feed;
    this.ownLines = new OwnLines(name, { conversations, outbox, feed });
    this.history = new History(conversations, feed, () => this.#welcomed.peek()?.name ?? name);
    feed({ type: "started" });
    this.ownLines.restore();
  }

  get connection(): ReadonlySignal<Connection> {
    return this.#connection;
  }

  /** Who I am here; absent until the first welcome. */
  get name(): string | undefined {
    return this.#welcomed.value?.name;
  }

  get messageChars(): number {
    return this.#welcomed.value?.messageChars ?? usualChars;
  }

  get present(): ReadonlySignal<Present> {
    return this.#present;
  }

  get open(): ReadonlySignal<string> {
    return this.#open;
  }

  turnTo(conversation: string): void {
    batch(() => {
      this.#open.value = conversation;
      this.conversations.opened(conversation);
      if (this.#welcomed.peek() !== undefined) this.history.load(conversation);
    });
  }

  say(message: string): void {
    this.ownLines.say(this.#open.peek(), message);
  }

  /** Everything that is here of the open conversation was before the reader's eyes. */
  saw(): void {
    const conversation = this.#open.peek();
    const seq = lastSeq(this.conversations.timeline(conversation).peek());
    if (this.conversations.read(conversation, seq)) this.#feed({ type: "read", conversation, seq });
  }

  /** Connect now, if that is what is waited for. */
  wake(): void {
    this.#feed({ type: "woken" });
  }

  stop(): void {
    this.#feed({ type: "stopped" });
  }

  #hear(event: ClientEvent): void {
    switch (event.type) {
      case "connection":
        this.#connection.value = event.connection;
        return;
      case "welcome":
        return this.#hearWelcome(event.welcome);
      case "people":
        this.#present.value = { names: event.here, count: event.count, complete: event.complete };
        return;
      case "entry":
        return this.#hearEntry(event.entry);
      case "acked":
        return this.ownLines.acked(event.nonce, event.ack.seq ?? 0, event.ack.at);
      case "refused":
        return this.ownLines.refused(event.nonce, sentence(event.error));
      case "answered":
        return this.history.answered(event.ask, event.answer);
      case "unanswered":
        return this.history.refused(event);
      case "reset":
        this.conversations.reset(event.conversation);
        return this.history.load(event.conversation);
      case "complaint":
        return this.#options.complain(sentence(event.error));
      // A delayed line is still on its way; a replay says itself when it is through; what is gone is not missed.
      default:
        return;
    }
  }

  #hearWelcome(welcome: (ClientEvent & { readonly type: "welcome" })["welcome"]): void {
    this.#welcomed.value = { name: welcome.username, messageChars: welcome.limits.message_chars };
    this.#present.value = { ...this.#present.peek(), count: welcome.here };
    for (const row of welcome.conversations) this.conversations.told(row);
    const open = this.#open.peek();
    if (!this.conversations.timeline(open).peek().loaded) this.turnTo(open);
    this.history.listConversations();
  }

  #hearEntry(entry: ClientEntry): void {
    if (entry.kind !== "message") return;
    const { conversation, seq } = entry;
    const timeline = this.conversations.timeline(conversation).peek();
    // The replay began later than what is here ends: another device had read in between.
    if (timeline.loaded && seq > lastSeq(timeline) + 1) this.history.fill(conversation);
    const isOpen = conversation === this.#open.peek();
    this.conversations.heard(conversation, entry, isOpen && !this.#options.looking());
  }
}
