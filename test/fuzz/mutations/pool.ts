// What mutations draw from beside the frame before them: names and frames of others, and values that
// stand at the edge of what is allowed, or beyond it.

import { commands, defaultLimits, pushes } from "chat-hub";
import type { Chance } from "../../support/chance.ts";
import { between, oneOf } from "../../support/chance.ts";

export interface Pool {
  /** Names of people and rooms: of this session, of others that go on beside it, and bad ones. */
  readonly names: readonly string[];
  /** Frames of other sessions. */
  readonly frames: readonly string[];
}

const { messageChars, nameChars, idChars, topicChars, searchChars } = defaultLimits;

export const oddNames: readonly string[] = [
  ...["", " ", ".", "-", "_", "a b", "a/b", "a~1", "alice~1", "alice~999999", "everyone", "server", "null"],
  ...["@", "#", "@@bob", "##dev", "#@bob", "@#dev", "__proto__", "constructor", "toString", "hasOwnProperty"],
  ...[
    "аdmin",
    "ａdmin",
    "a\u200bb",
    "a\u202eb",
    "e\u0301",
    "\u0301",
    "ς",
    "İ",
    "ﬁ",
    "سارة",
    "😀",
    "\u0000",
    "a\r\nb",
  ],
  ...["x".repeat(nameChars), "x".repeat(nameChars + 1), "é".repeat(nameChars), "😀".repeat(nameChars)],
];

const oddTexts: readonly string[] = [
  ...[
    "",
    " \n\t",
    "\u0000",
    "\ud800",
    "a\udc00b",
    "\ufeff",
    "\u2028",
    "\u202e",
    "\u001b]0;x\u0007",
    "\u009b6n",
  ],
  ...[
    "<img src=x onerror=alert(1)>",
    "'; DROP TABLE entries; --",
    "{{7*7}}",
    "%s%n",
    "👨‍👩‍👧",
    "a\u0301".repeat(999),
  ],
  ...[
    messageChars,
    messageChars + 1,
    idChars,
    idChars + 1,
    topicChars + 1,
    searchChars,
    searchChars + 1,
    128,
    129,
  ].map((chars) => "x".repeat(chars)),
  ...[
    '"',
    '"a',
    "from:",
    "from:@ in:# before:x",
    "before:9999-99-99",
    "-".repeat(200),
    '* OR "',
    "NEAR(a b)",
    "a AND NOT",
  ],
  ...[
    "everyone:1",
    "everyone:-1",
    "everyone:99999999999999999999",
    "*:0,*:head",
    "@a:1,".repeat(500),
    "unread",
  ],
];

const oddNumbers: readonly number[] = [
  ...[
    0,
    -0,
    -1,
    1,
    2,
    3,
    0.5,
    1e-9,
    2 ** 31,
    2 ** 32,
    2 ** 53,
    2 ** 53 + 2,
    -(2 ** 53),
    1e21,
    1e308,
    99,
    1000,
    1001,
  ],
];

export const types: readonly string[] = [...Object.keys(commands), ...Object.keys(pushes)];

/** Names that fields have, and those that every object has. */
export const fields: readonly string[] = [
  ...[
    "type",
    "id",
    "payload",
    "message",
    "target",
    "conversation",
    "username",
    "to",
    "from",
    "nonce",
    "seq",
    "on",
  ],
  ...[
    "message_seq",
    "reply_to",
    "after",
    "before",
    "around",
    "limit",
    "since",
    "rooms",
    "token",
    "receipts",
    "emoji",
  ],
  ...[
    "role",
    "text",
    "status",
    "visibility",
    "history",
    "topic",
    "reading",
    "query",
    "epoch",
    "at",
    "of",
    "by",
  ],
  ...[
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "hasOwnProperty",
    "toJSON",
    "then",
    "length",
    "0",
    "",
  ],
];

/** Any value at all, mostly a small one. */
export function anyValue(chance: Chance, pool: Pool): unknown {
  const draws: readonly (() => unknown)[] = [
    () => null,
    () => chance() < 0.5,
    () => oneOf(chance, oddNumbers),
    () => between(chance, 0, 12),
    () => oneOf(chance, oddTexts),
    () => oneOf(chance, pool.names),
    () => `${oneOf(chance, ["@", "#"])}${oneOf(chance, pool.names)}`,
    () => oneOf(chance, oddNames),
    () => oneOf(chance, fields),
    () => [],
    () => ({}),
    () => [oneOf(chance, pool.names), between(chance, 0, 3)],
    () => ({ [oneOf(chance, fields) as string]: oneOf(chance, oddNumbers) }),
    () => nested(between(chance, 1, 12)),
  ];
  return (oneOf(chance, draws) as () => unknown)();
}

function nested(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}
