// Moves cursors forward. A row says as well that its user is in the conversation: where there is
// none, nothing moves.
//
// Only the writing worker moves them, so those that it remembers are true. What one's own lines move is
// joined until the commit: a flood writes a row for each author, not for each line.

import type { Database } from "better-sqlite3";
import type { Advance, ConversationId, Seq, UserId } from "chat-hub";
import { everyone } from "chat-hub";
import { Recent } from "../recent.js";

interface Kept {
  delivered: Seq;
  read: Seq;
}
interface Cursor extends Kept {
  readonly user: UserId;
  readonly conversation: ConversationId;
}

/** More than a commit can move: what is not written yet is never forgotten. */
const rememberedCursors = 10_000;

export class SqliteCursors {
  readonly #statements: ReturnType<typeof prepare>;
  readonly #inEveryone = new Recent<UserId, Cursor>(rememberedCursors);
  readonly #inPrivate = new Recent<string, Cursor>(rememberedCursors);
  readonly #unwritten = new Set<Cursor>();

  constructor(database: Database) {
    this.#statements = prepare(database);
  }

  /** After a rollback: what is remembered may not have been kept. */
  forget(): void {
    this.#inEveryone.clear();
    this.#inPrivate.clear();
    this.#unwritten.clear();
  }

  /** The author's own cursors pass what they have written, unless something before it is new to them. */
  passOwn(author: UserId, conversation: ConversationId, seq: Seq): void {
    const cursor = this.#remembered(author, conversation) ?? this.#find(author, conversation);
    const before = seq - 1;
    if (cursor === undefined || (cursor.delivered !== before && cursor.read !== before)) return;
    if (cursor.delivered === before) cursor.delivered = seq;
    if (cursor.read === before) cursor.read = seq;
    this.#unwritten.add(cursor);
  }

  advance({ moves }: Advance): { readonly ok: true } {
    this.write();
    for (const move of moves) {
      const kept = this.#statements.move.get(move);
      const cursor = this.#remembered(move.user, move.conversation);
      if (kept !== undefined && cursor !== undefined) Object.assign(cursor, kept);
    }
    return { ok: true };
  }

  /** Writes what was joined; before each commit. */
  write(): void {
    for (const cursor of this.#unwritten) this.#statements.write.run(cursor);
    this.#unwritten.clear();
  }

  #remembered(user: UserId, conversation: ConversationId): Cursor | undefined {
    if (conversation === everyone) return this.#inEveryone.get(user);
    return this.#inPrivate.get(`${user} ${conversation}`);
  }

  #find(user: UserId, conversation: ConversationId): Cursor | undefined {
    const kept = this.#statements.find.get(user, conversation);
    if (kept === undefined) return undefined;
    const cursor = { user, conversation, ...kept };
    if (conversation === everyone) this.#inEveryone.set(user, cursor);
    else this.#inPrivate.set(`${user} ${conversation}`, cursor);
    return cursor;
  }
}

function prepare(database: Database) {
  return {
    find: database.prepare<[UserId, ConversationId], Kept>(
      "SELECT delivered, read FROM cursors WHERE user = ? AND conversation = ?",
    ),
    write: database.prepare<[Cursor]>(
      `UPDATE cursors SET delivered = $delivered, read = $read
       WHERE user = $user AND conversation = $conversation`,
    ),
    move: database.prepare<[Advance["moves"][number]], Kept>(
      `UPDATE cursors SET
         delivered = iif(delivered < $from - 1, delivered, max(delivered, min($delivered, head))),
         read = iif(read < $from - 1, read, max(read, min($read, head)))
       FROM (SELECT coalesce(max(seq), 0) AS head FROM entries WHERE conversation = +$conversation)
       WHERE user = +$user AND conversation = +$conversation
       RETURNING delivered, read`,
    ),
  };
}
