// What was said lately, as far as it was shown: for quotes, for "my last line", and for numbers under Tab.

import type { MessageEntry } from "chat-hub";

export interface Line {
  readonly conversation: string;
  readonly seq: number;
  readonly from: string;
  readonly own: boolean;
  readonly message: string;
  readonly version: number;
  readonly deleted: boolean;
}

export interface Lately {
  said(entry: MessageEntry): void;
  /** Says whether that was news: the entry of an edit comes again when what was edited was replayed anew. */
  edited(conversation: string, seq: number, message: string, version: number): boolean;
  deleted(conversation: string, seq: number): boolean;
  find(conversation: string, seq: number): Line | undefined;
  /** The last line there of our own, or of anybody else. */
  last(conversation: string, own: boolean): Line | undefined;
  /** `41` here, `#dev:12` elsewhere; the newest first. */
  numbers(conversation: string): readonly string[];
  /** The log of it is another one now. */
  forget(conversation: string): void;
}

/** Lines that are remembered, of all conversations together. */
const mostLines = 2_000;
const mostNumbers = 50;

export function createLately(): Lately {
  // In the order in which they came: the oldest stands first.
  const lines = new Map<string, Line>();
  const key = (conversation: string, seq: number): string => `${conversation} ${seq}`;
  const newestFirst = (): Line[] => [...lines.values()].filter(({ deleted }) => !deleted).reverse();

  function keep({ conversation, seq, from, own, message, version = 1, deleted }: MessageEntry): void {
    const isDeleted = deleted === true;
    lines.set(key(conversation, seq), { conversation, seq, from, own, message, version, deleted: isDeleted });
    for (const oldest of lines.keys()) {
      if (lines.size <= mostLines) break;
      lines.delete(oldest);
    }
  }

  /** In a conversation the order of its lines is that of their places, whenever they came. */
  function lastOf(conversation: string, own: boolean): Line | undefined {
    let last: Line | undefined;
    for (const line of lines.values()) {
      if (line.conversation !== conversation || line.own !== own || line.deleted) continue;
      if (last === undefined || line.seq > last.seq) last = line;
    }
    return last;
  }

  return {
    said: keep,
    edited(conversation, seq, message, version) {
      const line = lines.get(key(conversation, seq));
      if (line === undefined) return true;
      if (line.deleted || line.version >= version) return false;
      lines.set(key(conversation, seq), { ...line, message, version });
      return true;
    },
    deleted(conversation, seq) {
      const line = lines.get(key(conversation, seq));
      if (line === undefined) return true;
      lines.set(key(conversation, seq), { ...line, message: "", deleted: true });
      return !line.deleted;
    },
    find: (conversation, seq) => lines.get(key(conversation, seq)),
    last: lastOf,
    numbers(conversation) {
      const all = newestFirst();
      const here = all.filter((line) => line.conversation === conversation).sort((a, b) => b.seq - a.seq);
      const elsewhere = all.filter((line) => line.conversation !== conversation);
      return [
        ...here.map(({ seq }) => String(seq)),
        ...elsewhere.map((line) => `${line.conversation}:${line.seq}`),
      ].slice(0, mostNumbers);
    },
    forget(conversation) {
      for (const [name, line] of lines) if (line.conversation === conversation) lines.delete(name);
    },
  };
}
