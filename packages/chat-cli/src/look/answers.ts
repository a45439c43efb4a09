// What is shown when the server answers a question that is not about messages.

import type { Answer } from "chat-hub";
import { nameKey } from "chat-hub";
import type { Inert } from "../inert.js";
import { inert } from "../inert.js";
import type { Viewer } from "../look.js";
import { clock, gutter, many } from "../look.js";
import { noteLines } from "../notices.js";
import { join } from "../palette.js";
import { columnsOf, wrap } from "../width.js";

type AnswerTo<Type extends Answer["type"]> = Extract<Answer, { type: Type }>;

export function roomLines(
  { rooms, more }: AnswerTo<"rooms">,
  wall: number,
  viewer: Viewer,
): readonly Inert[] {
  const { palette } = viewer;
  if (rooms.length === 0) {
    return noteLines("there are no rooms yet; /create #dev makes one", wall, viewer);
  }
  const width = Math.max(...rooms.map(({ name }) => columnsOf(name) + 1));
  const screen = viewer.columns?.() ?? Number.POSITIVE_INFINITY;
  const rows = rooms.flatMap((room): readonly Inert[] => {
    const name = `#${room.name}`;
    const notes = `  ${roomNotes(room).join(", ")}`;
    const pad = " ".repeat(Math.max(0, width - columnsOf(name)));
    const head = join(inert("  "), palette.room(name + pad), palette.quiet(notes));
    if (room.topic === "") return [head];
    const taken = 2 + width + columnsOf(notes);
    if (taken + 2 + columnsOf(room.topic) < screen) return [join(head, inert(`  ${room.topic}`))];
    const lines = wrap(inert(room.topic), Math.max(16, screen - 7));
    return [head, ...lines.map((line) => inert(`      ${line}`))];
  });
  return more ? [...rows, palette.quiet("  and more")] : rows;
}

function roomNotes(room: AnswerTo<"rooms">["rooms"][number]): readonly string[] {
  return [
    many(room.members, "member", "members"),
    ...(room.visibility === "private" ? ["private"] : []),
    ...(room.archived === true ? ["archived"] : []),
    ...(room.role === undefined
      ? []
      : [room.role === "invited" ? "you are invited" : `you are ${article(room.role)}`]),
  ];
}

function article(role: string): string {
  return role === "owner" ? "an owner" : role === "moderator" ? "a moderator" : "in it";
}

export function memberLines(
  { conversation, members, count, more }: AnswerTo<"members">,
  which: string,
  wall: number,
  viewer: Viewer,
): readonly Inert[] {
  const { palette } = viewer;
  const room = viewer.spelled?.(conversation) ?? conversation;
  const title =
    which === "members" ? `in ${room}` : which === "banned" ? `banned from ${room}` : `invited to ${room}`;
  const names = members.map(({ username, role, status }) => {
    const isSelf = nameKey(username) === nameKey(viewer.username);
    const name = isSelf ? palette.strong("you") : palette.name(username)(username);
    const notes = [
      ...(role === "owner" || role === "moderator" ? [role] : []),
      ...(status === "online" ? [] : [status]),
    ];
    return notes.length === 0 ? name : join(name, palette.quiet(` (${notes.join(", ")})`));
  });
  const all = names.flatMap((name, index) => (index === 0 ? [name] : [inert(", "), name]));
  const rest = more ? [palette.quiet(` and ${count - members.length} others`)] : [];
  const head = palette.quiet(`${gutter(wall, undefined, viewer)}${count} ${title}${count === 0 ? "" : ": "}`);
  return [join(head, ...all, ...rest)];
}

export function whoisLines(about: AnswerTo<"whois">, wall: number, viewer: Viewer): readonly Inert[] {
  const { username, status, text = "", seen, kept } = about;
  const parts = [
    status === "offline" ? seenWords(seen) : status === "online" ? "here" : `here, ${status}`,
    ...(text === "" ? [] : [text]),
    kept ? "the name is kept by a token" : "the name is held only while they are here",
  ];
  return noteLines(`${username}: ${parts.join("; ")}`, wall, viewer);
}

function seenWords(seen: number | undefined): string {
  if (seen === undefined) return "not here";
  const day = new Date(seen).toLocaleDateString(undefined, {
    day: "numeric",
    month: "long",
    year: "numeric",
  });
  return `not here, last seen on ${day} at ${clock(seen)}`;
}

export function blockLines(
  { usernames, more }: AnswerTo<"blocks">,
  wall: number,
  viewer: Viewer,
): readonly Inert[] {
  if (usernames.length === 0) return noteLines("you have blocked nobody", wall, viewer);
  return noteLines(`blocked: ${usernames.join(", ")}${more ? " and more" : ""}`, wall, viewer);
}

export function sessionLines(
  { sessions, more }: AnswerTo<"sessions">,
  of: string | undefined,
  wall: number,
  viewer: Viewer,
): readonly Inert[] {
  const rows = sessions.map(({ since, until, here, current }, index) => {
    const parts = [
      current === true ? "this one" : here > 0 ? "somebody is here by it" : "nobody is here by it",
      ...(since === undefined ? [] : [`since ${dayAndTime(since)}`]),
      ...(until === undefined ? [] : [`until ${dayAndTime(until)}`]),
    ];
    return viewer.palette.quiet(inert(`  ${String(index + 1).padStart(2)}  ${parts.join(", ")}`));
  });
  const rest = more ? "; there are more" : "";
  const way = sessions.length > (of === undefined ? 1 : 0) ? "; /logout N ends one" : "";
  return [
    ...noteLines(
      `${of === undefined ? "" : `${of} is `}logged in ${many(sessions.length, "time", "times")}${rest}${way}`,
      wall,
      viewer,
    ),
    ...rows,
  ];
}

export function dayAndTime(at: number): string {
  const day = new Date(at).toLocaleDateString(undefined, { day: "numeric", month: "long" });
  return `${day} ${clock(at)}`;
}
