// `help`: what whoever asks may do now, each command with an example that can be sent as it stands, and
// the limits.

import { toldLimits } from "../../dialects/dialect.js";
import type { CommandId } from "../../dialects/frames.js";
import type { HelpStanding } from "../../dialects/help.js";
import { helpFor } from "../../dialects/help.js";
import { conversationName } from "../../words/conversations.js";
import type { Role } from "../../words/rooms.js";
import { isAdmin } from "../admins.js";
import type { Connection } from "../state/connection.js";
import { sessionOf } from "../state/connection.js";
import type { HubState } from "../state/hub-state.js";
import { send } from "../state/hub-state.js";
import type { User } from "../state/user.js";

export function answerHelp(hub: HubState, connection: Connection, id: CommandId | undefined): void {
  const session = sessionOf(connection);
  const commands = helpFor(
    session === undefined ? { state: "greeting" } : standingOf(session.user, isAdmin(hub, session)),
    hub.auth,
  );
  const { auth, registration } = hub;
  const payload = {
    commands,
    auth,
    ...(auth === "password" ? { registration } : {}),
    limits: toldLimits(hub.limits),
  };
  send(hub, connection, connection.dialect.encode({ type: "help", id, payload, at: hub.wall }));
}

function standingOf({ kept, rooms, roles }: User, admin: boolean): HelpStanding {
  const known = new Map<string, Role>();
  for (const [conversation, { place }] of rooms)
    known.set(conversationName(place), roles.get(conversation) ?? "member");
  return { state: "here", kept, admin, rooms: known };
}
