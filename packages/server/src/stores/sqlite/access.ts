// Who may see what of which conversation: the one place where it is decided for everything that reads.

import type { Database } from "better-sqlite3";
import type {
  Address,
  ConversationId,
  Facts,
  HistorySetting,
  Place,
  Seq,
  UserId,
  Visibility,
} from "chat-hub";
import { everyone, refusalOf } from "chat-hub";
import type { PlaceRow, SqlitePlaces } from "./places.js";
import { placeColumns, placeOf } from "./places.js";
import { standingOf } from "./standing.js";

/** A conversation as somebody who may see it does. */
export interface View {
  readonly place: Place;
  readonly kind: Facts["place"]["kind"];
  /** The oldest entry that is kept and that they may see, and the newest there is. */
  readonly first: Seq;
  readonly head: Seq;
  /** Where it begins for them, whatever is still kept. */
  readonly begins: Seq;
  /** There were entries before `first` that they could have seen. */
  readonly forgotten: boolean;
}

type Reason = "unknown_conversation" | "not_member" | "banned" | "forbidden";
type Question = "read" | "members" | "outsiders";

interface ViewRow extends PlaceRow {
  readonly visibility: Visibility | null;
  readonly history: HistorySetting;
  readonly archived: 0 | 1 | null;
  readonly standing: number | null;
  readonly seesFrom: Seq | null;
  readonly oldest: Seq | null;
  readonly forgotten: Seq;
  readonly head: Seq | null;
}

export class SqliteAccess {
  readonly #places: SqlitePlaces;
  readonly #statements: ReturnType<typeof prepare>;

  constructor(database: Database, places: SqlitePlaces) {
    this.#places = places;
    this.#statements = prepare(database);
  }

  /** What `viewer` may see there, or why nothing. */
  view(viewer: UserId, of: Address | ConversationId, question: Question = "read"): View | Reason {
    const conversation = this.#places.find(viewer, of);
    const row = conversation && this.#statements.view.get({ viewer, conversation });
    if (!row) return "unknown_conversation";
    const place = factsOf(row);
    if (place.kind === "private" && row.standing === null) return "unknown_conversation";
    const refusal = refusalOf(question, viewer, { place, kept: false });
    if (refusal !== undefined) return refusal as Reason;
    return { place: placeOf(row), kind: place.kind, head: row.head ?? (0 as Seq), ...beginningOf(row) };
  }
}

function beginningOf({ history, seesFrom, oldest, forgotten }: ViewRow) {
  const begins = (history === "since_join" ? (seesFrom ?? 1) : 1) as Seq;
  const kept = Math.max(oldest ?? 1, forgotten + 1);
  return {
    begins,
    first: Math.max(kept, begins) as Seq,
    forgotten: forgotten > 0 && begins <= forgotten,
  };
}

function factsOf({ conversation, roomKey, visibility, archived, standing }: ViewRow): Facts["place"] {
  if (conversation === everyone) return { kind: "everyone" };
  if (roomKey === null || visibility === null) return { kind: "private" };
  return { kind: "room", visibility, archived: archived === 1, standing: standingOf(standing) };
}

function prepare(database: Database) {
  return {
    view: database.prepare<[{ viewer: UserId; conversation: ConversationId }], ViewRow>(
      `SELECT conversations.id AS conversation, ${placeColumns},
              conversations.visibility, conversations.history, conversations.archived,
              conversations.forgotten, members.standing, members.sees_from AS seesFrom,
              (SELECT min(seq) FROM entries WHERE conversation = conversations.id) AS oldest,
              (SELECT max(seq) FROM entries WHERE conversation = conversations.id) AS head
       FROM conversations
       LEFT JOIN members ON members.user = +$viewer AND members.conversation = conversations.id
       LEFT JOIN users AS peers ON peers.id = lower + higher - +$viewer
       WHERE conversations.id = +$conversation`,
    ),
  };
}
