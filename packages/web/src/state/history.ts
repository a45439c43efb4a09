// Asks for what was said before: the newest page of a conversation when it is opened, older ones when the reader goes
// up, and what lies between what is here and the head.

import type { Answer, ClientEvent } from "chat-hub";
import { nameKey } from "chat-hub";
import type { Message } from "../words/timeline.js";
import { lastSeq } from "../words/timeline.js";
import type { Conversations } from "./conversations.js";
import type { Inquiry } from "./inquiries.js";
import { Inquiries } from "./inquiries.js";
import type { Fact } from "./shell.js";

/** Enough for a screen, and one request; more if more is unread, up to what a page may hold. */
const pageLines = 60;
const longestPage = 1_000;

export class History {
  readonly #inquiries: Inquiries;
  readonly #conversations: Conversations;
  /** Who I am: history doesn't say which lines are one's own. */
  readonly #me: () => string;

  constructor(conversations: Conversations, feed: (fact: Fact) => void, me: () => string) {
    this.#inquiries = new Inquiries(feed);
    this.#conversations = conversations;
    this.#me = me;
  }

  /** Conversations whose lines are being fetched. */
  get loading(): Inquiries["loading"] {
    return this.#inquiries.loading;
  }

  load(conversation: string): void {
    if (this.#conversations.timeline(conversation).peek().loaded) return;
    const limit = Math.min(longestPage, this.#conversations.standing(conversation).unread + pageLines);
    this.#inquiries.ask({ about: "newest", conversation }, { type: "history", conversation, limit });
  }

  loadOlder(conversation: string): void {
    const { loaded, more, placed } = this.#conversations.timeline(conversation).peek();
    const before = placed[0]?.seq;
    if (!loaded || !more || before === undefined) return;
    const question = { type: "history", conversation, before, limit: pageLines } as const;
    this.#inquiries.ask({ about: "older", conversation }, question);
  }

  /** What comes after the last line that is here. */
  fill(conversation: string): void {
    const after = lastSeq(this.#conversations.timeline(conversation).peek());
    this.#fillAfter(conversation, after);
  }

  /** All my conversations, those without anything unread among them. */
  listConversations(after?: string): void {
    const question = after === undefined ? {} : { after };
    this.#inquiries.ask({ about: "conversations" }, { type: "conversations", ...question });
  }

  answered(ask: number, answer: Answer): void {
    const inquiry = this.#inquiries.answered(ask);
    if (answer.type === "conversations") this.#list(answer);
    if (answer.type !== "history" || inquiry === undefined || inquiry.about === "conversations") return;
    const { about, conversation } = inquiry;
    this.#conversations.paged(conversation, answer, about, this.#isOwn);
    const last = answer.messages.at(-1)?.seq;
    if (about === "gap" && answer.more && last !== undefined) this.#fillAfter(conversation, last);
  }

  /** Nobody has written there yet, or the past is gone: what is here is all there is. */
  refused({ ask, error }: ClientEvent & { readonly type: "unanswered" }): void {
    const inquiry: Inquiry | undefined = this.#inquiries.refused(ask, error);
    if (inquiry?.about !== "newest" && inquiry?.about !== "older") return;
    const nothing = { messages: [], more: false };
    this.#conversations.paged(inquiry.conversation, nothing, inquiry.about, this.#isOwn);
  }

  #list({ conversations, more }: Answer & { readonly type: "conversations" }): void {
    for (const row of conversations) {
      this.#conversations.told(row);
      // Another device has read on while this one was away: then nothing of it is replayed here.
      if (this.#conversations.lags(row.conversation)) this.fill(row.conversation);
    }
    if (more) this.listConversations(conversations.at(-1)?.conversation);
  }

  #fillAfter(conversation: string, after: number): void {
    const question = { type: "history", conversation, after, limit: longestPage } as const;
    this.#inquiries.ask({ about: "gap", conversation }, question);
  }

  readonly #isOwn = (message: Message): boolean => nameKey(message.from) === nameKey(this.#me());
}
