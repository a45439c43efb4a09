// What a user sees of the memory: pages of their logs, and where they stand in them.

import type {
  Address,
  ConversationId,
  Entry,
  Place,
  Read,
  Seq,
  Stand,
  Standing,
  Stood,
  StoreCalls,
} from "chat-hub";
import { pageSpan } from "../page-span.js";
import type { Conversation, Conversations } from "./conversations.js";
import { firstOf, peerIn } from "./conversations.js";
import type { Cursors, People, User } from "./people.js";

type Row = Stood["standings"][number];

export class MemoryViews {
  readonly #people: People;
  readonly #conversations: Conversations;

  constructor(people: People, conversations: Conversations) {
    this.#people = people;
    this.#conversations = conversations;
  }

  page(call: Read): StoreCalls["read"]["answer"] {
    const viewer = this.#people.known(call.viewer);
    const conversation = this.#find(viewer, call.of);
    if (conversation === undefined) return { ok: false, code: "unknown_conversation" };
    const { head } = conversation;
    const first = firstOf(conversation);
    const between = (from: Seq, to: Seq) => entriesBetween(conversation, from, to);
    const sizesOf = (from: Seq, to: Seq) =>
      between(from, to).map(({ message }) => Buffer.byteLength(message));
    const { from, to, more } = pageSpan(call, { first, head }, sizesOf);
    const place = this.#place(viewer, conversation);
    const forgotten = first > conversation.base + 1;
    return { ok: true, ...place, entries: between(from, to), first, head, forgotten, more };
  }

  standings({ user: id, select }: Stand): StoreCalls["stand"]["answer"] {
    const user = this.#people.known(id);
    switch (select.kind) {
      case "these":
        return { ok: true, standings: this.#these(user, select.of), more: false };
      case "unread": {
        const [house, ...others] = this.#all(user);
        const unread = others.filter((standing) => standing.unread > 0);
        unread.sort((a, b) => b.headAt - a.headAt || b.conversation - a.conversation);
        return cut(unread, select.most, house);
      }
      case "all": {
        const after = select.after === undefined ? 0 : this.#find(user, select.after)?.id;
        if (after === undefined) return { ok: true, standings: [], more: false };
        return cut(
          this.#all(user).filter(({ conversation }) => conversation > after),
          select.most,
        );
      }
    }
  }

  /** The conversation, if it is there and `viewer` is in it. */
  #find(viewer: User, of: Address | ConversationId): Conversation | undefined {
    if (typeof of === "number") {
      const conversation = this.#conversations.get(of);
      return conversation && viewer.cursors.has(conversation) ? conversation : undefined;
    }
    if (of.kind === "everyone") return this.#conversations.everyone;
    if (of.kind === "room") return undefined;
    const peer = this.#people.named(of);
    return peer && viewer.privates.get(peer);
  }

  #these(user: User, addresses: readonly Address[]): Row[] {
    const rows: Row[] = [];
    for (const [index, address] of addresses.entries()) {
      const conversation = this.#find(user, address);
      const cursors = conversation && user.cursors.get(conversation);
      if (cursors) rows.push({ ...this.#standing(user, conversation, cursors), index });
    }
    return rows;
  }

  /** By conversation id, since that is the order in which they began: everyone first. */
  #all(user: User): Standing[] {
    return Array.from(user.cursors, ([conversation, cursors]) => this.#standing(user, conversation, cursors));
  }

  #standing(user: User, conversation: Conversation, { delivered, read }: Cursors): Standing {
    const { head, headAt } = conversation;
    const unread = head - Math.max(read, firstOf(conversation) - 1);
    return { ...this.#place(user, conversation), head, delivered, read, unread, headAt };
  }

  #place(viewer: User, conversation: Conversation): Place {
    const peer = peerIn(conversation, viewer);
    if (peer === undefined) return { conversation: conversation.id };
    return { conversation: conversation.id, peer: this.#people.peer(peer) };
  }
}

function entriesBetween(conversation: Conversation, from: Seq, to: Seq): Entry[] {
  const first = firstOf(conversation);
  return conversation.entries.slice(from - first, to - first + 1);
}

function cut(standings: readonly Standing[], most: number, house?: Standing): Stood {
  const before = house === undefined ? [] : [house];
  return { ok: true, standings: [...before, ...standings.slice(0, most)], more: standings.length > most };
}
