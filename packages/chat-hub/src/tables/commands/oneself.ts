// Commands about oneself: how far one has got, what one chooses, and whether the line is alive.

import { conversation, username } from "../../shapes/names.js";
import { object } from "../../shapes/object.js";
import { oneOf, shortText } from "../../shapes/plain.js";
import { optional } from "../../shapes/shape.js";
import { cursor } from "../../shapes/words.js";
import { readings, statuses } from "../../words/rooms.js";
import type { CommandRow } from "./row.js";
import { costs, on, writes } from "./row.js";

/** Said often, and mostly kept in memory. */
const says = { ...writes, cost: costs.little } as const;

export const oneself = {
  delivered: {
    what: "say up to where you have got a conversation",
    example: '{"type":"delivered","payload":{"conversation":"everyone","seq":1}}',
    payload: object({ conversation, seq: cursor }),
    ...says,
  },
  read: {
    what: "say up to where you have read a conversation",
    example: '{"type":"read","payload":{"conversation":"everyone","seq":1}}',
    payload: object({ conversation, seq: cursor }),
    ...says,
  },
  typing: {
    what: 'say that you are typing, or no more with "on":false',
    example: '{"type":"typing","payload":{"conversation":"@bob"}}',
    payload: object({ conversation, on }),
    ...says,
  },
  set_status: {
    what: "choose how others see you: online, away, busy or invisible, and a few words about it",
    example: '{"type":"set_status","id":1,"payload":{"status":"away","text":"back at two"}}',
    payload: object({ status: optional(oneOf(statuses)), text: optional(shortText("statusChars")) }),
    ...writes,
  },
  set_privacy: {
    what: "choose whether others are told how far you have read",
    example: '{"type":"set_privacy","id":1,"payload":{"reading":"private"}}',
    payload: object({ reading: oneOf(readings) }),
    ...writes,
  },
  block: {
    what: 'get no private messages of somebody any more, or again with "on":false',
    example: '{"type":"block","id":1,"payload":{"username":"bob"}}',
    payload: object({ username, on }),
    ...writes,
    needs: "token",
  },
  mute: {
    what: 'mark a conversation as one that calls you for nothing, or again with "on":false',
    example: '{"type":"mute","id":1,"payload":{"conversation":"#dev"}}',
    payload: object({ conversation, on }),
    ...writes,
  },
  ping: {
    what: "ask for a sign of life",
    example: '{"type":"ping","id":1}',
    payload: object({}),
    needs: "nothing",
    cost: costs.little,
    answer: "ping",
  },
  help: {
    what: "get this list and the limits",
    example: '{"type":"help"}',
    payload: object({}),
    needs: "nothing",
    cost: costs.little,
    answer: "help",
  },
} as const satisfies Record<string, CommandRow>;
