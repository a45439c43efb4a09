// Rooms, and what is done in them.

import { nameKey } from "chat-hub";
import { many } from "../look.js";
import type { Doings } from "./obey.js";
import type { Order } from "./state.js";
import { aim, ask, called, done, loudly, quietly, roomOf } from "./state.js";
import type { Turn } from "./turn.js";
import { together } from "./turn.js";

export const roomDoings = {
  // What is typed next is meant for the room, though the server has not answered yet: it is sent behind
  // the wish to join, and is refused if that is.
  join: ({ room }, order) => goInto(order, room, done(order, { type: "join", conversation: nameKey(room) })),
  create: ({ room, visibility, text: topic }, order) => {
    order.state.places.made(room);
    return goInto(order, room, done(order, { type: "create", conversation: room, visibility, topic }));
  },
  leave: ({ room }, order) =>
    inRoom(order, room, (conversation) => {
      const isHere = order.state.target === conversation;
      const facts = isHere ? aim(order.state, "everyone") : [];
      return together(done(order, { type: "leave", conversation }), { lines: [], facts });
    }),
  rooms: (_, order) => ask(order, { type: "rooms", limit: 100 }),
  members: ({ which, room }, order) => {
    const { target } = order.state;
    const members = (conversation: string): Turn =>
      ask(order, { type: "members", conversation, which: which ?? "members", limit: 200 });
    return room === undefined && target.startsWith("@") ? members(target) : inRoom(order, room, members);
  },
  topic: ({ room, text }, order) =>
    inRoom(order, room, (conversation) => {
      if (text !== undefined) return done(order, { type: "topic", conversation, topic: text });
      return quietly(order, topicWords(order, conversation));
    }),
  invite: ({ person: username, room }, order) =>
    inRoom(order, room, (conversation) => done(order, { type: "invite", conversation, username })),
  kick: ({ person: username, room, text: reason }, order) =>
    inRoom(order, room, (conversation) => done(order, { type: "kick", conversation, username, reason })),
  ban: ({ person: username, room, seconds: forSeconds, text: reason }, order) =>
    inRoom(order, room, (conversation) =>
      done(order, { type: "ban", conversation, username, on: true, forSeconds, reason }),
    ),
  unban: ({ person: username, room }, order) =>
    inRoom(order, room, (conversation) => done(order, { type: "ban", conversation, username, on: false })),
  silence: ({ person: username, room, seconds: forSeconds, text: reason }, order) =>
    inRoom(order, room, (conversation) =>
      done(order, { type: "silence", conversation, username, on: true, forSeconds, reason }),
    ),
  unsilence: ({ person: username, room }, order) =>
    inRoom(order, room, (conversation) =>
      done(order, { type: "silence", conversation, username, on: false }),
    ),
  slow: ({ seconds, room }, order) =>
    inRoom(order, room, (conversation) => done(order, { type: "slow", conversation, seconds })),
  keep: ({ lasting: seconds, room }, order) =>
    inRoom(order, room, (conversation) => done(order, { type: "retention", conversation, seconds })),
  role: ({ person: username, role, room }, order) =>
    inRoom(order, room ?? (role === "admin" ? "everyone" : undefined), (conversation) =>
      done(order, { type: "role", conversation, username, role }),
    ),
  past: ({ history, room }, order) =>
    inRoom(order, room, (conversation) => done(order, { type: "history", conversation, history })),
  archive: ({ room }, order) =>
    inRoom(order, room, (conversation) => done(order, { type: "archive", conversation, on: true })),
  unarchive: ({ room }, order) =>
    inRoom(order, room, (conversation) => done(order, { type: "archive", conversation, on: false })),
} satisfies Pick<
  Doings,
  | ("join" | "leave" | "create" | "rooms" | "members" | "topic" | "invite" | "kick" | "ban" | "unban")
  | ("silence" | "unsilence" | "slow" | "keep")
  | ("role" | "past" | "archive" | "unarchive")
>;

function goInto({ state }: Order, room: string, deed: Turn): Turn {
  return together(deed, { lines: [], facts: aim(state, nameKey(room)) });
}

/** In the room that is named, or in the one where one is. */
function inRoom(order: Order, room: string | undefined, act: (conversation: string) => Turn): Turn {
  const conversation = roomOf(order, room);
  if (conversation !== undefined) return act(conversation);
  return loudly(order, "in which room? /to #dev goes there, or name it behind the command");
}

function topicWords({ state }: Order, conversation: string): string {
  const room = state.places.room(conversation);
  const name = called(state, conversation);
  if (room === undefined) return `nothing is known of ${name}; /rooms asks`;
  const people = many(room.members, "member", "members");
  return room.topic === "" ? `${name} has no topic; ${people}` : `${name}: ${room.topic} (${people})`;
}
