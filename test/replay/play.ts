// Plays a record to a fresh hub, from its first line on, and holds what comes of each input against what
// came of it when it was recorded.

import type { Input } from "chat-hub";
import type { Outcome, RecordEnd, Recorded, RecordHeader, Replayed } from "chat-server";
import { createReplay, isSameOutcome, readRecord } from "chat-server";

/** One input, played. */
export interface Played extends Replayed {
  readonly line: number;
  readonly input: Input;
  readonly recorded: Outcome;
  readonly isAsRecorded: boolean;
}

export interface Result {
  readonly inputs: number;
  readonly effects: number;
  /** Where it was played no further, since more would mean nothing: the hub is in another state now. */
  readonly difference: Played | undefined;
  readonly ending: Ending;
}

/**
 * How the record ends. `torn`: within a line, as a full disk or a killed process leaves it; `open`: the
 * process ended, and not in order; `unread`: it was not played to its end.
 */
export type Ending = RecordEnd | "torn" | "open" | "unread";

export interface PlayOptions {
  /** The last line to be played; the first input is line 2. */
  readonly to?: number;
  readonly begins?: (header: RecordHeader) => void;
  readonly sees?: (played: Played) => void;
}

/** @throws RecordError if the file can't be read */
export async function play(file: string, { to, begins, sees }: PlayOptions = {}): Promise<Result> {
  const { header, lines } = await readRecord(file);
  begins?.(header);
  const replay = createReplay(header);
  let [inputs, effects] = [0, 0];
  const result = (ending: Ending, difference?: Played): Result => ({ inputs, effects, difference, ending });
  for await (const recorded of lines) {
    if (to !== undefined && recorded.line > to) return result("unread");
    if (recorded.type === "torn") return result("torn");
    if (recorded.type === "end") return result(recorded.why);
    const played = playOne(recorded, replay(recorded.input));
    sees?.(played);
    inputs += 1;
    effects += played.effects.length;
    if (!played.isAsRecorded) return result("unread", played);
  }
  return result("open");
}

function playOne({ line, input, outcome }: Recorded & { type: "input" }, replayed: Replayed): Played {
  return {
    ...replayed,
    line,
    input,
    recorded: outcome,
    isAsRecorded: isSameOutcome(outcome, replayed.outcome),
  };
}
