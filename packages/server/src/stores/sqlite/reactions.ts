// Who has given which reaction to which message, with a count of each emoji, so that a page of history
// costs the same however many people have reacted. And which messages are pinned.

import type { Database } from "better-sqlite3";
import type { ConversationId, Seq, UserId } from "chat-hub";

interface Given {
  readonly kinds: number;
  readonly given: boolean;
  readonly mine: boolean;
}

export class SqliteReactions {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(database: Database) {
    this.#statements = prepare(database);
  }

  of(conversation: ConversationId, target: Seq, emoji: string, user: UserId): Given {
    return {
      kinds: this.#statements.kinds.get(conversation, target) ?? 0,
      given: this.#statements.given.get(conversation, target, emoji) !== undefined,
      mine: this.#statements.mine.get(conversation, user, target, emoji) !== undefined,
    };
  }

  /** Gives one that is not there yet; `seq` is its entry's. */
  give(conversation: ConversationId, target: Seq, emoji: string, user: UserId, seq: Seq): void {
    this.#statements.give.run(conversation, user, target, emoji, seq);
    this.#statements.countUp.run(conversation, target, emoji, seq);
  }

  /** Takes back one that is there. */
  takeBack(conversation: ConversationId, target: Seq, emoji: string, user: UserId): void {
    this.#statements.takeBack.run(conversation, user, target, emoji);
    this.#statements.countDown.run(conversation, target, emoji);
    this.#statements.uncount.run(conversation, target, emoji);
  }

  /** Takes all of them away, and the pin. */
  clear(conversation: ConversationId, target: Seq): void {
    this.#statements.clear.run(conversation, target);
    this.#statements.clearCounts.run(conversation, target);
    this.#statements.unpin.run(conversation, target);
  }

  isPinned(conversation: ConversationId, target: Seq): boolean {
    return this.#statements.isPinned.get(conversation, target) !== undefined;
  }

  /** How many messages are pinned. */
  pins(conversation: ConversationId): number {
    return this.#statements.pins.get(conversation) ?? 0;
  }

  pin(conversation: ConversationId, target: Seq, on: boolean): void {
    if (on) this.#statements.pin.run(conversation, target);
    else this.#statements.unpin.run(conversation, target);
  }
}

type Message = [ConversationId, Seq];
type OfEmoji = [ConversationId, Seq, string];
type OfUser = [ConversationId, UserId, Seq, string];

function prepare(database: Database) {
  const ofMessage = "WHERE conversation = ? AND target = ?";
  const ofEmoji = `${ofMessage} AND emoji = ?`;
  const ofUser = "WHERE conversation = ? AND user = ? AND target = ? AND emoji = ?";
  return {
    kinds: database.prepare<Message, number>(`SELECT count(*) FROM reaction_counts ${ofMessage}`).pluck(),
    given: database.prepare<OfEmoji, 1>(`SELECT 1 FROM reaction_counts ${ofEmoji}`).pluck(),
    mine: database.prepare<OfUser, 1>(`SELECT 1 FROM reactions ${ofUser}`).pluck(),
    give: database.prepare<[...OfUser, Seq]>("INSERT INTO reactions VALUES (?, ?, ?, ?, ?)"),
    countUp: database.prepare<[...OfEmoji, Seq]>(
      `INSERT INTO reaction_counts (conversation, target, emoji, count, first) VALUES (?, ?, ?, 1, ?)
       ON CONFLICT DO UPDATE SET count = count + 1`,
    ),
    takeBack: database.prepare<OfUser>(`DELETE FROM reactions ${ofUser}`),
    countDown: database.prepare<OfEmoji>(`UPDATE reaction_counts SET count = count - 1 ${ofEmoji}`),
    uncount: database.prepare<OfEmoji>(`DELETE FROM reaction_counts ${ofEmoji} AND count = 0`),
    clear: database.prepare<Message>(`DELETE FROM reactions ${ofMessage}`),
    clearCounts: database.prepare<Message>(`DELETE FROM reaction_counts ${ofMessage}`),
    isPinned: database.prepare<Message, 1>(`SELECT 1 FROM pins ${ofMessage}`).pluck(),
    pins: database
      .prepare<[ConversationId], number>("SELECT count(*) FROM pins WHERE conversation = ?")
      .pluck(),
    pin: database.prepare<Message>("INSERT OR IGNORE INTO pins (conversation, target) VALUES (?, ?)"),
    unpin: database.prepare<Message>(`DELETE FROM pins ${ofMessage}`),
  };
}
