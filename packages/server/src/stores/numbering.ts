// Where a private conversation's numbers begin. Clients know it by its names, and their cursors outlive
// its people: so over all holders of two names the numbers only go up.

import type { Seq } from "chat-hub";

/**
 * Each time a name changes hands its numbers go on at the next multiple of this. A round number tells
 * that there were earlier holders, which `away` tells too, but not how much they had to say.
 */
const holderStep = 1_000_000;

/**
 * The base of a conversation: its first entry is the one after. `highest` is the head of the newest
 * earlier conversation under the same two names, 0 if there was none; `isTakenOver`: one of the names
 * had another holder before.
 */
export function baseAbove(highest: number, isTakenOver: boolean): Seq {
  const least = Math.max(highest, isTakenOver ? 1 : 0);
  return (Math.ceil(least / holderStep) * holderStep) as Seq;
}
