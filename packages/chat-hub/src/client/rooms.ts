// What is known of rooms: as they were listed, and what their logs said since.

import type { RoomRow } from "../dialects/frames/people.js";
import type { ClientEntry } from "./entries.js";
import type { Self } from "./self.js";
import type { ClientEvent } from "./told.js";

export interface Rooms {
  listed(rooms: readonly RoomRow[]): void;
  heard(entry: ClientEntry): void;
  invited(conversation: string): void;
  /** We are not in it any more. */
  departed(conversation: string): void;
  has(conversation: string): boolean;
  changes(): readonly ClientEvent[];
}

export function createRooms(self: Self, most: number): Rooms {
  const rooms = new Map<string, RoomRow>();
  const changed = new Set<string>();

  function set(room: RoomRow): void {
    if (!rooms.has(room.conversation) && rooms.size >= most) {
      // What is not ours can be listed again.
      const [other] = [...rooms.values()].filter(({ role }) => role === undefined);
      const left = other?.conversation ?? rooms.keys().next().value;
      if (left !== undefined) rooms.delete(left);
    }
    rooms.set(room.conversation, room);
    changed.add(room.conversation);
  }

  return {
    listed(listed) {
      for (const room of listed) set(room);
    },
    heard(entry) {
      const room = rooms.get(entry.conversation);
      const after = room === undefined ? undefined : changedBy(room, entry, self);
      if (after !== undefined && after !== room) set(after);
    },
    invited(conversation) {
      const room = rooms.get(conversation);
      if (room !== undefined && room.role === undefined) set({ ...room, role: "invited" });
    },
    departed(conversation) {
      const room = rooms.get(conversation);
      if (room === undefined) return;
      const { role, ...rest } = room;
      set(rest);
    },
    has: (conversation) => rooms.has(conversation),
    changes() {
      const events = [...changed].flatMap((conversation): ClientEvent[] => {
        const room = rooms.get(conversation);
        return room === undefined ? [] : [{ type: "room", room }];
      });
      changed.clear();
      return events;
    },
  };
}

function changedBy(room: RoomRow, entry: ClientEntry, self: Self): RoomRow {
  switch (entry.kind) {
    case "member_joined":
      return { ...room, members: room.members + 1, ...(entry.own ? { role: entry.role } : {}) };
    case "member_left":
      return { ...room, members: Math.max(0, room.members - 1) };
    case "role_changed":
      return self.isMe(entry.username) ? { ...room, role: entry.role } : room;
    case "room_updated": {
      const { topic = room.topic, history = room.history, archived = room.archived === true } = entry;
      const { archived: _, ...rest } = room;
      return { ...rest, topic, history, ...(archived ? { archived } : {}) };
    }
    default:
      return room;
  }
}
