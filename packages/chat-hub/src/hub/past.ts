// The past of whoever came late, where a conversation hides it: of a message from before their
// beginning they hear nothing, so neither of what is done to it. The place of such an entry is told
// all the same, as one with nothing to say, just as a page has it.

import { events } from "../dialects/events.js";
import { conversationName } from "../words/conversations.js";
import type { Entry } from "../words/log.js";
import type { Audience } from "./audience.js";
import type { User } from "./state/user.js";

const nobody: ReadonlySet<User> = new Set();

/** Those here who may not see the message that this is about. */
export function tooLateFor({ facts, begins, latest }: Audience, entry: Entry): ReadonlySet<User> {
  if (!("target" in entry) || entry.target >= latest || facts?.history === "all") return nobody;
  const { target } = entry;
  return new Set([...begins].flatMap(([user, from]) => (from > target ? [user] : [])));
}

/** What they are told instead in the events dialect; the simple one has no word for it. */
export function encodeSkip({ place }: Audience, { seq }: Entry): string | undefined {
  const payload = { conversation: conversationName(place), first: seq, last: seq };
  return events.encode({ type: "skip", payload });
}
