// What can be refused without a doubt about what is on disk. After anything else nothing is certain.

import { SqliteError } from "better-sqlite3";
import type { StoreRefusal } from "chat-hub";

export type Trouble = StoreRefusal["code"];

const troubles: Readonly<Record<string, Trouble>> = {
  SQLITE_FULL: "storage_full",
  // The index of the log, a file too, has no room to grow.
  SQLITE_IOERR_SHMSIZE: "storage_full",
  SQLITE_BUSY: "unavailable",
  SQLITE_BUSY_RECOVERY: "unavailable",
};

/** Nothing: this is none that passes. */
export function troubleOf(error: unknown): Trouble | undefined {
  return error instanceof SqliteError ? troubles[error.code] : undefined;
}
