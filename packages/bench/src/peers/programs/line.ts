// What the programs of the peers deliver: the payload that ours delivers, numbered from 1. And who is in is told so, for
// the load must not begin before.

import type { NewMessagePayload } from "chat-hub";

let seq = 0;
let [second, sent] = [0, ""];

/** @param to the one whom it is for; everyone if absent */
export function lineFrom(from: string, message: string, to?: string): NewMessagePayload {
  const at = Date.now();
  const now = Math.floor(at / 1000);
  // Written once a second: nobody shall be slow because of how its runtime writes dates.
  if (now !== second) [second, sent] = [now, new Date(at).toISOString().slice(11, 19)];
  seq += 1;
  if (to === undefined) return { message, from, sent, conversation: "everyone", seq, at };
  return { message, from, sent, to, conversation: `@${to}`, seq, at };
}

export function welcomeTo(username: string): string {
  return JSON.stringify({ type: "welcome", payload: { username } });
}
