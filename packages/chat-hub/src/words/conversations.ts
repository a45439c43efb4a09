// How conversations are named on the wire: `everyone`, `#dev`, `@bob`, and `@bob~1` for an earlier holder.

import type { Limits } from "../tables/limits.js";
import type { Address, Place, RoomName } from "./log.js";
import { parseName, parseRoomName } from "./names.js";
import type { Result } from "./result.js";
import { fault, ok } from "./result.js";

/** Reads a conversation's name; a room's `#` may be absent, since it can't stand in a URL. */
export function parseConversation(text: string, limits: Limits): Result<Address, string> {
  if (text === "everyone") return ok({ kind: "everyone" });
  if (text.startsWith("@")) return parsePerson(text, limits);
  const room = parseRoom(text, limits);
  return room.ok ? ok({ kind: "room", key: room.value.key }) : room;
}

/** Reads `#dev` or `dev` as a room's name, as it is spelled. */
export function parseRoom(text: string, limits: Limits): Result<RoomName, string> {
  if (text.startsWith("@")) return fault("this is a person's name; rooms are named #dev");
  const name = parseRoomName(text.startsWith("#") ? text.slice(1) : text, limits);
  return name.ok ? ok({ key: name.value.key, name: name.value.spelling }) : name;
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
export function conversationName({ peer, room }: Pick<Place, "peer" | "room">): string {
  if (room !== undefined) return `#${room.key}`;
  if (peer === undefined) return "everyone";
  return peer.holder === undefined ? `@${peer.key}` : `@${peer.key}~${peer.holder}`;
}

/** The same of a conversation that the store has not found (yet). */
export function addressName(address: Address): string {
  if (address.kind === "everyone") return "everyone";
  if (address.kind === "room") return `#${address.key}`;
  return address.holder === undefined ? `@${address.key}` : `@${address.key}~${address.holder}`;
}
