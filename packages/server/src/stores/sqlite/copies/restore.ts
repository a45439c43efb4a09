// Puts a backup back in the place of what is there. What was there is kept beside it, since whoever
// restores may find that it was the wrong backup.

import { chmodSync, copyFileSync, existsSync, linkSync, rmSync } from "node:fs";
import { join } from "node:path";
import { StoreError } from "../../store-error.js";
import { connect } from "../connection.js";
import { lockDirectory } from "../directory.js";
import { isDamage, opening } from "../obstacles.js";
import { refuseForeign, versionOf } from "../schema.js";
import type { Contents } from "./backup.js";
import { contentsOf, refuseDamaged } from "./backup.js";
import { asStoreError, putInPlace } from "./files.js";

export interface Restored extends Contents {
  /** Where what was there is now; absent if nothing was. */
  readonly before?: string;
}

/**
 * Makes the backup `file` the database of `directory`, which no server may be using. The numbering gets
 * another name at the next start (epoch.ts), so that clients fetch anew what they have of later.
 * @throws StoreError
 */
export function restore(directory: string, file: string, now: Date): Restored {
  if (!existsSync(file)) throw new StoreError(`there is no file ${file}`);
  const lock = opening(directory, () => lockDirectory(directory));
  try {
    const database = join(directory, "chat.db");
    const draft = join(directory, "chat.restoring");
    const contents = copyChecked(file, draft);
    const before = keepBefore(database, join(directory, `chat-before-${stamp(now)}.db`));
    putInPlace(draft, database);
    return before === undefined ? contents : { ...contents, before };
  } catch (error) {
    throw asStoreError(directory, error);
  } finally {
    lock.close();
  }
}

/** A copy in one file, which is a database of ours and whole. */
function copyChecked(file: string, draft: string): Contents {
  remove(draft);
  // Of a database that was copied by hand, its log may have the newest of it.
  for (const tail of ["", "-wal"]) if (existsSync(file + tail)) copyFileSync(file + tail, draft + tail);
  chmodSync(draft, 0o600);
  try {
    return opening(file, () => {
      const database = connect(draft);
      try {
        refuseForeign(database, file);
        if (versionOf(database) === 0) throw new StoreError(`${file} is empty: it is no backup`);
        database.pragma("journal_mode = DELETE");
        refuseDamaged(database, file);
        return contentsOf(database, draft);
      } finally {
        database.close();
      }
    });
  } catch (error) {
    remove(draft);
    // For whoever restores, the way out is another backup, and not this one.
    const cause =
      error instanceof StoreError ? (error.cause as NodeJS.ErrnoException | undefined) : undefined;
    const isTorn = isDamage(cause?.code);
    throw isTorn ? new StoreError(`${file} is damaged, or no backup: take another one`) : error;
  }
}

/** Also when the machine stops in between, one of the two is in place, whole. */
function keepBefore(database: string, before: string): string | undefined {
  if (!existsSync(database)) return undefined;
  foldLog(database);
  linkSync(database, before);
  // Only what could not be brought into the database, since it is damaged, is still in its log.
  if (existsSync(`${database}-wal`)) copyFileSync(`${database}-wal`, `${before}-wal`);
  for (const tail of ["-wal", "-shm"]) rmSync(database + tail, { force: true });
  return before;
}

function foldLog(file: string): void {
  const database = connect(file);
  try {
    database.pragma("journal_mode = DELETE");
  } catch {
    // It is damaged, or not even a database: it is kept as it is.
  } finally {
    database.close();
  }
}

function remove(file: string): void {
  for (const tail of ["", "-wal", "-shm", "-journal"]) rmSync(file + tail, { force: true });
}

/** 20261122-141500: as a part of a file's name, in UTC. */
function stamp(now: Date): string {
  return now
    .toISOString()
    .replace(/\.\d+Z$/, "")
    .replaceAll(/[-:]/g, "")
    .replace("T", "-");
}
