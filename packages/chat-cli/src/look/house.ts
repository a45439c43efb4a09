// What is shown to those who look after the house: who is kept out of it, what was done, how much is here.

import type { Answer } from "chat-hub";
import type { Inert } from "../inert.js";
import { inert } from "../inert.js";
import type { Viewer } from "../look.js";
import { many } from "../look.js";
import { noteLines } from "../notices.js";
import { join } from "../palette.js";
import { dayAndTime } from "./answers.js";

type AnswerTo<Type extends Answer["type"]> = Extract<Answer, { type: Type }>;

export function banLines(
  { bans, count, more }: AnswerTo<"bans">,
  isSilence: boolean,
  wall: number,
  viewer: Viewer,
): readonly Inert[] {
  const what = isSilence ? "silenced" : "banned";
  if (count === 0) return noteLines(`nobody is ${what}`, wall, viewer);
  const rows = bans.map(({ username, address, by, reason, until }) => {
    const notes = [
      until === undefined ? "for good" : `until ${dayAndTime(until)}`,
      `by ${by === "" ? "the shell" : by}`,
      ...(reason === undefined ? [] : [reason]),
    ];
    const who = [username, address].filter((part) => part !== undefined).join(" ");
    return join(inert(`  ${who}`), viewer.palette.quiet(`  ${notes.join(", ")}`));
  });
  const rest = more ? [viewer.palette.quiet("  and more")] : [];
  return [...noteLines(`${many(count, "is", "are")} ${what}`, wall, viewer), ...rows, ...rest];
}

/** The newest stands nearest to the prompt. */
export function auditLines(
  { lines, more }: AnswerTo<"audit">,
  wall: number,
  viewer: Viewer,
): readonly Inert[] {
  if (lines.length === 0) return noteLines("nothing was done yet", wall, viewer);
  const rows = lines.toReversed().map(({ at, by, action, about, detail }) => {
    const what = [by === "" ? "the shell" : by, action, about].filter((part) => part !== "").join("  ");
    const head = viewer.palette.quiet(`  ${dayAndTime(at)}  `);
    return join(head, inert(what), viewer.palette.quiet(detail === "" ? "" : `  ${detail}`));
  });
  return [
    ...noteLines(more ? "what was done; /more shows older lines" : "all that was done", wall, viewer),
    ...rows,
  ];
}

export function statsLines(stats: AnswerTo<"stats">, wall: number, viewer: Viewer): readonly Inert[] {
  const { connections, unnamed, behind, users, rooms, messages, messages_per_minute, bans, silences } = stats;
  const parts = [
    `${many(users, "person", "people")} by ${many(connections, "connection", "connections")}`,
    ...(unnamed === 0 ? [] : [`${unnamed} without a name yet`]),
    ...(behind === 0 ? [] : [`${behind} behind`]),
    many(rooms, "room", "rooms"),
    `${many(messages, "message", "messages")} since the server began, ${messages_per_minute} a minute now`,
    `${many(bans, "ban", "bans")}, ${many(silences, "silence", "silences")}`,
  ];
  return noteLines(parts.join("; "), wall, viewer);
}
