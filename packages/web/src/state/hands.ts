// What can be done to a message from where it is shown, and what the composer beside it is about.

import type { ReadonlySignal, Signal } from "@preact/signals";
import { computed, signal } from "@preact/signals";
import type { Role, Target } from "chat-hub";
import type { Said } from "../words/items.js";
import type { Where } from "../words/may.js";
import type { Chat } from "./chat.js";
import type { Session } from "./session.js";

/** What is being written: an answer, or other words for what was said. */
export interface Writing {
  readonly kind: "reply" | "edit";
  readonly said: Said;
}

export class Hands {
  readonly chat: Chat;
  readonly session: Session;
  readonly conversation: string;
  /** The first message of the thread that is shown; of a whole conversation, none. */
  readonly thread: number | undefined;
  readonly writing: Signal<Writing | undefined> = signal(undefined);
  /** The key of the message whose menu is open. */
  readonly menu: Signal<string | undefined> = signal(undefined);

  readonly #role: ReadonlySignal<Role | undefined>;

  constructor(chat: Chat, session: Session, conversation: string, thread?: number) {
    this.chat = chat;
    this.session = session;
    this.conversation = conversation;
    this.thread = thread;
    this.#role = computed(() => session.house.standing(conversation)?.role);
  }

  /** What I may do follows from this. */
  get where(): Where {
    const { conversation } = this;
    const room = this.session.house.rooms.value.get(conversation);
    return { conversation, room, role: this.#role.value };
  }

  /** Where a half-written text is kept. */
  get draftPlace(): string {
    return this.thread === undefined ? this.conversation : `${this.conversation} ${this.thread}`;
  }

  say(message: string): void {
    const { conversation } = this;
    const writing = this.writing.peek();
    this.writing.value = undefined;
    if (writing?.kind === "edit") {
      if (message === writing.said.message) return;
      const target = targetOf(writing.said);
      this.session.deeds.do({ type: "edit", conversation, target, message });
      return;
    }
    const replyTo = writing === undefined ? this.thread : targetOf(writing.said);
    this.session.deeds.do({ type: "message", conversation, message, replyTo });
    this.session.reader.answered();
  }

  react(said: Said, emoji: string): void {
    const mine = said.reactions.some((row) => row.emoji === emoji && row.mine === true);
    const { conversation } = this;
    this.session.deeds.do({ type: "reaction", conversation, target: targetOf(said), emoji, on: !mine });
    this.menu.value = undefined;
  }

  pin(said: Said): void {
    const { conversation } = this;
    this.session.deeds.do({ type: "pin", conversation, target: targetOf(said), on: !said.pinned });
    this.menu.value = undefined;
  }

  delete(said: Said): void {
    const { conversation } = this;
    this.session.deeds.do({ type: "deletion", conversation, target: targetOf(said) });
    this.menu.value = undefined;
  }

  write(kind: Writing["kind"], said: Said): void {
    this.writing.value = { kind, said };
    this.menu.value = undefined;
  }

  openThread(said: Said): void {
    const seq = said.thread ?? said.seq;
    if (seq !== undefined) this.chat.panel.value = { kind: "thread", seq };
    this.menu.value = undefined;
  }

  jump(seq: number): void {
    this.chat.turnTo(this.conversation, seq);
  }
}

export function targetOf(said: Pick<Said, "seq" | "key">): Target {
  return said.seq ?? said.key;
}
