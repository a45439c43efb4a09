// What a talk remembers between two events. Only the files of this folder see it.

import type { Answer, AuthMode, ClientEvent, ClientFact, Connection, Deed, Question, View } from "chat-hub";
import { nameKey } from "chat-hub";
import type { LineName } from "../commands/kinds.js";
import type { Company } from "../company.js";
import { createCompany } from "../company.js";
import type { Viewer } from "../look.js";
import { noteLines, warningLines } from "../notices.js";
import type { Attention } from "./attention.js";
import { createAttention } from "./attention.js";
import type { PasswordChange } from "./do-logins.js";
import type { Lately, Line } from "./lately.js";
import { createLately } from "./lately.js";
import type { Places } from "./places.js";
import { createPlaces } from "./places.js";
import type { Moment, Turn } from "./turn.js";
import { lines } from "./turn.js";
import type { Waiting } from "./unsent.js";
import { createWaiting } from "./unsent.js";

/** What a question was asked for, to understand its answer. */
export interface Asked {
  readonly question: Question;
  /** How its answer is headed. */
  readonly title: string;
  /** That there is nothing is not worth a line. */
  readonly isModest?: true;
}

export interface TalkState {
  readonly url: string;
  readonly viewer: Viewer;
  readonly company: Company;
  readonly places: Places;
  readonly lately: Lately;
  readonly attention: Attention;
  readonly waiting: Waiting;
  /** Recipients who were away, by the place of the line. */
  readonly away: Map<string, string>;
  readonly asked: Map<number, Asked>;
  /** Who is typing where. */
  readonly typing: Map<string, readonly string[]>;
  asks: number;
  /** What /more goes on with. */
  more: Asked | undefined;
  /** Where plain lines go: `everyone`, `@bob`, `#dev`. */
  target: string;
  /** What is here of the conversation that is spoken in, if the server has told. */
  view: { readonly conversation: string; readonly view: View } | undefined;
  connection: Connection;
  everOnline: boolean;
  /** What was missed has been told, and what comes is news. */
  isLive: boolean;
  wasReset: boolean;
  /** The moment of the line that was shown last; the first one's day is today unless it says otherwise. */
  shownAt: number | undefined;
  settings: Extract<ClientEvent, { type: "settings" }>["settings"] | undefined;
  /** By what one is here; what was listed of one's logins last, or of somebody else's. */
  login: { readonly auth: AuthMode; readonly session: string } | undefined;
  sessions: {
    readonly of?: string | undefined;
    readonly rows: Extract<Answer, { type: "sessions" }>["sessions"];
  };
  /** Another password is being typed. */
  change: PasswordChange | undefined;
  isLeaving: boolean;
  /** Rooms of which it was shown how we got out. */
  readonly goodbyes: Set<string>;
  /** Where a typed key was told last. */
  typedIn: string | undefined;
}

export function createState(url: string, viewer: Viewer, target: string, wall: number): TalkState {
  return {
    url,
    viewer,
    company: createCompany(viewer),
    places: createPlaces(),
    lately: createLately(),
    attention: createAttention(wall),
    waiting: createWaiting(viewer.palette),
    away: new Map(),
    asked: new Map(),
    typing: new Map(),
    asks: 0,
    more: undefined,
    target,
    view: undefined,
    connection: { state: "connecting" },
    everOnline: false,
    isLive: false,
    wasReset: false,
    shownAt: undefined,
    settings: undefined,
    login: undefined,
    sessions: { rows: [] },
    change: undefined,
    isLeaving: false,
    goodbyes: new Set(),
    typedIn: undefined,
  };
}

/** Something entered: with a nonce for what it may do. */
export interface Order {
  readonly state: TalkState;
  readonly nonce: string;
  readonly moment: Moment;
}

export function quietly({ state, moment }: Pick<Order, "state" | "moment">, text: string): Turn {
  return lines(...noteLines(text, moment.wall, state.viewer));
}

/** What the person should not miss. */
export function loudly({ state, moment }: Pick<Order, "state" | "moment">, text: string): Turn {
  return lines(...warningLines(text, moment.wall, state.viewer));
}

export function done({ nonce, state }: Order, deed: Deed): Turn {
  state.isLeaving = false;
  return { lines: [], facts: [{ type: "done", nonce, deed }] };
}

export function ask(
  { state }: Pick<Order, "state">,
  question: Question,
  title = "",
  more: Pick<Asked, "isModest"> = {},
): Turn {
  state.asks += 1;
  state.asked.set(state.asks, { question, title, ...more });
  return { lines: [], facts: [{ type: "asked", ask: state.asks, question }] };
}

/** The conversation that plain lines go to is looked at, so that it is known how far the others have got. */
export function aim(state: TalkState, target: string): readonly ClientFact[] {
  const before = state.target;
  if (before === target) return [];
  state.target = target;
  state.view = undefined;
  return [...hidden(before), ...watched(target)];
}

/** Nobody is told how far others have read what is said to everyone. */
export function watched(target: string): readonly ClientFact[] {
  return target === "everyone" ? [] : [{ type: "shown", conversation: target }];
}

function hidden(target: string): readonly ClientFact[] {
  return target === "everyone" ? [] : [{ type: "hidden", conversation: target }];
}

/** The conversation that is named, in its one spelling: a bare word is a room of ours, or else a person. */
export function conversationOf({ places }: TalkState, word: string): string {
  const key = nameKey(word);
  if (key === "everyone" || /^[@#]/.test(key)) return key;
  return places.isOurs(`#${key}`) ? `#${key}` : `@${key}`;
}

/** The line that is meant: by its number, or the last one of one's own or of somebody else. */
export function lineOf(
  { state }: Order,
  name: LineName | undefined,
  own: boolean,
): Pick<Line, "conversation" | "seq"> | undefined {
  if (name === undefined) return state.lately.last(state.target, own);
  return { conversation: name.conversation ?? state.target, seq: name.seq };
}

/** The room that is meant: the one that is named, or where one is. */
export function roomOf({ state }: Order, room: string | undefined): string | undefined {
  if (room !== undefined) return nameKey(room);
  return state.target.startsWith("#") ? state.target : undefined;
}

/** How a conversation is called in a sentence. */
export function called(state: TalkState, conversation: string): string {
  return state.places.spelled(conversation);
}
