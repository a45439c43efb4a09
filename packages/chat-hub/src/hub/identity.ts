// Who has a name is the store's to decide; then there is a session. What a gate had to prove it has
// proved by now.

import type { Identified, Identify, KnownAs } from "../ports/people.js";
import { houseKeys } from "../rules/house-rules.js";
import { FewMap, FewSet } from "../words/few.js";
import type { NameKey } from "../words/ids.js";
import { objection } from "../words/newcomers.js";
import { block } from "./apart.js";
import type { Pending } from "./asks.js";
import { ask } from "./asks.js";
import { attend, begin } from "./audience.js";
import { flush } from "./cursors.js";
import { deliverLeft } from "./delivery.js";
import { end, settle } from "./departure.js";
import { awaitEnd } from "./expiry.js";
import type { NameRefusal } from "./name-refusal.js";
import { explain } from "./name-refusal.js";
import { leftOf } from "./pace.js";
import type { Login } from "./pass.js";
import { ping, yields } from "./pulse.js";
import { keepOut, refuseLogin } from "./refuse-login.js";
import type { Connection } from "./state/connection.js";
import type { HubState } from "./state/hub-state.js";
import type { Session } from "./state/session.js";
import type { Chosen, User } from "./state/user.js";
import { askStandings } from "./welcome.js";

/** Asks for the name: for an account's, or for whoever holds it by a token. */
export function identify(
  hub: HubState,
  connection: Connection,
  login: Login,
  proved: Pick<Identify, "token" | "account">,
): void {
  const { key, spelling } = login.name;
  askHoldersForLife(hub, key);
  decide(hub, key);
  connection.stage = { state: "deciding", login };
  const isHeldOnly = login.isUnproved === true || objection(login.name) !== undefined;
  const heldOnly = isHeldOnly ? ({ heldOnly: true } as const) : {};
  // Cursors go first: whoever comes back at once is told where they stand, not where they stood.
  flush(hub);
  ask(
    hub,
    { type: "identify", key, name: spelling, at: hub.wall, ...proved, ...heldOnly },
    { type: "identify", connection, login },
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

/** The store has decided who holds the name. */
export function identified(
  hub: HubState,
  connection: Connection,
  wish: Login,
  answer: Identified | KnownAs | NameRefusal,
): void {
  const { key } = wish.name;
  decided(hub, key, answer);
  if (answer.ok && "user" in answer) {
    admit(hub, connection, wish, answer);
  } else if (connection.stage.state === "deciding") {
    if (answer.ok) comeAs(hub, connection, wish, answer);
    else refuseName(hub, connection, wish, answer);
  }
  settle(hub, key);
}

/** Asks who has an account, of whom nobody may know yet. */
export function askAccount(
  hub: HubState,
  account: Required<Pick<Identify, "key" | "name" | "account">>,
  pending: Pending,
): void {
  decide(hub, account.key);
  flush(hub);
  ask(hub, { type: "identify", at: hub.wall, ...account }, pending);
}

/** They are known, and gone again if they are not here. */
export function accountKnown(hub: HubState, key: NameKey, answer: Identified | KnownAs | NameRefusal): void {
  decided(hub, key, answer);
  if (answer.ok && "user" in answer && !hub.users.has(answer.user)) createUser(hub, key, answer);
  settle(hub, key);
}

/** The store is asked whose a name is: until it has answered, nobody's release of it is told. */
function decide({ deciding }: HubState, key: NameKey): void {
  deciding.set(key, (deciding.get(key) ?? 0) + 1);
}

function decided(hub: HubState, key: NameKey, answer: Identified | KnownAs | NameRefusal): void {
  const left = (hub.deciding.get(key) ?? 1) - 1;
  if (left === 0) hub.deciding.delete(key);
  else hub.deciding.set(key, left);
  if (!answer.ok || !("user" in answer)) return;
  deliverLeft(hub, answer.left);
  if (answer.lapsed !== undefined)
    hub.rules.note({ kind: "admin", key: houseKeys.user(answer.lapsed) }, hub.wall);
}

function refuseName(hub: HubState, connection: Connection, wish: Login, refusal: NameRefusal): void {
  const { code, detail, closing } = explain(hub, wish, refusal);
  refuseLogin(hub, connection, wish.id, code, detail, closing);
}

/** What an account is called elsewhere may change: here it comes under the name that it has. */
function comeAs(hub: HubState, connection: Connection, wish: Login, { knownAs }: KnownAs): void {
  const { pass } = wish;
  if (pass === undefined || wish.isUnproved === true)
    return refuseLogin(hub, connection, wish.id, "not_let_in", {}, "notLetIn");
  const name = { key: knownAs.key, spelling: knownAs.name };
  identify(hub, connection, { ...wish, name }, { account: pass.account });
}

function admit(hub: HubState, connection: Connection, wish: Login, answer: Identified): void {
  const user = hub.users.get(answer.user) ?? createUser(hub, wish.name.key, answer);
  if (connection.stage.state !== "deciding") return;
  // It ended while the store was asked.
  if ((wish.pass?.until ?? Number.POSITIVE_INFINITY) <= hub.wall)
    return refuseLogin(hub, connection, wish.id, "login_expired", {}, "loginEnded");
  const ban = hub.rules.banOf(user.id, hub.wall);
  if (ban !== undefined) return keepOut(hub, connection, wish.id, ban);
  if (hub.limits.rates !== undefined && user.connections.length >= hub.limits.devicesPerUser) {
    const message = `one user has at most ${hub.limits.devicesPerUser} connections`;
    return refuseLogin(hub, connection, wish.id, "limit_reached", { message, hint: "close one" }, "crowded");
  }
  const session: Session = {
    user,
    pass: wish.pass,
    since: hub.at,
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
  hub.credentials.delete(connection);
  awaitEnd(hub, connection);
  // A room that is joined on the way in is looked for when it was joined.
  const isResume = wish.since !== undefined && wish.rooms.length === 0;
  askStandings(hub, connection, user, isResume ? "all" : "unread");
}

function createUser(hub: HubState, key: NameKey, answer: Identified): User {
  const user: User = {
    id: answer.user,
    name: { key, spelling: answer.name },
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
    messagesFullAt: leftOf(hub, key),
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

/** Most have chosen nothing: they share that. */
const usual: Chosen = { status: "online", text: "", reading: "shared" };

function chosenOf({ status, text, reading }: Chosen): Chosen {
  const isUsual = status === usual.status && text === usual.text && reading === usual.reading;
  return isUsual ? usual : { status, text, reading };
}
