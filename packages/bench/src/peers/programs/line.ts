// What the programs of the peers deliver: the payload that ours delivers, numbered from 1. And who is in is told so, for
// the load must not begin before.

import type { NewMessagePayload } from "chat-hub";

let seq = 0;

/** @param to the one whom it is for; everyone if absent */
export function lineFrom(from: string, message: string, to?: string): NewMessagePayload {
  const now = new Date();
  seq += 1;
  const [sent, at] = [now.toISOString().slice(11, 19), now.getTime()];
  if (to === undefined) return { message, from, sent, conversation: "everyone", seq, at };
  return { message, from, sent, to, conversation: `@${to}`, seq, at };
}

export function welcomeTo(username: string): string {
  return JSON.stringify({ type: "welcome", payload: { username } });
}
