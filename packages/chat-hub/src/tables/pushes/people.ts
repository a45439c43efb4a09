// What other people do beside the logs, and what one does oneself on other devices.

import type { ServerPayloads } from "../../dialects/frames.js";
import { objectOf } from "../../shapes/object.js";
import { count, flag, only, text } from "../../shapes/plain.js";
import { maybe } from "../../shapes/shape.js";
import { flagged, receiptFields, settings, users, whereYouStand } from "./parts.js";
import type { PushRow } from "./row.js";

export const people = {
  presence: {
    what: "who came, went, or is seen in another way now; with all, this is everybody who is here",
    example:
      '{"type":"presence","payload":{"users":[{"username":"bob","status":"online"},{"username":"sara","status":"offline"}],"count":2}}',
    payload: objectOf<ServerPayloads["presence"]>({ users: maybe(users), all: maybe(only), count }),
  },
  typing: {
    what: "somebody is typing; it counts for some seconds",
    example: '{"type":"typing","payload":{"conversation":"@bob","username":"bob","on":true}}',
    payload: objectOf<ServerPayloads["typing"]>({ conversation: text, ...flagged }),
  },
  receipt: {
    what: "somebody else has got further",
    example: '{"type":"receipt","payload":{"conversation":"@bob","username":"bob","delivered":9,"read":9}}',
    payload: objectOf<ServerPayloads["receipt"]>({ conversation: text, ...receiptFields }),
  },
  unread: {
    what: "you have got further, here or on another device: where you stand now",
    example:
      '{"type":"unread","payload":{"conversation":"everyone","head":44,"read":44,"unread":0,"mentions":0}}',
    payload: whereYouStand,
  },
  invited: {
    what: "somebody invites you to a room",
    example: '{"type":"invited","payload":{"conversation":"#dev","from":"alice"}}',
    payload: objectOf<ServerPayloads["invited"]>({ conversation: text, from: text }),
  },
  settings: {
    what: "what you have chosen for yourself, here or on another device",
    example: '{"type":"settings","payload":{"status":"away","text":"back at two","reading":"shared"}}',
    payload: settings,
  },
  blocked: {
    what: "you have blocked somebody, or no more",
    example: '{"type":"blocked","payload":{"username":"mallory","on":true}}',
    payload: objectOf<ServerPayloads["blocked"]>(flagged),
  },
  muted: {
    what: "you have muted a conversation, or no more",
    example: '{"type":"muted","payload":{"conversation":"#dev","on":true}}',
    payload: objectOf<ServerPayloads["muted"]>({ conversation: text, on: flag }),
  },
} as const satisfies { readonly [Type in keyof ServerPayloads]?: PushRow<ServerPayloads[Type]> };
