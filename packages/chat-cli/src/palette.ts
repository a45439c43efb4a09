// The colours and signs of the terminal client. Every text passes through `inert` on its way into a
// colour, so what is painted can be printed.

import type { ChalkInstance } from "chalk";
import { Chalk } from "chalk";
import { nameKey } from "chat-hub";
import type { Inert } from "./inert.js";
import { inert } from "./inert.js";

/** Makes text inert and gives it a look. */
export type Paint = (text: string) => Inert;

export interface Palette {
  readonly plain: Paint;
  readonly strong: Paint;
  /** What should not catch the eye: times, comings and goings. */
  readonly quiet: Paint;
  readonly good: Paint;
  readonly warning: Paint;
  readonly bad: Paint;
  /** What only two can read. */
  readonly secret: Paint;
  /** Where only a room's members read. */
  readonly room: Paint;
  /** A text that calls the one who reads. */
  readonly call: Paint;
  /** A word that was looked for. */
  readonly found: Paint;
  readonly command: Paint;
  /** The same name has the same colour, always and for everybody. */
  name(name: string): Paint;
  readonly signs: Signs;
}

export interface Signs {
  readonly prompt: string;
  readonly to: string;
  readonly sending: string;
  readonly failed: string;
  readonly rule: string;
  readonly bullet: string;
  /** Before a quote of what is answered. */
  readonly answer: string;
  /** Before the row that says how things stand. */
  readonly bar: string;
  readonly stored: string;
  readonly delivered: string;
}

const drawn: Signs = {
  prompt: "❯",
  to: "→",
  sending: "…",
  failed: "✗",
  rule: "──",
  bullet: "·",
  answer: "↩",
  bar: "┄",
  stored: "✓",
  delivered: "✓✓",
};
const typed: Signs = {
  prompt: ">",
  to: "->",
  sending: "...",
  failed: "x",
  rule: "--",
  bullet: "-",
  answer: ">",
  bar: "~",
  stored: "sent,",
  delivered: "there,",
};

// Colours of a middling lightness, to be read on black and on white.
const manyColours = [39, 208, 170, 71, 178, 204, 37, 141, 167, 107, 75, 137, 99, 35, 172, 133] as const;
const fewColours = ["cyan", "green", "magenta", "yellow", "blue", "red"] as const;

/** `level` as chalk counts it: 0 none, 1 sixteen colours, 2 and more 256. `unicode`: signs beyond ASCII. */
export function createPalette(level: 0 | 1 | 2 | 3, unicode: boolean): Palette {
  const chalk = new Chalk({ level });
  const paint =
    (style: ChalkInstance): Paint =>
    (text) =>
      style(inert(text)) as Inert;
  return {
    plain: inert,
    strong: paint(chalk.bold),
    quiet: paint(chalk.dim),
    good: paint(chalk.green),
    warning: paint(chalk.yellow),
    bad: paint(chalk.red),
    secret: paint(chalk.magenta),
    room: paint(chalk.blue),
    call: paint(chalk.bold.yellow),
    found: paint(chalk.underline),
    command: paint(chalk.cyan),
    name(name) {
      const place = hash(nameKey(name));
      const many = manyColours[place % manyColours.length] ?? 39;
      const few = fewColours[place % fewColours.length] ?? "cyan";
      return paint(level >= 2 ? chalk.bold.ansi256(many) : chalk.bold[few]);
    },
    signs: unicode ? drawn : typed,
  };
}

export function join(...parts: readonly Inert[]): Inert {
  return parts.join("") as Inert;
}

/** FNV-1a: spreads names that differ little. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return value;
}
