// `help`: what whoever asks may do now, each command with an example that can be sent as it stands, and
// the limits.

import { toldLimits } from "../../dialects/dialect.js";
import type { CommandId } from "../../dialects/frames.js";
import { helpFor } from "../../dialects/help.js";
import type { Connection, HubState } from "../state.js";
import { send, sessionOf } from "../state.js";

export function answerHelp(hub: HubState, connection: Connection, id: CommandId | undefined): void {
  const session = sessionOf(connection);
  const commands = helpFor(
    session === undefined ? { state: "greeting" } : { state: "here", kept: session.user.kept },
  );
  const payload = { commands, limits: toldLimits(hub.limits) };
  send(hub, connection, connection.dialect.encode({ type: "help", id, payload, at: hub.wall }));
}
