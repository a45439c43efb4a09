// What people ask, as far as raw clients and the client core have words for it.

import type { Asking, Device } from "../devices/device.ts";
import type { Dice } from "../drawn/dice.ts";
import type { Knowledge } from "../knowledge.ts";
import type { Aims } from "./aims.ts";
import { keyOf } from "./aims.ts";

export function questionOf(device: Device, dice: Dice, aims: Aims, knowledge: Knowledge): Asking {
  const conversation = aims.anywhere(device);
  const message_seq = aims.target(device, conversation, false) as number;
  const after = dice.between(0, knowledge.head(keyOf(device), conversation));
  const question = dice.weighted({
    ...{ newest: 3, after: 2, before: 2, around: 2, log: 4, thread: 1, pins: 1, search: 2, reactions: 1 },
    ...{ members: 2, receipts: 1, conversations: 2, users: 1, rooms: 1, blocks: 1, whois: 1, help: 1 },
  });
  switch (question) {
    case "newest":
      return { type: "history", conversation };
    case "before":
    case "after":
    case "around":
      return { type: "history", conversation, [question]: after };
    case "log":
      return { type: "log", conversation, after };
    case "thread":
    case "reactions":
      return { type: question, conversation, message_seq: Math.max(1, message_seq) };
    case "pins":
    case "receipts":
      return { type: question, conversation };
    case "members":
      return { type: "members", conversation, which: dice.of(["members", "members", "invited", "banned"]) };
    case "search":
      return {
        type: "search",
        query: dice.of(["text", "text from:alice", "in:everyone text", "mentions:me"]),
      };
    case "whois":
      return { type: "whois", username: aims.person() };
    case "conversations":
    case "users":
    case "rooms":
    case "blocks":
    case "help":
      return { type: question };
  }
}
