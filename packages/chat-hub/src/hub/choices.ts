// What people choose for themselves: how they look, who is told how far they have read, whom they have
// blocked, what they have muted. The store keeps it; then their other devices are told.

import type { Command } from "../dialects/command.js";
import type { Push } from "../dialects/dialect.js";
import type { CommandId } from "../dialects/frames.js";
import type { GateAnswer } from "../ports/gate.js";
import type { Choose, Chosen } from "../ports/people.js";
import type { StoreRefusal } from "../ports/refusal.js";
import type { StoreAnswer } from "../ports/store.js";
import type { RefusalCode } from "../tables/refusals.js";
import { conversationName } from "../words/conversations.js";
import type { Place } from "../words/log.js";
import type { Status } from "../words/rooms.js";
import { tellOf } from "./announce.js";
import { block, unblock } from "./apart.js";
import { voiceDetail } from "./appending.js";
import type { Pending } from "./asks.js";
import { ask } from "./asks.js";
import { tellState } from "./missed.js";
import { showAs } from "./presence.js";
import { refuse } from "./refuse.js";
import type { Connection } from "./state/connection.js";
import type { HubState } from "./state/hub-state.js";
import { send } from "./state/hub-state.js";
import type { Session } from "./state/session.js";
import type { User } from "./state/user.js";

export type Choice = Extract<Command, { readonly type: "status" | "reading" | "block" | "mute" }>;

/** How somebody wants to look. */
export interface Looks {
  readonly status: Status;
  readonly text: string;
}

export function choose(
  hub: HubState,
  connection: Connection,
  { user, pass }: Session,
  id: CommandId | undefined,
  choice: Choice,
): void {
  if (choice.type === "block" && choice.who === user.name.key)
    return refuse(hub, connection, id, "forbidden", {
      message: "you can't block yourself",
      hint: "give another name",
    });
  const what = wanted(user, choice);
  if (what.kind === "status") user.wantsLooks = what;
  const call: Choose = {
    type: "choose",
    user: user.id,
    at: hub.wall,
    what,
    ...(pass?.admin === true ? { admin: true } : {}),
  };
  ask(hub, call, { type: "choose", connection, user, id, what });
}

function wanted(user: User, choice: Choice): Choose["what"] {
  switch (choice.type) {
    case "status": {
      // What is not said stays, also against what was said a moment ago and is not answered yet.
      const now = user.wantsLooks ?? user.profile;
      return { kind: "status", status: choice.status ?? now.status, text: choice.text ?? now.text };
    }
    case "reading":
      return { kind: "reading", reading: choice.reading };
    case "block":
      return { kind: "block", who: choice.who, on: choice.on };
    case "mute":
      return { kind: "mute", of: choice.of, on: choice.on };
  }
}

/** The store has kept it, or not. */
export function chosen(
  hub: HubState,
  { connection, user, id, what }: Extract<Pending, { type: "choose" }>,
  answer: StoreAnswer | GateAnswer,
): void {
  if (user.wantsLooks === what) user.wantsLooks = undefined;
  if (!answer.ok) return refuse(hub, connection, id, answer.code, refusalDetail(hub, user, answer));
  const { peer, place } = answer as Chosen;
  if (id !== undefined) {
    const where = place === undefined ? {} : { conversation: conversationName(place) };
    const payload = { ...where, at: hub.wall };
    send(hub, connection, connection.dialect.encode({ type: "ack", id, payload }));
  }
  switch (what.kind) {
    case "status":
      showAs(hub, user, what.status, what.text);
      return tellSettings(hub, user, connection);
    case "reading":
      user.profile = { ...user.profile, reading: what.reading };
      return tellSettings(hub, user, connection);
    case "block":
      if (peer !== undefined) blocked(hub, user, connection, peer, what.on);
      return;
    case "mute":
      if (place !== undefined) muted(hub, user, connection, place, what.on);
  }
}

function refusalDetail(hub: HubState, user: User, { code, retryAfterMs }: StoreRefusal<RefusalCode>) {
  if (code !== "read_only" && code !== "silenced") return {};
  return voiceDetail(hub, code, user, retryAfterMs);
}

function blocked(
  hub: HubState,
  user: User,
  connection: Connection,
  peer: NonNullable<Place["peer"]>,
  on: boolean,
): void {
  // Whoever has gone meanwhile brings it with them when they come back.
  if (hub.users.get(user.id) !== user) return;
  const changes = user.blocked.has(peer.user) !== on;
  if (on) block(hub, user, peer.user);
  else unblock(hub, user, peer.user);
  const push = { type: "blocked", payload: { username: peer.name, on } } as const;
  tellOthers(hub, user, connection, `blocked ${peer.name}`, push);
  const other = hub.users.get(peer.user);
  if (!changes || other === undefined) return;
  tellOf(hub, user, other);
  tellOf(hub, other, user);
}

function muted(hub: HubState, user: User, connection: Connection, place: Place, on: boolean): void {
  const payload = { conversation: conversationName(place), on };
  tellOthers(hub, user, connection, `muted ${payload.conversation}`, { type: "muted", payload });
}

function tellSettings(hub: HubState, user: User, connection: Connection): void {
  const { status, text, reading } = user.profile;
  tellOthers(hub, user, connection, "settings", { type: "settings", payload: { status, text, reading } });
}

/** To the user's connections but the one that has chosen. */
function tellOthers(hub: HubState, user: User, chooser: Connection, of: string, push: Push): void {
  for (const connection of user.connections) {
    if (connection === chooser || connection.stage.state !== "here") continue;
    tellState(hub, connection, of, connection.dialect.encode(push));
  }
}
