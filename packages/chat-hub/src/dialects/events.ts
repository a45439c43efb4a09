// The events dialect: `{type, id?, payload}` both ways, the second seed's frames among them (WIRE §1).

import { decodeEvents } from "./decode-events.js";
import type { Dialect, Push, Told } from "./dialect.js";
import { encodeEntry } from "./entries.js";
import type { CommandId } from "./frames.js";

export const events: Dialect = {
  name: "events",
  decode: decodeEvents,
  encode,
  shows: () => true,
};

function encode(push: Push): string {
  if (push.type === "entry") return encodeEntry(push.line, push.nonce);
  if (push.type === "ack") return encodeAck(push);
  return tagged(push.type, push.id, push.payload);
}

/** Every message may want one, so it is written by hand as entries are: the same as stringifying it. */
function encodeAck({ id, payload }: Told<"ack">): string {
  const { conversation, seq, at, nonce, duplicate, unchanged, recipient, reached } = payload;
  if (
    conversation === undefined ||
    seq === undefined ||
    duplicate === true ||
    unchanged === true ||
    reached !== undefined
  )
    return tagged("ack", id, payload);
  const pairs = id === undefined ? "" : `"id":${typeof id === "number" ? id : JSON.stringify(id)},`;
  const promised = nonce === undefined ? "" : `,"nonce":${JSON.stringify(nonce)}`;
  const there = recipient === undefined ? "" : `,"recipient":"${recipient}"`;
  return `{"type":"ack",${pairs}"payload":{"conversation":${JSON.stringify(conversation)},"seq":${seq},"at":${at}${promised}${there}}}`;
}

function tagged(type: string, id: CommandId | undefined, payload: object): string {
  return JSON.stringify(id === undefined ? { type, payload } : { type, id, payload });
}
