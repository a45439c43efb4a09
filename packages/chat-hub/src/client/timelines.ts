// All conversations' logs as they are told here: which timeline a frame belongs to, which entries are
// ours, and where a later login goes on.

import type { HistoryPayload, LogPayload, NewMessagePayload } from "../dialects/frames.js";
import { utf8Bytes } from "../words/text.js";
import type { ClientEntry, ClientEvent } from "./door.js";
import type { ClientLimits } from "./limits.js";
import type { Page, Piece, Timeline } from "./timeline.js";
import { createTimeline } from "./timeline.js";

export interface Timelines {
  /** Whose lines are our own. */
  belongTo(username: string): void;
  /** Begins a conversation after a place, if it has not begun. */
  beginAt(conversation: string, seq: number): void;
  heard(message: NewMessagePayload): readonly ClientEvent[];
  /** Places without anything to show: skipped, or of a type that is new to us. */
  passed(conversation: string, piece: Piece): readonly ClientEvent[];
  /** A line of ours has its place; says whether its entry was told before. */
  placed(conversation: string, seq: number, nonce: string): boolean;
  hasGap(conversation: string): boolean;
  cursor(conversation: string): number;
  filled(page: LogPayload): readonly ClientEvent[];
  givenUp(conversation: string): readonly ClientEvent[];
  /** Another log has taken its place; false if that is known already. */
  restart(conversation: string): boolean;
  restarted(conversation: string, page: HistoryPayload | undefined): readonly ClientEvent[];
  /** `everyone:41,@bob:7,*:unread`; where not all fit, those heard of last. */
  since(mostBytes: number): string;
  names(): readonly string[];
  lost(): void;
}

interface Conversation {
  readonly timeline: Timeline;
  /** Our lines whose entries are still to come: seq → nonce. */
  readonly ours: Map<number, string>;
}

export function createTimelines(limits: ClientLimits): Timelines {
  let username = "";
  // The one heard of last stands last.
  const conversations = new Map<string, Conversation>();

  function find(name: string): Conversation {
    const known = conversations.get(name);
    const found = known ?? { timeline: createTimeline(limits.heldEntries), ours: new Map() };
    conversations.delete(name);
    conversations.set(name, found);
    if (known === undefined) keepWithin(conversations, limits.conversations);
    return found;
  }

  function piece(message: NewMessagePayload): Piece {
    const ours = conversations.get(message.conversation)?.ours;
    const nonce = message.nonce ?? ours?.get(message.seq);
    const own = nonce !== undefined || message.from === username;
    const entry = { kind: "message", ...message, own, ...(nonce === undefined ? {} : { nonce }) } as const;
    return { first: message.seq, last: message.seq, entry };
  }

  function tell(conversation: Conversation, entries: readonly ClientEntry[]): ClientEvent[] {
    for (const entry of entries) conversation.ours.delete(entry.seq);
    return entries.map((entry) => ({ type: "entry", entry }));
  }

  function take(name: string, taken: Piece): readonly ClientEvent[] {
    const conversation = find(name);
    return tell(conversation, conversation.timeline.take(taken));
  }

  function pieces(messages: readonly NewMessagePayload[], name: string): Piece[] {
    return messages.filter((message) => message.conversation === name).map(piece);
  }

  return {
    belongTo(name) {
      username = name;
    },
    beginAt: (name, seq) => find(name).timeline.beginAt(seq),
    heard: (message) => take(message.conversation, piece(message)),
    passed: take,
    placed(name, seq, nonce) {
      const { timeline, ours } = find(name);
      const cursor = timeline.cursor();
      if (cursor !== undefined && seq <= cursor) return true;
      ours.set(seq, nonce);
      keepWithin(ours, limits.heldEntries);
      return false;
    },
    hasGap: (name) => find(name).timeline.hasGap(),
    cursor: (name) => find(name).timeline.cursor() ?? 0,
    filled({ conversation: name, entries, head, more }) {
      const conversation = find(name);
      return tell(conversation, conversation.timeline.fill({ pieces: pieces(entries, name), head, more }));
    },
    givenUp(name) {
      const conversation = find(name);
      const { after, before, told } = conversation.timeline.giveUp();
      return [{ type: "gone", conversation: name, after, before }, ...tell(conversation, told)];
    },
    restart(name) {
      const { timeline, ours } = find(name);
      if (timeline.isRestarting()) return false;
      timeline.restart();
      ours.clear();
      return true;
    },
    restarted(name, history) {
      const conversation = find(name);
      if (!conversation.timeline.isRestarting()) return [];
      const page: Page | undefined =
        history === undefined
          ? undefined
          : { pieces: pieces(history.messages, name), head: history.head, more: false };
      return tell(conversation, conversation.timeline.restartFrom(page));
    },
    since(mostBytes) {
      const parts = ["*:unread"];
      let bytes = utf8Bytes("*:unread");
      for (const [name, { timeline }] of [...conversations].reverse()) {
        const cursor = timeline.cursor();
        const part = `${name.startsWith("#") ? name.slice(1) : name}:${cursor}`;
        // A name that would spoil the list is left to `*`.
        if (cursor === undefined || /[,\s]/.test(name)) continue;
        bytes += utf8Bytes(part) + 1;
        if (bytes > mostBytes) break;
        parts.unshift(part);
      }
      return parts.join(",");
    },
    names: () => [...conversations.keys()],
    lost() {
      for (const { timeline } of conversations.values()) timeline.lost();
    },
  };
}

/** Forgets what stands first while there is too much. */
function keepWithin(map: Map<unknown, unknown>, most: number): void {
  for (const key of map.keys()) {
    if (map.size <= most) return;
    map.delete(key);
  }
}
