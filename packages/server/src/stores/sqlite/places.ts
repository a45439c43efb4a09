// Finds conversations, and names them as one of their users sees them: by the other side, or the room.

import type { Database } from "better-sqlite3";
import type { Address, ConversationId, NameKey, Place, UserId } from "chat-hub";
import { everyone } from "chat-hub";

export interface PlaceRow {
  readonly conversation: ConversationId;
  /** The other side; `null` where there is none, as are then the columns that follow. */
  readonly peer: UserId | null;
  readonly peerName: string;
  readonly peerKey: NameKey;
  /** Only of an earlier holder of the name. */
  readonly peerHolder: number | null;
  /** `null` unless it is a room. */
  readonly roomKey: NameKey | null;
  readonly roomName: string;
}

const isEarlier = "EXISTS (SELECT 1 FROM users WHERE key = peers.key AND generation > peers.generation)";

/** The columns of a PlaceRow but the first, from `conversations` and `users AS peers`. */
export const placeColumns = `
  peers.id AS peer, peers.name AS peerName, peers.key AS peerKey,
  iif(${isEarlier}, peers.generation, NULL) AS peerHolder,
  conversations.key AS roomKey, conversations.name AS roomName`;

export function placeOf(row: PlaceRow): Place {
  const { conversation, peer, peerName, peerKey, peerHolder, roomKey, roomName } = row;
  if (roomKey !== null) return { conversation, room: { key: roomKey, name: roomName } };
  if (peer === null) return { conversation };
  const known = { user: peer, name: peerName, key: peerKey };
  return { conversation, peer: peerHolder === null ? known : { ...known, holder: peerHolder } };
}

export class SqlitePlaces {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(database: Database) {
    this.#statements = prepare(database);
  }

  /** The conversation that `viewer` means, whether they may see it or not. */
  find(viewer: UserId, of: Address | ConversationId): ConversationId | undefined {
    if (typeof of === "number") return of;
    switch (of.kind) {
      case "everyone":
        return everyone;
      case "room":
        return this.#statements.room.get(of.key);
      case "private":
        return of.holder === undefined
          ? this.#statements.withNewest.get(viewer, of.key)
          : this.#statements.withEarlier.get(viewer, of.key, of.holder);
    }
  }

  /** How `viewer` sees a conversation that was found. */
  place(viewer: UserId, conversation: ConversationId): Place {
    if (conversation === everyone) return { conversation };
    const row = this.#statements.place.get(viewer, conversation);
    if (row === undefined) throw new Error(`there is no conversation ${conversation}`);
    return placeOf(row);
  }
}

function prepare(database: Database) {
  const withPeer = `
    SELECT conversations.id
    FROM (SELECT +? AS viewer), users AS peers
    JOIN conversations ON lower = min(peers.id, viewer) AND higher = max(peers.id, viewer)`;
  return {
    room: database.prepare<[NameKey], ConversationId>("SELECT id FROM conversations WHERE key = ?").pluck(),
    withNewest: database
      .prepare<[UserId, NameKey], ConversationId>(
        `${withPeer} WHERE peers.id = (SELECT id FROM users WHERE key = +? ORDER BY generation DESC LIMIT 1)`,
      )
      .pluck(),
    withEarlier: database
      .prepare<[UserId, NameKey, number], ConversationId>(
        `${withPeer} WHERE peers.key = +? AND peers.generation = +? AND ${isEarlier}`,
      )
      .pluck(),
    // Of two ids, the sum less one of them is the other; also if both are the same.
    place: database.prepare<[UserId, ConversationId], PlaceRow>(
      `SELECT conversations.id AS conversation, ${placeColumns}
       FROM conversations LEFT JOIN users AS peers ON peers.id = lower + higher - ?
       WHERE conversations.id = +?`,
    ),
  };
}
