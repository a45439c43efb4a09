// Small records that are kept beside the logs: accounts and their logins, what was revoked, who looks
// after the house, bans, switches; and the audit log of what was done with them.

import type { Requirement } from "../rules/requirements.js";
import type { WallMillis } from "../words/ids.js";

/**
 * What there are records of. `account`: by name key, which is also what the gate calls it; its value has the `name`,
 * as its owner spells it. `look`: whose an account's looks are, by skeleton. `login`: what
 * lets somebody in by a token, by what the gate calls it. `invite`: by the hash of its code. `revocation`: what of an account's signed tokens counts no more.
 * `admin`, `ban`, `silence`, `switch`: what a hub minds, so it is told of all of them at its start.
 */
export const recordKinds = [
  "account",
  "look",
  "login",
  "invite",
  "revocation",
  "admin",
  "ban",
  "silence",
  "switch",
] as const;
export type RecordKind = (typeof recordKinds)[number];

/** What a hub keeps in mind; few, since each is somebody's decision. */
export const mindedKinds = ["admin", "ban", "silence", "switch"] as const satisfies readonly RecordKind[];

/** `value` is JSON, whose shape belongs to whoever keeps it; of what a hub minds it is as `HouseRules` has it. */
export interface KeptRecord {
  readonly kind: RecordKind;
  /** Unique within its kind. */
  readonly key: string;
  readonly value: string;
  /** From then on it is as if it had never been kept. */
  readonly until?: WallMillis;
}

/** One record, as it is to be from now on; without `value` it is removed. */
export interface RecordChange {
  readonly kind: RecordKind;
  readonly key: string;
  readonly value?: string;
  readonly until?: WallMillis;
  /** Only if it stands so now: `null` = there is none. Absent: whatever stands. */
  readonly was?: string | null;
}

/** A line of the audit log: who did what to whom. Lines are only ever added. */
export interface AuditLine {
  /** The spelling of whoever did it; `""` = somebody at the shell of the server. */
  readonly by: string;
  /** A word such as `ban`, `announce`, `user disable`. */
  readonly action: string;
  /** A name, a room, an address; `""` = the house. */
  readonly about: string;
  /** More of it, for people: a reason, a time. Never a secret, never what somebody said. */
  readonly detail: string;
}

/**
 * Makes all of the changes, with a line of the audit log if there is one, in one transaction; or, if
 * one record does not stand as its `was` says, none of them, and answers `kept: false`. If one of `requires` does
 * not hold, judged by `lackIn` (rules/requirements.ts) in that same transaction, nor are they, and `lacks` says
 * which.
 */
export interface Keep {
  readonly type: "keep";
  readonly changes: readonly RecordChange[];
  readonly audit?: AuditLine;
  readonly requires?: readonly Requirement[];
  readonly at: WallMillis;
}
export interface Kept {
  readonly ok: true;
  readonly kept: boolean;
  /** The place of the first in `requires` that does not hold. */
  readonly lacks?: number;
}

/** One record, if it is kept at `at`. Answered in the order of the writing calls. */
export interface Recall {
  readonly type: "recall";
  readonly kind: RecordKind;
  readonly key: string;
  readonly at: WallMillis;
}
export interface Recalled {
  readonly ok: true;
  readonly record?: KeptRecord;
}

/** The records of a kind whose keys begin with `prefix`, by key; `after` = the last key of the page before. */
export interface ListRecords {
  readonly type: "records";
  readonly kind: RecordKind;
  readonly prefix: string;
  readonly after?: string;
  readonly most: number;
  readonly at: WallMillis;
}
export interface RecordsListed {
  readonly ok: true;
  readonly records: readonly KeptRecord[];
  readonly more: boolean;
}

/** The audit log, the newest first; `before` = the `id` of the last line of the page before. */
export interface ListAudit {
  readonly type: "audit";
  readonly before?: number;
  readonly most: number;
}
export interface AuditListed {
  readonly ok: true;
  readonly lines: readonly (AuditLine & { readonly id: number; readonly at: WallMillis })[];
  readonly more: boolean;
}
