// One person logged in: a client core, what it tells, and what the person does. It ends when they leave or the server
// does not let them back.

import type { ReadonlySignal } from "@preact/signals";
import { batch, signal } from "@preact/signals";
import type { AuthMode, ClientEntry, ClientEvent, Connection, LimitsPayload, WelcomePayload } from "chat-hub";
import { createClient, nameKey, unreachable } from "chat-hub";
import { sentence } from "../words/sentence.js";
import { Asks } from "./asks.js";
import { Deeds, holdsWords } from "./deeds.js";
import { House } from "./house.js";
import type { Kept } from "./kept.js";
import { Quotes } from "./quotes.js";
import { Reader } from "./reader.js";
import type { Fact } from "./shell.js";
import { runClient } from "./shell.js";

export interface SessionOptions {
  readonly url: string;
  /** Absent where a token says it. */
  readonly name: string | undefined;
  readonly shown: Shown;
  readonly kept: Kept;
  /** The server gave a token, to be shown from now on. */
  readonly given: (token: string) => void;
  /** The login ends then, and only a newer token puts that off. */
  readonly ending: (until: number) => void;
  /** Whether the reader is looking at the end of the open conversation just now. */
  readonly looking: () => boolean;
  readonly complain: (text: string) => void;
  /** Said to all who are here, and nowhere to be read again. */
  readonly announce: (from: string, message: string) => void;
  /** A room is closed to me now. */
  readonly closed: (event: ClientEvent & { readonly type: "departed" }) => void;
}

/** What a login shows. */
export interface Shown {
  readonly token?: string | undefined;
  readonly password?: string | undefined;
  /** The account is to be made. */
  readonly register?: { readonly invite?: string | undefined } | undefined;
}

/** What a message may hold, until the server says it. */
const usualChars = 10_000;

export class Session {
  readonly house = new House();
  readonly reader: Reader;
  readonly asks: Asks;
  readonly deeds: Deeds;
  readonly quotes: Quotes;
  readonly #connection = signal<Connection>({ state: "connecting" });
  readonly #welcomed = signal<
    | {
        readonly name: string;
        readonly limits: LimitsPayload;
        readonly epoch: string;
        readonly auth: AuthMode;
        readonly isAdmin: boolean;
      }
    | undefined
  >(undefined);
  readonly #options: SessionOptions;
  readonly #feed: (fact: Fact) => void;
  readonly #listeners = new Set<(entry: ClientEntry) => void>();

