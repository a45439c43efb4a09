// Commands that make rooms, and decide who is in them.

import { rights } from "../../rules/rights.js";
import { houseOrRoom, roomName as room, username } from "../../shapes/names.js";
import { object } from "../../shapes/object.js";
import { integer, oneOf, shortText } from "../../shapes/plain.js";
import { optional } from "../../shapes/shape.js";
import { address, addressOrOwn } from "../../shapes/words.js";
import { historySettings, roles, visibilities } from "../../words/rooms.js";
import {
  addressInEveryone,
  forSeconds,
  keepAtLeast,
  ownAddress,
  reason,
  roleOfPlace,
  someoneOrAddress,
} from "./house.js";
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
    what: "remove somebody from a room; they may come back to a public one. From everyone: end their connections",
    example: '{"type":"kick","id":1,"payload":{"conversation":"#dev","username":"bob"}}',
    payload: object({ conversation: houseOrRoom, username, reason, nonce }),
    role: rights.kick.room,
    ...writes,
  },
  ban: {
    what: "remove somebody from a room, or with everyone from the server: for good, or for so many seconds",
    example: '{"type":"ban","id":1,"payload":{"conversation":"#dev","username":"bob"}}',
    payload: object(
      {
        conversation: houseOrRoom,
        username: optional(username),
        address: optional(addressOrOwn),
        for_s: forSeconds,
        reason,
        nonce,
      },
      someoneOrAddress,
      addressInEveryone,
      ownAddress,
    ),
    role: rights.ban.room,
    ...writesKept,
  },
  unban: {
    what: "let somebody who was banned come back",
    example: '{"type":"unban","id":1,"payload":{"conversation":"#dev","username":"bob"}}',
    payload: object(
      { conversation: houseOrRoom, username: optional(username), address: optional(address), nonce },
      someoneOrAddress,
      addressInEveryone,
    ),
    role: rights.ban.room,
    ...writesKept,
  },
  silence: {
    what: "let somebody read and not write: in a room, or with everyone there and in all public rooms",
    example: '{"type":"silence","id":1,"payload":{"conversation":"#dev","username":"bob","for_s":600}}',
    payload: object({ conversation: houseOrRoom, username, for_s: forSeconds, reason, nonce }),
    role: rights.silence.room,
    ...writes,
  },
  unsilence: {
    what: "let somebody who was silenced write again",
    example: '{"type":"unsilence","id":1,"payload":{"conversation":"#dev","username":"bob"}}',
    payload: object({ conversation: houseOrRoom, username, nonce }),
    role: rights.silence.room,
    ...writes,
  },
  slow_mode: {
    what: "let each member write one message in so many seconds; 0 = as they like",
    example: '{"type":"slow_mode","id":1,"payload":{"conversation":"#dev","seconds":30}}',
    payload: object({
      conversation: houseOrRoom,
      seconds: integer({ least: 0, most: "slowModeSeconds" }),
      nonce,
    }),
    role: rights.slow.room,
    ...writes,
  },
  set_role: {
    what: "make a member an owner, a moderator or a plain member; with everyone an admin, or a member again",
    example:
      '{"type":"set_role","id":1,"payload":{"conversation":"#dev","username":"bob","role":"moderator"}}',
    payload: object(
      { conversation: houseOrRoom, username, role: oneOf([...roles, "admin"]), nonce },
      roleOfPlace,
    ),
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
  set_retention: {
    what: "say for how many seconds what is written is kept: then it is forgotten; 0 = as everywhere",
    example: '{"type":"set_retention","id":1,"payload":{"conversation":"#dev","keep_s":2592000}}',
    payload: object(
      { conversation: houseOrRoom, keep_s: integer({ least: 0, most: "retentionSeconds" }), nonce },
      keepAtLeast,
    ),
    role: rights.retention.room,
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
