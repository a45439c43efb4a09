// A talk of alice, as she sees it, without colours: what she is shown line by line, and what is told of
// what she does. The events are written here, not by the core.

import type { ClientEvent, ClientFact, ConversationState, MessageEntry, Millis } from "chat-hub";
import type { Viewer } from "../src/look.js";
import { createPalette } from "../src/palette.js";
import type { Talk } from "../src/talk/talk.js";
import { createTalk } from "../src/talk/talk.js";
import type { Turn } from "../src/talk/turn.js";

export const wall = new Date(2026, 10, 22, 14, 30).getTime();
export const at = 1_000 as Millis;

export interface Alice {
  readonly facts: ClientFact[];
  /** Facts of this type since the last time. */
  told(type: ClientFact["type"]): ClientFact[];
  hasLeft(): boolean;
  rings(): number;
  hears(...events: ClientEvent[]): void;
  enters(...texts: string[]): void;
  /** A key was pressed, and the draft is this now. */
  types(draft: string, after?: number): void;
  /** So many milliseconds go by. */
  passes(ms: number): void;
  /** The lines since the last time. */
  shows(): string[];
  waits(columns?: number, after?: number): string[];
  bar(draft?: string, columns?: number): string;
  standing(): string;
  target(): string;
  offers: Talk["offers"];
}

export function alice(more: Partial<Viewer> = {}, target?: string): Alice {
  const viewer = { username: "alice", palette: createPalette(0, true), ...more };
  const it = createTalk({ url: "ws://localhost:8001/ws", viewer, target, wall });
  const shown: string[] = [];
  const facts: ClientFact[] = [];
  let left = false;
  let rung = 0;
  let nonces = 0;
  let later = 0;
  const now = (): { at: Millis; wall: number } => ({ at: (at + later) as Millis, wall: wall + later });
  const take = (turn: Turn): void => {
    shown.push(...turn.lines);
    facts.push(...(turn.facts ?? []));
    left ||= turn.leave === true;
    if (turn.ring === true) rung += 1;
  };
  return {
    facts,
    told: (type) => {
      const found = facts.filter((fact) => fact.type === type);
      facts.splice(0);
      return found;
    },
    hasLeft: () => left,
    rings: () => rung,
    hears(...events) {
      for (const event of events) take(it.hear(event, now()));
    },
    enters(...texts) {
      for (const text of texts) {
        nonces += 1;
        take(it.enter(text, `nonce-${nonces}`, now()));
      }
    },
    passes(ms) {
      later += ms;
    },
    types(draft, after = 0) {
      later += after;
      facts.push(...it.pressed(draft, now()));
    },
    shows: () => shown.splice(0),
    waits: (columns = 80, after = 1_000) =>
      it.waiting(columns, (at + after) as Millis).map(({ text }) => text),
    bar: (draft = "", columns = 80) => it.bar(draft, columns).text,
    standing: () => it.standing(at),
    target: it.target,
    offers: it.offers,
  };
}

export const online: ClientEvent = { type: "connection", connection: { state: "online" } };
export const offline: ClientEvent = {
  type: "connection",
  connection: { state: "waiting", until: 3_500 as Millis, code: 1006, reason: "", failures: 1 },
};

export function entry(from: string, message: string, more: Partial<MessageEntry> = {}): ClientEvent {
  const own = from === "alice";
  const facts = { kind: "message", conversation: "everyone", seq: 1, at: wall, sent: "", own } as const;
  return { type: "entry", entry: { ...facts, from, message, ...more } };
}

type Act = Exclude<Extract<ClientEvent, { type: "entry" }>["entry"], { kind: "message" | "other" }>;
type ActOf<Kind extends Act["kind"]> = Extract<Act, { kind: Kind }>;

export function act<Kind extends Act["kind"]>(
  kind: Kind,
  from: string,
  more: Omit<ActOf<Kind>, "kind" | "from" | "own" | "at" | "sent">,
): ClientEvent {
  const facts = { kind, from, own: from === "alice", at: wall, sent: "" };
  return { type: "entry", entry: { ...facts, ...more } as unknown as Act };
}

export function people(
  names: readonly string[],
  more: { came?: string[]; left?: string[]; users?: Extract<ClientEvent, { type: "people" }>["users"] } = {},
): ClientEvent {
  const users = names.map((username) => ({ username, status: "online" }) as const);
  return {
    type: "people",
    here: names,
    users,
    count: names.length,
    complete: true,
    came: [],
    left: [],
    ...more,
  };
}

export function standing(conversation: string, more: Partial<ConversationState> = {}): ClientEvent {
  return { type: "standing", standing: { conversation, head: 0, read: 0, unread: 0, mentions: 0, ...more } };
}

/** A line of a page, as it stands. */
export function row(seq: number, from: string, message: string, more: object = {}) {
  return { message, from, sent: "", conversation: "everyone", seq, at: wall, ...more };
}
