// What a hub knows between two inputs: connections, the users they belong to, questions to the
// store that are open, and what waits on time. No file but those of this folder sees it.

import type { SendCommand } from "../dialects/command.js";
import type { Dialect } from "../dialects/dialect.js";
import type { CommandId, UserRow } from "../dialects/frames.js";
import type { Move, StoreCall, StoreFacts, Window } from "../ports/store.js";
import type { Limits } from "../tables/limits.js";
import type {
  AskId,
  ConnectionId,
  ConversationId,
  Millis,
  NameKey,
  Seq,
  Topic,
  UserId,
  WallMillis,
} from "../words/ids.js";
import type { Place } from "../words/log.js";
import type { Name } from "../words/names.js";
import type { Since } from "../words/since.js";
import type { Alarms } from "./alarms.js";
import type { Debt } from "./debts.js";
import type { Effect } from "./effect.js";
import type { Bucket } from "./pace.js";

export interface HubState {
  readonly limits: Limits;
  readonly facts: StoreFacts;
  /** What kept names are told of their hold, in people's words. */
  readonly nameHold: string;
  /** The newest seq of everyone that was published. */
  head: Seq;
  readonly connections: Map<ConnectionId, Connection>;
  readonly addresses: Map<string, number>;
  readonly users: Map<UserId, User>;
  readonly names: Map<NameKey, User>;
  /** Logins of a name that the store is deciding: its present holder is not released meanwhile. */
  readonly deciding: Map<NameKey, number>;
  readonly presence: Presence;
  readonly moves: Map<string, Move>;
  /** What the store refused and is told again. */
  readonly debts: Set<Debt>;
  /** Rates of names that nobody is connected under, until they are full again. */
  readonly spent: Map<NameKey, Bucket>;
  readonly asks: Map<AskId, Pending>;
  nextAsk: number;
  /** Bytes of appends that are not answered. */
  backlog: number;
  readonly listeners: Map<Topic, number>;
  readonly alarms: {
    readonly connections: Alarms<"login" | "pulse" | "paced" | "prove", Connection>;
    readonly names: Alarms<"grace" | "refilled", NameKey>;
    readonly house: Alarms<"presence" | "presenceCrowd" | "cursors" | "debts", "house">;
  };
  stopping: boolean;
  /** The time of the input in hand, and the effects it has had so far. */
  at: Millis;
  wall: WallMillis;
  effects: Effect[];
}

export interface Connection {
  readonly id: ConnectionId;
  readonly dialect: Dialect;
  readonly address: string | undefined;
  stage: Stage;
  /** Frames that wait, in the order in which they came. */
  readonly inbox: { frames: (string | undefined)[]; bytes: number; held: boolean };
  readonly commands: Bucket | undefined;
  /** Set while it is not read: over a rate, or because too much waits for the store. */
  paced: { readonly overRate: boolean; refused: number } | undefined;
  flood: { frames: number; last: Millis };
  /** The soft limit of bytes queued for it is passed. */
  congested: boolean;
  readonly pulse: Pulse;
  /** The socket is gone; what came before is still obeyed. */
  gone: { readonly clean: boolean } | undefined;
  loginTries: number;
}

/** What a connection may do; each stage owns what belongs to it. */
export type Stage =
  | { readonly state: "greeting" }
  | { readonly state: "deciding"; readonly login: Login }
  | { readonly state: "entering"; readonly login: Login; readonly session: Session }
  | { readonly state: "here"; readonly session: Session }
  | { readonly state: "ended" };

/** A login that can be read. */
export interface Login {
  readonly id: CommandId | undefined;
  readonly name: Name;
  readonly since: Since | undefined;
  readonly epoch: string | undefined;
  readonly receipts: boolean;
}

