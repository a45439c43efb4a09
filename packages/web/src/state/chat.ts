// The whole page's state: at the door, or inside as somebody; which conversation is open and what stands beside it;
// what is half-written.

import type { ReadonlySignal } from "@preact/signals";
import { computed, effect, signal } from "@preact/signals";
import type { Connection } from "chat-hub";
import { nameKey, unreachable } from "chat-hub";
import { makeClock } from "../words/clock.js";
import type { Entry, People } from "../words/people.js";
import { findIn, newsIn, pageTitle, people, roomLabel, talksWith } from "../words/people.js";
import type { Identity } from "./identity.js";
import type { Kept } from "./kept.js";
import { conversationAt, hashOf } from "./route.js";
import type { Shown } from "./session.js";
import { Session } from "./session.js";
import type { TurnedAway } from "./threshold.js";
import { Threshold } from "./threshold.js";

export interface ChatOptions {
  readonly url: string;
  readonly identity: Identity;
  readonly kept: (name: () => string) => Kept;
  /** A token that came with the address. */
  readonly brought: string | undefined;
}

/** What stands beside the log. */
export type Panel =
  | { readonly kind: "details" | "pins" | "search" | "house" }
  | { readonly kind: "thread"; readonly seq: number };

/** A box over the page. */
export type Box = "finder" | "rooms" | "me";

const clock = makeClock();

/** A cut this short is nobody's concern. */
const offlineAfterMs = 5_000;
const noticeMs = 8_000;
const announcementMs = 60_000;

export class Chat {
  readonly #options: ChatOptions;
  readonly #session = signal<Session | undefined>(undefined);
  readonly #notice = signal<string | undefined>(undefined);
  readonly #offline = signal(false);
  readonly #looking = signal(true);
  #kept: Kept | undefined;
  #drafts: Record<string, string> = {};
  readonly box = signal<Box | undefined>(undefined);
  readonly drawer = signal(false);
  readonly panel = signal<Panel | undefined>(undefined);

  readonly threshold: Threshold;

