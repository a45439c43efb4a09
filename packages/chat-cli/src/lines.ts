// Cuts a stream of bytes into lines, one at a time, as fast as they are wanted and no faster.

import type { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";

/** A longer line is cut: no message is that long, and no more of it is kept. */
const mostLineChars = 100_000;

export interface Lines {
  /** Takes the next line if there is one; the stream is read on only when there is none. */
  next(): string | undefined;
  /** The stream has ended and every line was taken. */
  isOver(): boolean;
  stop(): void;
}

/** `ready` is called whenever there may be more to take. */
export function readLines(input: Readable, ready: () => void): Lines {
  const decoder = new StringDecoder("utf8");
  const whole: string[] = [];
  let taken = 0;
  let partial = "";
  let ended = false;

  function add(text: string): void {
    const [first = "", ...rest] = text.split("\n");
    partial = (partial + first).slice(0, mostLineChars);
    for (const next of rest) {
      whole.push(partial);
      partial = next.slice(0, mostLineChars);
    }
  }

  function finish(): void {
    if (ended) return;
    ended = true;
    add(decoder.end());
    if (partial !== "") whole.push(partial);
    ready();
  }

  input.on("data", (bytes: Buffer) => {
    add(decoder.write(bytes));
    if (whole.length > 0) {
      input.pause();
      ready();
    }
  });
  input.on("end", finish);
  input.on("error", finish);
  input.on("close", finish);

  return {
    next() {
      const line = whole[taken];
      if (line === undefined) {
        whole.length = 0;
        taken = 0;
        if (!ended) input.resume();
        return undefined;
      }
      taken += 1;
      return line.endsWith("\r") ? line.slice(0, -1) : line;
    },
    isOver: () => ended && taken >= whole.length,
    stop() {
      input.pause();
    },
  };
}
