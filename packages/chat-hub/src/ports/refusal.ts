// How a store says no.

import type { RefusalCode } from "../tables/refusals.js";

/** A call that was understood but not carried out. */
export interface StoreRefusal<Code extends RefusalCode = never> {
  readonly ok: false;
  /** `storage_full` and `unavailable` may answer any call; nothing was kept then. */
  readonly code: Code | "storage_full" | "unavailable";
  /** When it will have ended by itself, if that is known. */
  readonly retryAfterMs?: number;
}

/** A viewer who may not read a conversation is told why as `refusalOf("read")` has it. */
export type Unreadable = "unknown_conversation" | "not_member" | "banned" | "forbidden";