/** A connection of a user. */
export interface Session {
  readonly user: User;
  readonly receipts: boolean;
  subscribed: boolean;
  /** Conversations that are still read from the log; those not in here are pushed live. */
  readonly reading: Map<ConversationId, Reading>;
  /** A page that is being read. */
  page: ConversationId | undefined;
  /** The resume that `since` asked for, until it was told. */
  resume: Resume | undefined;
  /** The presence it knows of: while it does not listen it is told no changes. */
  presenceTold: number;
  /** From where on everyone was heard without a hole, and up to where a ping has asked for proof. */
  heardFrom: Seq;
  heardTo: Seq;
  /** Private entries on their way, not proved to have arrived. */
  readonly unproved: Map<ConversationId, Span>;
}

/** A conversation that one connection still has to read: what comes after `after`, up to `head`. */
export interface Reading {
  readonly place: Place;
  after: Seq;
  head: Seq;
}

export interface Resume {
  readonly since: Since;
  /** Where its conversations stand is not known yet. */
  locating: boolean;
  /** The cursors of `since` are of another epoch. */
  renumbered: boolean;
  /** Conversations found so far, before they are put in order. */
  readonly found: (Reading & { readonly headAt: WallMillis })[];
  /** Named in `since`, by conversation. */
  readonly named: Set<ConversationId>;
  replayed: number;
  readonly ignored: string[];
  readonly reset: string[];
}

/** Consecutive entries: the first and the last. */
export interface Span {
  readonly from: Seq;
  to: Seq;
}

export interface Pulse {
  /** Regular pings without a sign of life since; `beating` = one is being sent. */
  unanswered: number;
  beating: boolean;
  /** When the first ping of any kind was sent that no sign of life has followed. */
  askedAt: Millis | undefined;
  livedAt: Millis;
  queued: boolean;
  /** What the next pong proves to have arrived. */
  proof: ReadonlyMap<ConversationId, Span> | undefined;
}

/** Somebody who is here, or is being decided about. */
export interface User {
  readonly id: UserId;
  readonly name: Name;
  readonly kept: boolean;
  readonly connections: Set<Connection>;
  readonly messages: Bucket | undefined;
}

export interface Presence {
  /** Everyone who counts as here, also for the grace after a loss. */
  readonly here: Map<NameKey, string>;
  /** What was not announced yet, by username. */
  readonly changed: Map<string, UserRow>;
  /** Grows with every change. */
  version: number;
  /** The keys of `here` in order, for as long as nobody comes or goes. */
  sorted: readonly NameKey[] | undefined;
}

/** What is done with an answer of the store. */
export type Pending =
  | { readonly type: "identify"; readonly connection: Connection; readonly login: Login }
  | { readonly type: "welcome"; readonly connection: Connection }
  | { readonly type: "locateNamed"; readonly connection: Connection }
  | { readonly type: "locateOthers"; readonly connection: Connection }
  | { readonly type: "replay"; readonly connection: Connection; readonly reading: Reading }
  | {
      readonly type: "append";
      readonly connection: Connection;
      readonly author: User;
      readonly id: CommandId | undefined;
      readonly command: SendCommand;
    }
  | {
      readonly type: "history" | "log";
      readonly connection: Connection;
      readonly id: CommandId | undefined;
      readonly window: Window;
    }
  | { readonly type: "conversations"; readonly connection: Connection; readonly id: CommandId | undefined }
  | {
      readonly type: "cursor";
      readonly connection: Connection;
      readonly id: CommandId | undefined;
      readonly what: "delivered" | "read";
      readonly seq: Seq;
    }
  | { readonly type: "debt"; readonly debt: Debt };

export function send(hub: HubState, connection: Connection, frame: string | undefined): void {
  if (frame === undefined || connection.gone !== undefined) return;
  hub.effects.push({ type: "send", connection: connection.id, frame });
}

export function ask(hub: HubState, call: StoreCall, pending: Pending): void {
  const id = hub.nextAsk as AskId;
  hub.nextAsk += 1;
  hub.asks.set(id, pending);
  hub.effects.push({ type: "ask", ask: id, call });
}

export function after(hub: HubState, ms: number): Millis {
  return (hub.at + ms) as Millis;
}

/** The session of a connection that has one. */
export function sessionOf(connection: Connection): Session | undefined {
  const { stage } = connection;
  return stage.state === "here" || stage.state === "entering" ? stage.session : undefined;
}
