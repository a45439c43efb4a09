// Searches what a user may see, the newest first. First what is not indexed yet is looked through, then
// the index is asked, whose words include the filters; what may be seen is decided for each hit, as for
// everything that reads. A page looks at so much and no more, and says where the next one goes on.

import type { Database, Statement } from "better-sqlite3";
import type { ConversationId, Found, Query, Search, StoreCalls, UserId } from "chat-hub";
import { hasFile, hasLink, matches, nameKey, searchTokens } from "chat-hub";
import type { SqliteAccess, View } from "./access.js";
import type { MessageRow } from "./kept-messages.js";
import { searchExpression } from "./search-expression.js";
import { messageDetail, messageOf, refuseDamaged, shownColumns, shownTables } from "./shown.js";
import { isIn } from "./standing.js";

/** What one page looks at: entries that are not indexed, characters of them, and messages of the index. */
const scannedEntries = 4_000;
const scannedChars = 500_000;
const checkedHits = 1_000;
/** The index is asked about so many conversations at a time. */
const askedConversations = 512;

export class SqliteSearch {
  readonly #access: SqliteAccess;
  readonly #statements: ReturnType<typeof prepare>;

  constructor(database: Database, access: SqliteAccess) {
    this.#access = access;
    this.#statements = prepare(database);
  }

  /** `newest`: the newest entry of the snapshot. @throws if a hit is damaged */
  search(call: Search, newest: number): StoreCalls["search"]["answer"] {
    const { viewer, query } = call;
    const only = query.in && this.#access.view(viewer, query.in);
    if (typeof only === "string") return { ok: false, code: only };
    const page = new FoundPage(call, this.#access);
    const me = nameKey(this.#statements.name.get(viewer) ?? "");
    const own = this.#statements.own.all(viewer);
    const where =
      only === undefined ? own : own.filter((one) => one.conversation === only.place.conversation);
    const asks = groupsOf(where).map(({ conversations, from }) => {
      return { expression: searchExpression(query, me, conversations), from };
    });
    const end = Math.min(newest, (call.before ?? Number.POSITIVE_INFINITY) - 1);
    const indexed = this.#statements.indexed.get() ?? 0;
    const isHit = (row: MessageRow) =>
      (only === undefined || row.conversation === only.place.conversation) && matchesAll(row, query, me);
    const tail = this.#scan(page, end, indexed, isHit);
    if (tail !== undefined) return page.found(tail);
    return page.found(this.#ask(page, asks, Math.min(end, indexed), isHit));
  }

  /** Looks through entries from `end` down to after `start`; tells where to go on, if that is not done. */
  #scan(
    page: FoundPage,
    end: number,
    start: number,
    isHit: (row: MessageRow) => boolean,
  ): number | undefined {
    let [entries, chars] = [0, 0];
    for (let id = end; id > start; id -= 1) {
      if (page.isFull || entries >= scannedEntries || chars >= scannedChars) return id + 1;
      entries += 1;
      const row = this.#statements.message.get(id);
      if (row === undefined) continue;
      chars += row.message.length;
      if (page.mayShow(row) && isHit(row)) page.add(row);
    }
    return undefined;
  }

  #ask(
    page: FoundPage,
    asks: readonly Ask[],
    end: number,
    isHit: (row: MessageRow) => boolean,
  ): number | undefined {
    let [last, checked] = [end + 1, 0];
    for (const { id, isStale } of this.#candidates(asks, end)) {
      if (page.isFull || checked >= checkedHits) return last;
      checked += 1;
      last = id;
      const row = this.#statements.message.get(id);
      if (row !== undefined && page.mayShow(row) && (!isStale || isHit(row))) page.add(row);
    }
    return undefined;
  }

  /** What the index has, newest first, and among it what it has in another form than it is now. */
  *#candidates(asks: readonly Ask[], end: number): Iterable<{ id: number; isStale: boolean }> {
    const stale = this.#statements.stale.all(end, checkedHits + 1);
    const isStale = new Set(stale);
    let next = 0;
    for (const id of this.#indexed(asks, end, checkedHits + isStale.size + 1)) {
      for (let other = stale[next]; other !== undefined && other > id; other = stale[next]) {
        yield { id: other, isStale: true };
        next += 1;
      }
      if (!isStale.has(id)) yield { id, isStale: false };
    }
    for (const id of stale.slice(next)) yield { id, isStale: true };
  }

  /** Of one answer no more is taken than is looked at; several are put in order first. */
  #indexed(asks: readonly Ask[], end: number, most: number): Iterable<number> {
    const { ask } = this.#statements;
    const [only, ...others] = asks;
    if (only !== undefined && others.length === 0) return ask.iterate(only.expression, only.from, end, most);
    const found = asks.flatMap(({ expression, from }) => ask.all(expression, from, end, most));
    return found.sort((one, other) => other - one);
  }
}

