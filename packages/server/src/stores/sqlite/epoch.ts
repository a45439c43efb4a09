// Finds out whether the database was put back to an older state. A random mark is written into it and
// into a file beside it, at each start and each clean end. Who restores an older database brings its
// older mark back, and the file still has the newer one: then the numbering gets another name.
//
// The database is marked before the file, and remembers its mark before, so a crash between the two
// is not taken for a restore.

import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import type { Database } from "better-sqlite3";
import { readMark, writeMark } from "./marks.js";

/** Compares the marks, renews them, and tells the epoch. */
export function renewEpoch(database: Database, markFile: string): string {
  const known = readMark(database, "epoch");
  const place = readMark(database, "place");
  const before = readMark(database, "place_before");
  const beside = readFile(markFile);
  const isSame = known !== undefined && beside !== undefined && (beside === place || beside === before);
  const epoch = isSame ? known : randomName();
  const next = randomName();
  database.transaction(() => {
    writeMark(database, "epoch", epoch);
    writeMark(database, "place_before", isSame ? beside : next);
    writeMark(database, "place", next);
  })();
  replaceFile(markFile, next);
  return epoch;
}

function randomName(): string {
  return randomBytes(8).toString("hex");
}

function readFile(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

/** All of it or nothing, also if the machine stops in between. */
function replaceFile(path: string, content: string): void {
  const draft = `${path}.new`;
  const file = openSync(draft, "w");
  writeSync(file, content);
  fsyncSync(file);
  closeSync(file);
  renameSync(draft, path);
}
