// How conversations are named on the wire: `everyone`, `@bob`, and `@bob~1` for an earlier holder.

import type { Limits } from "../tables/limits.js";
import type { Address, Place } from "./log.js";
import { parseName } from "./names.js";
import type { Result } from "./result.js";
import { fault, ok } from "./result.js";

/**
 * Reads a conversation's name. `#dev`, or `dev` in a URL, is a room's: there are none yet, so it is
 * read and found nowhere.
 */
export function parseConversation(text: string, limits: Limits): Result<Address, string> {
  if (text === "everyone") return ok({ kind: "everyone" });
  if (text.startsWith("@")) return parsePerson(text, limits);
  const room = parseName(text.startsWith("#") ? text.slice(1) : text, limits);
  return room.ok ? ok({ kind: "room", key: room.value.key }) : room;
}

/** Reads `bob`, `@bob` or `bob~1` as the private conversation with them. */
export function parsePerson(text: string, limits: Limits): Result<Address, string> {
  const [name = "", holder, ...rest] = (text.startsWith("@") ? text.slice(1) : text).split("~");
  if (rest.length > 0 || (holder !== undefined && !/^[1-9]\d{0,8}$/.test(holder))) {
    return fault("after ~ comes the number of an earlier holder of the name");
  }
  const parsed = parseName(name, limits);
  if (!parsed.ok) return parsed;
  const key = parsed.value.key;
  return ok(
    holder === undefined ? { kind: "private", key } : { kind: "private", key, holder: Number(holder) },
  );
}

/** The name of a conversation as one of its sides sees it. */
export function conversationName(place: Pick<Place, "peer">): string {
  const peer = place.peer;
  if (peer === undefined) return "everyone";
  return peer.holder === undefined ? `@${peer.key}` : `@${peer.key}~${peer.holder}`;
}
