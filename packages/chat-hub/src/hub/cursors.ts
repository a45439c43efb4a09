// How far each user has got: said by themselves, or proved by a pong. Joined for a moment before they
// are stored; after a crash `unread` may repeat that moment, never skip.

import type { ConversationId, Seq } from "../words/ids.js";
import { owe } from "./debts.js";
import type { Connection } from "./state/connection.js";
import type { HubState } from "./state/hub-state.js";
import { after } from "./state/hub-state.js";
import type { Session, Span } from "./state/session.js";

/** Cursors that wait to be stored; more are stored at once. */
const mostMoves = 1_000;

/** All up to `seq` was delivered, or read: the user says so. */
export function claim(
  hub: HubState,
  session: Session,
  of: ConversationId,
  what: "delivered" | "read",
  seq: Seq,
): void {
  move(hub, session, of, { from: 1 as Seq, to: seq }, what === "read" || !session.receipts);
}

/** These spans have arrived. */
export function prove(hub: HubState, session: Session, spans: ReadonlyMap<ConversationId, Span>): void {
  for (const [conversation, span] of spans) move(hub, session, conversation, span, !session.receipts);
}

/** A private entry is on its way to this connection: a ping behind it will prove it. */
export function expectProof(
  hub: HubState,
  connection: Connection,
  session: Session,
  of: ConversationId,
  seq: Seq,
): void {
  const span = session.unproved.get(of);
  if (span === undefined || span.to + 1 < seq) session.unproved.set(of, { from: seq, to: seq });
  else if (seq > span.to) span.to = seq;
  if (!hub.alarms.connections.has("prove", connection)) {
    hub.alarms.connections.set("prove", connection, after(hub, hub.limits.proveMs));
  }
}

export function flush(hub: HubState): void {
  if (hub.moves.size === 0) return;
  const moves = [...hub.moves.values()];
  const { movers } = hub;
  hub.moves.clear();
  hub.movers = new Map();
  hub.alarms.house.clear("cursors", "house");
  owe(hub, { call: { type: "advance", moves }, key: undefined, movers });
}

function move(
  hub: HubState,
  { user }: Session,
  conversation: ConversationId,
  { from, to }: Span,
  read: boolean,
): void {
  const slot = `${user.id}:${conversation}`;
  const waiting = hub.moves.get(slot);
  // Two spans with a hole between them are two moves.
  if (waiting !== undefined && (from > waiting.delivered + 1 || to + 1 < waiting.from)) flush(hub);
  const joined = hub.moves.get(slot) ?? { from, delivered: to, read: 0 };
  hub.moves.set(slot, {
    user: user.id,
    conversation,
    from: Math.min(joined.from, from) as Seq,
    delivered: Math.max(joined.delivered, to) as Seq,
    read: Math.max(joined.read, read ? to : 0) as Seq,
  });
  hub.movers.set(user.id, user);
  if (hub.moves.size >= mostMoves) flush(hub);
  else if (!hub.alarms.house.has("cursors", "house")) {
    hub.alarms.house.set("cursors", "house", after(hub, hub.limits.cursorMs));
  }
}
