// Where somebody is logged in. In open mode each connection is a login of its own; else several may be
// here by one, and one may be good while nobody is.

import type { Command } from "../dialects/command.js";
import type { SessionRow } from "../dialects/frames/session.js";
import type { CommandId } from "../dialects/frames.js";
import type { GateCalls, LoginsListed } from "../ports/gate.js";
import { ask } from "./asks.js";
import { end } from "./departure.js";
import type { Pass } from "./pass.js";
import type { Asker, Question } from "./questions/asker.js";
import { askStore, tell } from "./questions/asker.js";
import { fit } from "./questions/fit.js";
import { refuse } from "./refuse.js";
import type { Connection, HubState, Session, User } from "./state.js";
import { send, sessionOf } from "./state.js";

/** What a login is called where sessions are listed and ended. */
export function sessionName({ id }: Connection, { pass }: Session): string {
  return pass?.login ?? String(id);
}

export function askSessions(hub: HubState, asker: Asker, question: Question<"sessions">): void {
  const { pass } = sessionOf(asker.connection) ?? {};
  if (pass === undefined) return tellSessions(hub, asker, { ok: true, logins: [] });
  askStore(hub, asker, question, { type: "logins", account: pass.account, at: hub.wall });
}

/** What the gate knows of, and who is here. */
export function tellSessions(hub: HubState, asker: Asker, { logins }: LoginsListed): void {
  const rows = new Map<string, SessionRow>();
  for (const { login, since, until } of logins)
    rows.set(login, {
      session: login,
      ...(since === 0 ? {} : { since }),
      ...(until === undefined ? {} : { until }),
      here: 0,
    });
  for (const connection of asker.user.connections) {
    const session = sessionOf(connection);
    if (session === undefined) continue;
    const name = sessionName(connection, session);
    const until = session.pass?.until;
    const { here, ...row } = rows.get(name) ?? {
      session: name,
      since: session.since,
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
  { session: name }: Extract<Command, { type: "endSession" }>,
): void {
  const { pass, user } = session;
  if (pass === undefined) return sessionEnded(hub, { connection, user, id, name }, undefined);
  const call = { type: "endLogin", account: pass.account, login: name, at: hub.wall } as const;
  ask(hub, call, { type: "endSession", ender: { connection, user, id, name } });
}

/** Who ends which session. */
export interface Ender {
  readonly connection: Connection;
  readonly user: User;
  readonly id: CommandId | undefined;
  readonly name: string;
}

/** The gate lets nobody in by it any more; a login of which it keeps nothing is here, or nowhere. */
export function sessionEnded(
  hub: HubState,
  { connection, user, id, name }: Ender,
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
  // Whoever ends their own is told before.
  if (id !== undefined)
    send(hub, connection, connection.dialect.encode({ type: "ack", id, payload: { at: hub.wall } }));
  for (const one of here) end(hub, one, "loginEnded");
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
