// One line of a view, and what becomes of it. A message from a log stands as it was written (though its
// text is always the newest), one from a page of history as it stood at the page's head; what was done
// to it after that is folded in, and nothing twice.

import type { ReactionRow, StandingMessagePayload } from "../dialects/frames/entries.js";
import { nameKey } from "../words/names.js";
import type { ClientEntry, DoneEntry, MessageEntry } from "./entries.js";
import { calls } from "./entries.js";
import type { MessageLine, RoomEntry, RoomLine } from "./lines.js";
import type { Self } from "./self.js";

export type Kept = KeptMessage | KeptRoom;

export interface KeptMessage {
  readonly kind: "message";
  readonly seq: number;
  line: MessageLine;
  /** What was done up to here is in the line already. */
  readonly asOf: number;
  /** Who gave or took back which reaction, as far as we heard. */
  readonly reactors: Map<string, boolean>;
  /** Of whom we have not heard: nothing, if the line came from the log; it came with some from a page. */
  readonly othersMayHaveReacted: boolean;
}

export interface KeptRoom {
  readonly kind: "room";
  readonly seq: number;
  line: RoomLine;
}

export function fromLog(entry: MessageEntry): KeptMessage {
  const line = plain({ ...entry, key: entry.nonce ?? `${entry.seq}` });
  return {
    kind: "message",
    seq: entry.seq,
    line,
    asOf: entry.seq,
    reactors: new Map(),
    othersMayHaveReacted: false,
  };
}

export function fromPage(message: StandingMessagePayload, head: number, self: Self): KeptMessage {
  const own = self.isMe(message.from);
  const line: MessageLine = {
    ...message,
    kind: "message",
    key: message.nonce ?? `${message.seq}`,
    own,
    ...(!own && calls(message.mentions, self) ? { mentioned: true } : {}),
    ...(self.isBlocked(message.from) ? { hidden: true } : {}),
  };
  const reactors = new Map<string, boolean>();
  const me = nameKey(self.username());
  for (const { emoji, mine } of message.reactions ?? []) reactors.set(`${emoji} ${me}`, mine === true);
  return {
    kind: "message",
    seq: message.seq,
    line: plain(line),
    asOf: head,
    reactors,
    othersMayHaveReacted: true,
  };
}

export function fromRoom(entry: RoomEntry): KeptRoom {
  const { seq, hidden } = entry;
  const line = { kind: "room", key: `${seq}`, seq, what: entry, ...(hidden ? { hidden } : {}) } as const;
  return { kind: "room", seq, line };
}

/** What is left of a message once it is deleted, if it is. */
function plain(line: MessageLine): MessageLine {
  if (line.deleted !== true) return line;
  const { version, edited, mentions, mentioned, reactions, pinned, ...rest } = line;
  return { ...rest, message: "" };
}

/** The message that an entry does something to. */
export function targetOf(entry: ClientEntry): number | undefined {
  switch (entry.kind) {
    case "message":
      return entry.thread;
    case "message_edited":
    case "message_deleted":
    case "reaction":
    case "message_pinned":
      return entry.message_seq;
    default:
      return undefined;
  }
}

/** Folds in what an entry does to this message, if it is not in it yet. */
export function apply(kept: KeptMessage, entry: ClientEntry, self: Self): void {
  if (entry.kind === "other" || entry.seq <= kept.asOf) return;
  const { line } = kept;
  switch (entry.kind) {
    case "message":
      kept.line = { ...line, replies: (line.replies ?? 0) + 1 };
      return;
    case "message_deleted":
      kept.line = plain({ ...line, deleted: true });
      return;
    default:
      if (line.deleted !== true) kept.line = changed(kept, entry, self);
  }
}

function changed(kept: KeptMessage, entry: DoneEntry, self: Self): MessageLine {
  const { line } = kept;
  switch (entry.kind) {
    case "message_edited":
      return edited(line, entry, self);
    case "reaction":
      return reacted(kept, entry, self);
    case "message_pinned": {
      const { pinned, ...unpinned } = line;
      return entry.on ? { ...unpinned, pinned: true } : unpinned;
    }
    default:
      return line;
  }
}

type Edited = Extract<DoneEntry, { kind: "message_edited" }>;
type Reacted = Extract<DoneEntry, { kind: "reaction" }>;

function edited(line: MessageLine, entry: Edited, self: Self): MessageLine {
  if (entry.version < (line.version ?? 1)) return line;
  const { mentions, mentioned, ...rest } = line;
  return {
    ...rest,
    message: entry.message,
    version: entry.version,
    // A replayed edit has the newest text, and its own time.
    edited: Math.max(line.edited ?? 0, entry.at),
    ...(entry.mentions === undefined ? {} : { mentions: entry.mentions }),
    ...(!line.own && calls(entry.mentions, self) ? { mentioned: true } : {}),
  };
}

/** Each emoji keeps the place where it came in, until nobody gives it any more. */
function reacted(kept: KeptMessage, { emoji, on, from }: Reacted, self: Self): MessageLine {
  const who = `${emoji} ${nameKey(from)}`;
  const before = kept.reactors.get(who) ?? (kept.othersMayHaveReacted ? undefined : false);
  kept.reactors.set(who, on);
  if (before === on) return kept.line;
  const { reactions = [], ...rest } = kept.line;
  const row = reactions.find((one) => one.emoji === emoji);
  const count = (row?.count ?? 0) + (on ? 1 : -1);
  const mine = self.isMe(from) ? on : row?.mine === true;
  const after: ReactionRow = { emoji, count, ...(mine ? { mine } : {}) };
  const rows =
    row === undefined ? [...reactions, after] : reactions.map((one) => (one.emoji === emoji ? after : one));
  const left = rows.filter((one) => one.count > 0);
  return left.length === 0 ? rest : { ...rest, reactions: left };
}

/** The same line for other eyes: whom we have blocked has changed. */
export function rehide(kept: Kept, self: Self): void {
  const from = kept.kind === "message" ? kept.line.from : kept.line.what.from;
  const hidden = self.isBlocked(from);
  if (hidden === (kept.line.hidden === true)) return;
  const change = <Line extends { readonly hidden?: true }>({ hidden: _, ...line }: Line): Line =>
    (hidden ? { ...line, hidden: true } : line) as Line;
  if (kept.kind === "message") kept.line = change(kept.line);
  else kept.line = change(kept.line);
}
