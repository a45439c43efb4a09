// What the log shows, in order: the lines of a view with what is being done to them on top, then what was said here and
// has no place yet.

import type { LogDeed, MessageLine, Refusal, RoomEntry, Target, Unsent, ViewLine } from "chat-hub";

/** A message as it is shown. */
export interface Said {
  readonly kind: "message";
  /** Stays the same from writing to standing in the log, so that a row is moved and never made anew. */
  readonly key: string;
  /** Absent until it is acked. */
  readonly seq?: number | undefined;
  readonly from: string;
  readonly own: boolean;
  readonly message: string;
  readonly at: number;
  /** The message that it answers. */
  readonly replyTo?: Target | undefined;
  readonly replies: number;
  readonly thread?: number | undefined;
  readonly reactions: MessageLine["reactions"] & object;
  readonly mentions: readonly string[];
  readonly edited: boolean;
  readonly deleted: boolean;
  readonly pinned: boolean;
  readonly mentioned: boolean;
  readonly hidden: boolean;
  readonly state: "sent" | "sending" | "waiting" | "failed";
  /** What was done to it and refused; of a failed line, the line itself. */
  readonly failed?: Failed | undefined;
}

export interface Failed {
  readonly nonce: string;
  readonly deed: LogDeed;
  readonly error: Refusal;
}

export interface Happened {
  readonly kind: "room";
  readonly key: string;
  readonly seq: number;
  readonly what: RoomEntry;
}

export interface Missing {
  readonly kind: "hole";
  readonly key: string;
  /** Between the places that are here. */
  readonly seq: number;
}

export type Item = Said | Happened | Missing;

/** Of `unsent`, what belongs to this conversation is shown. */
export function items(
  lines: readonly ViewLine[],
  unsent: readonly Unsent[],
  conversation: string,
  me: string,
): readonly Item[] {
  const shown = lines.map(itemOf);
  const doing = unsent.filter((one): one is Unsent & { readonly deed: LogDeed } =>
    isIn(one.deed, conversation),
  );
  if (doing.length === 0) return shown;
  const here = new Set(lines.map(({ key }) => key));
  const said = doing.flatMap((one) => (here.has(one.nonce) ? [] : fresh(one, me)));
  const changes = changesOf(doing);
  if (changes.size === 0) return [...shown, ...said];
  return [...shown, ...said].map((item) => {
    if (item.kind !== "message") return item;
    const mine = [...(changes.get(item.key) ?? []), ...(changes.get(item.seq ?? "") ?? [])];
    return mine.reduce(changed, item);
  });
}

/** Lines stay what they are until something is done to them: the same line gives the same item. */
const known = new WeakMap<ViewLine, Item>();

function itemOf(line: ViewLine): Item {
  const found = known.get(line);
  if (found !== undefined) return found;
  const made = makeItem(line);
  known.set(line, made);
  return made;
}

function makeItem(line: ViewLine): Item {
  if (line.kind === "hole") return { kind: "hole", key: line.key, seq: line.after + 0.5 };
  if (line.kind === "room") return { kind: "room", key: line.key, seq: line.seq, what: line.what };
  return saidOf(line);
}

/** A message as it stands in an answer (a thread, the pinned ones) has no key but its place. */
export function saidOf(line: Omit<MessageLine, "kind" | "key"> & { readonly key?: string }): Said {
  const { seq, from, own, message, at, reply_to: replyTo, thread } = line;
  return {
    kind: "message",
    key: line.key ?? `${seq}`,
    seq,
    from,
    own,
    message,
    at,
    replyTo,
    thread,
    replies: line.replies ?? 0,
    reactions: line.reactions ?? [],
    mentions: line.mentions ?? [],
    edited: line.edited !== undefined || (line.version ?? 1) > 1,
    deleted: line.deleted === true,
    pinned: line.pinned === true,
    mentioned: line.mentioned === true,
    hidden: line.hidden === true,
    state: "sent",
  };
}

function isIn(deed: Unsent["deed"], conversation: string): boolean {
  return "conversation" in deed && deed.type !== "mute" && deed.conversation === conversation;
}

function fresh(one: Unsent & { readonly deed: LogDeed }, from: string): readonly Said[] {
  const { nonce, deed, state } = one;
  if (deed.type !== "message") return [];
  const placed = state.type === "placed";
  const said: Said = {
    kind: "message",
    key: nonce,
    seq: placed ? state.seq : undefined,
    from,
    own: true,
    message: deed.message,
    at: placed ? state.at : madeAt(nonce),
    replyTo: deed.replyTo,
    replies: 0,
    reactions: [],
    mentions: [],
    edited: false,
    deleted: false,
    pinned: false,
    mentioned: false,
    hidden: false,
    state: placed ? "sent" : state.type,
    ...(state.type === "failed" ? { failed: { nonce, deed, error: state.error } } : {}),
  };
  return [said];
}

type Doing = Unsent & { readonly deed: LogDeed };

function changesOf(doing: readonly Doing[]): ReadonlyMap<Target, readonly Doing[]> {
  const changes = new Map<Target, Doing[]>();
  for (const one of doing) {
    if (!("target" in one.deed)) continue;
    changes.set(one.deed.target, [...(changes.get(one.deed.target) ?? []), one]);
  }
  return changes;
}

/** As it will be when what is being done is done. What was refused changes nothing, and an edit says so. */
function changed(said: Said, { nonce, deed, state }: Doing): Said {
  if (state.type === "failed") {
    return deed.type === "edit" ? { ...said, failed: { nonce, deed, error: state.error } } : said;
  }
  const underWay = said.state === "failed" || state.type === "placed" ? said.state : state.type;
  switch (deed.type) {
    case "edit":
      return { ...said, message: deed.message, edited: true, state: underWay };
    case "deletion":
      return { ...said, message: "", deleted: true, reactions: [], state: underWay };
    case "reaction":
      return { ...said, reactions: reacted(said.reactions, deed.emoji, deed.on) };
    case "pin":
      return { ...said, pinned: deed.on };
    default:
      return said;
  }
}

function reacted(rows: Said["reactions"], emoji: string, on: boolean): Said["reactions"] {
  const row = rows.find((one) => one.emoji === emoji);
  if (row === undefined) return on ? [...rows, { emoji, count: 1, mine: true }] : rows;
  if ((row.mine === true) === on) return rows;
  const count = row.count + (on ? 1 : -1);
  const others = (one: typeof row): boolean => one !== row;
  if (count <= 0) return rows.filter(others);
  return rows.map((one) => (others(one) ? one : { emoji, count, ...(on ? { mine: true as const } : {}) }));
}

/** A UUIDv7 begins with the moment when it was made. */
function madeAt(nonce: string): number {
  const at = Number.parseInt(nonce.replace("-", "").slice(0, 12), 16);
  return Number.isSafeInteger(at) ? at : 0;
}
