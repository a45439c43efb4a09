// Where users stand in their conversations. Each entry keeps the count of messages up to it, so that
// unread is the difference of two of them.

import type { Database, Statement } from "better-sqlite3";
import type { Address, ConversationId, Role, Seq, Stand, Stood, UserId, WallMillis } from "chat-hub";
import { everyone, unreachable } from "chat-hub";
import { everybody } from "./mentions.js";
import type { PlaceRow, SqlitePlaces } from "./places.js";
import { placeColumns, placeOf } from "./places.js";
import { isIn, standingOf } from "./standing.js";

interface StandingRow extends PlaceRow {
  readonly delivered: Seq;
  readonly read: Seq;
  readonly head: Seq;
  readonly headAt: WallMillis;
  readonly unread: number;
  readonly mentions: number;
  readonly muted: 0 | 1;
  readonly standing: number;
}

type Standing = Stood["standings"][number];

/** Of what somebody has not read, so many deleted messages and mentions are counted at most. */
const countedDeletions = 10_000;
const countedMentions = 1_000;

const calls = (user: string) => `
  SELECT seq FROM mentions
  WHERE mentions.user = ${user} AND mentions.conversation = members.conversation AND seq > max(members.read, forgotten)
    AND NOT EXISTS (SELECT 1 FROM blocks WHERE blocks.user = members.user AND who = mentions.author)
  LIMIT ${countedMentions}`;

const standings = `
  SELECT members.conversation, members.delivered, members.read, members.muted, members.standing,
         coalesce(heads.seq, 0) AS head, coalesce(heads.at, 0) AS headAt,
         coalesce(heads.messages, 0) - coalesce(befores.messages, 0)
           - (SELECT count(*) FROM (
                SELECT 1 FROM deletions WHERE conversation = members.conversation AND target > max(members.read, forgotten)
                LIMIT ${countedDeletions})) AS unread,
         (SELECT count(*) FROM (
            SELECT * FROM (${calls("members.user")}) UNION SELECT * FROM (${calls(`${everybody}`)}))) AS mentions,
         ${placeColumns}
  FROM members
  LEFT JOIN entries AS heads ON heads.conversation = members.conversation
    AND heads.seq = (SELECT max(seq) FROM entries WHERE conversation = members.conversation)
  JOIN conversations ON conversations.id = members.conversation
  LEFT JOIN entries AS befores ON befores.conversation = members.conversation
    AND befores.seq = max(members.read, forgotten)
  LEFT JOIN users AS peers ON peers.id = conversations.lower + conversations.higher - members.user
  WHERE members.user = +$user AND ${isIn}`;

interface After {
  readonly user: UserId;
  readonly after: number;
  readonly most: number;
}

export class SqliteStandings {
  readonly #places: SqlitePlaces;
  readonly #one: Statement<[{ user: UserId; conversation: ConversationId }], StandingRow>;
  readonly #unread: Statement<[{ user: UserId; most: number }], StandingRow>;
  readonly #after: Statement<[After], StandingRow>;
  readonly #changed: Statement<[After & { since: number }], StandingRow>;

  constructor(database: Database, places: SqlitePlaces) {
    this.#places = places;
    this.#one = database.prepare(`${standings} AND members.conversation = +$conversation`);
    this.#unread = database.prepare(
      `${standings} AND members.conversation <> ${everyone} AND unread > 0
       ORDER BY headAt DESC, members.conversation DESC LIMIT +$most`,
    );
    const after = `${standings} AND members.conversation > +$after`;
    const inOrder = "ORDER BY members.conversation LIMIT +$most";
    this.#after = database.prepare(`${after} ${inOrder}`);
    this.#changed = database.prepare(`${after} AND heads.id > +$since ${inOrder}`);
  }

  /** `mark`: the newest entry of the snapshot. */
  stand({ user, select }: Stand, mark: number): Stood {
    switch (select.kind) {
      case "these":
        return { ok: true, standings: this.#these(user, select.of), more: false, mark };
      case "unread": {
        const house = this.#one.get({ user, conversation: everyone });
        const rows = this.#unread.all({ user, most: select.most + 1 });
        return cut(rows, select.most, mark, house);
      }
      case "all":
      case "changed": {
        const after = select.after === undefined ? 0 : this.#places.find(user, select.after);
        if (after === undefined) return { ok: true, standings: [], more: false, mark };
        const page = { user, after, most: select.most + 1 };
        const rows =
          select.kind === "all" ? this.#after.all(page) : this.#changed.all({ ...page, since: select.since });
        return cut(rows, select.most, mark);
      }
      default:
        return unreachable(select);
    }
  }

  #these(user: UserId, of: readonly (Address | ConversationId)[]): Standing[] {
    return of.flatMap((address, index) => {
      const conversation = this.#places.find(user, address);
      const row = conversation && this.#one.get({ user, conversation });
      return row ? [{ ...standingOfRow(row), index }] : [];
    });
  }
}

function standingOfRow(row: StandingRow): Standing {
  const { head, delivered, read, unread, mentions, headAt, muted, standing, roomKey } = row;
  const role = roomKey === null ? {} : { role: standingOf(standing) as Role };
  return { ...placeOf(row), head, delivered, read, unread, mentions, headAt, muted: muted === 1, ...role };
}

/** The rows are one more than `most`, if there are so many. */
function cut(rows: readonly StandingRow[], most: number, mark: number, house?: StandingRow): Stood {
  const shown = rows.slice(0, most);
  const all = house === undefined ? shown : [house, ...shown];
  return { ok: true, standings: all.map(standingOfRow), more: rows.length > most, mark };
}
