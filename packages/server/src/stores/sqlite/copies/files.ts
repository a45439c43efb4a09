// Files that are there whole or not at all, and that nobody else may read: they hold what people say in private.

import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { StoreError } from "../../store-error.js";

/**
 * Lets `write` make a file beside the one that is wanted, and puts it in its place once it is on disk.
 * `write` finds an empty file that only its owner may read.
 * @throws StoreError if there is one already
 */
export function makeFile<Written>(file: string, write: (draft: string) => Written): Written {
  if (existsSync(file))
    throw new StoreError(`${file} is there already: choose another name, or move it away`);
  const draft = `${file}.part`;
  rmSync(draft, { force: true });
  try {
    closeSync(openSync(draft, "wx", 0o600));
    const written = write(draft);
    putInPlace(draft, file);
    return written;
  } catch (error) {
    rmSync(draft, { force: true });
    throw asStoreError(file, error);
  }
}

/** All of it, and for good. */
export function putInPlace(draft: string, file: string): void {
  sync(draft);
  renameSync(draft, file);
  sync(dirname(file));
}

export function sync(path: string): void {
  const descriptor = openSync(path, "r");
  fsyncSync(descriptor);
  closeSync(descriptor);
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such directory: make it first",
  EACCES: "you have no right to write there: choose another place",
  EPERM: "you have no right to write there: choose another place",
  EROFS: "nothing can be written there: choose another place",
  ENOSPC: "there is no room left: free some, or choose another disk",
  SQLITE_FULL: "there is no room left: free some, or choose another disk",
  ENOTDIR: "what should be a directory is none: choose another place",
  EPIPE: "whoever was to read it has gone",
  EISDIR: "it is a directory: name a file in it",
};

/** What the file system or SQLite say of a file, in words; anything else as it is. */
export function asStoreError(file: string, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof StoreError) return error;
  const reason = reasons[(error as NodeJS.ErrnoException).code ?? ""];
  return reason === undefined ? error : new StoreError(`can't write ${file}: ${reason}`, { cause: error });
}
