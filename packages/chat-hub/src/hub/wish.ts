// Who somebody wants to be, as a URL or a login says it, read and judged as far as no store is needed.

import type { LoginWish } from "../dialects/command.js";
import type { CommandId } from "../dialects/frames.js";
import { isSecret } from "../shapes/words.js";
import type { Limits } from "../tables/limits.js";
import type { RefusalCode } from "../tables/refusals.js";
import { parseConversation } from "../words/conversations.js";
import type { NameKey } from "../words/ids.js";
import { parseName } from "../words/names.js";
import type { Result } from "../words/result.js";
import { fault, ok } from "../words/result.js";
import { parseSince } from "../words/since.js";
import type { HubState, Login } from "./state.js";

export function queryWish(query: Readonly<Record<string, string>>): LoginWish {
  const receipts = query["receipts"];
  return {
    username: query["username"] ?? "",
    token: query["token"],
    since: query["since"],
    epoch: query["epoch"],
    receipts: receipts === "true" || receipts === "1",
    rooms: query["rooms"],
  };
}

export function readWish(
  hub: HubState,
  id: CommandId | undefined,
  wish: LoginWish,
  sinceBytes: number,
): Result<Login, { readonly code: RefusalCode; readonly message: string }> {
  const { limits } = hub;
  const name = parseName(wish.username, limits);
  if (!name.ok) return fault({ code: "bad_name", message: name.fault });
  if (wish.token !== undefined && !isSecret(wish.token, limits.tokenChars)) {
    const [least, most] = limits.tokenChars;
    return fault({ code: "malformed", message: `a token is ${least} to ${most} visible ASCII characters` });
  }
  const since = wish.since === undefined ? undefined : parseSince(wish.since, sinceBytes, limits);
  if (since?.ok === false) return fault({ code: "bad_since", message: since.fault });
  const rooms = readRooms(wish.rooms, limits);
  if (!rooms.ok) return rooms;
  const { epoch, receipts } = wish;
  return ok({ id, name: name.value, since: since?.value, epoch, receipts, rooms: rooms.value });
}

/** `dev,ops`: rooms to join on the way in. */
function readRooms(
  text: string | undefined,
  limits: Limits,
): Result<readonly NameKey[], { readonly code: RefusalCode; readonly message: string }> {
  const keys = new Set<NameKey>();
  for (const name of text === undefined || text === "" ? [] : text.split(",")) {
    const room = parseConversation(name, limits);
    if (!room.ok) return fault({ code: "bad_name", message: `rooms: ${room.fault}` });
    if (room.value.kind !== "room")
      return fault({ code: "bad_name", message: "rooms: give rooms such as dev,ops" });
    keys.add(room.value.key);
  }
  if (keys.size <= limits.loginRooms) return ok([...keys]);
  return fault({ code: "limit_reached", message: `a login joins at most ${limits.loginRooms} rooms` });
}
