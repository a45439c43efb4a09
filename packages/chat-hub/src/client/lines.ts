// A conversation as it is looked at: its messages as they stand, and between them what happened in its
// room. All of it is readonly and new where it has changed, so that `===` tells what is as it was.

import type { StandingMessagePayload } from "../dialects/frames/entries.js";
import type { ReceiptRow } from "../dialects/frames/people.js";
import { nameKey } from "../words/names.js";
import type { DoneEntry } from "./entries.js";

/** What is here of one conversation. */
export interface View {
  /** Ascending by place; at most one hole among them. */
  readonly lines: readonly ViewLine[];
  /** Whether there is more before the first line: not known until the first page is here. */
  readonly start: "unknown" | "more" | "all";
  /** What is being fetched: the page that was shown first or jumped to, and the edges that were reached. */
  readonly loading: readonly ("page" | Edge)[];
  /** The last place that was heard of; lines above it are none. 0 before anything is known. */
  readonly head: number;
  /** How far the others have got, where that is told (private conversations and small rooms). */
  readonly receipts: readonly ReceiptRow[];
}

export type Edge = "start" | "holeAbove" | "holeBelow";

export type ViewLine = MessageLine | RoomLine | Hole;

/** A message with all that was done to it. Once `deleted` its text is "", and nothing but `replies` counts. */
export interface MessageLine extends StandingMessagePayload {
  readonly kind: "message";
  /** Stays the same from being said here to standing in the log: the nonce it was said with, else its seq. */
  readonly key: string;
  readonly own: boolean;
  /** It calls us, or everyone. */
  readonly mentioned?: true;
  /** We have blocked its author. */
  readonly hidden?: true;
}

/** Somebody came or went, or the room was changed. `what.kind` says which. */
export interface RoomLine {
  readonly kind: "room";
  readonly key: string;
  readonly seq: number;
  readonly what: RoomEntry;
  readonly hidden?: true;
}

export type RoomEntry = Extract<
  DoneEntry,
  {
    kind:
      | "member_joined"
      | "member_invited"
      | "member_left"
      | "role_changed"
      | "member_banned"
      | "member_silenced"
      | "room_updated";
  }
>;

/** Lines that are not here: those after the place `after` and before the place `before`. */
export interface Hole {
  readonly kind: "hole";
  readonly key: string;
  readonly after: number;
  readonly before: number;
}

/** Who has got a message of ours so far, and who has read it; whoever keeps that private is in neither. */
export function reachOf(
  message: Pick<MessageLine, "seq" | "from">,
  receipts: readonly ReceiptRow[],
): { readonly deliveredTo: readonly string[]; readonly readBy: readonly string[] } {
  const author = nameKey(message.from);
  const others = receipts.filter(({ username }) => nameKey(username) !== author);
  const names = (rows: readonly ReceiptRow[]): string[] => rows.map(({ username }) => username);
  return {
    deliveredTo: names(others.filter(({ delivered }) => delivered >= message.seq)),
    readBy: names(others.filter(({ read }) => read >= message.seq)),
  };
}
