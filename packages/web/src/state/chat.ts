// The whole page's state: at the door, or inside as somebody; which conversation is open; what is half-written.

import type { ReadonlySignal } from "@preact/signals";
import { computed, effect, signal } from "@preact/signals";
import type { Connection } from "chat-hub";
import { nameKey, unreachable } from "chat-hub";
import type { People, Talk } from "../words/people.js";
import { pageTitle, people, sameTalks, talksWith } from "../words/people.js";
import { capital } from "../words/sentence.js";
import type { Identity } from "./identity.js";
import type { Outbox } from "./outbox.js";
import { conversationAt, hashOf } from "./route.js";
import { Session } from "./session.js";

export interface ChatOptions {
  readonly url: string;
  readonly identity: Identity;
  readonly outbox: Outbox;
}

/** Why somebody stands at the door again. */
export interface TurnedAway {
  readonly message: string;
  readonly hint?: string | undefined;
}

/** A cut this short is nobody's concern. */
const offlineAfterMs = 5_000;
const noticeMs = 8_000;

export class Chat {
  readonly #options: ChatOptions;
  readonly #session = signal<Session | undefined>(undefined);
  readonly #turnedAway = signal<TurnedAway | undefined>(undefined);
  readonly #notice = signal<string | undefined>(undefined);
  readonly #offline = signal(false);
  readonly #looking = signal(true);
  readonly #drafts = new Map<string, string>();
  readonly finding = signal(false);
  readonly drawer = signal(false);

  constructor(options: ChatOptions) {
    this.#options = options;
    effect(() => this.#follow(this.#session.value?.connection.value));
    effect(() => {
      document.title = pageTitle(this.unread.value, this.#session.value?.name && this.openLabel.value);
    });
    if (options.identity.stays() && options.identity.rememberedName() !== "") {
      this.enter(options.identity.rememberedName());
    }
  }

  get session(): ReadonlySignal<Session | undefined> {
    return this.#session;
  }

  get turnedAway(): ReadonlySignal<TurnedAway | undefined> {
    return this.#turnedAway;
  }

  /** Something to be read, which goes by itself. */
  get notice(): ReadonlySignal<string | undefined> {
    return this.#notice;
  }

  /** Cut off for long enough that a person should know. */
  get offline(): ReadonlySignal<boolean> {
    return this.#offline;
  }

  get rememberedName(): string {
    return this.#options.identity.rememberedName();
  }

  /** Standings change at every line that comes; what the lists need of them seldom does. */
  readonly #talks = computed<readonly Talk[]>(() => {
    const session = this.#session.value;
    const talks = talksWith(session?.conversations.standings.value ?? [], session?.open.value ?? "everyone");
    if (!sameTalks(talks, this.#lastTalks)) this.#lastTalks = talks;
    return this.#lastTalks;
  });
  #lastTalks: readonly Talk[] = [];

  readonly people = computed<People>(() => {
    const session = this.#session.value;
    const present = session?.present.value ?? { names: [], count: 0, complete: false };
    return people(this.#talks.value, present, session?.name ?? "", nameKey);
  });

  readonly openEntry = computed(() => {
    const { everyone, privately } = this.people.value;
    const open = this.#session.value?.open.value;
    return privately.find(({ conversation }) => conversation === open) ?? everyone;
  });

  readonly openLabel = computed(() => this.openEntry.value.label);

  readonly unread = computed(() => {
    const { everyone, privately } = this.people.value;
    return privately.reduce((sum, { unread }) => sum + unread, everyone.unread);
  });

  enter(name: string): void {
    const { url, identity, outbox } = this.#options;
    this.#turnedAway.value = undefined;
    const session = new Session({
      url,
      name,
      token: identity.token(name),
      outbox,
      looking: () => this.#looking.peek(),
      complain: (text) => this.#say(text),
    });
    this.#session.value = session;
    this.#turnToHash(session);
  }

  leave(): void {
    this.#session.peek()?.stop();
    this.#options.identity.leave();
    this.#session.value = undefined;
    this.#drafts.clear();
    this.drawer.value = false;
    history.replaceState(null, "", location.pathname);
  }

  /** Opens a conversation. It stands in the address, so that going back and reloading lead where one was. */
  turnTo(conversation: string): void {
    this.drawer.value = false;
    this.finding.value = false;
    const hash = hashOf(conversation);
    if (location.hash !== hash) history.pushState(null, "", hash === "" ? location.pathname : hash);
    this.#session.peek()?.turnTo(conversation);
  }

  /** Opens the conversation with whoever is called so. */
  turnToName(name: string): void {
    this.turnTo(`@${nameKey(name.trim().replace(/^@/, ""))}`);
  }

  hashChanged(): void {
    const session = this.#session.peek();
    if (session !== undefined) this.#turnToHash(session);
  }

  /** @param looking the reader has the end of the open conversation before them */
  looks(looking: boolean): void {
    this.#looking.value = looking;
    if (looking) this.#session.peek()?.saw();
  }

  draft(conversation: string): string {
    return this.#drafts.get(conversation) ?? "";
  }

  drafted(conversation: string, text: string): void {
    this.#drafts.set(conversation, text);
  }

  #turnToHash(session: Session): void {
    session.turnTo(conversationAt(location.hash));
  }

  #offlineTimer: ReturnType<typeof setTimeout> | undefined;

  #follow(connection: Connection | undefined): void {
    switch (connection?.state) {
      case "online":
        this.#options.identity.remember(this.#session.peek()?.name ?? this.rememberedName);
        this.#setOffline(false);
        return;
      case "refused":
        this.#turnAway(connection.error);
        return;
      case "ended":
        if (connection.code !== 1000)
          this.#turnAway({ message: connection.reason || "the server said goodbye" });
        return;
      case "connecting":
      case "waiting":
        this.#offlineTimer ??= setTimeout(() => this.#setOffline(true), offlineAfterMs);
        return;
      case undefined:
        this.#setOffline(false);
        return;
      default:
        return unreachable(connection);
    }
  }

  #setOffline(offline: boolean): void {
    clearTimeout(this.#offlineTimer);
    if (!offline) this.#offlineTimer = undefined;
    this.#offline.value = offline;
  }

  #turnAway({ message, hint }: TurnedAway): void {
    this.#options.identity.leave();
    this.#turnedAway.value = { message: capital(message), hint: hint && `${capital(hint)}.` };
    this.#session.value = undefined;
  }

  #noticeTimer: ReturnType<typeof setTimeout> | undefined;

  #say(text: string): void {
    clearTimeout(this.#noticeTimer);
    this.#notice.value = text;
    this.#noticeTimer = setTimeout(() => {
      this.#notice.value = undefined;
    }, noticeMs);
  }
}
