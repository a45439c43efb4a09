// What follows from cursors that were stored: others are told how far somebody has got, and their own
// devices what is unread now. At most once in `cursorMs` per user and conversation.

import { events } from "../dialects/events.js";
import type { ReceiptRow } from "../dialects/frames/people.js";
import type { StoreRefusal } from "../ports/refusal.js";
import type { Move, Stood } from "../ports/standings.js";
import { conversationName } from "../words/conversations.js";
import type { ConversationId } from "../words/ids.js";
import { everyone } from "../words/ids.js";
import type { Standing } from "../words/log.js";
import { areApart } from "./apart.js";
import { ask } from "./asks.js";
import { tellState } from "./missed.js";
import { conversationRow, isStillTheirs } from "./standings.js";
import type { HubState } from "./state/hub-state.js";
import { after } from "./state/hub-state.js";
import type { User } from "./state/user.js";

/** How far others, and one's own devices, were told that one has got. */
export interface ToldCursor {
  readonly delivered: number;
  readonly read: number;
  readonly ownRead: number;
}

/** Cursors of these users were stored. */
export function advanced(
  hub: HubState,
  moves: readonly Move[],
  movers: ReadonlyMap<Move["user"], User>,
): void {
  const due = new Map<User, Set<ConversationId>>();
  for (const { user: id, conversation } of moves) {
    const user = movers.get(id);
    if (user === undefined || !concernsAnybody(hub, user, conversation)) continue;
    const slot = `${id} ${conversation}`;
    if (hub.alarms.slots.has("receipt", slot)) hub.late.set(slot, { user, conversation });
    else {
      hub.alarms.slots.set("receipt", slot, after(hub, hub.limits.cursorMs));
      const conversations = due.get(user) ?? new Set();
      due.set(user, conversations.add(conversation));
    }
  }
  for (const [user, conversations] of due) askWhere(hub, user, [...conversations]);
}

/** What came too soon after the last may be told now. */
export function receiptDue(hub: HubState, slot: string): void {
  const late = hub.late.get(slot);
  if (late === undefined) return;
  hub.late.delete(slot);
  hub.alarms.slots.set("receipt", slot, after(hub, hub.limits.cursorMs));
  askWhere(hub, late.user, [late.conversation]);
}

function askWhere(hub: HubState, user: User, of: readonly ConversationId[]): void {
  ask(hub, { type: "stand", user: user.id, select: { kind: "these", of } }, { type: "moved", user });
}

/** The store says where they stand now. */
export function moved(hub: HubState, user: User, answer: Stood | StoreRefusal): void {
  if (!answer.ok) return;
  for (const standing of answer.standings) {
    const told = user.told.get(standing.conversation);
    const { delivered } = standing;
    // Cursors only grow: this answer was overtaken by a newer one.
    if (told !== undefined && (delivered < told.delivered || standing.read < told.ownRead)) continue;
    const read = user.profile.reading === "private" ? 0 : standing.read;
    user.told.set(standing.conversation, { delivered, read, ownRead: standing.read });
    if (told?.delivered !== delivered || told.read !== read) tellReceipt(hub, user, standing, read);
    if (told?.ownRead !== standing.read && wantsUnread(hub, user)) tellUnread(hub, user, standing);
  }
}

function concernsAnybody(hub: HubState, user: User, conversation: ConversationId): boolean {
  if (wantsUnread(hub, user)) return true;
  if (conversation === everyone || !isShown(hub, user)) return false;
  const members = hub.audiences.get(conversation)?.facts?.members ?? 0;
  return members <= hub.limits.receiptMembers;
}

/** Whether they count what is unread: by saying what they have read, or on more than one connection. */
function wantsUnread(hub: HubState, user: User): boolean {
  return hub.users.get(user.id) === user && (user.saysCursors || user.connections.length > 1);
}

/** Not of whoever is invisible; nor of somebody whose name was free as soon as they had gone. */
function isShown(hub: HubState, user: User): boolean {
  return user.profile.status !== "invisible" && (user.kept || hub.users.get(user.id) === user);
}

function tellReceipt(hub: HubState, user: User, standing: Standing, read: number): void {
  if (standing.conversation === everyone || !isShown(hub, user)) return;
  const row: ReceiptRow = { username: user.name.spelling, delivered: standing.delivered, read };
  const conversation = standing.peer === undefined ? conversationName(standing) : `@${user.name.key}`;
  const frame = events.encode({ type: "receipt", payload: { conversation, ...row } });
  for (const other of othersIn(hub, standing))
    if (other.id !== user.id && !areApart(user, other))
      tellHere(hub, other, `receipt ${conversation} ${row.username}`, frame);
}

/** The others who are here and are told; in a large room nobody. */
function othersIn(hub: HubState, { conversation, peer }: Standing): Iterable<User> {
  if (peer !== undefined) {
    const other = hub.users.get(peer.user);
    return other === undefined ? [] : [other];
  }
  const audience = hub.audiences.get(conversation);
  if (audience?.facts === undefined || audience.facts.members > hub.limits.receiptMembers) return [];
  return audience.members;
}

function tellUnread(hub: HubState, user: User, standing: Standing): void {
  if (!isStillTheirs(user, standing)) return;
  const payload = conversationRow(hub, user, standing);
  tellHere(hub, user, `unread ${payload.conversation}`, events.encode({ type: "unread", payload }));
}

/** To a user's events connections. */
function tellHere(hub: HubState, user: User, of: string, frame: string | undefined): void {
  for (const connection of user.connections) {
    const { dialect, stage } = connection;
    if (dialect.name === "events" && stage.state === "here") tellState(hub, connection, of, frame);
  }
}
