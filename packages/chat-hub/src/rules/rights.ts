// Who may do what, as one table: both stores decide by it, inside the transaction that writes; the
// document's table of rights is made from it, and a test tries every cell of it on a real server.

import type { RefusalCode } from "../tables/refusals.js";
import type { Act, ActType } from "../words/acts.js";
import type { UserId } from "../words/ids.js";
import type { Role, RoomStanding, Visibility } from "../words/rooms.js";
import { isRole, rank } from "../words/rooms.js";

/** What can be asked of a conversation beside the acts: `read` is every way of seeing what was said. */
export type Look = "read" | "members" | "outsiders";

export interface Right {
  /** The least role in a room. */
  readonly room: Role | "none";
  /** The least role where it matters who wrote the message: of others' messages. */
  readonly others?: Role | "nobody";
  /** Only on somebody of a lower role. */
  readonly outranks?: true;
  /** Also in an archived room. */
  readonly archived?: true;
  /** Only by somebody whose name is kept by a token. */
  readonly kept?: true;
  /** Only on somebody whose name is kept. */
  readonly whoKept?: true;
  /** In a private conversation, and in everyone, where nobody has a role. */
  readonly pair: boolean;
  readonly everyone: boolean;
}

export const rights = {
  message: { room: "member", pair: true, everyone: true },
  edit: { room: "member", others: "nobody", pair: true, everyone: true },
  deletion: { room: "member", others: "moderator", pair: true, everyone: true },
  reaction: { room: "member", pair: true, everyone: true },
  pin: { room: "moderator", pair: true, everyone: false },
  create: { room: "none", kept: true, pair: false, everyone: false },
  join: { room: "none", pair: false, everyone: false },
  leave: { room: "member", archived: true, pair: false, everyone: false },
  invite: { room: "member", whoKept: true, pair: false, everyone: false },
  kick: { room: "moderator", outranks: true, archived: true, pair: false, everyone: false },
  ban: {
    room: "moderator",
    outranks: true,
    archived: true,
    kept: true,
    whoKept: true,
    pair: false,
    everyone: false,
  },
  role: { room: "owner", archived: true, kept: true, whoKept: true, pair: false, everyone: false },
  topic: { room: "moderator", pair: false, everyone: false },
  history: { room: "owner", pair: false, everyone: false },
  archive: { room: "owner", archived: true, pair: false, everyone: false },
  silence: { room: "moderator", outranks: true, whoKept: true, pair: false, everyone: false },
  slow: { room: "moderator", pair: false, everyone: false },
  retention: { room: "owner", archived: true, pair: false, everyone: false },
  read: { room: "member", archived: true, pair: true, everyone: true },
  members: { room: "member", archived: true, pair: true, everyone: false },
  outsiders: { room: "moderator", archived: true, pair: false, everyone: false },
} as const satisfies Record<ActType | Look, Right>;

/** What a store knows when it decides. */
export interface Facts {
  readonly place:
    | { readonly kind: "everyone" }
    | { readonly kind: "private" }
    | {
        readonly kind: "room";
        readonly visibility: Visibility;
        readonly archived: boolean;
        /** How the one who asks stands to it. */
        readonly standing: RoomStanding;
      };
  /** A token holds the name of the one who asks. */
  readonly kept: boolean;
  /** They look after the house: in everyone they may do what a moderator may in a room. */
  readonly admin?: boolean | undefined;
  /** Who wrote the message that it is about; absent: nothing is known of such a message. */
  readonly targetAuthor?: UserId;
  /** Whom it is done to. */
  readonly who?: { readonly user: UserId; readonly standing: RoomStanding; readonly kept: boolean };
}

/** Why `author` may not do this; nothing if they may. It writes nothing and looks at nothing else. */
export function refusalOf(what: Act["type"] | Look, author: UserId, facts: Facts): RefusalCode | undefined {
  const right: Right = rights[what];
  const { place } = facts;
  if (place.kind !== "room") {
    if (!(place.kind === "everyone" ? right.everyone : right.pair)) return "forbidden";
    if (right.others === undefined || (facts.targetAuthor ?? author) === author) return undefined;
    const looksAfterIt = place.kind === "everyone" && facts.admin === true;
    return looksAfterIt && right.others !== "nobody" ? undefined : "forbidden";
  }
  const mustBeKept = right.kept === true || (what === "join" && place.visibility === "private");
  return (
    refusalInRoom(what, right, place) ??
    (mustBeKept && !facts.kept ? "token_needed" : undefined) ??
    refusalAbout(what, right, author, place.standing, facts)
  );
}

type RoomPlace = Extract<Facts["place"], { kind: "room" }>;

/** Whether they may do such a thing there at all. What somebody may not know of is not there for them. */
function refusalInRoom(
  what: Act["type"] | Look,
  right: Right,
  { visibility, archived, standing }: RoomPlace,
): RefusalCode | undefined {
  if (standing === "banned") return "banned";
  if (what === "create") return undefined;
  if (standing === "stranger" && visibility === "private") return "unknown_conversation";
  if (what === "join") {
    if (visibility === "private" && standing === "former") return "not_member";
  } else {
    if (!isRole(standing)) return "not_member";
    if (rank(standing) < rank(leastRole(what, right, visibility))) return "forbidden";
  }
  return archived && right.archived !== true ? "archived" : undefined;
}

/** To a private room people are invited by those who look after it. */
function leastRole(what: Act["type"] | Look, { room }: Right, visibility: Visibility): RoomStanding {
  if (room === "none") return "stranger";
  return what === "invite" && visibility === "private" ? "moderator" : room;
}

/** Whether they may do it to this message, or to this person. */
function refusalAbout(
  what: Act["type"] | Look,
  right: Right,
  author: UserId,
  standing: RoomStanding,
  { targetAuthor, who }: Facts,
): RefusalCode | undefined {
  if (targetAuthor !== undefined && targetAuthor !== author && right.others !== undefined) {
    if (right.others === "nobody" || rank(standing) < rank(right.others)) return "forbidden";
  }
  if (who === undefined) return undefined;
  if (right.outranks === true && rank(who.standing) >= rank(standing)) return "forbidden";
  // An invitation would lift the ban.
  if (what === "invite" && who.standing === "banned") return "forbidden";
  return right.whoKept === true && !who.kept ? "token_needed" : undefined;
}
