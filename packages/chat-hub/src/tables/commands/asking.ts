// Commands that ask: pages of a log, lists of what there is.

import { conversation, lastRow, username } from "../../shapes/names.js";
import { notBoth, object } from "../../shapes/object.js";
import { count, integer, oneOf } from "../../shapes/plain.js";
import { query } from "../../shapes/query.js";
import type { Optional } from "../../shapes/shape.js";
import { optional } from "../../shapes/shape.js";
import { cursor, place, rows } from "../../shapes/words.js";
import type { Seq } from "../../words/ids.js";
import type { CommandRow } from "./row.js";
import { costs } from "./row.js";

const limit: Optional<number, number> = {
  optional: rows,
  absent: (limits) => limits.pageDefaultRows,
  forgiving: false,
};
const hits: Optional<number, number> = {
  optional: integer({ least: 1, most: "searchRows" }),
  absent: (limits) => limits.searchDefaultRows,
  forgiving: false,
};
const after = optional(lastRow);

const asksPage = { needs: "login", cost: costs.page } as const;
const asks = { needs: "login", cost: costs.ask } as const;

export const asking = {
  history: {
    what: "read a page of messages as they stand: the newest, or before, after or around a seq (or a time, by)",
    example: '{"type":"history","id":1,"payload":{"conversation":"everyone","limit":20}}',
    payload: object(
      {
        conversation,
        before: optional(count),
        after: optional(count),
        around: optional(count),
        by: optional(oneOf(["seq", "time"]), "seq"),
        limit,
      },
      notBoth("around", "before"),
      notBoth("around", "after"),
    ),
    ...asksPage,
    answer: "history",
  },
  thread: {
    what: "read the messages of the thread that a message is in",
    example: '{"type":"thread","id":1,"payload":{"conversation":"everyone","message_seq":1}}',
    payload: object({ conversation, message_seq: place, after: optional(cursor, 0 as Seq), limit }),
    ...asksPage,
    answer: "thread",
  },
  pins: {
    what: "read what is pinned",
    example: '{"type":"pins","id":1,"payload":{"conversation":"#dev"}}',
    payload: object({ conversation, after: optional(cursor, 0 as Seq), limit }),
    ...asksPage,
    answer: "pins",
  },
  log: {
    what: "read the entries after a seq, as they were pushed",
    example: '{"type":"log","id":1,"payload":{"conversation":"everyone","after":0}}',
    payload: object({ conversation, after: cursor, limit }),
    ...asksPage,
    answer: "log",
  },
  search: {
    what: "find messages in all that you may read",
    example: '{"type":"search","id":1,"payload":{"query":"release from:alice"}}',
    payload: object({ query, before: optional(count), limit: hits }),
    ...asksPage,
    answer: "search",
  },
  reactions: {
    what: "list who put which emoji on a message",
    example: '{"type":"reactions","id":1,"payload":{"conversation":"everyone","message_seq":1}}',
    payload: object({ conversation, message_seq: place, skip: optional(count, 0), limit }),
    ...asks,
    answer: "reactions",
  },
  conversations: {
    what: "list your conversations and what is unread in them",
    example: '{"type":"conversations","id":1}',
    payload: object({ after: optional(conversation), changed_since: optional(count), limit }),
    ...asks,
    answer: "conversations",
  },
  users: {
    what: "list who is here",
    example: '{"type":"users","id":1}',
    payload: object({ after, limit }),
    ...asks,
    answer: "users",
  },
  rooms: {
    what: "list the public rooms and yours",
    example: '{"type":"rooms","id":1}',
    payload: object({ after, limit }),
    ...asks,
    answer: "rooms",
  },
  members: {
    what: "list who is in a room, or is invited to it or banned from it",
    example: '{"type":"members","id":1,"payload":{"conversation":"#dev"}}',
    payload: object({
      conversation,
      which: optional(oneOf(["members", "invited", "banned"]), "members"),
      after,
      limit,
    }),
    ...asks,
    answer: "members",
  },
  whois: {
    what: "ask about somebody",
    example: '{"type":"whois","id":1,"payload":{"username":"bob"}}',
    payload: object({ username }),
    ...asks,
    answer: "whois",
  },
  receipts: {
    what: "ask how far the others have got and read",
    example: '{"type":"receipts","id":1,"payload":{"conversation":"@bob"}}',
    payload: object({ conversation }),
    ...asks,
    answer: "receipts",
  },
  blocks: {
    what: "list whom you have blocked",
    example: '{"type":"blocks","id":1}',
    payload: object({ after, limit }),
    ...asks,
    answer: "blocks",
  },
} as const satisfies Record<string, CommandRow>;
