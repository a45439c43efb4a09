// Commands that make rooms, and decide who is in them.

import { rights } from "../../rules/rights.js";
import { roomName as room, username } from "../../shapes/names.js";
import { object } from "../../shapes/object.js";
import { oneOf, shortText } from "../../shapes/plain.js";
import { optional } from "../../shapes/shape.js";
import { historySettings, roles, visibilities } from "../../words/rooms.js";
import type { CommandRow } from "./row.js";
import { nonce, on, writes } from "./row.js";

const writesKept = { ...writes, needs: "token" } as const;

export const inRooms = {
  create_room: {
    what: "make a room; you are its owner",
    example: '{"type":"create_room","id":1,"payload":{"conversation":"#dev","topic":"what we build"}}',
    payload: object({
      conversation: room,
      visibility: optional(oneOf(visibilities), "public"),
      history: optional(oneOf(historySettings), "all"),
      topic: optional(shortText("topicChars"), ""),
      nonce,
    }),
    ...writesKept,
  },
  join_room: {
    what: "join a public room, or one that you are invited to",
    example: '{"type":"join_room","id":1,"payload":{"conversation":"#dev"}}',
    payload: object({ conversation: room, nonce }),
    ...writes,
  },
  leave_room: {
    what: "leave a room",
    example: '{"type":"leave_room","id":1,"payload":{"conversation":"#dev"}}',
    payload: object({ conversation: room, nonce }),
    role: rights.leave.room,
    ...writes,
  },
  invite: {
    what: "invite somebody to a room",
    example: '{"type":"invite","id":1,"payload":{"conversation":"#dev","username":"bob"}}',
    payload: object({ conversation: room, username, nonce }),
    role: rights.invite.room,
    ...writes,
  },
  kick: {
    what: "remove somebody from a room; they may come back to a public one",
    example: '{"type":"kick","id":1,"payload":{"conversation":"#dev","username":"bob"}}',
    payload: object({ conversation: room, username, nonce }),
    role: rights.kick.room,
    ...writes,
  },
  ban: {
    what: "remove somebody from a room for good",
    example: '{"type":"ban","id":1,"payload":{"conversation":"#dev","username":"bob"}}',
    payload: object({ conversation: room, username, nonce }),
    role: rights.ban.room,
    ...writesKept,
  },
  unban: {
    what: "let somebody who was banned come back",
    example: '{"type":"unban","id":1,"payload":{"conversation":"#dev","username":"bob"}}',
    payload: object({ conversation: room, username, nonce }),
    role: rights.ban.room,
    ...writesKept,
  },
  set_role: {
    what: "make a member an owner, a moderator or a plain member",
    example:
      '{"type":"set_role","id":1,"payload":{"conversation":"#dev","username":"bob","role":"moderator"}}',
    payload: object({ conversation: room, username, role: oneOf(roles), nonce }),
    role: rights.role.room,
    ...writesKept,
  },
  set_topic: {
    what: "say what a room is about",
    example: '{"type":"set_topic","id":1,"payload":{"conversation":"#dev","topic":"what we build"}}',
    payload: object({ conversation: room, topic: shortText("topicChars"), nonce }),
    role: rights.topic.room,
    ...writes,
  },
  set_history: {
    what: "let members read all of a room, or what was written since they joined",
    example: '{"type":"set_history","id":1,"payload":{"conversation":"#dev","history":"since_join"}}',
    payload: object({ conversation: room, history: oneOf(historySettings), nonce }),
    role: rights.history.room,
    ...writes,
  },
  archive_room: {
    what: 'close a room for writing, or open it again with "on":false',
    example: '{"type":"archive_room","id":1,"payload":{"conversation":"#dev"}}',
    payload: object({ conversation: room, on, nonce }),
    role: rights.archive.room,
    ...writes,
  },
} as const satisfies Record<string, CommandRow>;
