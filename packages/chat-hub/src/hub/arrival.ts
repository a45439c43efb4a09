// From an open socket to a session: who somebody wants to be, and whether they may.

import type { LoginWish } from "../dialects/command.js";
import { events } from "../dialects/events.js";
import type { CommandId } from "../dialects/frames.js";
import { simple } from "../dialects/simple.js";
import type { Identified } from "../ports/people.js";
import type { StoreRefusal } from "../ports/refusal.js";
import type { Closing } from "../tables/closings.js";
import { costs } from "../tables/commands/row.js";
import type { RefusalCode, RefusalDetail } from "../tables/refusals.js";
import { FewMap, FewSet } from "../words/few.js";
import type { NameKey } from "../words/ids.js";
import { comeFrom } from "./addresses.js";
import { block } from "./apart.js";
import { ask } from "./asks.js";
import { attend, begin } from "./audience.js";
import { flush } from "./cursors.js";
import { deliverLeft } from "./delivery.js";
import { end, settle } from "./departure.js";
import type { Input } from "./input.js";
import { alwaysFull, leftOf, spendArrival } from "./pace.js";
import { ping, yields } from "./pulse.js";
import { refuse } from "./refuse.js";
import type { Chosen, Connection, HubState, Login, Session, User } from "./state.js";
import { after } from "./state.js";
import { askStandings } from "./welcome.js";
import { queryWish, readWish } from "./wish.js";

export function connected(hub: HubState, input: Extract<Input, { type: "connected" }>): void {
  const { rates } = hub.limits;
  const connection: Connection = {
    id: input.connection,
    dialect: input.dialect === "simple" ? simple : events,
    address: comeFrom(hub, input.address),
    stage: { state: "greeting" },
    inbox: undefined,
    commandsFullAt: alwaysFull,
    paced: undefined,
    flood: undefined,
    congested: false,
    unanswered: undefined,
    missed: undefined,
    pulse: {
      unanswered: 0,
      beating: false,
      askedAt: undefined,
      livedAt: hub.at,
      queued: false,
      proof: undefined,
    },
    gone: undefined,
    loginTries: 0,
  };
  hub.connections.set(connection.id, connection);
  hub.alarms.connections.set("login", connection, after(hub, hub.limits.loginMs));
  hub.alarms.connections.set("pulse", connection, after(hub, hub.limits.pingMs));
  if (hub.stopping) return end(hub, connection, "restarting");
  if (rates !== undefined && (connection.address?.connections ?? 0) > rates.connectionsPerAddress) {
    refuse(hub, connection, undefined, "too_many", { message: "too many connections from your address" });
    return end(hub, connection, "crowded");
  }
  if (!spendArrival(hub, connection, costs.page)) {
    const message = "too many connections from your address, one soon after the other";
    refuse(hub, connection, undefined, "rate_limited", { message, retryAfterMs: hub.limits.pauseMs });
    return end(hub, connection, "crowded");
  }
  const { username } = input.query;
  if (username !== undefined || connection.dialect === simple) {
    login(hub, connection, undefined, queryWish(input.query), hub.limits.sinceUrlBytes);
  }
}

/** Somebody asks for a name, in the URL or by `login`. */
export function login(
  hub: HubState,
  connection: Connection,
  id: CommandId | undefined,
  wish: LoginWish,
  sinceBytes: number,
): void {
  const read = readWish(hub, id, wish, sinceBytes);
  if (!read.ok)
    return refuseLogin(hub, connection, id, read.fault.code, { message: read.fault.message }, "badLogin");
  const { key, spelling } = read.value.name;
  askHoldersForLife(hub, key);
  hub.deciding.set(key, (hub.deciding.get(key) ?? 0) + 1);
  connection.stage = { state: "deciding", login: read.value };
  const token = wish.token === undefined ? {} : { token: wish.token };
  // Cursors go first: whoever comes back at once is told where they stand, not where they stood.
  flush(hub);
  ask(
    hub,
    { type: "identify", key, name: spelling, at: hub.wall, ...token },
    { type: "identify", connection, login: read.value },
  );
}

/** A holder without a token that is silent for long gives way; the others show now that they live. */
function askHoldersForLife(hub: HubState, key: NameKey): void {
  const holder = hub.names.get(key);
  if (holder === undefined || holder.kept) return;
  const holding = holder.connections;
  if (holding.every((connection) => yields(hub, connection))) {
    for (const connection of holding) end(hub, connection, "gaveWay");
  } else {
    for (const connection of holding) if (connection.pulse.askedAt === undefined) ping(hub, connection);
  }
}

