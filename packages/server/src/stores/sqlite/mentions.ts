// Whom messages call. A message that calls everyone in a room has one row, for user 0, however many
// they are.

import type { Database } from "better-sqlite3";
import type { ConversationId, Mentions, Seq, UserId } from "chat-hub";
import { rank } from "chat-hub";
import type { SqliteMembers } from "./members.js";
import type { SqlitePeople } from "./people.js";
import type { ShownRow } from "./shown.js";
import { messageDetail } from "./shown.js";
import type { Spot } from "./spots.js";

/** Whom a message calls, with their names as they spell them. */
export type Called = readonly (readonly [user: UserId, name: string])[];

export const everybody = 0 as UserId;
const nobody: Called = [];

export class SqliteMentions {
  readonly #people: SqlitePeople;
  readonly #members: SqliteMembers;
  readonly #statements: ReturnType<typeof prepare>;

  constructor(database: Database, people: SqlitePeople, members: SqliteMembers) {
    this.#people = people;
    this.#members = members;
    this.#statements = prepare(database);
  }

  /** Those of the names that are people of the conversation. */
  called(author: UserId, { place, log, peer }: Spot, mentions: Mentions | undefined): Called {
    if (mentions === undefined) return nobody;
    const called: (readonly [UserId, string])[] = [];
    for (const key of mentions.names) {
      const holder = this.#people.holder(key);
      if (holder === undefined) continue;
      const { user, name } = holder;
      if (place.kind === "private" && user !== author && user !== peer?.user) continue;
      if (place.kind === "room" && (log === undefined || !this.#isIn(user, log.conversation))) continue;
      called.push([user, name]);
    }
    if (mentions.all && place.kind === "room" && rank(place.standing) >= rank("moderator"))
      called.push([everybody, "everyone"]);
    return called;
  }

  add(conversation: ConversationId, seq: Seq, author: UserId, called: Called): void {
    for (const [user] of called) this.#statements.add.run(user, conversation, seq, author);
  }

  /** Forgets whom the message called. */
  remove(row: ShownRow): void {
    for (const [user] of messageDetail(row).mentions ?? nobody)
      this.#statements.remove.run(user, row.conversation, row.seq);
  }

  #isIn(user: UserId, conversation: ConversationId): boolean {
    return rank(this.#members.standing(user, conversation)) > 0;
  }
}

function prepare(database: Database) {
  return {
    add: database.prepare<[UserId, ConversationId, Seq, UserId]>(
      "INSERT OR IGNORE INTO mentions (user, conversation, seq, author) VALUES (?, ?, ?, ?)",
    ),
    remove: database.prepare<[UserId, ConversationId, Seq]>(
      "DELETE FROM mentions WHERE user = ? AND conversation = ? AND seq = ?",
    ),
  };
}
