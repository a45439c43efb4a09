// Why a database doesn't open: one line for whoever started the server, with the way out.

import { StoreError } from "../store-error.js";

const obstacles = {
  locked: "another server is using it: stop that one first, or give this one a directory of its own",
  unwritable: "it can't be written to: make it writable, or choose another directory",
  full: "there is no room left on its disk: free some, then start again",
  newer: "it was written by a newer version of this server: start that one, or choose another directory",
  foreign: "it is not a database of this server: choose another directory",
  damaged: "it is damaged: restore it from a backup, or move it away to begin anew",
} as const;

export type Obstacle = keyof typeof obstacles;

export function cannotOpen(path: string, obstacle: Obstacle, cause?: NodeJS.ErrnoException): StoreError {
  const detail = cause?.code === undefined ? "" : ` (${cause.code})`;
  return new StoreError(`can't open ${path}: ${obstacles[obstacle]}${detail}`, { cause });
}

/** Gives what `open` gives; what SQLite or the file system refuse becomes a StoreError. */
export function opening<Opened>(path: string, open: () => Opened): Opened {
  try {
    return open();
  } catch (error) {
    const obstacle = error instanceof Error ? obstacleOf(error) : undefined;
    throw obstacle === undefined ? error : cannotOpen(path, obstacle, error as Error);
  }
}

function obstacleOf({ code = "" }: NodeJS.ErrnoException): Obstacle | undefined {
  if (code === "SQLITE_BUSY") return "locked";
  if (code === "SQLITE_FULL" || code === "ENOSPC") return "full";
  if (isDamage(code)) return "damaged";
  const isDenied = /^(SQLITE_(CANTOPEN|READONLY|IOERR|PERM)|EACCES|EPERM|EROFS|ENOTDIR|EEXIST|EISDIR|ENOENT)/;
  return isDenied.test(code) ? "unwritable" : undefined;
}

/** SQLite finds that a file is none of its own, or not whole. */
export function isDamage(code = ""): boolean {
  return code === "SQLITE_NOTADB" || code.startsWith("SQLITE_CORRUPT");
}
