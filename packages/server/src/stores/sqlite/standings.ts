// Where users stand in their conversations. Each entry keeps the count of messages up to it, so that
// unread is the difference of two of them.

import type { Database, Statement } from "better-sqlite3";
import type { Address, ConversationId, Seq, Stand, Stood, UserId, WallMillis } from "chat-hub";
import { everyone } from "chat-hub";
import type { PlaceRow, SqlitePlaces } from "./places.js";
import { peerColumns, placeOf } from "./places.js";

interface StandingRow extends PlaceRow {
  readonly delivered: Seq;
  readonly read: Seq;
  readonly head: Seq;
  readonly headAt: WallMillis;
  readonly unread: number;
}

type Standing = Stood["standings"][number];

const standings = `
  SELECT cursors.conversation, cursors.delivered, cursors.read,
         coalesce(heads.seq, 0) AS head, coalesce(heads.at, 0) AS headAt,
         coalesce(heads.messages, 0) - coalesce(reads.messages, 0) AS unread,
         ${peerColumns}
  FROM cursors
  LEFT JOIN entries AS heads ON heads.conversation = cursors.conversation
    AND heads.seq = (SELECT max(seq) FROM entries WHERE conversation = cursors.conversation)
  LEFT JOIN entries AS reads ON reads.conversation = cursors.conversation AND reads.seq = cursors.read
  LEFT JOIN conversations ON conversations.id = cursors.conversation
  LEFT JOIN users AS peers ON peers.id = conversations.lower + conversations.higher - cursors.user
  WHERE cursors.user = +$user`;

export class SqliteStandings {
  readonly #places: SqlitePlaces;
  readonly #one: Statement<[{ user: UserId; conversation: ConversationId }], StandingRow>;
  readonly #unread: Statement<[{ user: UserId; most: number }], StandingRow>;
  readonly #after: Statement<[{ user: UserId; after: number; most: number }], StandingRow>;

  constructor(database: Database, places: SqlitePlaces) {
    this.#places = places;
    this.#one = database.prepare(`${standings} AND cursors.conversation = +$conversation`);
    this.#unread = database.prepare(
      `${standings} AND cursors.conversation <> ${everyone} AND unread > 0
       ORDER BY headAt DESC, cursors.conversation DESC LIMIT +$most`,
    );
    this.#after = database.prepare(
      `${standings} AND cursors.conversation > +$after ORDER BY cursors.conversation LIMIT +$most`,
    );
  }

  stand({ user, select }: Stand): Stood {
    switch (select.kind) {
      case "these":
        return { ok: true, standings: this.#these(user, select.of), more: false };
      case "unread": {
        const house = this.#one.get({ user, conversation: everyone });
        const rows = this.#unread.all({ user, most: select.most + 1 });
        return cut(rows, select.most, house);
      }
      case "all": {
        const after = select.after === undefined ? 0 : this.#places.find(user, select.after);
        if (after === undefined) return { ok: true, standings: [], more: false };
        return cut(this.#after.all({ user, after, most: select.most + 1 }), select.most);
      }
    }
  }

  #these(user: UserId, addresses: readonly Address[]): Standing[] {
    return addresses.flatMap((address, index) => {
      const conversation = this.#places.find(user, address);
      const row = conversation && this.#one.get({ user, conversation });
      return row ? [{ ...standingOf(row), index }] : [];
    });
  }
}

function standingOf(row: StandingRow): Standing {
  const { head, delivered, read, unread, headAt } = row;
  return { ...placeOf(row), head, delivered, read, unread, headAt };
}

/** The rows are one more than `most`, if there are so many. */
function cut(rows: readonly StandingRow[], most: number, house?: StandingRow): Stood {
  const shown = rows.slice(0, most);
  const all = house === undefined ? shown : [house, ...shown];
  return { ok: true, standings: all.map(standingOf), more: rows.length > most };
}
