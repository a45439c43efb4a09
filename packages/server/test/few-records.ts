// The small records of a store, in as few lines as can be: what is kept is recalled.

import type { Keep, Kept, KeptRecord, ListRecords, Recall } from "chat-hub";
import type { AskRecords } from "../dist/gates/records.js";

export class FewRecords {
  readonly kept = new Map<string, KeptRecord>();
  readonly audit: string[] = [];
  /** Nothing can be asked. */
  isDown = false;
  readonly ask = (async (call: Keep | Recall | ListRecords) => {
    if (this.isDown) return { ok: false, code: "unavailable" };
    if (call.type === "keep") return this.#keep(call);
    const all = [...this.kept.values()]
      .filter(({ kind, until }) => kind === call.kind && (until === undefined || until > call.at))
      .sort((one, other) => (one.key < other.key ? -1 : 1));
    if (call.type === "recall") {
      const record = all.find(({ key }) => key === call.key);
      return { ok: true, ...(record === undefined ? {} : { record }) };
    }
    const found = all.filter(({ key }) => key.startsWith(call.prefix) && key > (call.after ?? ""));
    return { ok: true, records: found.slice(0, call.most), more: found.length > call.most };
  }) as AskRecords;

  #keep({ changes, audit, requires = [], at }: Keep): Kept {
    // Nobody looks after the house here.
    const lacks = requires.findIndex(({ what }) => what === "admin");
    if (lacks >= 0) return { ok: true, kept: false, lacks };
    const fits = changes.every(({ kind, key, was }) => {
      const now = this.kept.get(`${kind} ${key}`);
      const value = now === undefined || (now.until ?? at + 1) <= at ? null : now.value;
      return was === undefined || was === value;
    });
    if (!fits) return { ok: true, kept: false };
    for (const { kind, key, value, until } of changes) {
      if (value === undefined) this.kept.delete(`${kind} ${key}`);
      else this.kept.set(`${kind} ${key}`, { kind, key, value, ...(until === undefined ? {} : { until }) });
    }
    if (audit !== undefined) this.audit.push([audit.by, audit.action, audit.about, audit.detail].join("|"));
    return { ok: true, kept: true };
  }
}
