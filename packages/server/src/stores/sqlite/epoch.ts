// Finds out whether the database was put back to an older state, with a file beside it. Two things tell.
// A random mark is written into both, at each start and each clean end: who restores an older database
// brings its older mark back, and the file still has the newer one. And the file has the id of the newest
// entry, noted after each commit: so a backup of the very run that was cut short lacks what the file knows
// of. Then the numbering gets another name.
//
// The database is marked before the file, and remembers its mark before, so a crash between the two
// is not taken for a restore. Nor is one between a commit and its note, or the loss of a note.

import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import type { Database } from "better-sqlite3";
import { readMark, writeMark } from "./marks.js";

/** What the file says: the mark, a space, and the id in as many digits as any may have. */
interface Beside {
  readonly mark: string;
  readonly newest: number;
}

const markChars = 16;
const newestDigits = 16;

/** The file that stands beside a database. */
export function markFileOf(databaseFile: string): string {
  return databaseFile.replace(/\.db$/, ".mark");
}

/** Compares what both say, renews the marks, and tells the epoch. `newest`: the id of the newest entry. */
export function renewEpoch(database: Database, markFile: string, newest: number): string {
  const same = whatKnows(database, markFile, newest);
  const epoch = (same && readMark(database, "epoch")) ?? randomName();
  const next = randomName();
  database.transaction(() => {
    writeMark(database, "epoch", epoch);
    writeMark(database, "place_before", same?.mark ?? next);
    writeMark(database, "place", next);
  })();
  replaceFile(markFile, `${next} ${digits(newest)}`);
  return epoch;
}

/** Whether the next start will take the database for one that was put back. */
export function wasPutBack(database: Database, markFile: string, newest: number): boolean {
  return readMark(database, "epoch") !== undefined && whatKnows(database, markFile, newest) === undefined;
}

/** What the file says, if it knows the database as it stands now; nothing for one that is new or was put back. */
function whatKnows(database: Database, markFile: string, newest: number): Beside | undefined {
  const places = [readMark(database, "place"), readMark(database, "place_before")];
  const beside = readFile(markFile);
  const isSame =
    readMark(database, "epoch") !== undefined &&
    beside !== undefined &&
    places.includes(beside.mark) &&
    beside.newest <= newest;
  return isSame ? beside : undefined;
}

/** Notes beside the database what it has. It waits for no disk: what is lost of it only hides a restore. */
export class NewestNote {
  readonly #file: number;
  #noted = 0;

  /** @throws if there is no such file: `renewEpoch` makes it */
  constructor(markFile: string) {
    this.#file = openSync(markFile, "r+");
  }

  /** `newest`, or more, is committed. */
  note(newest: number): void {
    if (newest === this.#noted) return;
    this.#noted = newest;
    try {
      writeSync(this.#file, digits(newest), markChars + 1);
    } catch {
      // As if it was lost.
    }
  }

  close(): void {
    closeSync(this.#file);
  }
}

function digits(newest: number): string {
  return String(newest).padStart(newestDigits, "0");
}

function randomName(): string {
  return randomBytes(markChars / 2).toString("hex");
}

function readFile(path: string): Beside | undefined {
  try {
    // Before there were notes it was the mark alone.
    const [mark = "", newest = "0"] = readFileSync(path, "utf8").split(" ");
    return { mark, newest: Number(newest) };
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

/** All of it or nothing, also if the machine stops in between. */
function replaceFile(path: string, content: string): void {
  const draft = `${path}.new`;
  const file = openSync(draft, "w", 0o600);
  writeSync(file, content);
  fsyncSync(file);
  closeSync(file);
  renameSync(draft, path);
}
