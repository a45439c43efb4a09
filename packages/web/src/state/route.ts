// The open conversation in the address, so that going back and reloading lead to where one was.

import { nameKey } from "chat-hub";

export function hashOf(conversation: string): string {
  return conversation === "everyone" ? "" : `#${encodeURIComponent(conversation)}`;
}

/** Anything that is no conversation leads to everyone. */
export function conversationAt(hash: string): string {
  try {
    const text = decodeURIComponent(hash.slice(1));
    return /^[@#]./s.test(text) ? `${text.charAt(0)}${nameKey(text.slice(1))}` : "everyone";
  } catch {
    return "everyone";
  }
}
