// Messages as they stand at the head of their log: by seq, by time, of a thread, or pinned.

import type { Database } from "better-sqlite3";
import type { Browse, Browsed, ConversationId, Seq, StoreCalls, WallMillis, Window } from "chat-hub";
import { unreachable } from "chat-hub";
import { countedWindow, pageSpan, timedWindow } from "../page-span.js";
import type { SqliteAccess, View } from "./access.js";
import { firstAt, stretches } from "./counts.js";
import type { SizeRow, SqliteRows } from "./rows.js";
import { SqliteStandingMessages } from "./standing-messages.js";

/** Messages by their place in a list of them, counted from 0. */
interface Shelf {
  readonly window: Window;
  readonly count: number;
  sizes(from: number, to: number): readonly SizeRow[];
}

export class SqliteBrowsing {
  readonly #access: SqliteAccess;
  readonly #rows: SqliteRows;
  readonly #standing: SqliteStandingMessages;
  readonly #statements: ReturnType<typeof prepare>;

  constructor(database: Database, access: SqliteAccess, rows: SqliteRows) {
    this.#access = access;
    this.#rows = rows;
    this.#standing = new SqliteStandingMessages(database, rows);
    this.#statements = prepare(database);
  }

  /** @throws if a message of the page is damaged */
  browse(call: Browse): StoreCalls["browse"]["answer"] {
    const view = this.#access.view(call.viewer, call.of);
    if (typeof view === "string") return { ok: false, code: view };
    const shelf = this.#shelf(view, call);
    return shelf === undefined ? { ok: false, code: "unknown_message" } : this.#page(call, view, shelf);
  }

  #page({ viewer, rows, bytes }: Browse, view: View, { window, count, sizes }: Shelf): Browsed {
    let [lowest, found]: [number, readonly SizeRow[]] = [0, []];
    const extent = { first: 0 as Seq, head: (count - 1) as Seq };
    const { from, to, more } = pageSpan({ window, rows, bytes }, extent, (low, high) => {
      [lowest, found] = [low, sizes(low, high)];
      return found.map((row) => row.bytes);
    });
    const { place, first, head, forgotten } = view;
    const seqs = found.slice(from - lowest, to - lowest + 1).map(({ seq }) => seq);
    const messages = this.#standing.at(place.conversation, viewer, seqs);
    return { ok: true, ...place, messages, first, head, forgotten, more };
  }

  #shelf(view: View, { select, rows }: Browse): Shelf | undefined {
    const { conversation } = view.place;
    switch (select.kind) {
      case "seq":
        return this.#counted(view, select.window);
      case "time": {
        const from = (at: WallMillis) => firstAt(this.#rows, conversation, view, at);
        return this.#counted(view, timedWindow(select.window, from));
      }
      case "thread":
        return this.#thread(view, select, rows);
      case "pins":
        return listed(this.#statements.pins.all(conversation, fromAfter(view, select.after)));
      default:
        return unreachable(select);
    }
  }

  /** All messages of the log, however many other entries lie between them. */
  #counted(view: View, window: Window): Shelf {
    const { conversation } = view.place;
    const base = this.#rows.countTo(conversation, (view.first - 1) as Seq);
    const count = Math.max(0, this.#rows.countTo(conversation, view.head) - base);
    const before = (seq: Seq) => Math.max(0, this.#rows.countTo(conversation, (seq - 1) as Seq) - base);
    return {
      window: countedWindow(window, before, count),
      count,
      sizes: (from, to) =>
        stretches(this.#rows, conversation, view, base + from + 1, base + to + 1).flatMap((stretch) =>
          this.#rows.messageSizes(conversation, stretch.from, stretch.to),
        ),
    };
  }

  /** One more than a page has, so that it is seen whether there are more. */
  #thread(view: View, { of, after }: Thread, rows: number): Shelf | undefined {
    const { conversation } = view.place;
    const message = of < view.first ? undefined : this.#rows.find(conversation, of);
    if (message === undefined || message.kind !== null) return undefined;
    const root = message.thread ?? of;
    const from = fromAfter(view, after);
    const found = root < from ? [] : this.#rows.messageSizes(conversation, root, root);
    return listed([...found, ...this.#statements.thread.all(conversation, root, from, rows + 1)]);
  }
}

type Thread = Extract<Browse["select"], { readonly kind: "thread" }>;

function fromAfter({ first }: View, after: Seq): Seq {
  return Math.max(first, after + 1) as Seq;
}

/** A list from its beginning. */
function listed(rows: readonly SizeRow[]): Shelf {
  const window = { kind: "after", seq: -1 as Seq } as const;
  return { window, count: rows.length, sizes: (from, to) => rows.slice(from, to + 1) };
}

function prepare(database: Database) {
  return {
    thread: database.prepare<[ConversationId, Seq, Seq, number], SizeRow>(
      `SELECT entries.seq, octet_length(message) AS bytes
       FROM replies CROSS JOIN entries
         ON entries.conversation = replies.conversation AND entries.seq = replies.seq
       WHERE replies.conversation = +? AND root = +? AND replies.seq >= +? ORDER BY replies.seq LIMIT +?`,
    ),
    pins: database.prepare<[ConversationId, Seq], SizeRow>(
      `SELECT entries.seq, octet_length(message) AS bytes
       FROM pins CROSS JOIN entries ON entries.conversation = pins.conversation AND entries.seq = pins.target
       WHERE pins.conversation = +? AND pins.target >= +? ORDER BY pins.target`,
    ),
  };
}
