// Holds what was acked, and what was heard, against the log: as the server reads it out when all is
// over, and once more as it stands in the file when the server has ended.

import { join } from "node:path";
import Database from "better-sqlite3";
import { WebSocket } from "ws";
import type { Findings } from "../fault.ts";
import type { Listener } from "./listener.ts";
import type { Speaker } from "./sender.ts";

export interface Entry {
  readonly seq: number;
  readonly at: number;
  readonly from: string;
  readonly message: string;
}

export type Audit = Pick<Findings, "acked" | "lost" | "stored" | "doubled" | "gaps" | "broken">;

/** The whole log of everyone, as the protocol tells it. */
export async function wholeLog(url: string): Promise<readonly Entry[]> {
  const socket = new WebSocket(`${url}/ws?username=auditor`, { perMessageDeflate: false });
  const log: Entry[] = [];
  const ask = (): void => {
    const payload = { conversation: "everyone", after: log.at(-1)?.seq ?? 0, limit: 1_000 };
    socket.send(JSON.stringify({ type: "log", id: 1, payload }));
  };
  try {
    await new Promise<void>((resolve, reject) => {
      socket.on("error", reject);
      socket.on("close", (code) => reject(new Error(`the auditor was closed with ${code}`)));
      socket.on("message", (bytes) => {
        const { type, id, payload } = JSON.parse(String(bytes));
        if (type === "welcome") return ask();
        if (id !== 1) return;
        if (type === "error" && payload.retryable) return void setTimeout(ask, payload.retry_after_ms ?? 100);
        if (type !== "log") return reject(new Error(`the log is not told: ${bytes}`));
        for (const { payload: entry } of payload.entries) log.push(entry);
        if (payload.more) return ask();
        return resolve();
      });
    });
    return log;
  } finally {
    socket.removeAllListeners("close");
    socket.terminate();
  }
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
      .all();
    const differing = rows.filter(
      ({ seq, at, message }, index) =>
        log[index]?.seq !== seq || log[index]?.at !== at || log[index]?.message !== message,
    );
    return [
      ...(check === "ok" ? [] : [`integrity_check: ${check}`]),
      ...(rows.length === log.length ? [] : [`${rows.length} entries in the file, ${log.length} in the log`]),
      ...(differing.length === 0
        ? []
        : [`${differing.length} entries are others in the file than in the log`]),
    ];
  } finally {
    database.close();
  }
}
