// Commands by which people talk, and do something to what was said.

import { conversation, recipient } from "../../shapes/names.js";
import { object } from "../../shapes/object.js";
import { optional } from "../../shapes/shape.js";
import { emoji, messageText, place } from "../../shapes/words.js";
import type { CommandRow } from "./row.js";
import { nonce, on, writes } from "./row.js";

export const talking = {
  send_message: {
    what: "say something to everyone, or to one conversation",
    example: '{"type":"send_message","id":1,"payload":{"message":"Hello everyone!"}}',
    payload: object({
      message: messageText,
      conversation: optional(conversation),
      reply_to: optional(place),
      nonce,
    }),
    ...writes,
  },
  private_message: {
    what: "say something to one person",
    example: '{"type":"private_message","id":1,"payload":{"message":"Hey, how are you?","to":"sara"}}',
    payload: object({ message: messageText, to: recipient, reply_to: optional(place), nonce }),
    ...writes,
  },
  edit_message: {
    what: "change the text of a message of yours",
    example:
      '{"type":"edit_message","id":1,"payload":{"conversation":"everyone","message_seq":1,"message":"Hello, everyone!"}}',
    payload: object({ conversation, message_seq: place, message: messageText, nonce }),
    ...writes,
  },
  delete_message: {
    what: "take a message back: its text is gone for good",
    example: '{"type":"delete_message","id":1,"payload":{"conversation":"everyone","message_seq":1}}',
    payload: object({ conversation, message_seq: place, nonce }),
    ...writes,
  },
  react: {
    what: 'put an emoji on a message, or take it off with "on":false',
    example: '{"type":"react","id":1,"payload":{"conversation":"everyone","message_seq":1,"emoji":"👍"}}',
    payload: object({ conversation, message_seq: place, emoji, on, nonce }),
    ...writes,
  },
  pin: {
    what: 'pin a message to its conversation, or unpin it with "on":false',
    example: '{"type":"pin","id":1,"payload":{"conversation":"#dev","message_seq":2}}',
    payload: object({ conversation, message_seq: place, on, nonce }),
    ...writes,
  },
} as const satisfies Record<string, CommandRow>;
