// What a store shows, in short, so that a test reads like a transcript.

import type { Entry, Page, Seq, Skipped, StandingMessage } from "chat-hub";

/** What a page shows, in short. */
export function lines(page: Page): string[] {
  return page.entries.map(line);
}

/** An entry in short: `3 alice edits 2: hello`. */
export function line(entry: Entry | Skipped): string {
  if (entry.type === "skip") return `${entry.seq} -`;
  const by = `${entry.seq} ${entry.from}`;
  switch (entry.type) {
    case "message":
      return `${by}: ${entry.deleted ? "(deleted)" : entry.message}`;
    case "edit":
      return `${by} edits ${entry.target}: ${entry.message} (${entry.version})`;
    case "deletion":
      return `${by} deletes ${entry.target}`;
    case "reaction":
      return `${by} ${entry.on ? "gives" : "takes back"} ${entry.emoji} ${entry.target}`;
    case "pin":
      return `${by} ${entry.on ? "pins" : "unpins"} ${entry.target}`;
    case "join":
      return `${by} joins as ${entry.role}`;
    case "invite":
      return `${by} invites ${entry.username}`;
    case "leave":
      return `${by}: ${entry.username} is ${entry.why}`;
    case "role":
      return `${by}: ${entry.username} is ${entry.role}`;
    case "ban":
      return `${by} ${entry.on ? "bans" : "unbans"} ${entry.username}`;
    case "silence":
      return `${by} ${entry.on ? "silences" : "unsilences"} ${entry.username}`;
    case "update": {
      const { topic, history, archived, slowMode, keepSeconds } = entry;
      return `${by} sets ${JSON.stringify({ topic, history, archived, slowMode, keepSeconds })}`;
    }
  }
}

/** Messages as they stand, in short: `2 alice: hello (3) ^1 #1 👍2+ pinned 4 replies`. */
export function standing({ messages }: { readonly messages: readonly StandingMessage[] }): string[] {
  return messages.map((message) => {
    const { version, replyTo, thread, reactions = [], pinned, replies } = message;
    const parts = [
      line(message),
      version === undefined ? "" : `(${version})`,
      replyTo === undefined ? "" : `^${replyTo}`,
      thread === undefined ? "" : `#${thread}`,
      ...reactions.map(({ emoji, count, mine }) => `${emoji}${count}${mine ? "+" : ""}`),
      pinned ? "pinned" : "",
      replies === undefined ? "" : `${replies} replies`,
    ];
    return parts.filter((part) => part !== "").join(" ");
  });
}

export function seqs(page: { readonly entries: readonly { readonly seq: Seq }[] }): number[] {
  return page.entries.map(({ seq }) => seq);
}
