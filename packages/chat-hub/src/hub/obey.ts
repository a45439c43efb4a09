// One frame that is to be obeyed now: decoded, judged, and passed to what carries it out.

import type { Command, Decoded, Request } from "../dialects/command.js";
import { refresh, setPassword } from "./accounts.js";
import { append } from "./appending.js";
import { choose } from "./choices.js";
import { order } from "./house/orders.js";
import { login, register } from "./login.js";
import { spend, spendMessage } from "./pace.js";
import { moveCursor } from "./questions/cursor.js";
import { answerHelp } from "./questions/help.js";
import { askQuestion } from "./questions/questions.js";
import { refuse } from "./refuse.js";
import { endSession } from "./sessions.js";
import type { Connection } from "./state/connection.js";
import { sessionOf } from "./state/connection.js";
import type { HubState } from "./state/hub-state.js";
import { send } from "./state/hub-state.js";
import type { Session } from "./state/session.js";
import { type } from "./typing.js";

/** What is read only to be refused costs too. */
const refusedCost = 1;
/** Reading a long frame is work too: it costs one more for each of these. */
const charsPerCost = 1_024;

type Verdict = "done" | "overRate" | "backlog";

/** Reads a frame; there is nothing to read in one that is no text. */
export function read(hub: HubState, { dialect }: Connection, frame: string | undefined): Decoded | undefined {
  return frame === undefined ? undefined : dialect.decode(frame, hub.limits);
}

/** Obeys it; or says why not now: its rate is used up, or too much waits for the store. */
export function obey(
  hub: HubState,
  connection: Connection,
  frame: string | undefined,
  decoded: Decoded | undefined,
): Verdict {
  const request = decoded?.ok === true ? decoded.value : undefined;
  if (request?.command.type === "act" && hub.backlog > hub.limits.appendBacklogBytes) return "backlog";
  if (!afford(hub, connection, request, frame?.length ?? 0)) return "overRate";
  if (decoded === undefined) refuse(hub, connection, undefined, "text_only");
  else if (hub.stopping) refuseNow(hub, connection, decoded);
  else if (!decoded.ok) refuse(hub, connection, decoded.fault.id, decoded.fault.code, decoded.fault.detail);
  else carryOut(hub, connection, decoded.value);
  return "done";
}

function refuseNow(hub: HubState, connection: Connection, decoded: Decoded): void {
  const id = decoded.ok ? decoded.value.id : decoded.fault.id;
  refuse(hub, connection, id, "unavailable", { hint: "the server is restarting", retryAfterMs: 1_000 });
}

/** Takes it off its rates, if there is enough left. */
function afford(hub: HubState, connection: Connection, request: Request | undefined, chars: number): boolean {
  const session = sessionOf(connection);
  if (isText(request?.command) && session !== undefined) return spendMessage(hub, connection, session.user);
  return spend(hub, connection, (request?.cost ?? refusedCost) + Math.floor(chars / charsPerCost));
}

/** What people write has a rate of its own. */
function isText(command: Command | undefined): boolean {
  return command?.type === "act" && (command.act.type === "message" || command.act.type === "edit");
}

function carryOut(hub: HubState, connection: Connection, request: Request): void {
  const { id, command } = request;
  const session = sessionOf(connection);
  if (command.type === "login" || command.type === "register") {
    if (session !== undefined) return refuse(hub, connection, id, "already_logged_in");
    if (command.type === "register") return register(hub, connection, id, command);
    return login(hub, connection, id, command, hub.limits.sinceFrameBytes);
  }
  if (command.type === "help") return answerHelp(hub, connection, id);
  if (command.type === "ping")
    return send(hub, connection, connection.dialect.encode({ type: "ping", id, payload: { at: hub.wall } }));
  if (session === undefined) return refuse(hub, connection, id, "login_first");
  carryOutHere(hub, connection, session, { id, command });
}

function carryOutHere(
  hub: HubState,
  connection: Connection,
  session: Session,
  {
    id,
    command,
  }: {
    readonly id: Request["id"];
    readonly command: Exclude<Request["command"], { type: "login" | "register" | "help" | "ping" }>;
  },
): void {
  switch (command.type) {
    case "act":
      return append(hub, connection, session, id, command);
    case "delivered":
    case "read":
      return moveCursor(hub, connection, session, id, command);
    case "typing":
      return type(hub, connection, session, id, command);
    case "status":
    case "reading":
    case "block":
    case "mute":
      return choose(hub, connection, session, id, command);
    case "refresh":
      return refresh(hub, connection, session, id, command);
    case "setPassword":
      return setPassword(hub, connection, session, id, command);
    case "endSession":
      return endSession(hub, connection, session, id, command);
    case "order": {
      const { nonce } = command;
      return order(hub, { at: "connection", connection, session, id, nonce }, command.order);
    }
    default:
      return askQuestion(hub, connection, session, id, command);
  }
}