/** What the index is asked, and of which entry on. */
interface Ask {
  readonly expression: string;
  readonly from: number;
}

interface Own {
  readonly conversation: ConversationId;
  /** The entry that the user sees it from, where they don't see it all: what lies before must not be counted. */
  readonly from: number | null;
}

function groupsOf(own: readonly Own[]): { conversations: readonly ConversationId[]; from: number }[] {
  const whole = own.filter(({ from }) => from === null).map(({ conversation }) => conversation);
  const count = Math.ceil(whole.length / askedConversations);
  const groups = Array.from({ length: count }, (_, n) => ({
    conversations: whole.slice(n * askedConversations, (n + 1) * askedConversations),
    from: 0,
  }));
  const parts = own.flatMap(({ conversation, from }) =>
    from === null ? [] : [{ conversations: [conversation], from }],
  );
  return [...groups, ...parts];
}

/** What a page has found so far. */
class FoundPage {
  readonly #call: Search;
  readonly #access: SqliteAccess;
  readonly #views = new Map<ConversationId, View | string>();
  readonly #hits: Found["hits"][number][] = [];

  constructor(call: Search, access: SqliteAccess) {
    this.#call = call;
    this.#access = access;
  }

  get isFull(): boolean {
    return this.#hits.length >= this.#call.most;
  }

  /** Whether the user may see the message, and it is of the time that is asked for. */
  mayShow({ conversation, seq, at, deleted }: MessageRow): boolean {
    const { beforeAt, afterAt } = this.#call.query;
    if (deleted !== null || (beforeAt !== undefined && at >= beforeAt)) return false;
    if (afterAt !== undefined && at < afterAt) return false;
    const view = this.#view(conversation);
    return typeof view !== "string" && seq >= view.first;
  }

  add(row: MessageRow): void {
    refuseDamaged(row.conversation, row.seq, row);
    const view = this.#view(row.conversation);
    if (typeof view !== "string")
      this.#hits.push({ place: view.place, message: messageOf(row), next: row.id });
  }

  found(next: number | undefined): Found {
    return next === undefined ? { ok: true, hits: this.#hits } : { ok: true, hits: this.#hits, next };
  }

  #view(conversation: ConversationId): View | string {
    const known = this.#views.get(conversation);
    if (known !== undefined) return known;
    const view = this.#access.view(this.#call.viewer, conversation);
    this.#views.set(conversation, view);
    return view;
  }
}

/** What the index would say of a message that is not in it yet. */
function matchesAll(row: MessageRow, { from, mentions, has, words }: Query, me: string): boolean {
  const { message } = row;
  if (from !== undefined && nameKey(row.from) !== (from === "me" ? me : from)) return false;
  if (mentions !== undefined && !isCalled(row, mentions, me)) return false;
  if (has.includes("link") && !hasLink(message)) return false;
  if (has.includes("file") && !hasFile(message)) return false;
  return words.length === 0 || matches(words, searchTokens(message));
}

/** `me` is called also where all are. */
function isCalled(row: MessageRow, whom: string, me: string): boolean {
  const called = (messageDetail(row).mentions ?? []).map(([, name]) => nameKey(name) as string);
  return whom === "me" ? called.includes(me) || called.includes("everyone") : called.includes(whom);
}

function prepare(database: Database) {
  const ask: Statement<[string, number, number, number], number> = database.prepare(
    "SELECT rowid FROM words WHERE words MATCH ? AND rowid >= ? AND rowid <= ? ORDER BY rowid DESC LIMIT ?",
  );
  return {
    ask: ask.pluck(),
    stale: database
      .prepare<[number, number], number>("SELECT id FROM stale WHERE id <= +? ORDER BY id DESC LIMIT +?")
      .pluck(),
    indexed: database.prepare<[], number>("SELECT newest FROM indexed").pluck(),
    name: database.prepare<[UserId], string>("SELECT name FROM users WHERE id = ?").pluck(),
    own: database.prepare<[UserId], Own>(
      `SELECT members.conversation, iif(history = 'since_join', coalesce((
           SELECT id FROM entries WHERE conversation = members.conversation AND seq >= sees_from
           ORDER BY seq LIMIT 1), ${Number.MAX_SAFE_INTEGER}), NULL) AS "from"
       FROM members CROSS JOIN conversations ON conversations.id = members.conversation
       WHERE members.user = +? AND ${isIn}`,
    ),
    message: database.prepare<[number], MessageRow>(
      `SELECT entries.id, ${shownColumns} FROM ${shownTables} WHERE entries.id = +? AND kind IS NULL`,
    ),
  };
}
