// Takes what is older than it is kept out of the database, a small step at a time. An entry that is forgotten
// keeps its place: its number, author, time and kind, its nonce and the count of messages; so nonces, heads
// and counts stay right. Its text and all that was done to it go, and the mark of its conversation moves in the
// same transaction: nobody ever sees a page that is half forgotten.
//
// What is old is found without an index of its own. Rows are numbered in the order in which they were
// committed, so for the whole server it is a walk along them that goes on where it stopped (`swept`); a room,
// or everyone, that keeps less than the server has a walk of its own, along its seqs from its mark.

import type { Database } from "better-sqlite3";
import type { ConversationId, Seq, WallMillis } from "chat-hub";
import { everyone } from "chat-hub";
import { SteadyClock } from "../steady-clock.js";
import { checksum } from "./entry.js";
import type { SqliteErasure } from "./erasure.js";
import type { MessageRow } from "./kept-messages.js";
import type { SqliteMentions } from "./mentions.js";
import type { SqliteRecords } from "./records.js";
import type { SqliteIndex } from "./search-index.js";
import { shownColumns, shownTables } from "./shown.js";

/** Entries of a step at most, and how long one may take: a commit may be waiting. */
const stepEntries = 256;
const stepMs = 4;
/** Rooms of their own time that are looked at together. */
const lookedRooms = 256;
const lookMs = 1_000;
/** What `deleted` says of a message that is forgotten. */
export const forgottenMessage = 2;

interface RoomRow {
  readonly conversation: ConversationId;
  readonly forgotten: Seq;
  readonly keepSeconds: number;
}

export class SqliteForgetting {
  readonly #statements: ReturnType<typeof prepare>;
  readonly #index: SqliteIndex;
  readonly #mentions: SqliteMentions;
  readonly #erasure: SqliteErasure;
  readonly #records: SqliteRecords;
  readonly #keepMs: number | undefined;
  readonly #clock: SteadyClock;
  #lookAt = 0;
  /** The rooms up to this one were looked at. */
  #room = 0;

  constructor(
    database: Database,
    index: SqliteIndex,
    mentions: SqliteMentions,
    erasure: SqliteErasure,
    records: SqliteRecords,
    keepMs: number | undefined,
    clock = new SteadyClock(),
  ) {
    this.#statements = prepare(database);
    this.#index = index;
    this.#mentions = mentions;
    this.#erasure = erasure;
    this.#records = records;
    this.#keepMs = keepMs;
    this.#clock = clock;
  }

  /** In how many milliseconds to look for what is old; nothing: all is kept for ever. */
  due(): number | undefined {
    const inMs = this.#lookAt - performance.now();
    if (inMs > 0 || this.#keepMs !== undefined) return inMs;
    const isKeptForEver = this.#keepOfEveryone() === 0 && this.#statements.rooms.get(0, 1) === undefined;
    return isKeptForEver ? undefined : inMs;
  }

  /** Forgets a little of what is old, and tells whether there was any. In a transaction. */
  work(): boolean {
    const now = this.#clock.now();
    const end = performance.now() + stepMs;
    const swept = this.#keepMs !== undefined && this.#sweep((now - this.#keepMs) as WallMillis, end);
    const hasForgotten = (performance.now() < end && this.#lookAtRooms(now, end)) || swept;
    if (hasForgotten) this.#erasure.begin();
    return hasForgotten;
  }

  /** For so long there is nothing to do, or no room to do it. */
  rest(ms: number = lookMs): void {
    this.#lookAt = performance.now() + ms;
  }

  /** All conversations alike, in the order in which they were written to. */
  #sweep(before: WallMillis, end: number): boolean {
    const start = this.#statements.swept.get() ?? 0;
    let swept = start;
    const marks = new Map<ConversationId, Seq>();
    for (const row of this.#statements.after.all(swept, stepEntries)) {
      if (row.at >= before) break;
      const mark = marks.get(row.conversation) ?? this.#statements.mark.get(row.conversation) ?? 0;
      marks.set(row.conversation, Math.max(mark, row.seq) as Seq);
      if (row.seq > mark) this.#empty(row);
      swept = row.id;
      if (performance.now() >= end) break;
    }
    if (swept === start) return false;
    this.#statements.sweep.run(swept);
    for (const [conversation, mark] of marks) this.#move(conversation, mark);
    return true;
  }

  #keepOfEveryone(): number {
    return this.#records.rules.keepSeconds;
  }

