// What is known of a push: any frame of the events dialect, server to client.

import type { ObjectShape } from "../../shapes/object.js";
import type { Drawing, Schema } from "../../shapes/shape.js";
import { commandId } from "../../shapes/words.js";

export interface PushRow<Payload> {
  /** What it says, for people. */
  readonly what: string;
  /** A frame as it is sent. */
  readonly example: string;
  readonly payload: ObjectShape<Payload>;
  /** It may answer a command, and then has the command's `id`. */
  readonly answers?: true;
}

/** The schema of a push's frame, by its type. */
export function pushSchema(type: string, row: PushRow<unknown>, drawing: Drawing): Schema {
  return drawing.define(`push.${type}`, () => ({
    description: row.what,
    type: "object",
    required: ["type", "payload"],
    properties: {
      type: { const: type },
      ...(row.answers === true ? { id: commandId.schema(drawing) } : {}),
      payload: row.payload.schema(drawing),
    },
    examples: [JSON.parse(row.example)],
  }));
}
