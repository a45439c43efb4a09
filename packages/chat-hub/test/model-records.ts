// The small records of the model store, in the plainest way.

import type { Keep, KeptRecord, ListAudit, ListRecords, Recall, StoreAnswer } from "../src/index.js";
import { HouseRules, lackIn } from "../src/index.js";
import type { AuditListed } from "../src/ports/records.js";
import type { WallMillis } from "../src/words/ids.js";

export class ModelRecords {
  /** As they stand; a test may begin with some. */
  kept: readonly KeptRecord[] = [];
  readonly lines: AuditListed["lines"][number][] = [];

  carryOut(call: Keep | Recall | ListRecords | ListAudit): StoreAnswer {
    switch (call.type) {
      case "keep":
        return this.#keep(call);
      case "recall": {
        const record = this.at(call.at).find(({ kind, key }) => kind === call.kind && key === call.key);
        return record === undefined ? { ok: true } : { ok: true, record };
      }
      case "records": {
        const { kind, prefix, after = "", most } = call;
        const all = this.at(call.at)
          .filter((one) => one.kind === kind && one.key.startsWith(prefix) && one.key > after)
          .sort((one, other) => (one.key < other.key ? -1 : 1));
        return { ok: true, records: all.slice(0, most), more: all.length > most };
      }
      default: {
        const { before = Number.POSITIVE_INFINITY, most } = call;
        const all = this.lines.filter(({ id }) => id < before).reverse();
        return { ok: true, lines: all.slice(0, most), more: all.length > most };
      }
    }
  }

  at(time: WallMillis): readonly KeptRecord[] {
    return this.kept.filter(({ until }) => until === undefined || until > time);
  }

  rules(time: WallMillis): HouseRules {
    return new HouseRules(this.at(time));
  }

  #keep({ changes, audit, requires = [], at }: Keep): StoreAnswer {
    const now = this.at(at);
    const lacks = lackIn(this.rules(at), requires, at);
    if (lacks >= 0) return { ok: true, kept: false, lacks };
    for (const { kind, key, was } of changes) {
      const value = now.find((one) => one.kind === kind && one.key === key)?.value ?? null;
      if (was !== undefined && was !== value) return { ok: true, kept: false };
    }
    for (const { was: _, value, ...record } of changes) {
      this.kept = this.kept.filter(({ kind, key }) => kind !== record.kind || key !== record.key);
      if (value !== undefined) this.kept = [...this.kept, { ...record, value }];
    }
    if (audit !== undefined) this.lines.push({ ...audit, id: this.lines.length + 1, at });
    return { ok: true, kept: true };
  }
}
