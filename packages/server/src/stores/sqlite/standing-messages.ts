// Messages with what was done to them folded in: reactions, replies, the pin.

import type { Database } from "better-sqlite3";
import type { ConversationId, Seq, StandingMessage, UserId } from "chat-hub";
import type { SqliteRows } from "./rows.js";
import type { ShownRow } from "./shown.js";
import { messageOf } from "./shown.js";

type Reactions = NonNullable<StandingMessage["reactions"]>;

interface Counted {
  readonly target: Seq;
  readonly emoji: string;
  readonly count: number;
}

/** What was done to the messages of a stretch, by seq. */
interface Folds {
  readonly reactions: Map<Seq, Reactions[number][]>;
  readonly replies: Map<Seq, number>;
  readonly pinned: Set<Seq>;
}

/** Messages that are nearer together than this, on the average, are read in one go. */
const nearEntries = 4;
const nearBeside = 64;

export class SqliteStandingMessages {
  readonly #rows: SqliteRows;
  readonly #statements: ReturnType<typeof prepare>;

  constructor(database: Database, rows: SqliteRows) {
    this.#rows = rows;
    this.#statements = prepare(database);
  }

  /** The messages at ascending seqs. @throws if one is damaged */
  at(conversation: ConversationId, viewer: UserId, seqs: readonly Seq[]): StandingMessage[] {
    const [first, last] = [seqs[0], seqs.at(-1)];
    if (first === undefined || last === undefined) return [];
    if (last - first < seqs.length * nearEntries + nearBeside) {
      const wanted = new Set(seqs);
      const rows = this.#rows.messages(conversation, first, last).filter(({ seq }) => wanted.has(seq));
      return foldAll(rows, this.#folds(conversation, viewer, first, last));
    }
    return seqs.flatMap((seq) =>
      foldAll(this.#rows.messages(conversation, seq, seq), this.#folds(conversation, viewer, seq, seq)),
    );
  }

  #folds(conversation: ConversationId, viewer: UserId, from: Seq, to: Seq): Folds {
    const mine = new Set(
      this.#statements.mine
        .all(conversation, viewer, from, to)
        .map(({ target, emoji }) => `${target} ${emoji}`),
    );
    const reactions: Folds["reactions"] = new Map();
    for (const { target, emoji, count } of this.#statements.counts.all(conversation, from, to)) {
      const reaction = { emoji, count, mine: mine.has(`${target} ${emoji}`) };
      const others = reactions.get(target);
      if (others === undefined) reactions.set(target, [reaction]);
      else others.push(reaction);
    }
    const replies = this.#statements.replies.all(conversation, from, to);
    return {
      reactions,
      replies: new Map(replies.map(({ root, replies }) => [root, replies])),
      pinned: new Set(this.#statements.pinned.all(conversation, from, to)),
    };
  }
}

function foldAll(rows: readonly ShownRow[], { reactions, replies, pinned }: Folds): StandingMessage[] {
  return rows.map((row) => {
    const message: { -readonly [Field in keyof StandingMessage]: StandingMessage[Field] } = messageOf(row);
    const [given, answers] = [reactions.get(row.seq), replies.get(row.seq)];
    if (given !== undefined) message.reactions = given;
    if (answers !== undefined) message.replies = answers;
    if (pinned.has(row.seq)) message.pinned = true;
    return message;
  });
}

type Span = [ConversationId, Seq, Seq];

function prepare(database: Database) {
  const span = "conversation = +? AND target BETWEEN +? AND +?";
  return {
    counts: database.prepare<Span, Counted>(
      `SELECT target, emoji, count FROM reaction_counts WHERE ${span} ORDER BY target, first`,
    ),
    mine: database.prepare<[ConversationId, UserId, Seq, Seq], Omit<Counted, "count">>(
      `SELECT target, emoji FROM reactions
       WHERE conversation = +? AND user = +? AND target BETWEEN +? AND +?`,
    ),
    replies: database.prepare<Span, { root: Seq; replies: number }>(
      "SELECT root, replies FROM threads WHERE conversation = +? AND root BETWEEN +? AND +?",
    ),
    pinned: database.prepare<Span, Seq>(`SELECT target FROM pins WHERE ${span}`).pluck(),
  };
}
