// The core's one door: facts in, deeds out. No promise, timer, socket, clock or chance in here; the
// same inputs give the same effects, always.

import type { AuthMode, Registration } from "../ports/gate.js";
import type { StoreFacts } from "../ports/store.js";
import { HouseRules } from "../rules/house-rules.js";
import type { Limits } from "../tables/limits.js";
import { defaultLimits, limitsOf } from "../tables/limits.js";
import type { ConnectionId, Millis, WallMillis } from "../words/ids.js";
import { everyone } from "../words/ids.js";
import { unreachable } from "../words/result.js";
import { createAlarms } from "./alarms.js";
import { answered } from "./answers.js";
import { connected } from "./arrival.js";
import { attemptKinds, emptyAttempts } from "./attempts.js";
import { createAudience } from "./audience.js";
import type { Census } from "./census.js";
import { takeCensus } from "./census.js";
import { flush } from "./cursors.js";
import { closed, end } from "./departure.js";
import type { Effect } from "./effect.js";
import { expire } from "./elapsed.js";
import { order } from "./house/orders.js";
import { obeyWaiting, receive, tooFast } from "./inbox.js";
import type { Fact, Input } from "./input.js";
import { spend } from "./pace.js";
import { isAskedFor, lived, pinged, ponged } from "./pulse.js";
import { askAgain } from "./questions/questions.js";
import { congested, drained } from "./replay.js";
import { loginEnded } from "./sessions.js";
import type { Connection } from "./state/connection.js";
import { connectionAlarms, sessionOf } from "./state/connection.js";
import type { HubState } from "./state/hub-state.js";
import { send } from "./state/hub-state.js";
import { emptyTally } from "./tally.js";

export interface HubOptions {
  readonly facts: StoreFacts;
  readonly limits?: Limits;
  /** How long a name stays with its token, as people say it: "7 days". */
  readonly nameHold?: string;
  /** How people are let in. In `open` mode, the default, no gate is asked. */
  readonly auth?: AuthMode;
  /** Who may make an account, as the gate has it: it is told before a login. Default `closed`. */
  readonly registration?: Registration;
}

export interface Hub {
  /**
   * Takes one fact and gives back, in order, what the shell must now do. Never throws on peer input.
   * Not to be called while its effects are carried out.
   */
  handle(input: Input): readonly Effect[];
  /** When the shell should next send `elapsed`; `undefined` while nothing waits on time. */
  deadline(): Millis | undefined;
  /** Who is here, and what was counted. O(connections). */
  census(): Census;
  /** Who is logged in on it, as they spell their name. */
  nameOf(connection: ConnectionId): string | undefined;
}

export function createHub(options: HubOptions): Hub {
  const hub = emptyState(options);
  const alarms = Object.values(hub.alarms);
  return {
    handle(input) {
      hub.at = input.at;
      hub.wall = input.wall;
      hub.effects = [];
      take(hub, input);
      return hub.effects;
    },
    deadline() {
      let next: Millis | undefined;
      for (const each of alarms) next = earliest(next, each.next());
      return next;
    },
    census: () => takeCensus(hub),
    nameOf(id) {
      const connection = hub.connections.get(id);
      return connection === undefined ? undefined : sessionOf(connection)?.user.name.spelling;
    },
  };
}

function take(hub: HubState, input: Input): void {
  switch (input.type) {
    case "connected":
      return connected(hub, input);
    case "answered":
      return answered(hub, input);
    case "loginEnded":
      return loginEnded(
        hub,
        input.account,
        input.login === undefined ? { allBut: undefined } : { login: input.login },
      );
    case "elapsed":
      return expire(hub);
    case "ordered":
      return order(hub, { at: "shell", order: input.order }, input.what);
    case "stopping":
      return stop(hub);
    case "stopped":
      for (const connection of [...hub.connections.values()]) end(hub, connection, "restarting");
      return;
    default: {
      const connection = hub.connections.get(input.connection);
      if (connection !== undefined) takeFrom(hub, connection, input);
    }
  }
}

type HouseFact = "connected" | "answered" | "loginEnded" | "ordered" | "elapsed" | "stopping" | "stopped";
type ConnectionFact = Exclude<Fact, { type: HouseFact }>;

function takeFrom(hub: HubState, connection: Connection, fact: ConnectionFact): void {
  switch (fact.type) {
    case "received":
      return receive(hub, connection, fact.frame);
    case "closed":
      closed(hub, connection, fact.clean);
      return obeyWaiting(hub, connection);
    case "congested":
      return congested(hub, connection);
    case "drained":
      lived(hub, connection);
      drained(hub, connection);
      askAgain(hub, connection);
      return obeyWaiting(hub, connection);
    case "pinged":
      return pinged(hub, connection, fact.queued, fact.moved);
    case "ponged":
      if (isAskedFor(connection) || spend(hub, connection, 1)) return ponged(hub, connection);
      return tooFast(hub, connection);
    case "prodded":
      lived(hub, connection);
      if (spend(hub, connection, 1)) return;
      return tooFast(hub, connection);
    default:
      return unreachable(fact);
  }
}

/** Connections come back in turns, so many a second. */
const returnsPerSecond = 500;

function stop(hub: HubState): void {
  hub.stopping = true;
  flush(hub);
  let turn = 0;
  for (const connection of hub.connections.values()) {
    const payload = { after_ms: 500 + Math.floor((turn * 1000) / returnsPerSecond) };
    send(hub, connection, connection.dialect.encode({ type: "reconnect", payload }));
    turn += 1;
  }
}

function earliest(one: Millis | undefined, other: Millis | undefined): Millis | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one < other ? one : other;
}

function emptyState(options: HubOptions): HubState {
  const { facts, limits, nameHold = "7 days", auth = "open", registration = "closed" } = options;
  const house = createAudience({ conversation: everyone }, facts.head, undefined);
  return {
    limits: limitsOf(limits ?? defaultLimits, auth),
    facts,
    auth,
    registration,
    nameHold,
    everyone: house,
    audiences: new Map([[everyone, house]]),
    connections: new Map(),
    addresses: new Map(),
    credentials: new Map(),
    users: new Map(),
    names: new Map(),
    deciding: new Map(),
    presence: {
      here: new Map(),
      changed: new Map(),
      untold: false,
      version: 0,
      announced: 0,
      rounds: undefined,
      sorted: undefined,
    },
    blockers: new Map(),
    moves: new Map(),
    movers: new Map(),
    late: new Map(),
    typing: new Set(),
    debts: new Set(),
    spent: new Map(),
    attempts: emptyAttempts(),
    turns: new Set(),
    endings: [],
    asks: new Map(),
    pages: new Map(),
    nextAsk: 1,
    backlog: 0,
    alarms: {
      connections: createAlarms(connectionAlarms),
      names: createAlarms(["grace", "refilled"]),
      addresses: createAlarms(["refilled"]),
      attempts: createAlarms(attemptKinds),
      audiences: createAlarms(["proveRoom"]),
      slots: createAlarms(["typingEvery", "typingFor", "receipt"]),
      house: createAlarms(["presence", "presenceCrowd", "presenceRound", "cursors", "debts"]),
    },
    tally: emptyTally(),
    flow: { since: 0 as Millis, messages: 0, before: 0 },
    rules: new HouseRules(facts.minded),
    stopping: false,
    at: 0 as Millis,
    wall: 0 as WallMillis,
    effects: [],
  };
}
