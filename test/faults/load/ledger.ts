// Holds what was acked, and what was heard, against the log: as the server reads it out when all is
// over, and once more as it stands in the file when the server has ended.

import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import Database from "better-sqlite3";
import type { Findings } from "../fault.ts";
import { brief } from "./brief.ts";
import type { Listener } from "./listener.ts";
import type { Speaker } from "./sender.ts";
import { visit } from "./visitor.ts";

export interface Entry {
  readonly seq: number;
  readonly at: number;
  readonly from: string;
  /** As `brief` remembers it. */
  readonly message: string;
}

/** When a question that is refused does not say when to ask again. */
const retryMs = 100;

export type Audit = Pick<Findings, "acked" | "lost" | "stored" | "doubled" | "gaps" | "broken">;

/** The whole log of everyone, as the protocol tells it. */
export async function wholeLog(url: string): Promise<readonly Entry[]> {
  const auditor = await visit(url, { username: "auditor" });
  try {
    const log: Entry[] = [];
    for (;;) {
      const asked = { conversation: "everyone", after: log.at(-1)?.seq ?? 0, limit: 1_000 };
      const { type, payload } = await auditor.ask("log", asked);
      if (type === "error" && payload["retryable"] === true) {
        await pause(Number(payload["retry_after_ms"] ?? retryMs));
        continue;
      }
      if (type !== "log") throw new Error(`the log is not told: ${type} ${JSON.stringify(payload)}`);
      const { entries, more } = payload as { entries: readonly { payload: Entry }[]; more: boolean };
      log.push(...entries.map(({ payload: entry }) => remembered(entry)));
      if (!more) return log;
    }
  } finally {
    auditor.breaks();
  }
}

function remembered({ seq, at, from, message }: Entry): Entry {
  return { seq, at, from, message: brief(message) };
}

export function audit(
  log: readonly Entry[],
  speakers: readonly Speaker[],
  listeners: readonly Listener[],
): Audit {
  const broken: string[] = [...speakers.flatMap((speaker) => speaker.broken)];
  const places = new Map<string, number>();
  let doubled = 0;
  for (const { message, seq } of log) {
    if (places.has(message)) doubled += 1;
    places.set(message, seq);
  }
  let lost = 0;
  for (const { name, username, acked } of speakers) {
    for (const { message, seq, at } of acked) {
      const entry = log[seq - 1];
      const isThere = entry?.seq === seq && entry.message === message && entry.from === username;
      if (!isThere) lost += 1;
      else if (entry.at !== at) broken.push(`${name}: ${seq} is dated ${entry.at}, and was acked ${at}`);
    }
    // They were said one after the other, and a command never overtakes another of its speaker.
    const isOrdered = acked.every(({ seq }, index) => seq > (acked[index - 1]?.seq ?? 0));
    if (!isOrdered) broken.push(`the messages of ${name} stand in another order than they were said`);
  }
  const holes = log.filter(({ seq }, index) => seq !== index + 1).length;
  if (holes > 0) broken.push(`the log is not numbered 1 to ${log.length}`);
  for (const { name, said, cursor } of listeners) {
    if (cursor !== log.length) broken.push(`${name} stands at ${cursor}, and the log ends at ${log.length}`);
    const misheard = log.filter(({ message }, index) => said[index] !== message).length;
    if (misheard > 0) broken.push(`${name} heard ${misheard} messages that are others in the log`);
  }
  const acked = speakers.reduce((sum, speaker) => sum + speaker.acked.length, 0);
  const gaps = listeners.reduce((sum, listener) => sum + listener.gaps, 0);
  return { acked, lost, stored: log.length, doubled, gaps, broken };
}

/** What a folder that no server has any more says else than the log that the server told. */
export function faultsOfFile(folder: string, log: readonly Entry[]): readonly string[] {
  const database = new Database(join(folder, "chat.db"));
  try {
    const check = database.pragma("integrity_check", { simple: true });
    const rows = database
      .prepare<[], Entry>("SELECT seq, at, message FROM entries WHERE conversation = 1 ORDER BY seq")
      .iterate();
    let count = 0;
    let differing = 0;
    for (const row of rows) {
      const { seq, at, message } = remembered(row);
      const told = log[count];
      if (told?.seq !== seq || told.at !== at || told.message !== message) differing += 1;
      count += 1;
    }
    return [
      ...(check === "ok" ? [] : [`integrity_check: ${check}`]),
      ...(count === log.length ? [] : [`${count} entries in the file, ${log.length} in the log`]),
      ...(differing === 0 ? [] : [`${differing} entries are others in the file than in the log`]),
    ];
  } finally {
    database.close();
  }
}
