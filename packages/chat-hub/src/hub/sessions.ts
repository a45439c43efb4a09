// Where somebody is logged in. In open mode each connection is a login of its own; else several may be
// here by one, and one may be good while nobody is.

import type { Command } from "../dialects/command.js";
import type { SessionRow } from "../dialects/frames/session.js";
import type { CommandId } from "../dialects/frames.js";
import type { GateCalls, LoginsListed } from "../ports/gate.js";
import type { WhoisFound } from "../ports/people.js";
import type { AuditLine, Kept } from "../ports/records.js";
import type { StoreRefusal } from "../ports/refusal.js";
import type { Requirement } from "../rules/requirements.js";
import { isAdmin } from "./admins.js";
import type { Pending } from "./asks.js";
import { ask } from "./asks.js";
import { end } from "./departure.js";
import type { Ending } from "./endings.js";
import { isEndedBy, remember } from "./endings.js";
import { adminsOnly, notThere } from "./house/words.js";
import type { Asker, Question } from "./questions/asker.js";
import { askStore, tell } from "./questions/asker.js";
import { fit } from "./questions/fit.js";
import { refuse } from "./refuse.js";
import type { Connection } from "./state/connection.js";
import { sessionOf } from "./state/connection.js";
import type { HubState } from "./state/hub-state.js";
import { send } from "./state/hub-state.js";
import type { Session } from "./state/session.js";
import type { User } from "./state/user.js";

/** What a login is called where sessions are listed and ended. */
export function sessionName({ id }: Connection, { pass }: Session): string {
  return pass?.login ?? String(id);
}

type EndCommand = Extract<Command, { type: "endSession" }>;
export type Wanted = Question<"sessions"> | EndCommand;

/** Whose sessions are meant. */
interface Owner {
  readonly name: string;
  /** If they are here, or may be. */
  readonly user: User | undefined;
  /** What their logins are kept by; nothing in open mode. */
  readonly account: string | undefined;
}

export function askSessions(hub: HubState, asker: Asker, question: Question<"sessions">): void {
  findOwner(hub, asker, question);
}

export function endSession(
  hub: HubState,
  connection: Connection,
  { user }: Session,
  id: CommandId | undefined,
  command: EndCommand,
): void {
  findOwner(hub, { connection, user, id }, command);
}

/** One's own are meant, or by an admin somebody else's. */
function findOwner(hub: HubState, asker: Asker, wanted: Wanted): void {
  const { connection, user, id } = asker;
  const session = sessionOf(connection);
  if (wanted.who === undefined) {
    carryOut(hub, asker, wanted, { name: user.name.spelling, user, account: session?.pass?.account });
  } else if (session === undefined || !isAdmin(hub, session)) {
    refuse(hub, connection, id, "forbidden", adminsOnly);
  } else {
    ask(hub, { type: "whois", key: wanted.who }, { type: "owner", asker, wanted });
  }
}

/** In open mode whoever is not connected has no sessions; an account has its logins all the same. */
export function ownerFound(
  hub: HubState,
  { asker, wanted }: Extract<Pending, { type: "owner" }>,
  answer: WhoisFound | StoreRefusal<"unknown_user">,
): void {
  const { connection, id } = asker;
  if (sessionOf(connection) === undefined) return;
  if (!answer.ok) return refuse(hub, connection, id, answer.code);
  const user = hub.users.get(answer.user);
  const account = hub.auth === "open" ? undefined : answer.account;
  if (account === undefined && (user === undefined || user.connections.length === 0))
    return refuse(hub, connection, id, notThere.code, notThere.detail);
  carryOut(hub, asker, wanted, { name: answer.name, user, account });
}

function carryOut(hub: HubState, asker: Asker, wanted: Wanted, owner: Owner): void {
  const { account } = owner;
  if (wanted.type === "endSession") return endOf(hub, asker, wanted, owner);
  if (account === undefined) return tellSessions(hub, asker, wanted, { ok: true, logins: [] });
  askStore(hub, asker, wanted, { type: "logins", account, at: hub.wall });
}

