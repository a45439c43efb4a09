// The store that keeps nothing: everything is in memory and gone with the process. It answers before
// `ask` returns.

import { randomBytes } from "node:crypto";
import type {
  Advance,
  Append,
  Appended,
  Entry,
  Identify,
  Seq,
  Store,
  StoreAnswer,
  StoreCall,
  StoreCalls,
  StoreOptions,
} from "chat-hub";
import { unreachable } from "chat-hub";
import { isNameOf } from "./address.js";
import { entryFrom } from "./entry.js";
import type { Conversation, Written } from "./memory/conversations.js";
import { Conversations, peerIn } from "./memory/conversations.js";
import type { MemoryLimits } from "./memory/limits.js";
import { defaultMemoryLimits } from "./memory/limits.js";
import type { User } from "./memory/people.js";
import { People } from "./memory/people.js";
import { MemoryViews } from "./memory/views.js";

export interface MemoryOptions<Ask> extends StoreOptions<Ask> {
  readonly limits?: Partial<MemoryLimits>;
}

export function openMemory<Ask>(options: MemoryOptions<Ask>): Store<Ask> {
  const memory = new Memory(options.nameHoldMs, { ...defaultMemoryLimits, ...options.limits });
  return {
    facts: { durable: false, epoch: randomBytes(8).toString("hex"), head: 0 as Seq },
    ask: (ask, call) => options.answer(ask, memory.carryOut(call)),
    close: async () => {},
  };
}

type NoDestination = "away" | "unknown_user" | "unknown_message" | "unknown_conversation";

class Memory {
  readonly #people: People;
  readonly #conversations: Conversations;
  readonly #views: MemoryViews;

  constructor(nameHoldMs: number, limits: MemoryLimits) {
    this.#people = new People(nameHoldMs, limits.awayUsers, (user) => {
      for (const conversation of user.privates.values()) this.#conversations.forget(conversation);
    });
    this.#conversations = new Conversations(limits, ({ author, nonce }) => {
      if (nonce !== undefined) this.#people.get(author)?.nonces.delete(nonce);
    });
    this.#views = new MemoryViews(this.#people, this.#conversations);
  }

  carryOut(call: StoreCall): StoreAnswer {
    switch (call.type) {
      case "append":
        return this.#append(call);
      case "identify":
        return this.#identify(call);
      case "release":
        this.#people.release(call);
        return { ok: true };
      case "advance":
        return this.#advance(call);
      case "read":
        return this.#views.page(call);
      case "stand":
        return this.#views.standings(call);
      default:
        return unreachable(call);
    }
  }

  #identify(call: Identify): StoreCalls["identify"]["answer"] {
    const answer = this.#people.identify(call);
    if (answer.ok && answer.fresh) this.#conversations.enterEveryone(this.#people.known(answer.user));
    return answer;
  }

  #append(call: Append): StoreCalls["append"]["answer"] {
    const author = this.#people.known(call.author);
    const first = call.nonce === undefined ? undefined : author.nonces.get(call.nonce);
    if (first !== undefined) return this.#repeat(author, call, first);
    const conversation = this.#destination(author, call);
    if (typeof conversation === "string") return { ok: false, code: conversation };
    const { at, message, replyTo, nonce, origin } = call;
    const seq = (conversation.head + 1) as Seq;
    const entry = entryFrom({
      seq,
      at,
      author: author.id,
      from: author.name,
      message,
      replyTo,
      nonce,
      origin,
    });
    if (nonce !== undefined) author.nonces.set(nonce, { conversation, entry });
    this.#conversations.write(conversation, entry);
    passOwn(author, conversation, seq);
    return this.#appended(author, conversation, entry, false);
  }

  #repeat(author: User, call: Append, { conversation, entry }: Written): StoreCalls["append"]["answer"] {
    const answer = this.#appended(author, conversation, entry, true);
    const { message, replyTo } = entry;
    const isSame = isNameOf(call.to, answer) && message === call.message && replyTo === call.replyTo;
    return isSame ? answer : { ok: false, code: "nonce_reused" };
  }

  /** Where `call` goes; a private conversation begins here, unless the call is refused. */
  #destination(author: User, { to, replyTo }: Append): Conversation | NoDestination {
    if (to.kind === "room") return "unknown_conversation";
    let conversation = this.#conversations.everyone;
    if (to.kind === "private") {
      const peer = this.#people.reachable(to);
      if (typeof peer === "string") return peer;
      const begun = author.privates.get(peer);
      if (begun === undefined && replyTo !== undefined) return "unknown_message";
      conversation = begun ?? this.#conversations.begin(author, peer);
    }
    const { base, head } = conversation;
    return replyTo === undefined || (replyTo > base && replyTo <= head) ? conversation : "unknown_message";
  }

  #appended(author: User, conversation: Conversation, { seq, at }: Entry, duplicate: boolean): Appended {
    const peer = peerIn(conversation, author);
    if (peer === undefined) return { ok: true, conversation: conversation.id, seq, at, duplicate };
    return { ok: true, conversation: conversation.id, peer: this.#people.peer(peer), seq, at, duplicate };
  }

  #advance({ moves }: Advance): StoreCalls["advance"]["answer"] {
    for (const move of moves) {
      const conversation = this.#conversations.get(move.conversation);
      const cursors = conversation && this.#people.get(move.user)?.cursors.get(conversation);
      if (conversation === undefined || cursors === undefined) continue;
      cursors.delivered = moved(cursors.delivered, move.from, move.delivered, conversation.head);
      cursors.read = moved(cursors.read, move.from, move.read, conversation.head);
    }
    return { ok: true };
  }
}

/** What one has just said oneself is not news, unless there is something before it that is. */
function passOwn(author: User, conversation: Conversation, seq: Seq): void {
  const cursors = author.cursors.get(conversation);
  if (cursors?.delivered === seq - 1) cursors.delivered = seq;
  if (cursors?.read === seq - 1) cursors.read = seq;
}

function moved(cursor: Seq, from: Seq, to: Seq, head: Seq): Seq {
  if (cursor < from - 1) return cursor;
  return Math.max(cursor, Math.min(to, head)) as Seq;
}
