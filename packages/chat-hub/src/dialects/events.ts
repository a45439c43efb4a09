// The events dialect: `{type, id?, payload}` both ways, the second seed's frames among them (WIRE §1).

import { decodeEvents } from "./decode-events.js";
import type { Dialect, Push } from "./dialect.js";
import { encodeEntry } from "./entries.js";
import type { CommandId } from "./frames.js";

export const events: Dialect = {
  name: "events",
  decode: decodeEvents,
  encode,
  shows: () => true,
};

function encode(push: Push): string {
  return push.type === "entry"
    ? encodeEntry(push.line, push.nonce)
    : tagged(push.type, push.id, push.payload);
}

function tagged(type: string, id: CommandId | undefined, payload: object): string {
  return JSON.stringify(id === undefined ? { type, payload } : { type, id, payload });
}