/** What the gate knows of, and who is here. */
export function tellSessions(
  hub: HubState,
  asker: Asker,
  { who }: Question<"sessions">,
  { logins }: LoginsListed,
): void {
  const user = who === undefined ? asker.user : hub.names.get(who);
  const rows = new Map<string, SessionRow>();
  for (const { login, since, until } of logins)
    rows.set(login, {
      session: login,
      ...(since === 0 ? {} : { since }),
      ...(until === undefined ? {} : { until }),
      here: 0,
    });
  for (const connection of user?.connections ?? []) {
    const session = sessionOf(connection);
    if (session === undefined) continue;
    const name = sessionName(connection, session);
    const until = session.pass?.until;
    const { here, ...row } = rows.get(name) ?? {
      session: name,
      since: hub.wall - (hub.at - session.since),
      ...(until === undefined ? {} : { until }),
      here: 0,
    };
    const isCurrent = connection === asker.connection || "current" in row;
    rows.set(name, { ...row, here: here + 1, ...(isCurrent ? { current: true } : {}) });
  }
  const all = [...rows.values()];
  const sessions = fit(all, hub.limits);
  tell(hub, asker, { type: "sessions", payload: { sessions, more: sessions.length < all.length } });
}

/** Who ends which session. */
export interface Ender {
  readonly asker: Asker;
  /** What the session is called. */
  readonly session: string;
  readonly owner: Owner;
  /** It is somebody else's: an admin ends it, which is a line of the audit log. */
  readonly audit: AuditLine | undefined;
  /** They may still, when it is kept. */
  readonly requires: readonly Requirement[];
}

function endOf(hub: HubState, asker: Asker, { session, who }: EndCommand, owner: Owner): void {
  const by = asker.user.name.spelling;
  const detail = `everyone, session ${session}`;
  const audit = who === undefined ? undefined : { by, action: "end_session", about: owner.name, detail };
  const requires = who === undefined ? [] : restsOn(asker);
  const ender = { asker, session, owner, audit, requires };
  const { account } = owner;
  if (account === undefined) return sessionEnded(hub, ender, { ok: false, code: "unknown_session" });
  const noted = audit === undefined ? {} : { audit, requires };
  const call = { type: "endLogin", account, login: session, ...noted, at: hub.wall } as const;
  ask(hub, call, { type: "endSession", ender });
}

/** The gate lets nobody in by it any more; a login of which it keeps nothing is here, or nowhere. */
export function sessionEnded(hub: HubState, ender: Ender, answer: GateCalls["endLogin"]["answer"]): void {
  const { asker, session, owner, audit, requires } = ender;
  if (answer.ok) return putOut(hub, ender);
  const isHere = hereBy(owner.user, session).length > 0;
  if (answer.code !== "unknown_session" || !isHere)
    return refuse(hub, asker.connection, asker.id, answer.code);
  if (audit === undefined) return putOut(hub, ender);
  ask(hub, { type: "keep", changes: [], audit, requires, at: hub.wall }, { type: "endNoted", ender });
}

/** It stands in the audit log; before, nothing was done. */
export function endNoted(hub: HubState, ender: Ender, answer: Kept | StoreRefusal): void {
  const { connection, id } = ender.asker;
  if (!answer.ok) refuse(hub, connection, id, answer.code);
  else if (answer.lacks !== undefined) refuse(hub, connection, id, "forbidden", adminsOnly);
  else putOut(hub, ender);
}

/** An admin by a record may be none any more by then; one by the gate's word is one for as long as they are here. */
function restsOn({ connection, user }: Asker): readonly Requirement[] {
  return sessionOf(connection)?.pass?.admin === true ? [] : [{ what: "admin", user: user.id }];
}

/** Whoever ends their own is told before. */
function putOut(hub: HubState, { asker: { connection, id }, session, owner, audit }: Ender): void {
  const payload = { ...(audit === undefined ? {} : { conversation: "everyone" }), at: hub.wall };
  if (id !== undefined) send(hub, connection, connection.dialect.encode({ type: "ack", id, payload }));
  for (const one of hereBy(owner.user, session)) end(hub, one, "loginEnded");
  if (owner.account !== undefined) loginEnded(hub, owner.account, { login: session });
}

function hereBy(user: User | undefined, name: string): Connection[] {
  return (user?.connections ?? []).filter((connection) => {
    const session = sessionOf(connection);
    return session !== undefined && sessionName(connection, session) === name;
  });
}

/** These are good no more: whoever is here by one, or is about to be, is put out. */
export function loginEnded(hub: HubState, account: string, which: Ending["which"]): void {
  const ending = { account, which };
  remember(hub, ending);
  for (const connection of [...hub.connections.values()]) {
    const { stage } = connection;
    const pass = stage.state === "deciding" ? stage.login.pass : sessionOf(connection)?.pass;
    if (pass !== undefined && isEndedBy(ending, pass)) end(hub, connection, "loginEnded");
  }
}
