// The frames of the simple dialect: the one that a client sends, and those that it gets.

import type { AckPayload, ResumedPayload } from "../dialects/frames/session.js";
import type { CommandId } from "../dialects/frames.js";
import { target } from "../shapes/names.js";
import type { FieldsOf, ObjectShape } from "../shapes/object.js";
import { object, objectOf } from "../shapes/object.js";
import { moment, oneOf, text } from "../shapes/plain.js";
import { maybe, optional } from "../shapes/shape.js";
import { commandId, messageText, nonce, place } from "../shapes/words.js";
import { ack } from "./pushes/parts.js";
import type { ReadError } from "./pushes/session.js";
import { error, resumed } from "./pushes/session.js";

export interface SimpleRow {
  readonly what: string;
  readonly example: string;
  readonly frame: ObjectShape<unknown>;
}

const said = { message: messageText, target: optional(target), nonce: optional(nonce) };

/** What a client says. Its `id` is read by itself, so that it is known when the rest is refused. */
export const saidFrame = object(said);

/** Something that is in a log, in one line. */
export interface LineFrame {
  readonly from: string;
  readonly message: string;
  readonly target: string;
  readonly conversation: string;
  readonly seq: number;
  readonly at: number;
  readonly sent: string;
  readonly reply_to?: number;
  readonly message_seq?: number;
  /** The type of the events dialect that this line stands for; absent for a message. */
  readonly note?: string;
}

/** A line of the server itself: it is in no log. */
export interface ServerLineFrame {
  readonly from: "server";
  readonly message: string;
  readonly target: "";
  readonly at?: number;
  readonly sent?: string;
  readonly note: string;
}

/** An answer: its fields, and the `id` that it answers. */
function withId<Payload>(shape: ObjectShape<Payload>): ObjectShape<Payload & { readonly id?: CommandId }> {
  const fields = { id: maybe(commandId), ...shape.fields };
  return objectOf(fields as unknown as FieldsOf<Payload & { readonly id?: CommandId }>);
}

export const simpleFrames = {
  say: {
    what: "say something to everyone, to one person or to a room",
    example: '{"message":"hi","target":"bob","id":1}',
    frame: object({ ...said, id: optional(commandId) }),
  },
  line: {
    what: "something was said, or done",
    example:
      '{"from":"alice","message":"hi","target":"","conversation":"everyone","seq":41,"at":1795357825123,"sent":"14:30:25"}',
    frame: objectOf<LineFrame>({
      from: text,
      message: text,
      target: text,
      conversation: text,
      seq: place,
      at: moment,
      sent: text,
      reply_to: maybe(place),
      message_seq: maybe(place),
      note: maybe(text),
    }),
  },
  server_line: {
    what: "the server has something to say",
    example:
      '{"from":"server","message":"the server restarts: please connect again","target":"","note":"reconnect"}',
    frame: objectOf<ServerLineFrame>({
      from: oneOf(["server"]),
      message: text,
      target: oneOf([""]),
      at: maybe(moment),
      sent: maybe(text),
      note: text,
    }),
  },
  ack: {
    what: "it is said, for good; only if the frame had an id or a nonce",
    example: '{"ack":{"id":1,"conversation":"@bob","seq":7,"at":1795357825123,"recipient":"here"}}',
    frame: objectOf<{ readonly ack: AckPayload & { readonly id?: CommandId } }>({ ack: withId(ack) }),
  },
  error: {
    what: "why a frame was not obeyed, and the way out",
    example:
      '{"error":{"id":1,"code":"unknown_user","message":"nobody has this name","hint":"check the name; /ws can list who is here","example":"{\\"message\\":\\"hi\\",\\"target\\":\\"bob\\"}","retryable":false}}',
    frame: objectOf<{ readonly error: ReadError & { readonly id?: CommandId } }>({
      error: withId(error.payload),
    }),
  },
  resumed: {
    what: "all that was missed since has been told",
    example: '{"resumed":{"epoch":"c0de17f2","replayed":3}}',
    frame: objectOf<{ readonly resumed: ResumedPayload }>({ resumed: resumed.payload }),
  },
} as const satisfies Record<string, SimpleRow>;
