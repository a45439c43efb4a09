// Caps on the fields of a frame: as long as may be, and one more.

import { defaultLimits } from "chat-hub";
import type { Visitor } from "../../load/visitor.ts";
import type { Expect } from "./expect.ts";

const limits = defaultLimits;

/** Of the sizes of a frame's fields: what is as long as may be, what is longer, and its refusal. */
const lengths: readonly (readonly [cap: string, type: string, most: object, over: object, code: string])[] = [
  [
    "messageChars",
    "send_message",
    { message: "😀".repeat(limits.messageChars) },
    { message: "x".repeat(limits.messageChars + 1) },
    "too_long",
  ],
  [
    "topicChars",
    "set_topic",
    { conversation: "#caps", topic: "é".repeat(limits.topicChars) },
    { conversation: "#caps", topic: "x".repeat(limits.topicChars + 1) },
    "too_long",
  ],
  [
    "statusChars",
    "set_status",
    { text: "é".repeat(limits.statusChars) },
    { text: "x".repeat(limits.statusChars + 1) },
    "too_long",
  ],
  [
    "searchChars",
    "search",
    { query: "x".repeat(limits.searchChars) },
    { query: "x".repeat(limits.searchChars + 1) },
    "bad_query",
  ],
  [
    "searchTerms",
    "search",
    { query: "a ".repeat(limits.searchTerms) },
    { query: "a ".repeat(limits.searchTerms + 1) },
    "bad_query",
  ],
  [
    "pageRows",
    "history",
    { conversation: "everyone", limit: limits.pageRows },
    { conversation: "everyone", limit: limits.pageRows + 1 },
    "malformed",
  ],
  [
    "searchRows",
    "search",
    { query: "a", limit: limits.searchRows },
    { query: "a", limit: limits.searchRows + 1 },
    "malformed",
  ],
  [
    "nonceChars",
    "send_message",
    { message: "n1", nonce: "n".repeat(limits.nonceChars[1]) },
    { message: "n2", nonce: "n".repeat(limits.nonceChars[1] + 1) },
    "malformed",
  ],
];

const refused = new Set(["too_long", "bad_query", "malformed", "limit_reached", "closed"]);

/** @returns how many caps were tried */
export async function tryLengths(alice: Visitor, expect: Expect): Promise<number> {
  for (const [cap, type, most, over, code] of lengths) {
    expect(`${cap}, as long as may be, is refused`, refused.has(await alice.tries(type, most)), false);
    expect(`${cap}, one more`, await alice.tries(type, over), code);
    expect(`${cap}, after it`, await alice.tries("ping"), "ping");
  }
  await depth(alice, expect);
  return lengths.length + 1;
}

/** What is nested too deep is not read at all, its id neither. */
async function depth(alice: Visitor, expect: Expect): Promise<void> {
  expect("frameDepth", await alice.tries("ping", nested(limits.frameDepth)), "ping");
  alice.says(JSON.stringify({ type: "ping", payload: nested(limits.frameDepth + 1) }));
  expect("frameDepth, after it", await alice.tries("ping"), "ping");
  const isRefused = alice.heard.some((text) => /^\{"type":"error","payload":\{"code":"malformed"/.test(text));
  expect("frameDepth, one more is refused", isRefused, true);
}

/** The payload of a frame that has so many levels in all. */
function nested(levels: number): object {
  let value: object = {};
  for (let level = 2; level < levels; level += 1) value = { a: value };
  return value;
}
