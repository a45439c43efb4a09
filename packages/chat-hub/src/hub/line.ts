// An entry as one side of its conversation sees it.

import type { Line } from "../dialects/dialect.js";
import { conversationName } from "../words/conversations.js";
import type { Entry, Place } from "../words/log.js";
import type { Connection } from "./state/connection.js";
import type { User } from "./state/user.js";

type LineOf<Of extends Entry> = Omit<Line, "entry"> & { readonly entry: Of };

/** `place` is as `viewer` sees it. */
export function lineOf<Of extends Entry>(viewer: User, place: Place, entry: Of): LineOf<Of> {
  const { peer } = place;
  const to = peer === undefined ? undefined : entry.author === peer.user ? viewer.name.spelling : peer.name;
  return { conversation: conversationName(place), to, entry };
}

/** Its frame for one connection; nothing where this is not for it, or has no word for it. */
export function encodeEntry(
  connection: Connection,
  viewer: User,
  place: Place,
  entry: Entry,
  nonce?: string,
): string | undefined {
  const { dialect, id } = connection;
  if (!dialect.shows(entry, { connection: id, user: viewer.id }, place.peer?.user)) return undefined;
  return dialect.encode({ type: "entry", line: lineOf(viewer, place, entry), nonce });
}
