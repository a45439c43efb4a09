// `delivered` and `read`: how far somebody says that they have got.

import type { Command } from "../../dialects/command.js";
import type { CommandId } from "../../dialects/frames.js";
import type { StoreRefusal } from "../../ports/refusal.js";
import type { Stood } from "../../ports/standings.js";
import { conversationName } from "../../words/conversations.js";
import type { Seq } from "../../words/ids.js";
import type { Pending } from "../asks.js";
import { ask } from "../asks.js";
import { headIn } from "../audience.js";
import { claim } from "../cursors.js";
import { refuse } from "../refuse.js";
import type { Connection } from "../state/connection.js";
import { sessionOf } from "../state/connection.js";
import type { HubState } from "../state/hub-state.js";
import { send } from "../state/hub-state.js";
import type { Session } from "../state/session.js";
import { refuseAsReading } from "./why-not.js";

export function moveCursor(
  hub: HubState,
  connection: Connection,
  session: Session,
  id: CommandId | undefined,
  { type, of, seq }: Extract<Command, { readonly type: "delivered" | "read" }>,
): void {
  session.user.saysCursors = true;
  const select = { kind: "these", of: [of] } as const;
  const pending: Pending = { type: "cursor", connection, id, of, what: type, seq };
  ask(hub, { type: "stand", user: session.user.id, select }, pending);
}

/** A cursor past the head counts as the head. */
export function cursorStood(
  hub: HubState,
  { connection, id, of, what, seq }: Extract<Pending, { type: "cursor" }>,
  answer: Stood | StoreRefusal,
): void {
  const session = sessionOf(connection);
  if (session === undefined) return;
  if (!answer.ok) return refuse(hub, connection, id, answer.code);
  const [standing] = answer.standings;
  if (standing === undefined) return refuseAsReading(hub, connection, session.user, id, of);
  const { conversation } = standing;
  const reached = Math.min(seq, headIn(hub, conversation, standing.head)) as Seq;
  claim(hub, session, conversation, what, reached);
  if (id === undefined) return;
  const payload = { conversation: conversationName(standing), seq: reached, at: hub.wall };
  send(hub, connection, connection.dialect.encode({ type: "ack", id, payload }));
}
