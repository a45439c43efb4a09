// Reading a record, line by line: it may be far longer than memory.

import { createReadStream } from "node:fs";
import type { Input } from "chat-hub";
import type { RecordHeader } from "./header.js";
import { readHeader } from "./header.js";
import type { Outcome } from "./outcome.js";
import { RecordError } from "./record-error.js";
import type { RecordEnd } from "./record-file.js";

/** What stands in a record behind its header. `line` is counted from 1, which is the header's. */
export type Recorded =
  | { readonly type: "input"; readonly line: number; readonly input: Input; readonly outcome: Outcome }
  | { readonly type: "end"; readonly line: number; readonly why: RecordEnd }
  /** The last line, if it is not whole: the process was killed, or the disk was full, while it was written. */
  | { readonly type: "torn"; readonly line: number };

export interface OpenRecord {
  readonly header: RecordHeader;
  /** To be gone through once. @throws RecordError where a line can't be read */
  readonly lines: AsyncIterable<Recorded>;
}

/** @throws RecordError, with one line for people, if there is no record that this program can read */
export async function readRecord(file: string): Promise<OpenRecord> {
  const lines = linesOf(file);
  try {
    const first = await lines.next();
    const header = readHeader(first.done === true ? "" : first.value.text);
    return { header, lines: readLines(file, lines) };
  } catch (error) {
    await lines.return();
    throw new RecordError(`can't read ${file}: ${(error as Error).message}`);
  }
}

interface Line {
  readonly text: string;
  /** Its end is there. */
  readonly isWhole: boolean;
}

/** By \n alone: what people write has other line ends in it, which JSON leaves as they are. */
async function* linesOf(file: string): AsyncGenerator<Line, void, void> {
  let rest = "";
  for await (const chunk of createReadStream(file, "utf8") as AsyncIterable<string>) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() as string;
    for (const text of lines) yield { text, isWhole: true };
  }
  if (rest !== "") yield { text: rest, isWhole: false };
}

async function* readLines(file: string, lines: AsyncIterable<Line>): AsyncGenerator<Recorded, void, void> {
  let line = 1;
  for await (const { text, isWhole } of lines) {
    line += 1;
    if (isWhole) yield readLine(file, text, line);
    else yield { type: "torn", line };
  }
}

function readLine(file: string, text: string, line: number): Recorded {
  const { input, outcome, end } = parsed(text);
  if (isInput(input) && isOutcome(outcome)) return { type: "input", line, input, outcome };
  if (end === "closed" || end === "full") return { type: "end", line, why: end };
  throw new RecordError(`can't read ${file}: line ${line} is no line of a record`);
}

type Parsed = Readonly<Record<string, unknown>>;

function parsed(text: string): Parsed {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

/** As far as a hub can be told it; that it is what a server told one, nobody can see. */
function isInput(value: unknown): value is Input {
  const { type, at, wall } = (value ?? {}) as Parsed;
  return typeof type === "string" && typeof at === "number" && typeof wall === "number";
}

function isOutcome(value: unknown): value is Outcome {
  const { effects, digest, threw } = (value ?? {}) as Parsed;
  return typeof threw === "string" || (Array.isArray(effects) && typeof digest === "string");
}
