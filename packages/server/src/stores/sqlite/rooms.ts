// The rooms, for the one who writes them. It remembers those that were written to lately.

import type { Database } from "better-sqlite3";
import type { ConversationId, HistorySetting, NameKey, RoomFacts, Visibility } from "chat-hub";
import { Recent } from "../recent.js";
import type { Log, SqliteLedger } from "./ledger.js";

export interface Room {
  readonly log: Log;
  readonly key: NameKey;
  readonly name: string;
  readonly visibility: Visibility;
  history: HistorySetting;
  topic: string;
  archived: boolean;
  members: number;
  slowMode: number;
  keepSeconds: number;
}

/** A room's row. */
export interface RoomRow extends Omit<RoomFacts, "archived" | "slowMode" | "keepSeconds"> {
  readonly archived: 0 | 1;
  readonly slowMode: number;
  readonly keepSeconds: number;
}

/** The columns of a RoomRow, from `conversations`. */
export const roomColumns = `
  conversations.id AS conversation, conversations.key, conversations.name, conversations.visibility,
  conversations.history, conversations.topic, conversations.archived, conversations.members,
  conversations.slow AS slowMode, conversations.keep AS keepSeconds`;

export function factsOfRow({ archived, ...row }: RoomRow): RoomFacts {
  return told({ ...row, archived: archived === 1 });
}

export function factsOf({ log, ...room }: Room): RoomFacts {
  return told({ ...room, conversation: log.conversation });
}

type Kept = Required<RoomFacts>;

/** What is as everywhere goes without saying. */
function told({ slowMode, keepSeconds, ...kept }: Kept): RoomFacts {
  const { conversation, key, name, visibility, history, topic, archived, members } = kept;
  return {
    ...{ conversation, key, name, visibility, history, topic, archived, members },
    ...(slowMode === 0 ? {} : { slowMode }),
    ...(keepSeconds === 0 ? {} : { keepSeconds }),
  };
}

const rememberedRooms = 10_000;

export class SqliteRooms {
  readonly #statements: ReturnType<typeof prepare>;
  readonly #ledger: SqliteLedger;
  readonly #byKey = new Recent<NameKey, Room>(rememberedRooms);

  constructor(database: Database, ledger: SqliteLedger) {
    this.#statements = prepare(database);
    this.#ledger = ledger;
  }

  /** After a rollback: what is remembered may not have been kept. */
  forget(): void {
    this.#byKey.clear();
  }

  find(key: NameKey): Room | undefined {
    const known = this.#byKey.get(key);
    return known ?? this.#open(this.#statements.find.get(key));
  }

  get(conversation: ConversationId): Room {
    const key = this.#statements.keyOf.get(conversation);
    const room = key && this.find(key);
    if (!room) throw new Error(`conversation ${conversation} is no room`);
    return room;
  }

  /** Makes a room without anybody in it. */
  make(about: Pick<Room, "key" | "name" | "visibility" | "history" | "topic">): Room {
    this.#statements.make.run(about);
    const room = this.find(about.key);
    if (room === undefined) throw new Error(`the room ${about.key} was not made`);
    return room;
  }

  /** Keeps what was changed of it. */
  keep({ log, history, topic, archived, members, slowMode, keepSeconds }: Room): void {
    const settings = [history, topic, archived ? 1 : 0, members, slowMode, keepSeconds];
    this.#statements.keep.run(...settings, log.conversation);
  }

  #open(row: RoomRow | undefined): Room | undefined {
    if (row === undefined) return undefined;
    const { conversation, slowMode = 0, keepSeconds = 0, ...facts } = factsOfRow(row);
    const room: Room = { ...facts, slowMode, keepSeconds, log: this.#ledger.open(conversation) };
    this.#byKey.set(room.key, room);
    return room;
  }
}

function prepare(database: Database) {
  return {
    find: database.prepare<[NameKey], RoomRow>(`SELECT ${roomColumns} FROM conversations WHERE key = ?`),
    keyOf: database
      .prepare<[ConversationId], NameKey | null>("SELECT key FROM conversations WHERE id = ?")
      .pluck(),
    make: database.prepare(
      `INSERT INTO conversations (key, name, visibility, history, topic, archived, members)
       VALUES ($key, $name, $visibility, $history, $topic, 0, 0)`,
    ),
    keep: database.prepare(
      `UPDATE conversations SET history = ?, topic = ?, archived = ?, members = ?, slow = ?, keep = ?
       WHERE id = ?`,
    ),
  };
}
