// Who is writing just now: passed on at once and never kept. At most one sign in `typingEveryMs` per
// user and conversation; whoever hears one forgets it after `typingForMs`.

import type { Command } from "../dialects/command.js";
import { events } from "../dialects/events.js";
import type { AckPayload } from "../dialects/frames/session.js";
import type { CommandId } from "../dialects/frames.js";
import { addressName, conversationName } from "../words/conversations.js";
import type { Address } from "../words/log.js";
import { apartFrom, areApart } from "./apart.js";
import type { Audience } from "./audience.js";
import { publishApart, sessionsOf } from "./audience.js";
import { refuseAsReading } from "./questions/why-not.js";
import { refuse } from "./refuse.js";
import type { Connection } from "./state/connection.js";
import type { HubState } from "./state/hub-state.js";
import { after, send } from "./state/hub-state.js";
import type { Session } from "./state/session.js";
import type { User } from "./state/user.js";

type Typing = Extract<Command, { readonly type: "typing" }>;

export function type(
  hub: HubState,
  connection: Connection,
  { user }: Session,
  id: CommandId | undefined,
  { of, on }: Typing,
): void {
  const audience = of.kind === "private" ? undefined : audienceOf(hub, user, of);
  if (of.kind === "room") {
    if (audience === undefined) return refuseAsReading(hub, connection, user, id, of);
    if (audience.facts?.archived === true) return refuse(hub, connection, id, "archived");
  }
  // Whoever is invisible is not seen writing either.
  if (user.profile.status !== "invisible" && isDue(hub, user, of, on)) {
    if (audience !== undefined) typeTo(hub, connection, user, audience, on);
    else if (of.kind === "private" && of.holder === undefined) typeToOne(hub, user, of, on);
  }
  if (id === undefined) return;
  const payload: AckPayload = { conversation: addressName(of), at: hub.wall };
  send(hub, connection, connection.dialect.encode({ type: "ack", id, payload }));
}

function audienceOf(hub: HubState, user: User, of: Address): Audience | undefined {
  if (of.kind === "everyone") return hub.everyone;
  if (of.kind === "private") return undefined;
  for (const audience of user.rooms.values()) if (audience.facts?.key === of.key) return audience;
  return undefined;
}

/** Whether others are to be told: not what they were told just now, nor the end of what they don't see. */
function isDue(hub: HubState, user: User, of: Address, on: boolean): boolean {
  const slot = `${user.id} ${addressName(of)}`;
  const { slots } = hub.alarms;
  if (!on) return hub.typing.delete(slot);
  if (slots.has("typingEvery", slot)) return false;
  slots.set("typingEvery", slot, after(hub, hub.limits.typingEveryMs));
  slots.set("typingFor", slot, after(hub, hub.limits.typingForMs));
  hub.typing.add(slot);
  return true;
}

function typeTo(hub: HubState, origin: Connection, user: User, audience: Audience, on: boolean): void {
  const { listeners, place } = audience;
  if (listeners.events === 0 || listeners.events + listeners.simple > hub.limits.typingCrowd) return;
  const payload = { conversation: conversationName(place), username: user.name.spelling, on };
  publishApart(hub, audience, events, apartFrom(hub, user), { type: "typing", payload }, origin.id);
}

function typeToOne(hub: HubState, user: User, of: Extract<Address, { kind: "private" }>, on: boolean): void {
  const other = hub.names.get(of.key);
  if (other === undefined || other === user || areApart(user, other)) return;
  const payload = { conversation: `@${user.name.key}`, username: user.name.spelling, on };
  for (const [connection, session] of sessionsOf(other)) {
    if (!isTold(connection, session)) continue;
    send(hub, connection, connection.dialect.encode({ type: "typing", payload }));
  }
}

/** They have said what they were writing: whoever hears it knows, and the next sign is told at once. */
export function typingEnds(hub: HubState, user: User, of: Address): void {
  const slot = `${user.id} ${addressName(of)}`;
  if (!hub.typing.delete(slot)) return;
  for (const kind of ["typingEvery", "typingFor"] as const) hub.alarms.slots.clear(kind, slot);
}

/** Those who hear it have forgotten it by now. */
export function typingOver(hub: HubState, slot: string): void {
  hub.typing.delete(slot);
}

/** Whoever is behind is told nothing that will be over when they are back. */
function isTold(connection: Connection, session: Session): boolean {
  return connection.stage.state === "here" && session.begun && !connection.congested;
}
