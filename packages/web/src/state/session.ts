// One person logged in: a client core, what it tells, and what the person does. It ends when they leave or the
// server does not let them back.

import type { ReadonlySignal } from "@preact/signals";
import { batch, signal } from "@preact/signals";
import type { Answer, ClientEntry, ClientEvent, Connection } from "chat-hub";
import { createClient, nameKey } from "chat-hub";
import type { Present } from "../words/people.js";
import type { Line } from "../words/rows.js";
import { sentence } from "../words/sentence.js";
import type { Message } from "../words/timeline.js";
import { lastSeq } from "../words/timeline.js";
import { Conversations } from "./conversations.js";
import { makeNonce } from "./identity.js";
import type { Inquiry } from "./inquiries.js";
import { Inquiries } from "./inquiries.js";
import type { KeptLine, Outbox } from "./outbox.js";
import { stateOf } from "./outbox.js";
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

/** Enough for a screen, and one request. More if more is unread, up to what a page may hold. */
const pageLines = 60;
const longestPage = 1_000;
/** What a message may hold, until the server says it. */
const usualChars = 10_000;

export class Session {
  readonly conversations = new Conversations();
  readonly #connection = signal<Connection>({ state: "connecting" });
  readonly #welcomed = signal<{ readonly name: string; readonly messageChars: number } | undefined>(
    undefined,
  );
  readonly #present = signal<Present>({ names: [], count: 0, complete: false });
  readonly #open = signal("everyone");
  readonly #inquiries: Inquiries;
  readonly #options: SessionOptions;
  readonly #feed: (fact: Fact) => void;

  constructor(options: SessionOptions) {
    this.#options = options;
    const { url, name: username, token } = options;
    const client = createClient({ url, username, token, receipts: true });
    this.#feed = runClient(client, (event) => batch(() => this.#hear(event)));
    this.#inquiries = new Inquiries(this.#feed);
    this.#feed({ type: "started" });
    for (const kept of options.outbox.kept(nameKey(username))) this.#sayKept(kept);
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

  /** Conversations whose lines are being fetched. */
  get loading(): ReadonlySignal<ReadonlySet<string>> {
    return this.#inquiries.loading;
  }

  turnTo(conversation: string): void {
    batch(() => {
      this.#open.value = conversation;
      this.conversations.opened(conversation);
      this.#load(conversation);
    });
  }

  say(message: string): void {
    const nonce = makeNonce(Date.now());
    this.#sayKept({ nonce, to: this.#open.peek(), message, at: Date.now() });
    this.#keep();
  }

  /** A line that was refused, once more: as a new one, since the old one is settled. */
  sayAgain(key: string): void {
    const taken = this.conversations.taken(key);
    if (taken === undefined) return;
    const { conversation: to, line } = taken;
    this.#sayKept({ nonce: makeNonce(Date.now()), to, message: line.message, at: Date.now() });
    this.#keep();
  }

  discard(key: string): void {
    this.conversations.taken(key);
    this.#keep();
  }

  askOlder(conversation: string): void {
    const timeline = this.conversations.timeline(conversation).peek();
    const before = timeline.placed[0]?.seq;
    if (!timeline.loaded || !timeline.more || before === undefined) return;
    this.#inquiries.ask(
      { about: "older", conversation },
      { type: "history", conversation, before, limit: pageLines },
    );
  }

  /** Everything that is here of the open conversation was before the reader's eyes. */
  saw(): void {
    const conversation = this.#open.peek();
    const seq = lastSeq(this.conversations.timeline(conversation).peek());
    if (this.conversations.read(conversation, seq)) this.#feed({ type: "read", conversation, seq });
  }

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
      case "welcome": {
        const { username: name, conversations, limits, here } = event.welcome;
        this.#welcomed.value = { name, messageChars: limits.message_chars };
        this.#present.value = { ...this.#present.peek(), count: here };
        for (const row of conversations) this.conversations.told(row);
        const open = this.#open.peek();
        if (!this.conversations.timeline(open).peek().loaded) this.turnTo(open);
        this.#inquiries.ask({ about: "conversations" }, { type: "conversations" });
        return;
      }
      case "people":
        this.#present.value = { names: event.here, count: event.count, complete: event.complete };
        return;
      case "entry":
        this.#hearEntry(event.entry);
        return;
      case "acked":
        this.conversations.acked(event.nonce, event.ack.seq, event.ack.at);
        this.#keep();
        return;
      case "refused":
        this.conversations.failed(event.nonce, sentence(event.error));
        this.#keep();
        return;
      case "answered":
        this.#hearAnswer(event.ask, event.answer);
        return;
      case "unanswered":
        this.#hearNoAnswer(this.#inquiries.refused(event.ask, event.error));
        return;
      case "reset":
        this.conversations.reset(event.conversation);
        this.#load(event.conversation);
        return;
      case "complaint":
        this.#options.complain(sentence(event.error));
        return;
      // A delayed line is still on its way; a replay says itself when it is through; what is gone is not missed.
      case "delayed":
      case "resumed":
      case "gone":
        return;
    }
  }

  #hearEntry(entry: ClientEntry): void {
    if (entry.kind !== "message") return;
    const { conversation } = entry;
    const timeline = this.conversations.timeline(conversation).peek();
    // The replay began later than what is here ends: another device had read in between.
    if (timeline.loaded && entry.seq > lastSeq(timeline) + 1) this.#fill(conversation);
    const isOpen = conversation === this.#open.peek();
    this.conversations.heard(conversation, entry, isOpen && !this.#options.looking());
  }

  #hearAnswer(ask: number, answer: Answer): void {
    const asked = this.#inquiries.answered(ask);
    if (asked === undefined) return;
    if (asked.about === "conversations") {
      if (answer.type !== "conversations") return;
      for (const row of answer.conversations) {
        this.conversations.told(row);
        if (this.conversations.lags(row.conversation)) this.#fill(row.conversation);
      }
      const after = answer.conversations.at(-1)?.conversation;
      if (answer.more && after !== undefined) this.#inquiries.ask(asked, { type: "conversations", after });
      return;
    }
    if (answer.type !== "history") return;
    this.conversations.paged(asked.conversation, answer, asked.about, this.#isOwn);
    const last = answer.messages.at(-1)?.seq;
    if (asked.about === "gap" && answer.more && last !== undefined) this.#fill(asked.conversation, last);
  }

  /** Nobody has written there yet, or the past is gone: what is here is all there is. */
  #hearNoAnswer(asked: Inquiry | undefined): void {
    if (asked?.about !== "newest" && asked?.about !== "older") return;
    this.conversations.paged(asked.conversation, { messages: [], more: false }, asked.about, this.#isOwn);
  }

  readonly #isOwn = (message: Message): boolean => nameKey(message.from) === nameKey(this.name ?? "");

  #load(conversation: string): void {
    if (this.#welcomed.peek() === undefined) return;
    if (this.conversations.timeline(conversation).peek().loaded) return;
    const limit = Math.min(longestPage, this.conversations.standing(conversation).unread + pageLines);
    this.#inquiries.ask({ about: "newest", conversation }, { type: "history", conversation, limit });
  }

  #fill(conversation: string, after = lastSeq(this.conversations.timeline(conversation).peek())): void {
    this.#inquiries.ask(
      { about: "gap", conversation },
      { type: "history", conversation, after, limit: longestPage },
    );
  }

  #sayKept(kept: KeptLine): void {
    const { nonce, to, message, at } = kept;
    const line: Line = { key: nonce, from: this.#options.name, own: true, message, at, state: stateOf(kept) };
    this.conversations.said(to, line);
    if (kept.failed === undefined) this.#feed({ type: "said", nonce, to, message });
  }

  #keep(): void {
    const kept = this.conversations.unsent().map(({ conversation: to, line }): KeptLine => {
      const { key: nonce, message, at, state } = line;
      return { nonce, to, message, at, ...(state.type === "failed" ? { failed: state.reason } : {}) };
    });
    this.#options.outbox.keep(nameKey(this.#options.name), kept);
  }
}
