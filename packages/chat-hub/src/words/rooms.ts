// The words of rooms: who may see one, who may do what in it, and which emoji is one.

import type { Result } from "./result.js";
import { fault, ok } from "./result.js";

/** Who finds a room: everybody, or those who were invited. It never changes. */
export const visibilities = ["public", "private"] as const;
export type Visibility = (typeof visibilities)[number];

/** What a member may read: all there is, or what was written since they joined. */
export const historySettings = ["all", "since_join"] as const;
export type HistorySetting = (typeof historySettings)[number];

/** The roles of members, the least first. */
export const roles = ["member", "moderator", "owner"] as const;
export type Role = (typeof roles)[number];

/** How a user stands to a room: in it, or in one of the ways of not being in it. */
export const roomStandings = ["stranger", "invited", "former", "banned", ...roles] as const;
export type RoomStanding = (typeof roomStandings)[number];

export function isRole(standing: RoomStanding): standing is Role {
  return rank(standing) > 0;
}

/** 0 for whoever is not a member; a higher one may do more. */
export function rank(standing: RoomStanding): number {
  return roles.indexOf(standing as Role) + 1;
}

/** What people choose to be seen as. Invisible people look as if they were not here. */
export const statuses = ["online", "away", "busy", "invisible"] as const;
export type Status = (typeof statuses)[number];

/** Whether others are told how far somebody has read. */
export const readings = ["shared", "private"] as const;
export type Reading = (typeof readings)[number];

// Built from a string, since the language level of the library has no literal for sets of strings yet;
// and when it is needed first, since that takes some 50 ms.
let oneEmoji: RegExp | undefined;

/** One emoji, in the spelling in which two of them are equal: `❤` and `❤️` are one. */
export function parseEmoji(text: string): Result<string, string> {
  if (text.length > 64) return fault("a reaction is one emoji");
  // biome-ignore lint/complexity/useRegexLiterals: see above
  oneEmoji ??= new RegExp("^\\p{RGI_Emoji}$", "v");
  if (oneEmoji.test(text)) return ok(text);
  return oneEmoji.test(`${text}\uFE0F`) ? ok(`${text}\uFE0F`) : fault("a reaction is one emoji");
}
