// Our conversations and how we stand in them. The server's count is as of a head; what was heard above
// it is counted here, by its place, so that nothing is counted twice and what is deleted is counted out.

import type { ConversationRow } from "../dialects/frames.js";
import type { ClientEntry } from "./entries.js";
import type { Self } from "./self.js";
import type { ClientEvent, Departure } from "./told.js";

export interface Rows {
  /** How the server says it stands. */
  stand(row: ConversationRow): void;
  heard(entry: ClientEntry): void;
  /** We have read so far, here. */
  read(conversation: string, seq: number): void;
  mute(conversation: string, on: boolean): void;
  spell(conversation: string, spelling: string): void;
  depart(conversation: string, why: Departure): void;
  /** These are all that have anything unread. */
  onlyUnread(conversations: ReadonlySet<string>): void;
  /** Another numbering: the server will say how it stands. */
  reset(conversation: string): void;
  unread(conversation: string): number;
  has(conversation: string): boolean;
  heads(): readonly { readonly conversation: string; readonly head: number }[];
  changes(): readonly ClientEvent[];
}

interface Row {
  /** The server's count, of what is not above this head. */
  base: Pick<ConversationRow, "head" | "unread" | "mentions">;
  /** Messages above it that are not read, and whether they call us. */
  readonly counted: Map<number, boolean>;
  head: number;
  /** As far as the person has read, and as far as the server is known to know of it. */
  read: number;
  stored: number;
  muted: boolean;
  role: ConversationRow["role"];
  spelling: string | undefined;
  at: number | undefined;
}

