// How somebody stands to a conversation, as it is kept: a number, the higher the more they may do.

import type { RoomStanding } from "chat-hub";

export const standingCodes = {
  invited: 1,
  former: 2,
  banned: 3,
  member: 4,
  moderator: 5,
  owner: 6,
} as const satisfies Record<Exclude<RoomStanding, "stranger">, number>;

/** In a query: whether a row of `members` is of somebody who is in the conversation now. */
export const isIn = `members.standing >= ${standingCodes.member}`;

const byCode = new Map<number, RoomStanding>(
  Object.entries(standingCodes).map(([standing, code]) => [code, standing as RoomStanding]),
);

/** Nothing is kept of a stranger. */
export function standingOf(code: number | null | undefined): RoomStanding {
  return byCode.get(code ?? 0) ?? "stranger";
}
