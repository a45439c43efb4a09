// What this server can do beyond the two seeds; `welcome` tells it, so that a client need not guess
// from a version.

export const features = [
  "nonce",
  "since",
  "history",
  "log",
  "conversations",
  "users",
  "presence",
  "cursors",
  "rooms",
  "edits",
  "reactions",
  "threads",
  "pins",
  "mentions",
  "receipts",
  "typing",
  "status",
  "blocks",
  "search",
  "silence",
  "slow_mode",
  "retention",
  "house",
  "schema",
] as const;