  constructor(options: ChatOptions) {
    this.#options = options;
    this.threshold = new Threshold(options.url, options.identity, (known) => this.enter(known));
    effect(() => this.#follow(this.#session.value?.connection.value, this.threshold.waiting.value));
    effect(() => {
      document.title = pageTitle(this.news.value, this.#session.value?.name && this.openEntry.value.label);
    });
    const { identity, brought } = options;
    const name = identity.rememberedName();
    if (brought !== undefined) this.enter(undefined, { token: brought });
    else if (identity.stays() && identity.knows(name)) this.enter(name);
    else this.threshold.stand();
  }

  get session(): ReadonlySignal<Session | undefined> {
    return this.#session;
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

  readonly people = computed<People>(() => {
    const session = this.#session.value;
    const talks = talksWith(session?.house.standings.value ?? [], session?.reader.open.value ?? "everyone");
    const present = session?.house.present.value ?? { users: [], count: 0, complete: false };
    return people(talks, present, session?.name ?? "", nameKey);
  });

  readonly openEntry = computed<Entry>(() => {
    const conversation = this.#session.value?.reader.open.value ?? "everyone";
    const label = roomLabel({ conversation });
    const { everyone } = this.people.value;
    const stranger = { ...everyone, conversation, label, unread: 0, mentions: 0, muted: false };
    return findIn(this.people.value, conversation) ?? { ...stranger, kind: "room" };
  });

  /** What the title counts. */
  readonly news = computed(() => newsIn(this.people.value));

  /**
   * Without `shown` the token of this browser is shown: what it was given, or one that is made for the name. Without a
   * name the token says it.
   */
  enter(name: string | undefined, shown: Shown = { token: this.#options.identity.token(name ?? "") }): void {
    const { url, identity, kept } = this.#options;
    this.threshold.forgive();
    this.threshold.pass();
    this.#wanted = name;
    this.#shown = shown.token;
    this.#kept = kept(() => name ?? session.name ?? "");
    if (name !== undefined) this.#drafts = { ...this.#kept.drafts.read() };
    const session: Session = new Session({
      url,
      name,
      shown,
      kept: this.#kept,
      given: (token) => {
        this.#shown = token;
        identity.keep(name ?? session.name ?? "", token);
      },
      ending: (until) =>
        this.say(
          `Your login ends at ${clock.time(until)}. A newer token can be given where your name stands.`,
        ),
      looking: () => this.#looking.peek(),
      complain: (text) => this.say(text),
      announce: (from, message) => this.say(`${from} announces: ${message}`, announcementMs),
      closed: ({ conversation, why }) => this.#closed(conversation, why),
    });
    this.#session.value = session;
    this.#turnToHash(session);
  }

  /** What the present login shows, and by which name it was wanted. */
  #shown: string | undefined;
  #wanted: string | undefined;

  leave(): void {
    this.#session.peek()?.stop();
    this.#options.identity.leave();
    this.#end();
    history.replaceState(null, "", location.pathname);
    this.threshold.stand();
  }

  /** Leaves, and the next time a password or a token is needed again. */
  logOut(): void {
    this.#options.identity.forget(this.rememberedName);
    this.leave();
  }

  /** A newer token of mine. */
  bring(token: string): void {
    const session = this.#session.peek();
    if (session === undefined) return this.enter(undefined, { token });
    this.#options.identity.keep(session.name ?? "", token);
    session.renew(token);
  }

  /**
   * Another tab of this browser has kept something: a newer token of mine is shown here too from now on, and who has
   * logged out there has logged out here.
   */
  keptElsewhere(key: string, value: string | undefined): void {
    const session = this.#session.peek();
    if (session?.name === undefined || !this.#options.identity.keeps(session.name, key)) return;
    if (value === undefined) {
      session.stop();
      // This tab may remember it by itself.
      this.#options.identity.forget(session.name);
      return this.#turnAway({ message: "you have logged out in another tab" });
    }
    this.#shown = value;
    session.renew(value);
  }

  /**
   * Opens a conversation. It stands in the address, so that going back and reloading lead where one was.
   * @param seq a line that is looked for in it
   */
  turnTo(conversation: string, seq?: number): void {
    this.drawer.value = false;
    this.box.value = undefined;
    const hash = hashOf(conversation);
    if (location.hash !== hash) history.pushState(null, "", hash === "" ? location.pathname : hash);
    this.#turnTo(conversation, seq);
  }

  /** Opens the conversation with whoever is called so, or the room. */
  turnToName(name: string): void {
    const typed = name.trim();
    const sign = typed.startsWith("#") ? "#" : "@";
    this.turnTo(`${sign}${nameKey(typed.replace(/^[@#]/, ""))}`);
  }

  hashChanged(): void {
    const session = this.#session.peek();
    if (session !== undefined) this.#turnToHash(session);
  }

  /** @param looking the reader has the end of this conversation before them */
  looks(conversation: string, looking: boolean): void {
    // A log that goes may still have its word, when another conversation is open already.
    const reader = this.#session.peek()?.reader;
    if (reader?.open.peek() !== conversation) return;
    this.#looking.value = looking;
    if (looking) reader.saw();
  }

  draft(place: string): string {
    return this.#drafts[place] ?? "";
  }

  drafted(place: string, text: string): void {
    if (text === "") delete this.#drafts[place];
    else this.#drafts[place] = text;
    this.#kept?.drafts.write(this.#drafts);
  }

  /** Opens what stands beside the log, or closes it if it is open. */
  toggle(panel: Panel): void {
    this.panel.value = this.panel.peek()?.kind === panel.kind ? undefined : panel;
  }

  #turnTo(conversation: string, seq?: number): void {
    const reader = this.#session.peek()?.reader;
    if (reader === undefined) return;
    const isOther = conversation !== reader.open.peek();
    if (isOther) this.#looking.value = false;
    if (isOther && this.panel.peek()?.kind !== "search") this.panel.value = undefined;
    reader.turnTo(conversation, seq);
  }

  #turnToHash(session: Session): void {
    const conversation = conversationAt(location.hash);
    if (session === this.#session.peek()) this.#turnTo(conversation);
  }

  #closed(conversation: string, why: "left" | "kicked" | "banned" | "gone"): void {
    const label = this.openEntry.peek().label;
    if (this.#session.peek()?.reader.open.peek() !== conversation) return;
    if (why === "kicked") this.say(`You were removed from ${label}.`);
    if (why === "banned") this.say(`You were banned from ${label}.`);
    this.turnTo("everyone");
  }

  #offlineTimer: ReturnType<typeof setTimeout> | undefined;

  #follow(connection: Connection | undefined, waiting: string | undefined): void {
    switch (connection?.state) {
      case "online":
        return this.#welcomed(this.#session.peek()?.name ?? this.rememberedName);
      case "refused":
        this.#forgetStale(connection.error.code);
        this.#turnAway(connection.error);
        return;
      case "ended":
        if (connection.code !== 1000) {
          const message = connection.reason || "the server said goodbye";
          this.#turnAway(this.#session.peek()?.farewell ?? { message });
        }
        return;
      case "connecting":
      case "waiting":
        return this.#expectOffline();
      case undefined:
        return waiting === undefined ? this.#setOffline(false) : this.#expectOffline();
      default:
        return unreachable(connection);
    }
  }

  #welcomed(name: string): void {
    const { identity } = this.#options;
    identity.remember(name);
    if (this.#wanted === undefined && this.#shown !== undefined) {
      identity.keep(name, this.#shown);
      this.#wanted = name;
      this.#drafts = { ...this.#kept?.drafts.read() };
    }
    this.#setOffline(false);
  }

  /** A token that is good no more would keep its owner out, again and again. */
  #forgetStale(code: string): void {
    if (this.#shown === undefined || (code !== "not_let_in" && code !== "login_expired")) return;
    this.#options.identity.forget(this.#wanted ?? this.rememberedName);
  }

  #expectOffline(): void {
    this.#offlineTimer ??= setTimeout(() => this.#setOffline(true), offlineAfterMs);
  }

  #setOffline(offline: boolean): void {
    clearTimeout(this.#offlineTimer);
    if (!offline) this.#offlineTimer = undefined;
    this.#offline.value = offline;
  }

  #turnAway(why: TurnedAway): void {
    this.#options.identity.leave();
    this.threshold.turnAway(why);
    this.#end();
    this.threshold.stand();
  }

  #end(): void {
    this.#session.value = undefined;
    this.drawer.value = false;
    this.panel.value = undefined;
    this.box.value = undefined;
  }

  #noticeTimer: ReturnType<typeof setTimeout> | undefined;

  say(text: string, forMs = noticeMs): void {
    clearTimeout(this.#noticeTimer);
    this.#notice.value = text;
    this.#noticeTimer = setTimeout(() => {
      this.#notice.value = undefined;
    }, forMs);
  }
}
