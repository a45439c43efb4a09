// All that one may see of a store.

import type { Seq } from "chat-hub";
import { address } from "../store-house.js";
import type { PlaceName } from "./chance.js";
import { everybody, places } from "./chance.js";
import type { Guest } from "./guest.js";

/** All that one may see, without what counts commits. */
export async function sight(guest: Guest): Promise<unknown> {
  const seen: unknown[] = [];
  for (const where of places) seen.push([where, await sightOf(guest, where)]);
  seen.push(await guest.stands({ kind: "all", most: 99 }), await guest.stands({ kind: "unread", most: 2 }));
  seen.push(await guest.listsRooms(), await guest.listsBlocks());
  for (const name of everybody) seen.push(await guest.whois(name));
  const red = { words: [{ tokens: ["red"], prefix: false, not: false }] };
  seen.push(await guest.searches(red), await guest.searches({ mentions: "me" }));
  return plain(seen);
}

async function sightOf(guest: Guest, where: PlaceName): Promise<unknown> {
  const page = await guest.asksToRead(where);
  const seen: unknown[] = [page, await guest.asksToBrowse(where, { kind: "pins", after: 0 as Seq })];
  for (const which of ["members", "invited", "banned"] as const)
    seen.push(await guest.asksForMembers(where, which));
  if (!page.ok) return seen;
  const middle = Math.floor((page.first + page.head) / 2);
  for (const window of ["newest", { around: middle }, { after: middle }, { before: middle }] as const) {
    seen.push(await guest.asksToRead(where, window, 3), await guest.browses(where, window, 2));
    seen.push(await guest.browses(where, window, 9, 12));
  }
  const at = ((page.head - page.first) * 5) as never;
  seen.push(await guest.asksToBrowse(where, { kind: "time", window: { kind: "after", at } }, 2));
  for (const { seq } of page.entries.filter(({ type }) => type !== "skip").slice(0, 6)) {
    const thread = { kind: "thread", of: seq, after: page.first } as const;
    seen.push(await guest.asksToBrowse(where, thread, 2));
    const asked = { type: "reactions", viewer: guest.user, of: address(where), target: seq } as const;
    seen.push(await guest.house.ask({ ...asked, skip: 1, most: 1 }));
  }
  return seen;
}

/** As it would be sent; and without what counts commits, which each store does in its own way. */
export function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (name, each) => (name === "mark" || name === "next" ? undefined : each)),
  );
}
