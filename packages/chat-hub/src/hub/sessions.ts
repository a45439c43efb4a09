// Where somebody is logged in. In open mode each connection is a login of its own; else several may be
// here by one, and one may be good while nobody is.

import type { Command } from "../dialects/command.js";
import type { SessionRow } from "../dialects/frames/session.js";
import type { CommandId } from "../dialects/frames.js";
import type { GateCalls, LoginsListed } from "../ports/gate.js";
import type { NameKey } from "../words/ids.js";
import { isAdmin } from "./admins.js";
import { ask } from "./asks.js";
import { end } from "./departure.js";
import { adminsOnly, notThere } from "./house/words.js";
import type { Pass } from "./pass.js";
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

export function askSessions(hub: HubState, asker: Asker, question: Question<"sessions">): void {
  const user = whose(hub, asker, question.who);
  if (user === undefined) return;
  const pass = passOf(user);
  if (pass === undefined) return tellSessions(hub, asker, question, { ok: true, logins: [] });
  askStore(hub, asker, question, { type: "logins", account: pass.account, at: hub.wall });
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

export function endSession(
  hub: HubState,
  connection: Connection,
  session: Session,
  id: CommandId | undefined,
  { session: name, who }: Extract<Command, { type: "endSession" }>,
): void {
  const user = whose(hub, { connection, user: session.user, id }, who);
  if (user === undefined) return;
  const ender = { connection, user, id, name, admin: who === undefined ? undefined : session };
  const pass = who === undefined ? session.pass : passOf(user);
  if (pass === undefined) return sessionEnded(hub, ender, undefined);
  const call = { type: "endLogin", account: pass.account, login: name, at: hub.wall } as const;
  ask(hub, call, { type: "endSession", ender });
}

/** Whose sessions are meant; nothing if whoever asks was refused. An admin may mean anybody who is here. */
function whose(hub: HubState, { connection, user, id }: Asker, who: NameKey | undefined): User | undefined {
  if (who === undefined) return user;
  const session = sessionOf(connection);
  const other = hub.names.get(who);
  if (session === undefined || !isAdmin(hub, session)) refuse(hub, connection, id, "forbidden", adminsOnly);
  else if (other === undefined || other.connections.length === 0)
    refuse(hub, connection, id, notThere.code, notThere.detail);
  else return other;
  return undefined;
}

function passOf({ connections }: User): Pass | undefined {
  for (const connection of connections) {
    const pass = sessionOf(connection)?.pass;
    if (pass !== undefined) return pass;
  }
  return undefined;
}

/** Who ends which session. */
export interface Ender {
  readonly connection: Connection;
  readonly user: User;
  readonly id: CommandId | undefined;
  readonly name: string;
  /** It is somebody else's: an admin ends it. */
  readonly admin: Session | undefined;
}

/** The gate lets nobody in by it any more; a login of which it keeps nothing is here, or nowhere. */
export function sessionEnded(
  hub: HubState,
  { connection, user, id, name, admin }: Ender,
  answer: GateCalls["endLogin"]["answer"] | undefined,
): void {
  const here = user.connections.filter((one) => {
    const session = sessionOf(one);
    return session !== undefined && sessionName(one, session) === name;
  });
  if (answer?.ok !== true) {
    const code = answer?.code ?? "unknown_session";
    if (code !== "unknown_session" || here.length === 0) return refuse(hub, connection, id, code);
  }
  if (admin !== undefined) {
    for (const one of here) end(hub, one, "loginEnded");
    return noteEnd(hub, { connection, user, id, name, admin }, admin);
  }
  // Whoever ends their own is told before.
  if (id !== undefined)
    send(hub, connection, connection.dialect.encode({ type: "ack", id, payload: { at: hub.wall } }));
  for (const one of here) end(hub, one, "loginEnded");
}

/** What an admin did to somebody is a line of the audit log; then it is answered. */
function noteEnd(hub: HubState, { connection, user, id, name }: Ender, session: Session): void {
  const orderer = { at: "connection", connection, session, id, nonce: undefined } as const;
  const by = session.user.name.spelling;
  const audit = { by, action: "end_session", about: user.name.spelling, detail: `everyone, session ${name}` };
  ask(hub, { type: "keep", changes: [], audit, at: hub.wall }, { type: "noted", orderer });
}

/** Puts out the connections of a user that are here by such a login. */
export function endConnections(user: User, isEnded: (pass: Pass) => boolean, hub: HubState): void {
  for (const connection of user.connections) {
    const pass = sessionOf(connection)?.pass;
    if (pass !== undefined && isEnded(pass)) end(hub, connection, "loginEnded");
  }
}

/** The gate says that these are good no more: whoever is here by one, or is about to be, is put out. */
export function loginEnded(hub: HubState, account: string, login: string | undefined): void {
  for (const connection of [...hub.connections.values()]) {
    const { stage } = connection;
    const pass = stage.state === "deciding" ? stage.login.pass : sessionOf(connection)?.pass;
    if (pass?.account !== account || (login !== undefined && pass.login !== login)) continue;
    end(hub, connection, "loginEnded");
  }
}
