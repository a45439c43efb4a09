// The file of a record: made anew, for its owner's eyes only, and written to once per turn of the event
// loop. Whatever becomes of it, the server goes on.

import { closeSync, openSync, unlinkSync, writeSync } from "node:fs";
import type { RecordHeader } from "./header.js";
import { headerLine } from "./header.js";
import { RecordError } from "./record-error.js";
import type { RecordWriter } from "./recorder.js";

export interface RecordChoice {
  /** Must not be there yet: a record writes over nothing. */
  readonly file: string;
  /** A longer record ends, and the server goes on. Default 1 GiB. */
  readonly recordBytes?: number;
}

/** `closed`: the server ended in order; `full`: the record got as long as it may be, and the server went on. */
export type RecordEnd = "closed" | "full";

const defaultRecordBytes = 1024 ** 3;

export class RecordFile implements RecordWriter {
  readonly #file: string;
  readonly #recordBytes: number;
  readonly #warn: (line: string) => void;
  readonly #descriptor: number;
  readonly #flush = (): void => this.flush();
  readonly #header: string;
  /** What is to be written at the end of this turn, or when the process ends. */
  #waiting: string[] = [];
  #bytes = 0;
  #isOver = false;

  /** @throws RecordError, with one line for people, if the file is there already or can't be made */
  constructor(choice: RecordChoice, header: RecordHeader, warn: (line: string) => void) {
    this.#file = choice.file;
    this.#recordBytes = choice.recordBytes ?? defaultRecordBytes;
    this.#warn = warn;
    this.#header = `${headerLine(header)}\n`;
    this.#descriptor = make(choice.file);
    process.on("exit", this.#flush);
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  write(text: string): void {
    if (this.#isOver) return;
    if (this.#waiting.length === 0) setImmediate(this.#flush);
    if (this.#bytes === 0 && this.#waiting.length === 0) this.#waiting.push(this.#header);
    this.#waiting.push(text);
  }

  flush(): void {
    if (this.#isOver || this.#waiting.length === 0) return;
    const bytes = Buffer.from(this.#waiting.join(""));
    this.#waiting = [];
    if (this.#bytes + bytes.length <= this.#recordBytes) return this.#append(bytes);
    this.#finish("full");
    this.#warn(`the record ends here, since ${this.#file} is as long as a record may be`);
  }

  /** Ends the record in order. An empty one is taken away: it would only be in the way of the next. */
  close(): void {
    this.flush();
    if (this.#isOver) return;
    if (this.#bytes > 0) return this.#finish("closed");
    this.#end();
    unlinkSync(this.#file);
  }

  #finish(why: RecordEnd): void {
    this.#append(Buffer.from(`${JSON.stringify({ end: why })}\n`));
    this.#end();
  }

  #append(bytes: Buffer): void {
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(this.#descriptor, bytes, at);
      this.#bytes += bytes.length;
    } catch (error) {
      this.#end();
      this.#warn(`the record ends here, since ${this.#file} can't be written: ${(error as Error).message}`);
    }
  }

  #end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#waiting = [];
    process.off("exit", this.#flush);
    closeSync(this.#descriptor);
  }
}

function make(file: string): number {
  try {
    return openSync(file, "wx", 0o600);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new RecordError(`can't record into ${file}: ${(code && reasons[code]) ?? message}`);
  }
}

const reasons: Readonly<Record<string, string>> = {
  EEXIST: "it is there already, and a record writes over nothing; choose another name",
  ENOENT: "there is no such folder",
  ENOTDIR: "what should be its folder is a file",
  EACCES: "you have no right to write there",
  EROFS: "nothing can be written there",
};
