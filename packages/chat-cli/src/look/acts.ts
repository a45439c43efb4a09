// What is shown of an entry that is no message: what was done to one, and what happened in a room.

import type { ClientEntry, DoneEntry } from "chat-hub";
import { nameKey } from "chat-hub";
import { lastingWords } from "../commands/lasting.js";
import type { Inert } from "../inert.js";
import type { Viewer } from "../look.js";
import { isNumbered, messageLines } from "../look.js";
import { noteLines } from "../notices.js";

type MessageDone = Extract<
  DoneEntry,
  { kind: "message_edited" | "message_deleted" | "reaction" | "message_pinned" }
>;

/** What is known of the message that an entry is about. */
export interface About {
  readonly from: string;
  readonly own: boolean;
  readonly message: string;
}

export function isAboutMessage(entry: ClientEntry): entry is MessageDone {
  return "message_seq" in entry;
}

export function actLines(
  entry: DoneEntry,
  about: About | undefined,
  mentioned: boolean,
  viewer: Viewer,
): readonly Inert[] {
  if (entry.kind === "message_edited") {
    const { message_seq: edits, ...rest } = entry;
    return messageLines({ ...rest, edits, mentioned: mentioned || undefined }, entry.own, viewer);
  }
  return noteLines(sentence(entry, about, viewer), entry.at, viewer, entry.seq);
}

/** `bob reacted 👍 to 41 of alice in #dev: "shall we ship it?"` */
function sentence(
  entry: Exclude<DoneEntry, { kind: "message_edited" }>,
  about: About | undefined,
  viewer: Viewer,
): string {
  const { conversation } = entry;
  const name = (given: string): string => (nameKey(given) === nameKey(viewer.username) ? "you" : given);
  const who = entry.own ? "you" : entry.from;
  const room = viewer.spelled?.(conversation) ?? conversation;
  const where = conversation === "everyone" ? "" : ` in ${room}`;
  const quote = about === undefined || about.message === "" ? "" : `: ${quoted(about.message)}`;
  const line = isAboutMessage(entry) ? lineWords(entry, about, viewer) : "";
  const is = (subject: string): string => (subject === "you" ? "are" : "is");
  switch (entry.kind) {
    case "message_deleted":
      return `${who} deleted ${line}${where}`;
    case "reaction":
      return entry.on
        ? `${who} reacted ${entry.emoji} to ${line}${where}${quote}`
        : `${who} took ${entry.emoji} back from ${line}${where}`;
    case "message_pinned":
      return entry.on ? `${who} pinned ${line}${where}${quote}` : `${who} unpinned ${line}${where}`;
    case "member_joined":
      return `${who} joined ${room}${entry.role === "member" ? "" : ` as its ${entry.role}`}`;
    case "member_invited":
      return `${who} invited ${name(entry.username)} to ${room}`;
    case "member_left": {
      const left = name(entry.username);
      if (entry.why === "kicked") return `${who} removed ${left} from ${room}`;
      return entry.why === "gone" ? `${left} ${is(left)} gone from ${room}` : `${left} left ${room}`;
    }
    case "role_changed": {
      const changed = name(entry.username);
      return `${who} made ${changed} ${entry.role} of ${room}`;
    }
    case "member_banned":
      return entry.on
        ? `${who} banned ${name(entry.username)} from ${room}`
        : `${who} lifted the ban of ${name(entry.username)} from ${room}`;
    case "member_silenced":
      return entry.on
        ? `${who} silenced ${name(entry.username)} in ${room}`
        : `${who} let ${name(entry.username)} write in ${room} again`;
    case "room_updated":
      return `${who} ${changes(entry, room)}`;
  }
}

/** `41 of alice`; where numbers don't show, `a line of alice`. */
function lineWords(
  { own, from, message_seq: seq }: MessageDone,
  about: About | undefined,
  viewer: Viewer,
): string {
  const line = isNumbered(viewer) || about === undefined ? String(seq) : "a line";
  if (about === undefined) return line;
  const isTheirs = about.own ? own : nameKey(about.from) === nameKey(from);
  if (isTheirs) return line === "a line" ? `${line} of ${own ? "yours" : "their own"}` : line;
  return `${line} of ${about.own ? "yours" : about.from}`;
}

function changes(entry: Extract<DoneEntry, { kind: "room_updated" }>, room: string): string {
  const { topic, history, archived, slow_mode, keep_s } = entry;
  const parts = [
    ...(topic === undefined
      ? []
      : [topic === "" ? `took the topic from ${room}` : `set the topic of ${room}: ${topic}`]),
    ...(history === undefined
      ? []
      : [
          `opened ${history === "all" ? "all that was said" : "only what is said since they joined"} to the members of ${room}`,
        ]),
    ...(slow_mode === undefined
      ? []
      : [
          slow_mode === 0
            ? `ended the slow mode of ${room}`
            : `set the slow mode of ${room}: one message in ${slow_mode} s`,
        ]),
    ...(keep_s === undefined
      ? []
      : [
          keep_s === 0
            ? `lets ${room} keep what is written as everywhere`
            : `lets ${room} forget what is written after ${lastingWords(keep_s)}`,
        ]),
    ...(archived === undefined ? [] : [archived ? `archived ${room}` : `opened ${room} again`]),
  ];
  return parts.length === 0 ? `changed ${room}` : parts.join(", ");
}

/** The beginning of a text, in quotation marks. */
export function quoted(text: string, most = 40): string {
  const line = text.trim().replace(/\s+/g, " ");
  const letters = [...line];
  return `"${letters.length <= most ? line : `${letters.slice(0, most - 1).join("")}…`}"`;
}
