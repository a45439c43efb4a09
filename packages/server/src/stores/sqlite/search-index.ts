// The index of the search. It follows the log: the writing worker adds what was committed when it has
// time, in small portions, and a search looks through what is not in it yet. What is edited or deleted
// is taken out of it in the transaction of the edit or deletion, so that nothing of it is left.
//
// An index without the texts can forget a text only by its words. They are found anew from the text that
// is about to go, so the index is made anew where words may come out otherwise: with another Unicode.

import type { Database } from "better-sqlite3";
import { SqliteError } from "better-sqlite3";
import type { ConversationId, NameKey } from "chat-hub";
import { hasFile, hasLink, nameKey, searchTokens } from "chat-hub";
import { checksum } from "./entry.js";
import type { MessageRow } from "./kept-messages.js";
import { readMark, writeMark } from "./marks.js";
import { messageDetail, shownColumns, shownTables } from "./shown.js";

/** Entries of a portion, and pages of 4 KiB that are merged after one: together a few milliseconds. */
const portionEntries = 64;
const mergedPages = 32;

/** Changes when other words are made of a message. */
const wordsVersion = `1 ${process.versions["unicode"]}`;

/** Marks stand beside the words: a filter is a word too. Keys have signs that end a word, so they go as hex. */
export const marks = {
  in: (conversation: ConversationId) => `c${conversation}`,
  from: (key: NameKey) => `f${Buffer.from(key).toString("hex")}`,
  calls: (key: string) => `m${Buffer.from(key).toString("hex")}`,
  has: { link: "l", file: "d" },
} as const;

export class SqliteIndex {
  readonly #statements: ReturnType<typeof prepare>;
  #newest: number | undefined;
  #mayMerge = true;

  constructor(database: Database) {
    this.#statements = prepare(database);
    if (readMark(database, "words") === wordsVersion) return;
    this.#beginAnew();
    writeMark(database, "words", wordsVersion);
  }

  /** After a rollback: what is remembered may not have been kept. */
  forget(): void {
    this.#newest = undefined;
  }

  /** The id of the newest entry that is in it. */
  get newest(): number {
    this.#newest ??= this.#statements.newest.get() ?? 0;
    return this.#newest;
  }

  /** A message has another text, or none: in the same transaction it is the same in the index. */
  replace(before: MessageRow, after: MessageRow): void {
    if (before.id > this.newest) return;
    this.#orBeginAnew(() => {
      this.#statements.remove.run(before.id, ...wordsOf(before));
      if (after.deleted === null) this.#statements.add.run(after.id, ...wordsOf(after));
      // Else damage would be found at the commit, and be the commit's.
      this.#statements.flush.run();
    });
    this.#mayMerge = true;
  }

  /** Whether there is something to do, with `newest` the id of the newest entry. */
  isBehind(newest: number): boolean {
    return newest - this.newest >= portionEntries || this.#mayMerge;
  }

  /** Adds the next portion, if there is a whole one, else merges a little of what was added. In a transaction. */
  work(newest: number): void {
    this.#orBeginAnew(() => {
      if (newest - this.newest >= portionEntries) this.#addPortion();
      else this.#merge();
    });
  }

  #addPortion(): void {
    const end = this.newest + portionEntries;
    for (const row of this.#statements.portion.all(this.newest, end)) {
      if (row.deleted === null && row.checksum === checksum(row))
        this.#statements.add.run(row.id, ...wordsOf(row));
    }
    this.#statements.flush.run();
    this.#statements.keep.run(end);
    this.#newest = end;
    this.#mayMerge = true;
    this.#merge();
  }

  /** SQLite's sign that nothing was left to merge: fewer than two changes. */
  #merge(): void {
    this.#mayMerge = this.#changes(() => this.#statements.merge.run()) >= 2;
  }

  #changes(work: () => void): number {
    const before = this.#statements.changes.get() ?? 0;
    work();
    return (this.#statements.changes.get() ?? 0) - before;
  }

  /** A damaged index is no reason to refuse a message: everything that is in it can be found again. */
  #orBeginAnew(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof SqliteError) || !error.code.startsWith("SQLITE_CORRUPT")) throw error;
      this.#beginAnew();
    }
  }

  #beginAnew(): void {
    this.#statements.clear.run();
    this.#statements.keep.run(0);
    this.#newest = 0;
  }
}

/** What the index has of a message. */
function wordsOf(row: MessageRow): [text: string, marks: string] {
  const { message, conversation, from } = row;
  const beside: string[] = [marks.in(conversation), marks.from(nameKey(from))];
  if (hasLink(message)) beside.push(marks.has.link);
  if (hasFile(message)) beside.push(marks.has.file);
  for (const [, name] of messageDetail(row).mentions ?? []) beside.push(marks.calls(nameKey(name)));
  return [searchTokens(message).join(" "), beside.join(" ")];
}

function prepare(database: Database) {
  return {
    newest: database.prepare<[], number>("SELECT newest FROM indexed").pluck(),
    keep: database.prepare<[number]>("UPDATE indexed SET newest = ?"),
    portion: database.prepare<[number, number], MessageRow>(
      `SELECT entries.id, ${shownColumns} FROM ${shownTables}
       WHERE entries.id > +? AND entries.id <= +? AND kind IS NULL ORDER BY entries.id`,
    ),
    add: database.prepare<[number, string, string]>(
      "INSERT INTO words (rowid, text, marks) VALUES (?, ?, ?)",
    ),
    remove: database.prepare<[number, string, string]>(
      "INSERT INTO words (words, rowid, text, marks) VALUES ('delete', ?, ?, ?)",
    ),
    merge: database.prepare(`INSERT INTO words (words, rank) VALUES ('merge', ${mergedPages})`),
    flush: database.prepare("INSERT INTO words (words) VALUES ('flush')"),
    clear: database.prepare("INSERT INTO words (words) VALUES ('delete-all')"),
    changes: database.prepare<[], number>("SELECT total_changes()").pluck(),
  };
}
