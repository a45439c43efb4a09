// Moves cursors forward. A row says as well that its user is in the conversation: where there is
// none, nothing moves.

import type { Database } from "better-sqlite3";
import type { Advance } from "chat-hub";

export class SqliteCursors {
  readonly #move;

  constructor(database: Database) {
    this.#move = database.prepare(
      `UPDATE cursors SET
         delivered = iif(delivered < $from - 1, delivered, max(delivered, min($delivered, head))),
         read = iif(read < $from - 1, read, max(read, min($read, head)))
       FROM (SELECT coalesce(max(seq), 0) AS head FROM entries WHERE conversation = +$conversation)
       WHERE user = +$user AND conversation = +$conversation`,
    );
  }

  advance({ moves }: Advance): { readonly ok: true } {
    for (const move of moves) this.#move.run(move);
    return { ok: true };
  }
}