export function createRows(self: Self, most: number, mostCounted: number): Rows {
  const rows = new Map<string, Row>();
  const changed = new Set<string>();
  let departed: ClientEvent[] = [];

  function find(conversation: string, before: number): Row {
    changed.add(conversation);
    const known = rows.get(conversation);
    if (known !== undefined) return known;
    const row: Row = {
      base: { head: before, unread: 0, mentions: 0 },
      counted: new Map(),
      head: before,
      read: 0,
      stored: 0,
      muted: false,
      role: undefined,
      spelling: undefined,
      at: undefined,
    };
    rows.set(conversation, row);
    const [oldest] = rows.keys();
    if (rows.size > most && oldest !== undefined) forget(oldest);
    return row;
  }

  function forget(conversation: string): void {
    rows.delete(conversation);
    changed.delete(conversation);
  }

  function count(row: Row, seq: number, mentioned: boolean): void {
    row.counted.set(seq, mentioned);
    const [oldest] = row.counted;
    if (row.counted.size <= mostCounted || oldest === undefined) return;
    const { unread, mentions } = row.base;
    row.base = { head: oldest[0], unread: unread + 1, mentions: mentions + (oldest[1] ? 1 : 0) };
    row.counted.delete(oldest[0]);
  }

  function uncount(row: Row, target: number): void {
    if (row.counted.delete(target) || target <= row.read || target > row.base.head) return;
    row.base = { ...row.base, unread: Math.max(0, row.base.unread - 1) };
  }

  function readTo(row: Row, seq: number): void {
    if (seq <= row.read) return;
    row.read = seq;
    for (const place of row.counted.keys()) if (place <= seq) row.counted.delete(place);
    // No more than fits between can be unread; exactly how much, the server says.
    const { head, unread, mentions } = row.base;
    const left = Math.max(0, head - seq);
    row.base = { head, unread: Math.min(unread, left), mentions: Math.min(mentions, left) };
  }

  function storedTo(row: Row, seq: number): void {
    row.stored = Math.max(row.stored, seq);
    readTo(row, seq);
  }

  function now(conversation: string, row: Row): ClientEvent {
    const { base, counted, head, read, muted, role, spelling, at } = row;
    const mentions = [...counted.values()].filter((mentioned) => mentioned).length;
    return {
      type: "standing",
      standing: {
        conversation,
        head,
        read,
        unread: base.unread + counted.size,
        mentions: base.mentions + mentions,
        ...(muted ? { muted } : {}),
        ...(role === undefined ? {} : { role }),
        ...(spelling === undefined ? {} : { spelling }),
        ...(at === undefined ? {} : { at }),
      },
    };
  }

  function hear(row: Row, entry: Exclude<ClientEntry, { kind: "other" }>): void {
    const { seq, own } = entry;
    row.at = Math.max(row.at ?? 0, entry.at);
    if (seq <= row.base.head) return;
    // What we do is read, if everything before it is: so the server has it, by what it knows.
    if (own && row.stored >= seq - 1) storedTo(row, seq);
    switch (entry.kind) {
      case "message":
        if (seq > row.read && entry.deleted !== true) count(row, seq, isCalled(entry));
        return;
      case "message_edited":
        return;
      case "message_deleted":
        return uncount(row, entry.message_seq);
      case "member_joined":
        if (!own) return;
        row.role = entry.role;
        row.base = { head: seq, unread: 0, mentions: 0 };
        return storedTo(row, seq);
      case "role_changed":
        if (self.isMe(entry.username)) row.role = entry.role;
        return;
      default:
        return;
    }
  }

  return {
    stand(told) {
      const { conversation, head, read, unread, mentions } = told;
      const row = find(conversation, 0);
      row.stored = Math.max(row.stored, read);
      if (head >= row.base.head) {
        const before = row.read;
        row.base = { head, unread, mentions };
        row.role = told.role;
        row.muted = told.muted === true;
        for (const place of row.counted.keys()) if (place <= head) row.counted.delete(place);
        row.head = Math.max(row.head, head);
        row.read = 0;
        readTo(row, read);
        row.base = { head, unread, mentions };
        // What was read here and is not stored there yet stays read.
        if (before > read) readTo(row, before);
      } else readTo(row, read);
    },
    heard(entry) {
      const { conversation, seq } = entry;
      const row = find(conversation, seq - 1);
      if (entry.kind !== "other") {
        if (conversation.startsWith("@")) row.spelling = entry.own ? (entry.to ?? row.spelling) : entry.from;
        hear(row, entry);
      }
      row.head = Math.max(row.head, seq);
    },
    read(conversation, seq) {
      const row = rows.get(conversation);
      if (row === undefined || seq <= row.read) return;
      changed.add(conversation);
      readTo(row, Math.min(seq, row.head));
    },
    mute(conversation, on) {
      find(conversation, 0).muted = on;
    },
    spell(conversation, spelling) {
      const row = rows.get(conversation);
      if (row === undefined || row.spelling === spelling) return;
      row.spelling = spelling;
      changed.add(conversation);
    },
    depart(conversation, why) {
      if (!rows.has(conversation)) return;
      forget(conversation);
      departed.push({ type: "departed", conversation, why });
    },
    onlyUnread(conversations) {
      for (const [conversation, row] of rows) {
        if (conversations.has(conversation) || row.base.unread + row.counted.size === 0) continue;
        changed.add(conversation);
        row.base = { head: row.head, unread: 0, mentions: 0 };
        row.counted.clear();
      }
    },
    reset(conversation) {
      const row = rows.get(conversation);
      if (row === undefined) return;
      changed.add(conversation);
      row.base = { head: 0, unread: 0, mentions: 0 };
      row.counted.clear();
      row.head = 0;
      row.read = 0;
      row.stored = 0;
    },
    unread(conversation) {
      const row = rows.get(conversation);
      return row === undefined ? 0 : row.base.unread + row.counted.size;
    },
    has: (conversation) => rows.has(conversation),
    heads: () => [...rows].map(([conversation, { head }]) => ({ conversation, head })),
    changes() {
      const events = departed;
      departed = [];
      for (const conversation of changed) {
        const row = rows.get(conversation);
        if (row !== undefined) events.push(now(conversation, row));
      }
      changed.clear();
      return events;
    },
  };
}

/** What somebody says whom we have blocked is not meant for us. */
function isCalled(entry: Extract<ClientEntry, { kind: "message" }>): boolean {
  return entry.mentioned === true && entry.hidden !== true;
}
