// What somebody does with the account that they are logged in by: its login lasts longer, its password
// becomes another.

import type { Command } from "../dialects/command.js";
import type { CommandId } from "../dialects/frames.js";
import type { GateCalls, Proof } from "../ports/gate.js";
import type { RefusalDetail } from "../tables/refusals.js";
import type { AskId, NameKey } from "../words/ids.js";
import { ask } from "./asks.js";
import type { Attempt } from "./attempts.js";
import { attempt, decided, tokenWanted } from "./attempts.js";
import { wasEnded } from "./endings.js";
import { awaitEnd } from "./expiry.js";
import type { Pass } from "./pass.js";
import { refuse } from "./refuse.js";
import { loginEnded } from "./sessions.js";
import type { Connection } from "./state/connection.js";
import { sessionOf } from "./state/connection.js";
import type { HubState } from "./state/hub-state.js";
import { send } from "./state/hub-state.js";
import type { Session } from "./state/session.js";
import { notNow, wordsFor } from "./turns.js";

/** Whoever has asked, with what was tried. */
export interface AccountAsker {
  readonly connection: Connection;
  readonly session: Session;
  readonly pass: Pass;
  readonly id: CommandId | undefined;
  readonly tried: Attempt;
}

export function refresh(
  hub: HubState,
  connection: Connection,
  session: Session,
  id: CommandId | undefined,
  { token }: Extract<Command, { type: "refresh" }>,
): void {
  const { pass } = session;
  if (pass === undefined) return refuse(hub, connection, id, "forbidden", openHere);
  if (hub.auth === "jwt" && token === undefined)
    return refuse(hub, connection, id, "malformed", { message: "refresh.token is missing: a string" });
  const tried = mayTry(hub, connection, id, undefined);
  if (tried === undefined) return;
  const proof: Proof | undefined =
    token === undefined || hub.auth === "password" ? undefined : { kind: "token", token };
  const { account, login } = pass;
  ask(
    hub,
    { type: "refresh", account, login, proof, at: hub.wall },
    { type: "refresh", asker: { connection, session, pass, id, tried } },
  );
}

/** The login is good for longer, also for the other connections that are here by it. */
export function refreshed(
  hub: HubState,
  asked: AskId,
  { connection, session, pass, id, tried }: AccountAsker,
  answer: GateCalls["refresh"]["answer"],
): void {
  const isTheirs = answer.ok && answer.account === pass.account;
  decided(hub, tried, answer.ok ? !isTheirs : answer.code === "not_let_in");
  if (sessionOf(connection) !== session) return;
  if (!isTheirs) {
    const code = answer.ok ? "not_let_in" : answer.code;
    return refuse(hub, connection, id, code, wordsFor(hub, code));
  }
  const { account, login, admin, until, token } = answer;
  const newer: Pass = { account, login, admin, until };
  if (wasEnded(hub, asked, newer)) return refuse(hub, connection, id, "not_let_in");
  for (const other of session.user.connections) {
    const theirs = sessionOf(other);
    if (theirs === undefined || (theirs !== session && theirs.pass?.login !== login)) continue;
    theirs.pass = newer;
    awaitEnd(hub, other);
  }
  const payload = { session: login, ...(token === undefined ? {} : { token }), ...untilOf(newer) };
  send(hub, connection, connection.dialect.encode({ type: "refresh", id, payload }));
}

export function setPassword(
  hub: HubState,
  connection: Connection,
  session: Session,
  id: CommandId | undefined,
  { old, password }: Extract<Command, { type: "setPassword" }>,
): void {
  const { pass, user } = session;
  if (hub.auth !== "password" || pass === undefined) {
    const elsewhere = {
      message: "your password is not kept here",
      hint: "change it where you have got your token",
    };
    return refuse(hub, connection, id, "forbidden", pass === undefined ? openHere : elsewhere);
  }
  const tried = mayTry(hub, connection, id, user.name.key);
  if (tried === undefined) return;
  const { account, login } = pass;
  ask(
    hub,
    { type: "setPassword", account, key: user.name.key, login, old, password, at: hub.wall },
    { type: "setPassword", asker: { connection, session, pass, id, tried } },
  );
}

/** Whoever else is logged in by the old password is put out. */
export function passwordSet(
  hub: HubState,
  { connection, pass, id, tried }: AccountAsker,
  answer: GateCalls["setPassword"]["answer"],
): void {
  decided(hub, tried, !answer.ok && answer.code === "not_let_in");
  if (!answer.ok) return refuse(hub, connection, id, answer.code, wordsFor(hub, answer.code));
  if (id !== undefined)
    send(hub, connection, connection.dialect.encode({ type: "ack", id, payload: { at: hub.wall } }));
  loginEnded(hub, pass.account, { allBut: pass.login });
}

/** When a login ends, as it is told. */
export function untilOf({ until }: Pass): { readonly token_until?: number } {
  return until === undefined ? {} : { token_until: until };
}

/** Whether one more may be looked at: a password of this account, or else a token. */
function mayTry(
  hub: HubState,
  connection: Connection,
  id: CommandId | undefined,
  account: NameKey | undefined,
): Attempt | undefined {
  const address = connection.address?.name;
  const chance = attempt(hub, account === undefined ? tokenWanted : { account, address, takesLong: true });
  if (chance.when === "now") return chance.attempt;
  const { code, detail } = notNow(hub, chance);
  refuse(hub, connection, id, code, detail);
  return undefined;
}

const openHere: RefusalDetail = {
  message: "this server has no accounts",
  hint: "it is open: a name is kept by a token of your own making",
};
