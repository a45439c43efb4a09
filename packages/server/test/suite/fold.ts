// What a client that only hears a log makes of it, written without a look at any store: live and
// replay must lead to the state that `browse` tells.

import type { Entry, LoggedMessage, Skipped, StandingMessage, UserId } from "chat-hub";

interface Folded {
  message: LoggedMessage;
  pinned: boolean;
  readonly reactions: Map<string, Set<UserId>>;
}

/** The messages that stand at the end of these entries, as `viewer` sees them. */
export function fold(entries: readonly (Entry | Skipped)[], viewer: UserId): StandingMessage[] {
  const folded = new Map<number, Folded>();
  for (const entry of entries) hear(folded, entry);
  const all = [...folded.values()];
  return all.map(({ message, pinned, reactions }) => {
    const counted = Array.from(reactions, ([emoji, users]) => {
      return { emoji, count: users.size, mine: users.has(viewer) };
    });
    const replies = all.filter((other) => other.message.thread === message.seq).length;
    return {
      ...message,
      ...(counted.length === 0 ? {} : { reactions: counted }),
      ...(replies === 0 ? {} : { replies }),
      ...(pinned ? { pinned } : {}),
    };
  });
}

function hear(folded: Map<number, Folded>, entry: Entry | Skipped): void {
  if (entry.type === "message") {
    folded.set(entry.seq, { message: entry, pinned: false, reactions: new Map() });
    return;
  }
  const target = "target" in entry ? folded.get(entry.target) : undefined;
  if (target === undefined) return;
  switch (entry.type) {
    case "edit": {
      const { mentions: _, ...before } = target.message;
      const { message, version, at: edited, mentions } = entry;
      target.message = { ...before, message, version, edited, ...(mentions && { mentions }) };
      return;
    }
    case "deletion": {
      const { mentions: _, ...before } = target.message;
      target.message = { ...before, message: "", deleted: true };
      target.pinned = false;
      target.reactions.clear();
      return;
    }
    case "pin":
      target.pinned = entry.on;
      return;
    case "reaction": {
      const users = target.reactions.get(entry.emoji) ?? new Set();
      if (entry.on) target.reactions.set(entry.emoji, users.add(entry.author));
      else users.delete(entry.author);
      if (users.size === 0) target.reactions.delete(entry.emoji);
    }
  }
}
