// What a hub knows between two inputs: connections, the users they belong to, questions to the
// store that are open, and what waits on time. No file but those of this folder sees it.

import type { AuthMode, Credential, Registration } from "../../ports/gate.js";
import type { Move } from "../../ports/standings.js";
import type { StoreFacts } from "../../ports/store.js";
import type { HouseRules } from "../../rules/house-rules.js";
import type { Limits } from "../../tables/limits.js";
import type {
  AskId,
  ConnectionId,
  ConversationId,
  Millis,
  NameKey,
  UserId,
  WallMillis,
} from "../../words/ids.js";
import type { Address } from "../addresses.js";
import type { Alarms } from "../alarms.js";
import type { Pending } from "../asks.js";
import type { AttemptKind, Attempts } from "../attempts.js";
import type { Audience } from "../audience.js";
import type { Debt } from "../debts.js";
import type { Effect } from "../effect.js";
import type { Ending } from "../endings.js";
import type { AskedPage } from "../pages.js";
import type { Flow, Tally } from "../tally.js";
import type { Turn } from "../turns.js";
import type { Connection, ConnectionAlarm } from "./connection.js";
import type { Presence } from "./presence.js";
import type { User } from "./user.js";

export interface HubState {
  readonly limits: Limits;
  readonly facts: StoreFacts;
  readonly auth: AuthMode;
  readonly registration: Registration;
  /** What kept names are told of their hold, in people's words. */
  readonly nameHold: string;
  readonly everyone: Audience;
  /** Everyone, and the rooms that somebody here is in. */
  readonly audiences: Map<ConversationId, Audience>;
  readonly connections: Map<ConnectionId, Connection>;
  /** Those that somebody is connected from, and those whose rates are not full again. */
  readonly addresses: Map<string, Address>;
  /** What upgrades have shown, until their connections are logged in; most show nothing. */
  readonly credentials: Map<Connection, Credential>;
  readonly users: Map<UserId, User>;
  readonly names: Map<NameKey, User>;
  /** Logins of a name that the store is deciding: its present holder is not released meanwhile. */
  readonly deciding: Map<NameKey, number>;
  readonly presence: Presence;
  /** Whom those here have blocked, and who of those here has. */
  readonly blockers: Map<UserId, Set<User>>;
  /** Cursors that wait to be stored, and whose they are. */
  readonly moves: Map<string, Move>;
  movers: Map<UserId, User>;
  /** Receipts that come too soon after the last of this user and conversation. */
  readonly late: Map<string, { readonly user: User; readonly conversation: ConversationId }>;
  /** Who was said to be writing, and where. */
  readonly typing: Set<string>;
  /** What the store refused and is told again. */
  readonly debts: Set<Debt>;
  /** Rates of names that nobody is connected under, until they are full again. */
  readonly spent: Map<NameKey, Millis>;
  /** What was shown in vain of late. */
  readonly attempts: Attempts;
  /** Who waits for theirs, in the order in which they came. */
  readonly turns: Set<Turn>;
  /** The first is the oldest. */
  readonly endings: Ending[];
  readonly asks: Map<AskId, Pending>;
  /** Pages that are asked for and that others may still share. */
  readonly pages: Map<string, AskedPage>;
  nextAsk: number;
  /** Bytes of appends that are not answered. */
  backlog: number;
  readonly alarms: {
    readonly connections: Alarms<ConnectionAlarm, Connection>;
    readonly names: Alarms<"grace" | "refilled", NameKey>;
    readonly addresses: Alarms<"refilled", string>;
    readonly attempts: Alarms<AttemptKind, string>;
    readonly audiences: Alarms<"proveRoom", Audience>;
    /** Per user and conversation. */
    readonly slots: Alarms<"typingEvery" | "typingFor" | "receipt", string>;
    readonly house: Alarms<"presence" | "presenceCrowd" | "presenceRound" | "cursors" | "debts", "house">;
  };
  readonly tally: Tally;
  readonly flow: Flow;
  /** What is in force in the house. */
  readonly rules: HouseRules;
  stopping: boolean;
  /** The time of the input in hand, and the effects it has had so far. */
  at: Millis;
  wall: WallMillis;
  effects: Effect[];
}

export function send(hub: HubState, connection: Connection, frame: string | undefined): void {
  if (frame === undefined || connection.gone !== undefined) return;
  hub.effects.push({ type: "send", connection: connection.id, frame });
}

export function after(hub: HubState, ms: number): Millis {
  return (hub.at + ms) as Millis;
}
