// One frame that is to be obeyed now: decoded, judged, and passed to what carries it out.

import type { Decoded, Request } from "../dialects/command.js";
import { unreachable } from "../words/result.js";
import { login } from "./arrival.js";
import { append } from "./delivery.js";
import { take } from "./pace.js";
import {
  answerConversations,
  answerHelp,
  answerHistory,
  answerLog,
  answerUsers,
  moveCursor,
} from "./questions.js";
import { refuse } from "./refuse.js";
import type { Connection, HubState, Session } from "./state.js";
import { send, sessionOf } from "./state.js";

/** Obeys it, or says "later": its rate is used up, or too much waits for the store. */
export function obey(hub: HubState, connection: Connection, frame: string | undefined): "done" | "later" {
  if (frame === undefined) {
    if (!afford(hub, connection, undefined)) return "later";
    refuse(hub, connection, undefined, "text_only");
    return "done";
  }
  const decoded = connection.dialect.decode(frame, hub.limits);
  if (!afford(hub, connection, decoded)) return "later";
  if (hub.stopping)
    refuse(hub, connection, idOf(decoded), "unavailable", {
      hint: "the server is restarting",
      retryAfterMs: 1_000,
    });
  else if (!decoded.ok) refuse(hub, connection, decoded.fault.id, decoded.fault.code, decoded.fault.detail);
  else carryOut(hub, connection, decoded.value);
  return "done";
}

export function idOf(decoded: Decoded): Request["id"] {
  return decoded.ok ? decoded.value.id : decoded.fault.id;
}

/** Takes it off its rate, if there is any left: messages off the user's, all else off the connection's. */
function afford(hub: HubState, connection: Connection, decoded: Decoded | undefined): boolean {
  const { rates, appendBacklogBytes } = hub.limits;
  const session = sessionOf(connection);
  if (decoded?.ok && decoded.value.command.type === "send" && session !== undefined) {
    if (hub.backlog > appendBacklogBytes) return false;
    const { messages } = session.user;
    return (
      rates === undefined ||
      messages === undefined ||
      take(messages, rates.messagesPerSecond, rates.messagesBurst, hub.at)
    );
  }
  const { commands } = connection;
  return (
    rates === undefined ||
    commands === undefined ||
    take(commands, rates.commandsPerSecond, rates.commandsBurst, hub.at)
  );
}

function carryOut(hub: HubState, connection: Connection, request: Request): void {
  const { id, command } = request;
  const session = sessionOf(connection);
  if (command.type === "login") {
    if (session !== undefined) return refuse(hub, connection, id, "already_logged_in");
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
    readonly command: Exclude<Request["command"], { type: "login" | "help" | "ping" }>;
  },
): void {
  switch (command.type) {
    case "send":
      return append(hub, connection, session, id, command);
    case "history":
      return answerHistory(hub, connection, session, id, command);
    case "log":
      return answerLog(hub, connection, session, id, command);
    case "conversations":
      return answerConversations(hub, connection, session, id, command);
    case "users":
      return answerUsers(hub, connection, id, command);
    case "delivered":
    case "read":
      return moveCursor(hub, connection, session, id, command);
    default:
      return unreachable(command);
  }
}
