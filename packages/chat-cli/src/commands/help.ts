// What /help shows.

import type { Inert } from "../inert.js";
import { inert } from "../inert.js";
import type { Viewer } from "../look.js";
import { join } from "../palette.js";
import { columnsOf, wrap } from "../width.js";
import { kinds } from "./kinds.js";
import { nearest } from "./nearest.js";
import { usageOf } from "./read.js";
import type { CommandName, TopicName } from "./table.js";
import { argumentsOf, commandNamed, commandNames, commandWords, rowOfCommand, topics } from "./table.js";

type Row = readonly [typed: string, what: string];

const basics: readonly Row[] = [
  ["hello", "said to everyone, or where the prompt points"],
  ["@bob hello", "said only to bob; #dev hello in that room"],
  ["//hello", "says /hello"],
  ["Tab", "completes commands, names, rooms and :emoji"],
  ["Up, Down", "what you wrote before"],
  ["Alt-Enter", "a new line in the same message"],
];

const first: readonly CommandName[] = ["to", "join", "rooms", "who", "reply", "history", "search", "quit"];

/** `about`: a command, `all`, or nothing for what to begin with. */
export function helpLines(about: string | undefined, viewer: Viewer): readonly Inert[] {
  if (about === undefined) return [...table([...basics, ...first.map(rowOf)], viewer), ...others(viewer)];
  const word = about.replace(/^\//, "");
  if (word.toLowerCase() === "all") return all(viewer);
  const name = commandNamed(word);
  return name === undefined ? [unknown(word, viewer)] : one(name, viewer);
}

function rowOf(name: CommandName): Row {
  return [usageOf(name), rowOfCommand(name).what];
}

/** The commands that have no row of their own above. */
function others({ palette, columns }: Viewer): readonly Inert[] {
  const names = commandNames.filter((name) => !first.includes(name)).map((name) => `/${name}`);
  const lines = wrap(names.join(" "), room(columns) - 2);
  const more = palette.quiet("  /help NAME tells more of one, /help all of every one");
  return [...lines.map((line) => join(inert("  "), palette.command(line))), more];
}

function all(viewer: Viewer): readonly Inert[] {
  const { palette } = viewer;
  return (Object.keys(topics) as TopicName[]).flatMap((topic) => [
    palette.strong(topics[topic]),
    ...table(commandNames.filter((name) => rowOfCommand(name).topic === topic).map(rowOf), viewer),
  ]);
}

function one(name: CommandName, viewer: Viewer): readonly Inert[] {
  const { also = [], what, more } = rowOfCommand(name);
  const notes: readonly string[] = [
    what,
    ...(more === undefined ? [] : [more]),
    ...(also.length === 0 ? [] : [`also ${also.map((word) => `/${word}`).join(", ")}`]),
    ...argumentsOf(name).flatMap(({ kind, optional }) => {
      if (kind === "line")
        return ["N is the number of a line here, such as 41; elsewhere #dev:41 or @bob:41"];
      if (kind === "room" && optional) return [`${kinds.room.usage} may be left out in the room itself`];
      if (kind === "window") {
        return [
          "WHICH is 50 for the last 50, before 41, after 41, around 41, 2026-11-22, 14:30, today or yesterday",
        ];
      }
      if (kind === "conversation") return ["WHERE is #room, @name or everyone"];
      return kind === "where" ? ["WHERE is #room, @name or everyone; without it, where you speak"] : [];
    }),
  ];
  const lines = notes.flatMap((note) => wrap(note, room(viewer.columns) - 2));
  return [viewer.palette.command(`  ${usageOf(name)}`), ...lines.map((line) => inert(`  ${line}`))];
}

function unknown(about: string, { palette }: Viewer): Inert {
  const near = nearest(about.toLowerCase(), commandWords());
  return palette.warning(
    `  there is no command /${about}${near === undefined ? "" : `; did you mean /help ${near}?`}`,
  );
}

/** Two columns, if the screen has room for them; else what it does stands below. */
function table(rows: readonly Row[], { palette, columns }: Viewer): readonly Inert[] {
  const screen = room(columns);
  const most = Math.min(32, Math.floor(screen / 2));
  const width = Math.max(...rows.map(([typed]) => columnsOf(typed)).filter((wide) => wide <= most));
  return rows.flatMap(([typed, what]) => {
    const isLong = columnsOf(typed) > width;
    const head = palette.command(isLong ? typed : typed.padEnd(width));
    const texts = wrap(what, screen - width - 4).map(inert);
    const indent = inert(" ".repeat(width + 4));
    const [text = inert(""), ...rest] = texts;
    const hanging = (line: Inert): Inert => join(indent, line);
    if (isLong) return [join(inert("  "), head), ...texts.map(hanging)];
    return [join(inert("  "), head, inert("  "), text), ...rest.map(hanging)];
  });
}

function room(columns: (() => number) | undefined): number {
  return (columns?.() ?? 100) - 1;
}
