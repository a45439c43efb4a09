// Which rooms there are, and who is in one.

import type { ConversationId, NameKey, Seq, UserId } from "../words/ids.js";
import type { Address, Place, RoomFacts } from "../words/log.js";
import type { RoomStanding } from "../words/rooms.js";

/** Public rooms and one's own (also those one is invited to), by key; `after` = the last key before. */
export interface ListRooms {
  readonly type: "rooms";
  readonly viewer: UserId;
  readonly after?: NameKey;
  readonly most: number;
}
export interface RoomsListed {
  readonly ok: true;
  readonly rooms: readonly (RoomFacts & { readonly standing: RoomStanding })[];
  readonly more: boolean;
}

/**
 * The people of a room, by key: its members, or (`outsiders`, judged by that right) who is invited or
 * banned. Of a private conversation: both sides, as members, with their cursors.
 */
export interface ListMembers {
  readonly type: "members";
  readonly viewer: UserId;
  readonly of: Address | ConversationId;
  readonly which: "members" | "invited" | "banned";
  readonly after?: NameKey;
  readonly most: number;
}
export interface MembersListed extends Place {
  readonly ok: true;
  readonly members: readonly Member[];
  /** How many members there are. */
  readonly count: number;
  readonly more: boolean;
}
export interface Member {
  readonly user: UserId;
  readonly key: NameKey;
  readonly name: string;
  readonly standing: RoomStanding;
  /** 0 for whoever is not in it. Of another who is invisible: no further than when they were seen last. */
  readonly delivered: Seq;
  /** The same; also 0 for whoever keeps it private, unless it is the viewer. */
  readonly read: Seq;
  /** They or the viewer have blocked the other: then both are 0. */
  readonly apart?: true;
}
