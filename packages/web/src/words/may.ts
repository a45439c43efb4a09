// What I may do here, by the same table by which the server decides: a button that could only be refused is not shown.

import type { Facts, Role, RoomRow, UserId } from "chat-hub";
import { refusalOf } from "chat-hub";

type What = Parameters<typeof refusalOf>[0];

export interface Where {
  readonly conversation: string;
  /** Of a room, as far as it is known. */
  readonly room?: Pick<RoomRow, "visibility" | "archived"> | undefined;
  readonly role?: Role | undefined;
}

/** Whom it is done to, or whose message it is about. */
export interface About {
  readonly ownMessage?: boolean;
  readonly member?: Role | "invited" | "banned" | "stranger";
}

// Who exactly they are makes no difference here, only that they are two.
const me = 1 as UserId;
const other = 2 as UserId;

export function may(what: What, where: Where, about: About = {}): boolean {
  const facts: Facts = {
    place: placeOf(where),
    // The page always logs in with a token. Whether others' names are kept only the server knows.
    kept: true,
    ...(about.ownMessage === undefined ? {} : { targetAuthor: about.ownMessage ? me : other }),
    ...(about.member === undefined ? {} : { who: { user: other, standing: about.member, kept: true } }),
  };
  return refusalOf(what, me, facts) === undefined;
}

function placeOf({ conversation, room, role }: Where): Facts["place"] {
  if (conversation === "everyone") return { kind: "everyone" };
  if (conversation.startsWith("@")) return { kind: "private" };
  return {
    kind: "room",
    visibility: room?.visibility ?? "public",
    archived: room?.archived === true,
    standing: role ?? "stranger",
  };
}
