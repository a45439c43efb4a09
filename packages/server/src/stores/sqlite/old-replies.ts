// Brings the replies of version 1 into their threads: it kept what each replies to, and nothing more.

import type { Database } from "better-sqlite3";
import type { ConversationId, Seq } from "chat-hub";
import type { EntryRow } from "./entry.js";
import { checksum, entryColumns } from "./entry.js";

type Kept = EntryRow & { readonly id: number; readonly replyTo: Seq; readonly checksum: number };

/** A reply comes after what it replies to, so that one's thread is known by then. */
export function threadReplies(database: Database): void {
  const next = database.prepare<[number], Kept>(
    `SELECT entries.id, ${entryColumns} FROM entries WHERE id > +? AND reply_to IS NOT NULL ORDER BY id LIMIT 1`,
  );
  const threadOf = database
    .prepare<[ConversationId, Seq], Seq | null>(
      "SELECT thread FROM entries WHERE conversation = ? AND seq = ?",
    )
    .pluck();
  const change = database.prepare("UPDATE entries SET thread = ?, checksum = ? WHERE id = ?");
  for (let row = next.get(0); row !== undefined; row = next.get(row.id)) {
    const thread = threadOf.get(row.conversation, row.replyTo) ?? row.replyTo;
    // What is damaged stays so, to be found when it is read.
    const isWhole = checksum(row) === row.checksum;
    change.run(thread, isWhole ? checksum({ ...row, thread }) : row.checksum, row.id);
  }
  database.exec(`
    INSERT INTO replies SELECT conversation, thread, seq FROM entries WHERE thread IS NOT NULL;
    INSERT INTO threads SELECT conversation, root, count(*) FROM replies GROUP BY conversation, root;
  `);
}
