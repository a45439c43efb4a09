// Which store: the one place that chooses an adapter.

import type { Store, StoreOptions } from "chat-hub";
import { openMemory } from "./memory.js";
import { openSqlite } from "./sqlite.js";

/** A directory that is kept, or `"memory"`. */
export type StoreChoice = "memory" | { readonly data: string };

/** @throws StoreError, with one line for people */
export async function openStore<Ask>(choice: StoreChoice, options: StoreOptions<Ask>): Promise<Store<Ask>> {
  if (choice === "memory") return openMemory(options);
  return openSqlite({ ...options, directory: choice.data });
}
