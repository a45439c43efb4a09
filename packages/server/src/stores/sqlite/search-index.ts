// The index of the search. It follows the log: the writing worker adds what was committed when it has
// time, in small portions, and a search looks through what is not in it yet. To take the words of one
// message out for good costs as much as to append a thousand, so what was edited or deleted waits for
// that too, with the words that are still in the index (`stale`); a search knows those for what they are.
//
// An index without the texts can forget a text only by its words. The index is made anew where words may
// come out otherwise than before: with another Unicode.

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
/** Edited or deleted messages of a step. */
const refreshedMessages = 4;

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
  #hasStale: boolean | undefined;
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
    this.#hasStale = undefined;
  }

  /** The id of the newest entry that is in it. */
  get newest(): number {
    this.#newest ??= this.#statements.newest.get() ?? 0;
    return this.#newest;
  }

  /** A message has another text, or none. */
  replace(before: MessageRow): void {
    if (before.id > this.newest) return;
    // If it is there already, its words are those that the index has.
    this.#statements.outdate.run(before.id, ...wordsOf(before));
    this.#hasStale = true;
  }

  /** A message that is about to be forgotten: its words go now. In a transaction. */
  remove(row: MessageRow): void {
    if (row.id > this.newest) return;
    const stale = this.#statements.staleOf.get(row.id);
    if (stale === undefined && (row.deleted !== null || row.checksum !== checksum(row))) return;
    const words = stale === undefined ? wordsOf(row) : ([stale.text, stale.marks] as const);
    this.#orBeginAnew(() => {
      this.#statements.remove.run(row.id, ...words);
      this.#flush();
    });
    if (stale === undefined) return;
    this.#statements.refreshed.run(row.id);
    this.#hasStale = undefined;
  }

  /** Whether it still has words of what was edited or deleted. */
  get hasStale(): boolean {
    this.#hasStale ??= this.#statements.stale.all(1).length > 0;
    return this.#hasStale;
  }

  /** Whether there is something to do, with `newest` the id of the newest entry. */
  isBehind(newest: number): boolean {
    return this.hasStale || newest - this.newest >= portionEntries || this.#mayMerge;
  }

  /** Does the next step: what is stale, then a whole portion, then a little merging. In a transaction. */
  work(newest: number): void {
    this.#orBeginAnew(() => {
      if (this.hasStale) this.#refresh();
      else if (newest - this.newest >= portionEntries) this.#addPortion();
      this.#merge();
    });
  }

  #refresh(): void {
    for (const { id, text, marks } of this.#statements.stale.all(refreshedMessages)) {
      this.#statements.remove.run(id, text, marks);
      const row = this.#statements.message.get(id);
      if (row !== undefined) this.#add(row);
      this.#statements.refreshed.run(id);
    }
    this.#hasStale = undefined;
    this.#flush();
  }

  #addPortion(): void {
    const end = this.newest + portionEntries;
    for (const row of this.#statements.portion.all(this.newest, end)) this.#add(row);
    this.#statements.keep.run(end);
    this.#newest = end;
    this.#flush();
  }

  #add(row: MessageRow): void {
    if (row.deleted !== null || row.checksum !== checksum(row)) return;
    this.#statements.add.run(row.id, ...wordsOf(row));
  }

  /** Else damage would be found at the commit, and be the commit's. */
  #flush(): void {
    this.#statements.flush.run();
    this.#mayMerge = true;
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
    this.#statements.forget.run();
    this.#statements.keep.run(0);
    this.#newest = 0;
    this.#hasStale = false;
  }
}

interface StaleRow {
  readonly id: number;
  readonly text: string;
  readonly marks: string;
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
    message: database.prepare<[number], MessageRow>(
      `SELECT entries.id, ${shownColumns} FROM ${shownTables} WHERE entries.id = +? AND kind IS NULL`,
    ),
    outdate: database.prepare<[number, string, string]>(
      "INSERT OR IGNORE INTO stale (id, text, marks) VALUES (?, ?, ?)",
    ),
    stale: database.prepare<[number], StaleRow>("SELECT id, text, marks FROM stale ORDER BY id LIMIT +?"),
    staleOf: database.prepare<[number], StaleRow>("SELECT id, text, marks FROM stale WHERE id = ?"),
    refreshed: database.prepare<[number]>("DELETE FROM stale WHERE id = ?"),
    forget: database.prepare("DELETE FROM stale"),
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
