// Our conversations: which there are, and how we stand in each.

import type { ConversationRow } from "../dialects/frames/answers.js";
import type { ClientEntry } from "./entries.js";
import type { Row } from "./row.js";
import { createRow } from "./row.js";
import type { Self } from "./self.js";
import type { ClientEvent, Departure } from "./told.js";
import { keepWithin } from "./unsettled.js";

export interface Rows {
  /** How the server says it stands; of a room that we have left since it looked, that is nothing. */
  stand(row: ConversationRow): void;
  heard(entry: ClientEntry): void;
  /** Its log goes to here, and what was last there has nothing to say to us. */
  passed(conversation: string, seq: number): void;
  /** We have read so far, here. */
  read(conversation: string, seq: number): void;
  mute(conversation: string, on: boolean): void;
  spell(conversation: string, spelling: string): void;
  /** `exit`: the place of what put us out, if it is known. */
  depart(conversation: string, why: Departure, exit: number | undefined, isShown: boolean): void;
  /** These are all that have anything unread. */
  onlyUnread(conversations: ReadonlySet<string>): void;
  /** Another numbering: the server will say how it stands. */
  reset(conversation: string): void;
  has(conversation: string): boolean;
  unread(conversation: string): number;
  heads(): readonly { readonly conversation: string; readonly head: number; readonly read: number }[];
  changes(): readonly ClientEvent[];
}

export function createRows(self: Self, most: number, mostCounted: number): Rows {
  const rows = new Map<string, Row>();
  const changed = new Set<string>();
  const exits = new Map<string, number>();
  let departed: ClientEvent[] = [];

  function find(conversation: string, before: number): Row {
    changed.add(conversation);
    const known = rows.get(conversation);
    if (known !== undefined) return known;
    const row = createRow(conversation, before, mostCounted);
    rows.set(conversation, row);
    const [oldest] = rows.keys();
    if (rows.size > most && oldest !== undefined) forget(oldest);
    return row;
  }

  function forget(conversation: string): void {
    rows.delete(conversation);
    changed.delete(conversation);
  }

  function hear(row: Row, entry: Exclude<ClientEntry, { kind: "other" }>): void {
    const { seq, own } = entry;
    if (row.hasCounted(seq)) return;
    if (own) row.did(seq);
    switch (entry.kind) {
      case "message":
        return entry.deleted === true ? undefined : row.count(seq, isCalled(entry));
      case "message_deleted":
        return row.uncount(entry.message_seq);
      case "member_joined":
        return own ? row.joined(seq, entry.role) : undefined;
      case "role_changed":
        if (self.isMe(entry.username)) row.role = entry.role;
        return;
      default:
        return;
    }
  }

  return {
    stand(told) {
      const { conversation, head, role } = told;
      if (role === undefined || head > (exits.get(conversation) ?? -1)) find(conversation, 0).stand(told);
    },
    heard(entry) {
      const { conversation, seq } = entry;
      const row = find(conversation, seq - 1);
      row.reachedTo(seq, entry.kind === "other" ? undefined : entry.at);
      if (entry.kind === "other") return;
      if (conversation.startsWith("@")) row.spelling = entry.own ? (entry.to ?? row.spelling) : entry.from;
      hear(row, entry);
    },
    passed(conversation, seq) {
      const row = rows.get(conversation);
      if (row === undefined || row.now().head >= seq) return;
      row.reachedTo(seq, undefined);
      changed.add(conversation);
    },
    read(conversation, seq) {
      const row = rows.get(conversation);
      if (row === undefined) return;
      const before = row.now().read;
      row.readTo(seq);
      if (row.now().read !== before) changed.add(conversation);
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
    depart(conversation, why, exit, isShown) {
      if (exit !== undefined) exits.set(conversation, exit);
      keepWithin(exits, most);
      // Whoever looks at it is told, though nothing was known of how they stand there.
      if (!rows.has(conversation) && !isShown) return;
      forget(conversation);
      departed.push({ type: "departed", conversation, why });
    },
    onlyUnread(conversations) {
      for (const [conversation, row] of rows) {
        if (conversations.has(conversation) || row.now().unread === 0) continue;
        changed.add(conversation);
        row.clear();
      }
    },
    reset(conversation) {
      exits.delete(conversation);
      const row = rows.get(conversation);
      if (row === undefined) return;
      const { spelling, muted, role } = row;
      changed.add(conversation);
      rows.set(
        conversation,
        Object.assign(createRow(conversation, 0, mostCounted), { spelling, muted, role }),
      );
    },
    has: (conversation) => rows.has(conversation),
    unread: (conversation) => rows.get(conversation)?.now().unread ?? 0,
    heads: () => [...rows.values()].map((row) => row.now()),
    changes() {
      const events = departed;
      departed = [];
      for (const conversation of changed) {
        const row = rows.get(conversation);
        if (row !== undefined) events.push({ type: "standing", standing: row.now() });
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
