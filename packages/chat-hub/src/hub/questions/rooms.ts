// `rooms`: those that somebody may join, and their own.

import type { RoomRow } from "../../dialects/frames/people.js";
import type { RoomsListed } from "../../ports/rooms.js";
import { conversationName } from "../../words/conversations.js";
import { isRole } from "../../words/rooms.js";
import type { HubState } from "../state/hub-state.js";
import type { Asker, Question } from "./asker.js";
import { askStore, tell } from "./asker.js";
import { fit } from "./fit.js";

export function askRooms(hub: HubState, asker: Asker, question: Question<"rooms">): void {
  const { after, limit } = question;
  const page = after === undefined ? {} : { after };
  askStore(hub, asker, question, { type: "rooms", viewer: asker.user.id, most: limit, ...page });
}

export function tellRooms(hub: HubState, asker: Asker, answer: RoomsListed): void {
  const rows = answer.rooms.map(roomRow);
  const rooms = fit(rows, hub.limits);
  tell(hub, asker, { type: "rooms", payload: { rooms, more: answer.more || rooms.length < rows.length } });
}

function roomRow(room: RoomsListed["rooms"][number]): RoomRow {
  const { key, name, visibility, history, topic, members, standing } = room;
  const role = isRole(standing) || standing === "invited" ? { role: standing } : {};
  return {
    conversation: conversationName({ room: { key, name } }),
    name,
    visibility,
    history,
    topic,
    members,
    ...(room.archived ? { archived: true } : {}),
    ...(room.slowMode === undefined ? {} : { slow_mode: room.slowMode }),
    ...(room.keepSeconds === undefined ? {} : { keep_s: room.keepSeconds }),
    ...role,
  };
}
