// `since`: where a client has got to, per conversation, as a URL or a login says it (WIRE §4).

import type { Limits } from "../tables/limits.js";
import { addressName, parseConversation } from "./conversations.js";
import type { Seq } from "./ids.js";
import type { Address } from "./log.js";
import type { Result } from "./result.js";
import { fault, ok } from "./result.js";
import { utf8Bytes } from "./text.js";

/** `everyone:41` = after 41; `everyone:-20` = the last 20. */
export type Cursor =
  | { readonly kind: "after"; readonly seq: Seq }
  | { readonly kind: "last"; readonly count: number };

/** What becomes of the conversations that are not named. */
export type Others = "unread" | "all" | "head";

export interface Since {
  /** `text` is the conversation as the client named it. */
  readonly cursors: readonly { readonly text: string; readonly of: Address; readonly from: Cursor }[];
  readonly others: Others;
}

const others: Readonly<Record<string, Others>> = { unread: "unread", "0": "all", head: "head" };

/** Reads `since`; the fault says which part of it is not readable. */
export function parseSince(text: string, mostBytes: number, limits: Limits): Result<Since, string> {
  if (utf8Bytes(text) > mostBytes) return fault(`since has at most ${mostBytes} bytes here`);
  if (text === "unread") return ok({ cursors: [], others: "unread" });
  const cursors: Since["cursors"][number][] = [];
  const named = new Set<string>();
  let rest: Others | undefined;
  for (const part of text.split(",")) {
    const colon = part.lastIndexOf(":");
    const [name, value] = [part.slice(0, colon), part.slice(colon + 1)];
    if (colon < 1) return fault(`${quote(part)} is not conversation:seq`);
    if (name === "*") {
      const word = Object.hasOwn(others, value) ? others[value] : undefined;
      if (word === undefined) return fault(`${quote(part)}: after *: comes unread, 0 or head`);
      if (rest !== undefined) return fault("*: stands there twice");
      rest = word;
      continue;
    }
    const from = parseCursor(value);
    if (from === undefined) return fault(`${quote(part)}: after the colon comes a seq, or -n for the last n`);
    const of = parseConversation(name, limits);
    if (!of.ok) return fault(`${quote(part)}: ${of.fault}`);
    // `dev` and `#Dev` are one.
    const known = addressName(of.value);
    if (named.has(known)) return fault(`${quote(name)} stands there twice`);
    named.add(known);
    cursors.push({ text: name, of: of.value, from });
  }
  return ok({ cursors, others: rest ?? "unread" });
}

function parseCursor(text: string): Cursor | undefined {
  if (!/^-?\d{1,15}$/.test(text)) return undefined;
  const value = Number(text);
  return text.startsWith("-") ? { kind: "last", count: -value } : { kind: "after", seq: value as Seq };
}

function quote(part: string): string {
  return JSON.stringify(part.length > 40 ? `${part.slice(0, 40)}…` : part);
}
