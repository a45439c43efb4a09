// How the simple dialect says what it has no word for: the nearest line it can make of a push of the
// events dialect, marked with that push's type. PROTOCOL.md's table is made from this one.

import type { EntryType } from "../dialects/frames/entries.js";
import type { ServerPayloads } from "../dialects/frames.js";

/** Pushes that can make a line. */
export type LinePush = EntryType | "invited" | "announcement" | "house_updated" | "about_you";

export interface Degradation {
  /** The push of the events dialect; also the line's `note`. */
  readonly push: LinePush;
  /** Only if these fields of its payload are so. */
  readonly when?: Readonly<Record<string, string | boolean | number>>;
  /** Only if this field is there. */
  readonly with?: string;
  /** The line's `message`, with the payload's fields in braces; none = no line. */
  readonly text?: string;
}

/** The first row that fits counts. What stands in no row makes no line. A message is a line as it is. */
export const degradations: readonly Degradation[] = [
  { push: "new_message", when: { deleted: true }, text: "(deleted)" },
  { push: "message_edited", text: "{message}" },
  { push: "message_deleted", text: "(message {message_seq} was deleted)" },
  { push: "reaction", when: { on: true }, text: "{emoji} (to message {message_seq})" },
  { push: "reaction", when: { on: false } },
  { push: "message_pinned", when: { on: true }, text: "(message {message_seq} was pinned)" },
  { push: "message_pinned", when: { on: false } },
  { push: "member_joined", text: "(joined)" },
  { push: "member_invited", text: "(invited {username})" },
  { push: "member_left", when: { why: "kicked" }, text: "({username} was removed)" },
  { push: "member_left", text: "(left)" },
  { push: "role_changed", text: "({username} is now {role})" },
  { push: "member_banned", when: { on: true }, text: "({username} was banned)" },
  { push: "member_banned", when: { on: false }, text: "({username} was unbanned)" },
  { push: "member_silenced", when: { on: true }, text: "({username} may only read here)" },
  { push: "member_silenced", when: { on: false }, text: "({username} may write again)" },
  { push: "room_updated", when: { slow_mode: 0 }, text: "(slow mode is off)" },
  { push: "room_updated", with: "slow_mode", text: "(slow mode: one message in {slow_mode} seconds)" },
  { push: "room_updated", when: { keep_s: 0 }, text: "(what is written here is kept as everywhere)" },
  {
    push: "room_updated",
    with: "keep_s",
    text: "(what is written here is forgotten after {keep_s} seconds)",
  },
  { push: "room_updated", when: { topic: "" }, text: "(no topic any more)" },
  { push: "room_updated", with: "topic", text: "(topic: {topic})" },
  { push: "room_updated", when: { history: "all" }, text: "(members can read all that was ever said)" },
  {
    push: "room_updated",
    when: { history: "since_join" },
    text: "(members can read what was said since they joined)",
  },
  { push: "room_updated", when: { archived: true }, text: "(the room is archived: it can only be read)" },
  { push: "room_updated", when: { archived: false }, text: "(the room is open again)" },
  { push: "announcement", text: "{message}" },
  { push: "house_updated", when: { read_only: true }, text: "(nobody can write for now)" },
  { push: "house_updated", when: { slow_mode: 0 }, text: "(everybody can write)" },
  { push: "house_updated", text: "(slow mode: one message to all in {slow_mode} seconds)" },
  { push: "about_you", text: "({message})" },
  { push: "invited", text: "{from} invites you to {conversation}" },
];

/** What a push is in a line, or nothing. */
export function lineText<Type extends LinePush>(
  push: Type,
  payload: ServerPayloads[Type],
): string | undefined {
  const fields = payload as unknown as Readonly<Record<string, unknown>>;
  const row = degradations.find(
    (degradation) =>
      degradation.push === push &&
      Object.entries(degradation.when ?? {}).every(([field, value]) => fields[field] === value) &&
      (degradation.with === undefined || fields[degradation.with] !== undefined),
  );
  return row?.text?.replace(/\{(\w+)\}/g, (_, field: string) => String(fields[field]));
}
