// From an open socket to a session: who somebody wants to be, whether they may, and what they are
// told first.

import type { ActCommand, LoginWish } from "../dialects/command.js";
import { toldLimits } from "../dialects/dialect.js";
import { events } from "../dialects/events.js";
import type { CommandId, WelcomePayload } from "../dialects/frames.js";
import { simple } from "../dialects/simple.js";
import type { Identified, Stood, StoreRefusal } from "../ports/store.js";
import { isSecret } from "../shapes/words.js";
import type { Closing } from "../tables/closings.js";
import { features } from "../tables/features.js";
import type { Limits } from "../tables/limits.js";
import type { RefusalCode, RefusalDetail } from "../tables/refusals.js";
import { parseConversation } from "../words/conversations.js";
import type { NameKey } from "../words/ids.js";
import { parseName } from "../words/names.js";
import type { Result } from "../words/result.js";
import { fault, ok } from "../words/result.js";
import { parseSince } from "../words/since.js";
import { minds } from "./apart.js";
import { attend } from "./audience.js";
import { flush } from "./cursors.js";
import { append, deliverLeft } from "./delivery.js";
import { countAddress, end, settle } from "./departure.js";
import type { Input } from "./input.js";
import { fullBucket, messageBucket } from "./pace.js";
import { arrive } from "./presence.js";
import { ping, yields } from "./pulse.js";
import { refuse } from "./refuse.js";
import { goOn, locate } from "./replay.js";
import { conversationRow } from "./standings.js";
import type { Connection, HubState, Login, Session, User } from "./state.js";
import { after, ask, send } from "./state.js";

