// Reads the server's frames of the events dialect. Any string gives a frame, or nothing: what can't be
// read is left aside, as is a type that is newer than this client, unless it is an entry of a log.

import type {
  AckPayload,
  CommandId,
  ConversationRow,
  HelpPayload,
  LimitsPayload,
  NewMessagePayload,
  PresencePayload,
  ServerPayloads,
  UserRow,
} from "../dialects/frames.js";
import type { Refusal } from "./door.js";
import type { Check } from "./shape.js";
import { count, flag, list, maybe, moment, one, place, shape, text } from "./shape.js";

/** What each type carries here: as the server's, but an error may have a code that is new to us. */
type Payloads = Omit<ServerPayloads, "error"> & { readonly error: Refusal };

export type Incoming =
  | {
      [Type in keyof Payloads]: {
        readonly type: Type;
        readonly id: CommandId | undefined;
        readonly payload: Payloads[Type];
      };
    }[keyof Payloads]
  /** An entry of a type that is new to us. */
  | {
      readonly type: "entry";
      readonly payload: { readonly type: string; readonly conversation: string; readonly seq: number };
    };

/** Never throws. */
export function readFrame(frame: string): Incoming | undefined {
  const outer = envelope(parse(frame));
  if (outer === undefined) return undefined;
  const { type, id, payload = {} } = outer;
  if (isKnown(type)) {
    const read = payloads[type](payload);
    return read === undefined ? undefined : ({ type, id, payload: read } as Incoming);
  }
  const entry = entryPlace(payload);
  return entry === undefined ? undefined : { type: "entry", payload: { type, ...entry } };
}

function parse(frame: string): unknown {
  try {
    return JSON.parse(frame);
  } catch {
    return undefined;
  }
}

const anything: Check<object> = (value) => (typeof value === "object" && value !== null ? value : undefined);
const commandId: Check<CommandId> = (value) => text(value) ?? count(value);
const envelope = shape<{ type: string; id?: CommandId; payload?: object }>({
  type: text,
  id: maybe(commandId),
  payload: maybe(anything),
});
const entryPlace = shape<{ conversation: string; seq: number }>({ conversation: text, seq: place });

const message = shape<NewMessagePayload>({
  message: text,
  from: text,
  sent: text,
  to: maybe(text),
  conversation: text,
  seq: place,
  at: moment,
  reply_to: maybe(place),
  nonce: maybe(text),
});
const ack = shape<AckPayload>({
  conversation: text,
  seq: place,
  at: moment,
  nonce: maybe(text),
  duplicate: maybe(one(true)),
  recipient: maybe(one("here", "away")),
});
const error = shape<Refusal>({
  code: text,
  message: text,
  hint: maybe(text),
  example: maybe(text),
  retryable: flag,
  retry_after_ms: maybe(count),
  refused: maybe(count),
});
const conversation = shape<ConversationRow>({ conversation: text, head: count, read: count, unread: count });
const conversations = list(conversation);
const limits = shape<LimitsPayload>({
  frame_bytes: count,
  message_chars: count,
  name_chars: count,
  page_rows: count,
  since_url_bytes: count,
  since_frame_bytes: count,
  login_ms: count,
  ping_ms: count,
  messages_per_second: maybe(count),
  messages_burst: maybe(count),
  commands_per_second: maybe(count),
  commands_burst: maybe(count),
});
const user = shape<UserRow>({ username: text, status: one("online", "offline") });
const command = shape<HelpPayload["commands"][number]>({ type: text, what: text, example: text });

const payloads: { readonly [Type in keyof Payloads]: Check<Payloads[Type]> } = {
  welcome: shape<Payloads["welcome"]>({
    username: text,
    kept: flag,
    protocol: one(1),
    auth: one("open"),
    durable: flag,
    epoch: text,
    at: moment,
    limits,
    features: list(text),
    here: count,
    conversations,
    more: flag,
  }),
  ack,
  error,
  new_message: message,
  history: shape<Payloads["history"]>({
    conversation: text,
    messages: list(message),
    first: count,
    head: count,
    more: flag,
  }),
  log: shape<Payloads["log"]>({ conversation: text, entries: list(message), head: count, more: flag }),
  conversations: shape<Payloads["conversations"]>({ conversations, more: flag }),
  users: shape<Payloads["users"]>({ users: list(user), count, more: flag }),
  presence: shape<PresencePayload>({ users: maybe(list(user)), count, all: maybe(one(true)) }),
  skip: shape<Payloads["skip"]>({ conversation: text, first: place, last: place }),
  behind: shape<Payloads["behind"]>({ conversation: text, after: count, head: count }),
  resumed: shape<Payloads["resumed"]>({
    epoch: text,
    replayed: count,
    ignored: maybe(list(text)),
    reset: maybe(list(text)),
  }),
  reconnect: shape<Payloads["reconnect"]>({ after_ms: count }),
  ping: shape<Payloads["ping"]>({ at: count }),
  help: shape<HelpPayload>({ commands: list(command), limits }),
};

function isKnown(type: string): type is keyof Payloads {
  return Object.hasOwn(payloads, type);
}
