// The small records beside the logs, and the audit log, in memory.

import type {
  AuditLine,
  AuditListed,
  Keep,
  Kept,
  KeptRecord,
  ListAudit,
  ListRecords,
  Recall,
  Recalled,
  RecordChange,
  RecordKind,
  RecordsListed,
  WallMillis,
} from "chat-hub";
import { HouseRules, lackIn } from "chat-hub";
import { compareKeys } from "../key-order.js";
import { Queue } from "../queue.js";

type Line = AuditListed["lines"][number];

export class MemoryRecords {
  /** What they have made of the house. */
  readonly rules = new HouseRules([]);
  readonly #kinds = new Map<RecordKind, Map<string, KeptRecord>>();
  /** As many of a kind are looked through for what has expired, once there are twice as many. */
  readonly #swept = new Map<RecordKind, number>();
  readonly #audit = new Queue<Line>();
  readonly #mostLines: number;
  #lastLine = 0;

  constructor(mostLines: number) {
    this.#mostLines = mostLines;
  }

  keep({ changes, audit, requires = [], at }: Keep): Kept {
    const lacks = lackIn(this.rules, requires, at);
    if (lacks >= 0) return { ok: true, kept: false, lacks };
    const fits = changes.every(({ kind, key, was }) => {
      return was === undefined || (this.find(kind, key, at)?.value ?? null) === was;
    });
    if (!fits) return { ok: true, kept: false };
    for (const change of changes) this.change(change, at);
    if (audit !== undefined) this.note(audit, at);
    return { ok: true, kept: true };
  }

  /** Adds a line to the audit log; the oldest go. */
  note({ by, action, about, detail }: AuditLine, at: WallMillis): void {
    this.#lastLine += 1;
    this.#audit.push({ id: this.#lastLine, at, by, action, about, detail });
    if (this.#audit.length > this.#mostLines) this.#audit.shift();
  }

  recall({ kind, key, at }: Recall): Recalled {
    const record = this.find(kind, key, at);
    return record === undefined ? { ok: true } : { ok: true, record };
  }

  find(kind: RecordKind, key: string, at: WallMillis): KeptRecord | undefined {
    const record = this.#kinds.get(kind)?.get(key);
    return record === undefined || hasExpired(record, at) ? undefined : record;
  }

  list({ kind, prefix, after = "", most, at }: ListRecords): RecordsListed {
    const records: KeptRecord[] = [];
    for (const record of this.#kinds.get(kind)?.values() ?? []) {
      const { key } = record;
      if (key.startsWith(prefix) && compareKeys(key, after) > 0 && !hasExpired(record, at))
        records.push(record);
    }
    records.sort((one, other) => compareKeys(one.key, other.key));
    return { ok: true, records: records.slice(0, most), more: records.length > most };
  }

  lines({ before = Number.POSITIVE_INFINITY, most }: ListAudit): AuditListed {
    const oldest = this.#lastLine - this.#audit.length + 1;
    const end = Math.max(0, Math.min(this.#lastLine + 1, before) - oldest);
    const lines = this.#audit.slice(Math.max(0, end - most), end).reverse();
    return { ok: true, lines, more: end > most };
  }

  change(change: RecordChange, at: WallMillis): void {
    const { kind, key, value, until } = change;
    this.rules.note(change, at);
    const records = this.#kinds.get(kind) ?? new Map<string, KeptRecord>();
    this.#kinds.set(kind, records);
    if (value === undefined) records.delete(key);
    else records.set(key, until === undefined ? { kind, key, value } : { kind, key, value, until });
    if (records.size > 2 * (this.#swept.get(kind) ?? 500)) this.#sweep(kind, records, at);
  }

  #sweep(kind: RecordKind, records: Map<string, KeptRecord>, at: WallMillis): void {
    for (const record of records.values()) if (hasExpired(record, at)) records.delete(record.key);
    this.#swept.set(kind, Math.max(500, records.size));
  }
}

function hasExpired({ until }: KeptRecord, at: WallMillis): boolean {
  return until !== undefined && until <= at;
}