  constructor(options: SessionOptions) {
    const { url, name, shown, kept } = options;
    const client = createClient({ url, username: name, ...shown, receipts: true });
    this.#options = { ...options, shown: {} };
    const feed = runClient(client, (event) => batch(() => this.#hear(event)));
    this.#feed = feed;
    this.asks = new Asks(feed);
    this.deeds = new Deeds(feed, kept.deeds);
    this.quotes = new Quotes(this.asks);
    this.reader = new Reader({ feed, house: this.house, places: kept.places, looking: options.looking });
    feed({ type: "started" });
    if (name !== undefined) this.deeds.restore();
  }

  get connection(): ReadonlySignal<Connection> {
    return this.#connection;
  }

  get online(): boolean {
    return this.#connection.value.state === "online";
  }

  /** Who I am here; absent until the first welcome. */
  get name(): string | undefined {
    return this.#welcomed.value?.name;
  }

  /** By the server's clock or ours: which spelling of me does not matter. */
  isMe(name: string): boolean {
    return nameKey(name) === nameKey(this.name ?? "");
  }

  get auth(): AuthMode {
    return this.#welcomed.value?.auth ?? "open";
  }

  #farewell: { readonly message: string; readonly hint?: string } | undefined;
  /** Why I was put out, if I was. */
  get farewell(): { readonly message: string; readonly hint?: string } | undefined {
    return this.#farewell;
  }

  /** Whether I look after the house, as I was told last. */
  get isAdmin(): boolean {
    return this.#welcomed.value?.isAdmin === true;
  }

  /** A newer token of mine, which puts off the end of my login. */
  renew(token: string): void {
    this.#feed({ type: "renewed", token });
  }

  get messageChars(): number {
    return this.#welcomed.value?.limits.message_chars ?? usualChars;
  }

  get limits(): LimitsPayload | undefined {
    return this.#welcomed.value?.limits;
  }

  typed(conversation: string, on: boolean): void {
    this.#feed({ type: "typed", conversation, on });
  }

  /** Tells of every entry of a log, until the function it gives back is called. */
  listen(listener: (entry: ClientEntry) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Connect now, if that is what is waited for. */
  wake(): void {
    this.#feed({ type: "woken" });
  }

  stop(): void {
    this.#feed({ type: "stopped" });
  }

  #hear(event: ClientEvent): void {
    const { house, reader, deeds } = this;
    switch (event.type) {
      case "connection":
        this.#connection.value = event.connection;
        if (event.connection.state === "online") reader.welcomed();
        return;
      case "welcome":
        return this.#hearWelcome(event.welcome);
      case "people":
        house.present.value = event;
        return;
      case "entry":
        reader.heard(event.entry);
        for (const listener of this.#listeners) listener(event.entry);
        return;
      case "acked":
        return void deeds.ended(event);
      case "refused":
        return this.#hearRefused(event);
      case "unsent":
        return deeds.heard(event.unsent);
      case "answered":
      case "unanswered":
        return this.asks.heard(event);
      case "view":
        return reader.viewed(event.conversation, event.view);
      case "standing":
        house.stands(event.standing);
        return reader.show();
      case "listed":
        house.listed.value = true;
        return reader.show();
      case "departed":
        house.departed(event.conversation);
        reader.departed(event.conversation);
        return this.#options.closed(event);
      case "room":
        return house.room(event.room);
      case "invited":
        return house.invited(event.conversation, event.from);
      case "typing":
        return house.types(event.conversation, event.usernames);
      case "settings":
        house.settings.value = event.settings;
        return;
      case "blocked":
        house.blocked.value = event.usernames;
        return;
      case "announcement":
        return this.#options.announce(event.from === "server" ? "The server" : event.from, event.message);
      case "house":
        house.rules.value = event.house;
        return;
      case "about_you":
        if (event.what === "admin" || event.what === "member") this.#isAdmin(event.what === "admin");
        if (event.what === "kicked") this.#farewell = event;
        return this.#options.complain(sentence(event));
      case "complaint":
        if (event.error.code === "banned") this.#farewell = event.error;
        return this.#options.complain(sentence(event.error));
      case "reset":
        return this.quotes.forget(event.conversation);
      // A delayed line is still on its way; a replay says itself when it is through; what is gone is not missed.
      case "delayed":
      case "resumed":
      case "gone":
        return;
      case "token":
        return this.#options.given(event.token);
      case "token_wanted":
        return this.#options.ending(Date.now() + event.until - performance.now());
      default:
        return unreachable(event);
    }
  }

  #isAdmin(isAdmin: boolean): void {
    const welcomed = this.#welcomed.peek();
    if (welcomed !== undefined) this.#welcomed.value = { ...welcomed, isAdmin };
  }

  #hearRefused(event: ClientEvent & { readonly type: "refused" }): void {
    const isWaitedFor = this.deeds.ended(event);
    if (holdsWords(event.deed)) return;
    if (!isWaitedFor) this.#options.complain(sentence(event.error));
    this.deeds.discard(event.nonce);
  }

  #hearWelcome({ username: name, limits, epoch, here, auth, role }: Omit<WelcomePayload, "token">): void {
    const isUnnamed = this.#options.name === undefined && this.#welcomed.peek() === undefined;
    this.#welcomed.value = { name, limits, epoch, auth, isAdmin: role === "admin" };
    if (isUnnamed) this.deeds.restore();
    this.house.present.value = { ...this.house.present.peek(), count: here };
  }
}
