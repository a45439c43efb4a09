// How we stand in one conversation. The server's count is as of a head; what was heard above it is
// counted by its place, so that nothing is counted twice and what is deleted is counted out.

import type { ConversationRow } from "../dialects/frames/answers.js";
import type { ConversationState } from "./told.js";

export interface Row {
  /** How the server says it stands. */
  stand(told: ConversationRow): void;
  /** A message above its count. */
  count(seq: number, mentioned: boolean): void;
  uncount(target: number): void;
  /** We have read so far, here. */
  readTo(seq: number): void;
  /** What we do is read, if everything before it is: so the server has it, by what it knows. */
  did(seq: number): void;
  /** We come in here. */
  joined(seq: number, role: ConversationRow["role"]): void;
  /** Its entries reach to here, the last one of this moment. */
  reachedTo(seq: number, at: number | undefined): void;
  /** Whether an entry is in the server's count. */
  hasCounted(seq: number): boolean;
  /** All is read, elsewhere. */
  clear(): void;
  role: ConversationRow["role"];
  muted: boolean;
  spelling: string | undefined;
  now(): ConversationState;
}

/** @param before where it begins for us, until the server says; @param most messages that are known one by one */
export function createRow(conversation: string, before: number, most: number): Row {
  let base: Pick<ConversationRow, "head" | "unread" | "mentions"> = { head: before, unread: 0, mentions: 0 };
  // Messages above the base that are not read, in order; and those of them that call us.
  const counted = new Set<number>();
  const calling = new Set<number>();
  let head = before;
  // As far as the person has read, and as far as the server is known to know of it.
  let read = 0;
  let stored = 0;
  let at: number | undefined;

  function forget(seq: number): boolean {
    calling.delete(seq);
    return counted.delete(seq);
  }

  function forgetTo(seq: number): void {
    for (const place of counted) {
      if (place > seq) return;
      forget(place);
    }
  }

  function readTo(seq: number): void {
    if (seq <= read) return;
    read = seq;
    forgetTo(seq);
    // No more than fits between can be unread; exactly how much, the server says.
    const left = Math.max(0, base.head - seq);
    base = {
      head: base.head,
      unread: Math.min(base.unread, left),
      mentions: Math.min(base.mentions, left),
    };
  }

  const self: Row = {
    role: undefined,
    muted: false,
    spelling: undefined,
    stand(told) {
      stored = Math.max(stored, told.read);
      if (told.head < base.head) return readTo(told.read);
      const before = read;
      head = Math.max(head, told.head);
      read = told.read;
      forgetTo(Math.max(told.head, told.read));
      base = { head: told.head, unread: told.unread, mentions: told.mentions };
      self.role = told.role;
      self.muted = told.muted === true;
      // What was read here and is not stored there yet stays read.
      readTo(before);
    },
    count(seq, mentioned) {
      if (seq <= read) return;
      counted.add(seq);
      if (mentioned) calling.add(seq);
      const [oldest = seq] = counted;
      if (counted.size <= most) return;
      const mentions = base.mentions + (calling.has(oldest) ? 1 : 0);
      base = { head: oldest, unread: base.unread + 1, mentions };
      forget(oldest);
    },
    uncount(target) {
      if (forget(target) || target <= read || target > base.head) return;
      base = { ...base, unread: Math.max(0, base.unread - 1) };
    },
    readTo: (seq) => readTo(Math.min(seq, head)),
    did(seq) {
      if (stored < seq - 1) return;
      stored = Math.max(stored, seq);
      readTo(seq);
    },
    joined(seq, role) {
      self.role = role;
      base = { head: seq, unread: 0, mentions: 0 };
      stored = Math.max(stored, seq);
      readTo(seq);
    },
    reachedTo(seq, moment) {
      head = Math.max(head, seq);
      if (moment !== undefined) at = Math.max(at ?? 0, moment);
    },
    hasCounted: (seq) => seq <= base.head,
    clear() {
      base = { head, unread: 0, mentions: 0 };
      counted.clear();
      calling.clear();
    },
    now() {
      const { muted, role, spelling } = self;
      return {
        conversation,
        head,
        read,
        unread: base.unread + counted.size,
        mentions: base.mentions + calling.size,
        ...(muted ? { muted } : {}),
        ...(role === undefined ? {} : { role }),
        ...(spelling === undefined ? {} : { spelling }),
        ...(at === undefined ? {} : { at }),
      };
    },
  };
  return self;
}
