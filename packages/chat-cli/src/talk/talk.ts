// A person's talk in a terminal: what they are shown of what the client tells, and what becomes of what
// they enter. It prints nothing itself: the lines that are to stay come out of it, the rest can be asked.

import type { ClientEvent, ClientFact, Millis } from "chat-hub";
import type { Offer } from "../commands/offers.js";
import { offersAt } from "../commands/offers.js";
import { meaningOfTyped } from "../input.js";
import type { Row } from "../layout.js";
import { barRow } from "../look/bar.js";
import type { Viewer } from "../look.js";
import { barPieces } from "./bar.js";
import { hiddenAnswer, hiddenQuestion } from "./do-logins.js";
import { say } from "./do-where.js";
import { hear } from "./hear.js";
import { obey } from "./obey.js";
import type { Order, TalkState } from "./state.js";
import { called, createState, loudly } from "./state.js";
import type { Moment, Turn } from "./turn.js";

export interface Talk {
  hear(event: ClientEvent, moment: Moment): Turn;
  enter(text: string, nonce: string, moment: Moment): Turn;
  /** What is asked for now, of which nothing may be shown or kept; and the answer, nothing to let it be. */
  hidden(): string | undefined;
  enterHidden(text: string | undefined, moment: Moment): Turn;
  /** A key was pressed, and this is the draft now: what is read by that, and whether others see one type. */
  pressed(draft: string, moment: Moment): readonly ClientFact[];
  /** What was entered and is not in the log yet: rows above the prompt, no wider than this. */
  waiting(columns: number, at: Millis): readonly Row[];
  /** How things stand, in a row no wider than this. */
  bar(draft: string, columns: number): Row;
  unsent(): number;
  /** What the prompt says before its sign: how it stands with the server, if not well. */
  standing(at: Millis): string;
  /** And where plain lines go, if not to everyone. */
  target(): string;
  /** What Tab may complete to. */
  offers(before: string): readonly Offer[];
}

export interface TalkOptions {
  readonly url: string;
  readonly viewer: Viewer;
  /** Where plain lines go at first. */
  readonly target?: string | undefined;
  /** Now, Unix time. */
  readonly wall: number;
}

export function createTalk({ url, viewer, target = "everyone", wall }: TalkOptions): Talk {
  const seen: Viewer = Object.assign(viewer, { spelled: (name: string) => state.places.spelled(name) });
  const state: TalkState = createState(url, seen, target, wall);

  return {
    hear(event, moment) {
      const turn = hear(event, { state, moment });
      return state.isLeaving && state.waiting.count() === 0 ? { ...turn, leave: true } : turn;
    },
    enter: (text, nonce, moment) => enter(text, { state, nonce, moment }),
    hidden: () => hiddenQuestion(state),
    enterHidden: (text, moment) => hiddenAnswer(text, { state, moment }),
    pressed: (draft, { wall: now }) => [...state.attention.pressed(now), ...typed(draft, state)],
    waiting: state.waiting.rows,
    bar: (draft, columns) => barRow(barPieces(state, placeOfDraft(draft, state)), columns, viewer.palette),
    unsent: state.waiting.count,
    standing: (at) => standing(state, at),
    target: () => (state.target === "everyone" ? "" : called(state, state.target)),
    offers(before) {
      const { ours, others } = state.places.rooms();
      const lines = state.lately.numbers(state.target);
      return offersAt(before, { names: state.company.names(), ours, others, lines });
    },
  };
}

function enter(text: string, order: Order): Turn {
  const { state } = order;
  const meaning = meaningOfTyped(text, state.places.isOurs);
  switch (meaning.type) {
    case "say":
      return say(order, meaning.to ?? state.target, meaning.message);
    case "command":
      return obey(meaning.text, order);
    case "nothing":
      return loudly(order, meaning.reason);
  }
}

/** Where the draft would be said, if it would be. */
function placeOfDraft(draft: string, state: TalkState): string | undefined {
  if (draft.trim() === "") return undefined;
  const meaning = meaningOfTyped(draft, state.places.isOurs);
  return meaning.type === "say" ? (meaning.to ?? state.target) : undefined;
}

function typed(draft: string, state: TalkState): readonly ClientFact[] {
  const before = state.typedIn;
  const place = placeOfDraft(draft, state);
  // In a room that is not ours nobody would hear of it, and the server would complain.
  const now = place?.startsWith("#") === true && !state.places.isOurs(place) ? undefined : place;
  state.typedIn = now;
  const off = before !== undefined && before !== now ? [before] : [];
  return [
    ...off.map((conversation) => ({ type: "typed", conversation, on: false }) as const),
    ...(now === undefined ? [] : [{ type: "typed", conversation: now, on: true } as const]),
  ];
}

function standing({ connection }: TalkState, at: Millis): string {
  if (connection.state === "connecting") return "connecting";
  if (connection.state !== "waiting") return "";
  const seconds = Math.ceil((connection.until - at) / 1000);
  return seconds > 0 ? `offline, again in ${seconds} s` : "offline";
}
