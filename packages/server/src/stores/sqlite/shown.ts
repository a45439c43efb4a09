// A row of the log as whoever reads it sees it.

import type { Entry, LoggedMessage, Seq, Skipped, UserId, WallMillis } from "chat-hub";
import type { Saying } from "../consequences.js";
import { entryFrom } from "../entry.js";
import type { EntryRow } from "./entry.js";
import { checksum, entryColumns, typeOf } from "./entry.js";

export interface ShownRow extends EntryRow {
  /** The author's name. */
  readonly from: string;
  readonly checksum: number;
}

/** The columns of a ShownRow, from `shownTables`. */
export const shownColumns = `${entryColumns}, users.name AS "from"`;
export const shownTables = "entries JOIN users ON users.id = entries.author";

/** What a message says in `detail`. */
export interface MessageDetail {
  /** Whom it calls, with the name; 0 = everyone in the room. */
  readonly mentions?: readonly (readonly [user: UserId, name: string])[];
  readonly version?: number;
  readonly edited?: WallMillis;
}

export function messageDetail({ detail }: EntryRow): MessageDetail {
  return detail === null ? {} : JSON.parse(detail);
}

export function messageOf(row: ShownRow): LoggedMessage {
  if (row.detail === null && row.deleted === null) return entryFrom({ ...row, deleted: undefined });
  const { mentions, version, edited } = messageDetail(row);
  const names = mentions?.map(([, name]) => name);
  const deleted = row.deleted === null ? undefined : true;
  return entryFrom({ ...row, mentions: names, version, edited, deleted });
}

/**
 * Where an entry is about a message, `targetOf` gives that message's row, if it is kept; about one from before
 * `begins`, which its reader may not see, it says nothing.
 */
export function entryOf(
  row: ShownRow,
  begins: Seq,
  targetOf: (seq: Seq) => ShownRow | undefined,
): Entry | Skipped {
  if (row.kind === null) return messageOf(row);
  const { seq, target, detail } = row;
  if (target !== null && target < begins) return { type: "skip", seq };
  const type = typeOf(row.kind);
  const about = target === null || type === "deletion" ? undefined : targetOf(target);
  if (target !== null && type !== "deletion" && (about === undefined || about.deleted !== null))
    return { type: "skip", seq };
  const saying = {
    type,
    ...(target === null ? {} : { target }),
    ...(type === "edit" && about !== undefined ? editedText(about) : {}),
    ...(detail === null ? {} : JSON.parse(detail)),
  };
  return entryWith(row, row.from, saying);
}

/** An entry that is no message; `from` is its author's name. */
export function entryWith({ seq, at, author, nonce, origin }: EntryRow, from: string, saying: Saying): Entry {
  const frame = { seq, at, author, from, origin, ...(nonce === null ? {} : { nonce }) };
  return { ...frame, ...saying };
}

export function editedText(target: ShownRow) {
  const { message, version, mentions } = messageOf(target);
  return { message, version: version ?? 1, ...(mentions === undefined ? {} : { mentions }) };
}

/** @throws if the row is not what was written */
export function refuseDamaged(conversation: number, seq: number, row: ShownRow | undefined): void {
  if (row?.seq === seq && row.checksum === checksum(row)) return;
  throw new Error(
    `entry ${seq} of conversation ${conversation} is damaged and is not shown: restore a backup`,
  );
}