/** The simple dialect has one try; the events dialect may ask for another name. */
function refuseLogin(
  hub: HubState,
  connection: Connection,
  id: CommandId | undefined,
  code: RefusalCode,
  detail: RefusalDetail,
  closing: Closing,
): void {
  refuse(hub, connection, id, code, detail);
  hub.tally.logins.refused += 1;
  connection.loginTries += 1;
  if (connection.dialect === simple) return end(hub, connection, closing);
  if (connection.loginTries >= hub.limits.loginTries) return end(hub, connection, "notLetIn");
  connection.stage = { state: "greeting" };
}

/** The store has decided who holds the name. */
export function identified(
  hub: HubState,
  connection: Connection,
  wish: Login,
  answer: Identified | StoreRefusal<"name_taken">,
): void {
  const { key } = wish.name;
  const left = (hub.deciding.get(key) ?? 1) - 1;
  if (left === 0) hub.deciding.delete(key);
  else hub.deciding.set(key, left);
  if (answer.ok) {
    deliverLeft(hub, answer.left);
    admit(hub, connection, wish, answer);
  } else if (connection.stage.state === "deciding") {
    const taken = answer.code === "name_taken";
    const hint = `choose another name, or give the token that holds it; a name with a token is kept for ${hub.nameHold} after its last use`;
    refuseLogin(
      hub,
      connection,
      wish.id,
      answer.code,
      taken ? { hint } : {},
      taken ? "nameTaken" : "tryLater",
    );
  }
  settle(hub, key);
}

function admit(hub: HubState, connection: Connection, wish: Login, answer: Identified): void {
  const user = hub.users.get(answer.user) ?? createUser(hub, wish, answer);
  if (connection.stage.state !== "deciding") return;
  if (hub.limits.rates !== undefined && user.connections.length >= hub.limits.devicesPerUser) {
    const message = `one user has at most ${hub.limits.devicesPerUser} connections`;
    return refuseLogin(hub, connection, wish.id, "limit_reached", { message, hint: "close one" }, "crowded");
  }
  const session: Session = {
    user,
    receipts: wish.receipts,
    begun: false,
    reading: new FewMap(),
    page: undefined,
    resume:
      wish.since === undefined
        ? undefined
        : {
            since: wish.since,
            locating: true,
            renumbered: false,
            found: [],
            named: new Set(),
            replayed: 0,
            ignored: [],
            spoken: new Set(),
            reset: [],
          },
    presenceTold: hub.presence.version,
    heard: [],
    unproved: new FewMap(),
    listed: undefined,
  };
  hub.tally.logins.letIn += 1;
  user.connections = user.connections.concat(connection);
  connection.stage = { state: "entering", login: wish, session };
  // A room that is joined on the way in is looked for when it was joined.
  const isResume = wish.since !== undefined && wish.rooms.length === 0;
  askStandings(hub, connection, user, isResume ? "all" : "unread");
}

/** Most have chosen nothing: they share that. */
const usual: Chosen = { status: "online", text: "", reading: "shared" };

function chosenOf({ status, text, reading }: Chosen): Chosen {
  const isUsual = status === usual.status && text === usual.text && reading === usual.reading;
  return isUsual ? usual : { status, text, reading };
}

function createUser(hub: HubState, wish: Login, answer: Identified): User {
  const user: User = {
    id: answer.user,
    name: { key: wish.name.key, spelling: answer.name },
    kept: answer.kept,
    profile: chosenOf(answer.profile),
    wantsLooks: undefined,
    blocked: new FewSet(),
    seen: undefined,
    saysCursors: false,
    told: new FewMap(),
    rooms: new FewMap(),
    roles: new FewMap(),
    connections: [],
    messagesFullAt: leftOf(hub, wish.name.key),
  };
  for (const room of answer.rooms) {
    const { conversation, key, name } = room.facts;
    attend(hub, user, { conversation, room: { key, name } }, room);
  }
  if (answer.everyoneFrom > 1) begin(hub.everyone, user, answer.everyoneFrom);
  hub.users.set(user.id, user);
  for (const blocked of answer.profile.blocked) block(hub, user, blocked);
  hub.names.set(user.name.key, user);
  return user;
}