export function connected(hub: HubState, input: Extract<Input, { type: "connected" }>): void {
  const { rates } = hub.limits;
  const connection: Connection = {
    id: input.connection,
    dialect: input.dialect === "simple" ? simple : events,
    address: input.address,
    stage: { state: "greeting" },
    inbox: { frames: [], bytes: 0, held: false },
    commands: rates === undefined ? undefined : fullBucket(rates.commandsBurst, hub.at),
    paced: undefined,
    flood: { frames: 0, last: hub.at },
    congested: false,
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
  const sameAddress = countAddress(hub, input.address, 1);
  if (hub.stopping) return end(hub, connection, "restarting");
  if (rates !== undefined && sameAddress > rates.connectionsPerAddress) {
    refuse(hub, connection, undefined, "too_many", { message: "too many connections from your address" });
    return end(hub, connection, "crowded");
  }
  const { username } = input.query;
  if (username !== undefined || connection.dialect === simple) {
    login(hub, connection, undefined, queryWish(input.query), hub.limits.sinceUrlBytes);
  }
}

function queryWish(query: Readonly<Record<string, string>>): LoginWish {
  const receipts = query["receipts"];
  return {
    username: query["username"] ?? "",
    token: query["token"],
    since: query["since"],
    epoch: query["epoch"],
    receipts: receipts === "true" || receipts === "1",
    rooms: query["rooms"],
  };
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

function readWish(
  hub: HubState,
  id: CommandId | undefined,
  wish: LoginWish,
  sinceBytes: number,
): Result<Login, { readonly code: RefusalCode; readonly message: string }> {
  const { limits } = hub;
  const name = parseName(wish.username, limits);
  if (!name.ok) return fault({ code: "bad_name", message: name.fault });
  if (wish.token !== undefined && !isSecret(wish.token, limits.tokenChars)) {
    const [least, most] = limits.tokenChars;
    return fault({ code: "malformed", message: `a token is ${least} to ${most} visible ASCII characters` });
  }
  const since = wish.since === undefined ? undefined : parseSince(wish.since, sinceBytes, limits);
  if (since?.ok === false) return fault({ code: "bad_since", message: since.fault });
  const rooms = readRooms(wish.rooms, limits);
  if (!rooms.ok) return rooms;
  const { epoch, receipts } = wish;
  return ok({ id, name: name.value, since: since?.value, epoch, receipts, rooms: rooms.value });
}

/** `dev,ops`: rooms to join on the way in. */
function readRooms(
  text: string | undefined,
  limits: Limits,
): Result<readonly NameKey[], { readonly code: RefusalCode; readonly message: string }> {
  const keys = new Set<NameKey>();
  for (const name of text === undefined || text === "" ? [] : text.split(",")) {
    const room = parseConversation(name, limits);
    if (!room.ok) return fault({ code: "bad_name", message: `rooms: ${room.fault}` });
    if (room.value.kind !== "room")
      return fault({ code: "bad_name", message: "rooms: give rooms such as dev,ops" });
    keys.add(room.value.key);
  }
  if (keys.size <= limits.loginRooms) return ok([...keys]);
  return fault({ code: "limit_reached", message: `a login joins at most ${limits.loginRooms} rooms` });
}

/** A holder without a token that is silent for long gives way; the others show now that they live. */
function askHoldersForLife(hub: HubState, key: NameKey): void {
  const holder = hub.names.get(key);
  if (holder === undefined || holder.kept) return;
  const holding = [...holder.connections];
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
  if (hub.limits.rates !== undefined && user.connections.size >= hub.limits.devicesPerUser) {
    const message = `one user has at most ${hub.limits.devicesPerUser} connections`;
    return refuseLogin(hub, connection, wish.id, "limit_reached", { message, hint: "close one" }, "crowded");
  }
  const session: Session = {
    user,
    receipts: wish.receipts,
    begun: false,
    reading: new Map(),
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
            reset: [],
          },
    presenceTold: hub.presence.version,
    heard: [],
    unproved: new Map(),
    listed: undefined,
  };
  user.connections.add(connection);
  connection.stage = { state: "entering", login: wish, session };
  const select = { kind: "unread", most: hub.limits.welcomeConversations } as const;
  ask(hub, { type: "stand", user: user.id, select }, { type: "welcome", connection });
}

function createUser(hub: HubState, wish: Login, answer: Identified): User {
  const user: User = {
    id: answer.user,
    name: { key: wish.name.key, spelling: answer.name },
    kept: answer.kept,
    profile: answer.profile,
    wantsLooks: undefined,
    blocked: new Set(answer.profile.blocked),
    seen: undefined,
    saysCursors: false,
    told: new Map(),
    rooms: new Map(),
    connections: new Set(),
    messages: messageBucket(hub, wish.name.key),
  };
  for (const { facts, head } of answer.rooms) {
    const { conversation, key, name } = facts;
    attend(hub, user, { conversation, room: { key, name } }, head, facts);
  }
  hub.users.set(user.id, user);
  minds(hub, user);
  hub.names.set(user.name.key, user);
  return user;
}

/** Where they stand is known: they are told, and are here from now on. */
export function welcomed(hub: HubState, connection: Connection, answer: Stood | StoreRefusal): void {
  if (connection.stage.state !== "entering") return;
  if (!answer.ok) {
    refuse(hub, connection, connection.stage.login.id, answer.code);
    return end(hub, connection, "tryLater");
  }
  const { login: wish, session } = connection.stage;
  hub.alarms.connections.clear("login", connection);
  connection.stage = { state: "here", session };
  arrive(hub, session.user);
  session.presenceTold = hub.presence.version;
  const unreadPrivate =
    wish.since === undefined ? answer.standings.filter(({ peer }) => peer !== undefined).length : 0;
  const payload = welcomePayload(hub, session.user, answer);
  send(hub, connection, connection.dialect.encode({ type: "welcome", id: wish.id, payload, unreadPrivate }));
  if (session.resume === undefined) {
    goOn(hub, connection, session);
  } else {
    locate(hub, connection, session, session.resume, wish.epoch);
  }
  for (const key of wish.rooms) {
    const join: ActCommand = {
      type: "act",
      to: { kind: "room", key },
      act: { type: "join" },
      nonce: undefined,
    };
    append(hub, connection, session, undefined, join);
  }
}

function welcomePayload(hub: HubState, user: User, { standings, more }: Stood): WelcomePayload {
  return {
    username: user.name.spelling,
    kept: user.kept,
    protocol: 1,
    auth: "open",
    durable: hub.facts.durable,
    epoch: hub.facts.epoch,
    at: hub.wall,
    limits: toldLimits(hub.limits),
    features,
    here: hub.presence.here.size,
    settings: { status: user.profile.status, text: user.profile.text, reading: user.profile.reading },
    conversations: standings.map((standing) => conversationRow(hub, standing)),
    more,
  };
}
