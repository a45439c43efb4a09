// What a client knows between two inputs. No file but those of this folder sees it.

import type { HousePayload } from "../dialects/frames/house.js";
import type { SettingsPayload, WelcomePayload } from "../dialects/frames/session.js";
import type { Millis } from "../words/ids.js";
import type { ClientEffect, ClientOptions } from "./door.js";
import type { ClientLimits } from "./limits.js";
import { defaultClientLimits } from "./limits.js";
import type { LoginEnd } from "./login-end.js";
import type { Outbox } from "./outbox.js";
import { createOutbox } from "./outbox.js";
import type { People } from "./people.js";
import { createPeople } from "./people.js";
import type { Asker, Questions } from "./questions.js";
import { createQuestions } from "./questions.js";
import type { Reads } from "./reads.js";
import { createReads } from "./reads.js";
import type { Rooms } from "./rooms.js";
import { createRooms } from "./rooms.js";
import type { Rows } from "./rows.js";
import { createRows } from "./rows.js";
import type { Secret } from "./secret.js";
import { secretOf } from "./secret.js";
import type { Self } from "./self.js";
import { createSelf } from "./self.js";
import type { Timelines } from "./timelines.js";
import { createTimelines } from "./timelines.js";
import type { ClientEvent, Refusal } from "./told.js";
import type { Typing } from "./typing.js";
import { createTyping } from "./typing.js";
import type { Views } from "./views.js";
import { createViews } from "./views.js";

/** The connection's life; each state owns what belongs to it. */
export type Link =
  | { readonly state: "idle" }
  /** The socket is opening, or open and our login under way. */
  | {
      readonly state: "opening";
      readonly until: Millis;
      readonly login: { readonly id: number; readonly since: string | undefined } | undefined;
    }
  | {
      readonly state: "live";
      readonly since: Millis;
      /** When something last came, and when it was asked whether anybody is there. */
      heard: Millis;
      pinged: Millis | undefined;
      readonly welcome: Omit<WelcomePayload, "token">;
    }
  | { readonly state: "waiting"; readonly until: Millis }
  | { readonly state: "over" };

export interface ClientState {
  readonly options: ClientOptions;
  readonly limits: ClientLimits;
  readonly outbox: Outbox;
  readonly timelines: Timelines;
  readonly questions: Questions;
  readonly reads: Reads;
  readonly people: People;
  readonly self: Self;
  readonly views: Views;
  readonly rows: Rows;
  readonly rooms: Rooms;
  readonly typing: Typing;
  /** Ids of commands; none is used twice, so a late answer is never taken for another's. */
  readonly nextId: () => number;
  link: Link;
  /** What the next login shows. */
  secret: Secret;
  /** When the login ends that we are here by, if it does. */
  loginEnd: LoginEnd | undefined;
  /** Tries that failed since the last connection that held. */
  failures: number;
  /** When the server asked to come back. */
  slot: Millis | undefined;
  /** Up to which commit our conversations are known, and whether all of them were listed once. */
  listed: number | undefined;
  /** A replay is under way: a conversation without a cursor may still get one from it. */
  isResuming: boolean;
  /** Of which conversations this login's replay has told something. */
  readonly replayed: Set<string>;
  /** The rooms for whose sake all were asked for on this connection, if they were. */
  roomsAsked: ReadonlySet<string> | undefined;
  /** What we have chosen, once it is known. */
  settings: SettingsPayload | undefined;
  /** What holds in the house, once it is known. */
  house: HousePayload | undefined;
  /** The numbering that our cursors belong to; `undefined` until the first welcome. */
  epoch: string | undefined;
  /** The time and the chance of the input in hand, and the effects it has had so far. */
  at: Millis;
  chance: number;
  effects: ClientEffect[];
}

export function createState(options: ClientOptions): ClientState {
  const limits: ClientLimits = { ...defaultClientLimits, ...options.limits };
  let lastId = 0;
  const nextId = (): number => {
    lastId += 1;
    return lastId;
  };
  const self = createSelf(options.blocked ?? []);
  const questions = createQuestions(limits, nextId);
  return {
    // The password is in nobody's hands but those that show it.
    options: { ...options, password: undefined },
    limits,
    outbox: createOutbox(limits, nextId),
    timelines: createTimelines(limits, self),
    questions,
    reads: createReads(limits.readMs),
    people: createPeople(limits.people),
    self,
    views: createViews(limits, self, questions.ask),
    rows: createRows(self, limits.conversations, limits.unreadEntries),
    rooms: createRooms(self, limits.rooms),
    typing: createTyping(),
    nextId,
    link: { state: "idle" },
    secret: secretOf(options),
    loginEnd: undefined,
    failures: 0,
    slot: undefined,
    listed: undefined,
    isResuming: false,
    replayed: new Set(),
    roomsAsked: undefined,
    settings: undefined,
    house: undefined,
    epoch: undefined,
    at: 0 as Millis,
    chance: 0,
    effects: [],
  };
}

export function tell(client: ClientState, ...events: readonly ClientEvent[]): void {
  for (const event of events) client.effects.push({ type: "tell", event });
}

export function send(client: ClientState, ...frames: readonly string[]): void {
  for (const frame of frames) client.effects.push({ type: "send", frame });
}

export function sendCommand(client: ClientState, type: string, payload?: object): number {
  const id = client.nextId();
  send(client, JSON.stringify({ type, id, payload }));
  return id;
}

export function ask(client: ClientState, asker: Asker): Refusal | undefined {
  return client.questions.ask(asker);
}
