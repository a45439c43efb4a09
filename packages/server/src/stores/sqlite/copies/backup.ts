// A copy of the database as it stands at one moment, while a server may be using it.

import { chmodSync, existsSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Database } from "better-sqlite3";
import { StoreError } from "../../store-error.js";
import { connectToRead } from "../connection.js";
import { opening } from "../obstacles.js";
import { refuseForeign } from "../schema.js";
import { makeFile } from "./files.js";

/** What is in a database, for people. */
export interface Contents {
  readonly messages: number;
  readonly users: number;
  readonly bytes: number;
}

/**
 * Writes the database of `directory` into a new file, as it is at this moment; whoever writes meanwhile
 * need not wait. Nothing that was acked before is missing. The file is as secret as the directory.
 * @throws StoreError
 */
export function backup(directory: string, file: string): Contents {
  const source = databaseOf(directory);
  return makeFile(file, (draft) =>
    opening(source, () => {
      const database = connectToRead(source);
      try {
        refuseForeign(database, source);
        database.prepare("VACUUM INTO ?").run(draft);
      } finally {
        database.close();
      }
      chmodSync(draft, 0o600);
      return checked(draft);
    }),
  );
}

/** @throws StoreError if there is none */
export function databaseOf(directory: string): string {
  const file = join(directory, "chat.db");
  if (existsSync(file)) return file;
  throw new StoreError(`there are no messages in ${directory}: name their directory with --data`);
}

/** What is in a database that nobody uses, once it was looked through. */
function checked(file: string): Contents {
  const database = connectToRead(file);
  try {
    refuseDamaged(database, file);
    return contentsOf(database, file);
  } finally {
    database.close();
  }
}

/** @throws StoreError */
export function refuseDamaged(database: Database, file: string): void {
  const [found] = database.pragma("integrity_check(1)") as { readonly integrity_check: string }[];
  if (found?.integrity_check === "ok") return;
  throw new StoreError(`${file} is damaged (${found?.integrity_check}): take another backup`);
}

export function contentsOf(database: Database, file: string): Contents {
  const count = (query: string): number => database.prepare<[], number>(query).pluck().get() ?? 0;
  return {
    messages: count("SELECT count(*) FROM entries WHERE kind IS NULL AND deleted IS NOT 2"),
    users: count("SELECT count(*) FROM users"),
    bytes: statSync(file).size,
  };
}