  #lookAtRooms(now: WallMillis, end: number): boolean {
    const keepSeconds = this.#keepOfEveryone();
    if (keepSeconds > 0) {
      const forgotten = this.#statements.mark.get(everyone) ?? (0 as Seq);
      if (!this.#lookAtRoom({ conversation: everyone, forgotten, keepSeconds }, now, end)) return true;
    }
    const rooms = this.#statements.rooms.all(this.#room, lookedRooms);
    // After the last one it begins with the first again.
    if (rooms.length < lookedRooms) this.#room = 0;
    for (const room of rooms) {
      const isDone = this.#lookAtRoom(room, now, end);
      if (rooms.length === lookedRooms) this.#room = room.conversation;
      if (!isDone) return true;
    }
    return false;
  }

  /** Whether nothing old is left there, nor was. */
  #lookAtRoom({ conversation, forgotten, keepSeconds }: RoomRow, now: WallMillis, end: number): boolean {
    const before = now - 1_000 * keepSeconds;
    let mark = forgotten;
    for (const row of this.#statements.inRoom.all(conversation, forgotten, stepEntries)) {
      if (row.at >= before) break;
      this.#empty(row);
      mark = row.seq;
      if (performance.now() >= end) break;
    }
    if (mark === forgotten) return true;
    this.#move(conversation, mark);
    return false;
  }

  /** Leaves of an entry its place. What was damaged stays so. */
  #empty(row: MessageRow): void {
    const isWhole = row.checksum === checksum(row);
    if (row.kind === null) {
      this.#index.remove(row);
      if (isWhole) this.#mentions.remove(row);
      if (row.thread !== null) this.#statements.unthread.run(row.conversation, row.thread, row.seq);
    }
    const place: MessageRow = {
      ...row,
      message: "",
      replyTo: null,
      target: null,
      thread: null,
      deleted: row.kind === null ? forgottenMessage : null,
      detail: null,
    };
    this.#statements.empty.run(place.deleted, isWhole ? checksum(place) : row.checksum, row.id);
  }

  /** Nothing up to `mark` is kept there, nor what was done to it. */
  #move(conversation: ConversationId, mark: Seq): void {
    const { forget, done } = this.#statements;
    forget.run(mark, conversation);
    for (const statement of done) statement.run(conversation, mark);
  }
}

function prepare(database: Database) {
  const rows = `SELECT entries.id, ${shownColumns} FROM ${shownTables}`;
  const upTo = (table: string, column: string) =>
    database.prepare<[ConversationId, Seq]>(
      `DELETE FROM ${table} WHERE conversation = +? AND ${column} <= +?`,
    );
  return {
    swept: database.prepare<[], number>("SELECT newest FROM swept").pluck(),
    sweep: database.prepare<[number]>("UPDATE swept SET newest = ?"),
    mark: database.prepare<[ConversationId], Seq>("SELECT forgotten FROM conversations WHERE id = ?").pluck(),
    forget: database.prepare<[Seq, ConversationId]>(
      "UPDATE conversations SET forgotten = max(forgotten, ?) WHERE id = ?",
    ),
    after: database.prepare<[number, number], MessageRow>(
      `${rows} WHERE entries.id > +? ORDER BY entries.id LIMIT +?`,
    ),
    inRoom: database.prepare<[ConversationId, Seq, number], MessageRow>(
      `${rows} WHERE entries.conversation = +? AND entries.seq > +? ORDER BY entries.seq LIMIT +?`,
    ),
    rooms: database.prepare<[number, number], RoomRow>(
      `SELECT id AS conversation, forgotten, keep AS keepSeconds
       FROM conversations INDEXED BY forgetful_rooms WHERE keep > 0 AND id > +? ORDER BY id LIMIT +?`,
    ),
    empty: database.prepare<[number | null, number, number]>(
      `UPDATE entries SET message = '', reply_to = NULL, target = NULL, thread = NULL, deleted = ?,
         detail = NULL, checksum = ? WHERE id = ?`,
    ),
    unthread: database.prepare<[ConversationId, Seq, Seq]>(
      "DELETE FROM replies WHERE conversation = ? AND root = ? AND seq = ?",
    ),
    done: [
      upTo("reactions", "target"),
      upTo("reaction_counts", "target"),
      upTo("pins", "target"),
      upTo("deletions", "target"),
      upTo("threads", "root"),
    ],
  };
}
