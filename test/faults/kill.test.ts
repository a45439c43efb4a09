// kill -9 under load (FAULTS 1, 13, 14): twenty senders with nonces, a reader who resumes, and a server
// that is killed ten times at moments nobody chose. What was acked is in history exactly once, at its
// acked place and in order; what was not is sent again and gets one place.

import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { eventually } from "../support/eventually.js";
import type { ServerProcess } from "../support/server-process.js";
import { startServer, temporaryFolder } from "../support/server-process.js";
import type { Talker } from "../support/talker.js";
import { connect } from "../support/talker.js";

const kills = 10;
const senders = 20;

interface Acked {
  readonly seq: number;
  readonly at: number;
}

/** Says one message after another, each until it is acked, whatever becomes of the server. */
class Sender {
  readonly name: string;
  /** What was acked, by its text. */
  readonly acked = new Map<string, Acked>();
  #said = 0;
  #isOver = false;

  constructor(name: string) {
    this.name = name;
  }

  async talks(server: () => Promise<ServerProcess>): Promise<void> {
    while (!this.#isOver) {
      const talker = await (await server())
        .connects(`/ws?username=${this.name}&token=${this.name}-has-a-long-secret`, this.name)
        .catch(() => undefined);
      if (talker === undefined) continue;
      while (talker.isOpen && !this.#isOver) await this.#say(talker);
      talker.breaks();
    }
  }

  ends(): void {
    this.#isOver = true;
  }

  /** Says the next message, or the last one again that was not acked. */
  async #say(talker: Talker): Promise<void> {
    const text = `${this.name} ${this.#said}`;
    const nonce = `${this.name}-${String(this.#said).padStart(12, "0")}`;
    talker.says(`{"type":"send_message","id":"${text}","payload":{"message":"${text}","nonce":"${nonce}"}}`);
    for (;;) {
      const frame = await talker.next().catch(() => undefined);
      if (frame === undefined) return;
      if (frame["type"] !== "ack") continue;
      const ack = frame["payload"] as Acked;
      this.acked.set(text, ack);
      this.#said += 1;
      return;
    }
  }
}

/** Hears everything, coming back with `since` after every cut. */
class Reader {
  readonly seqs: number[] = [];
  readonly texts: string[] = [];
  #isOver = false;

  async listens(server: () => Promise<ServerProcess>): Promise<void> {
    while (!this.#isOver) {
      const since = `everyone:${this.seqs.at(-1) ?? 0}`;
      const path = `/v1/ws?username=reader&token=reader-has-a-long-secret&since=${since}`;
      const talker = await (await server()).connects(path, "reader").catch(() => undefined);
      while (talker?.isOpen && !this.#isOver) {
        const line = (await talker.next().catch(() => ({}))) as { seq?: number; message?: string };
        if (line.seq === undefined || line.message === undefined) continue;
        this.seqs.push(line.seq);
        this.texts.push(line.message);
      }
    }
  }

  ends(): void {
    this.#isOver = true;
  }
}

interface Entry {
  readonly seq: number;
  readonly at: number;
  readonly from: string;
  readonly message: string;
}

async function wholeLog(talker: Talker): Promise<Entry[]> {
  const log: Entry[] = [];
  for (let isMore = true; isMore; ) {
    const after = log.length;
    talker.says(
      `{"type":"log","id":"log","payload":{"conversation":"everyone","after":${after},"limit":1000}}`,
    );
    let page = await talker.next();
    while (page["id"] !== "log") page = await talker.next();
    const { entries, more } = page["payload"] as { entries: { payload: Entry }[]; more: boolean };
    log.push(...entries.map(({ payload }) => payload));
    isMore = more;
  }
  return log;
}

test(`killed ${kills} times under ${senders} senders, the server keeps what it acked, once and in order`, {
  timeout: 60_000,
}, async () => {
  const folder = temporaryFolder();
  const start = (): Promise<ServerProcess> => startServer(folder, { flags: ["--limits", "off"] });
  let current = start();
  const server = (): Promise<ServerProcess> => current;
  const people = Array.from({ length: senders }, (_, n) => new Sender(`sender${n}`));
  const reader = new Reader();
  const talking = Promise.all([...people.map((each) => each.talks(server)), reader.listens(server)]);
  const acks = (): number => people.reduce((sum, { acked }) => sum + acked.size, 0);

  for (let kill = 0; kill < kills; kill += 1) {
    const before = acks();
    // Long enough that something is acked, then at a moment of chance.
    await expect.poll(() => acks() - before, { timeout: 20_000, interval: 5 }).toBeGreaterThan(senders);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 100));
    const killed = await current;
    let started: (next: Promise<ServerProcess>) => void = () => {};
    current = new Promise((resolve) => {
      started = resolve;
    });
    await killed.ends("SIGKILL");
    started(start());
    await current;
  }
  const total = acks();
  await expect.poll(() => acks() - total, { timeout: 20_000 }).toBeGreaterThan(senders);
  for (const each of people) each.ends();
  const last = await connect(`${(await current).url}/ws?username=auditor`, "auditor");
  await last.hears({ type: "welcome" });

  // Everybody stops where they stand; the reader is woken by one more line.
  await eventually(async () => {
    last.says('{"type":"send_message","id":1,"payload":{"message":"the end"}}');
    await last.heardSoFar();
    return reader.texts.at(-1);
  }).toBe("the end");
  reader.ends();
  last.says('{"type":"send_message","payload":{"message":"really"}}');
  await talking;

  const history = await wholeLog(last);
  await (await current).ends("SIGTERM");
  const database = new Database(join(folder, "chat.db"));
  expect(database.pragma("integrity_check")).toEqual([{ integrity_check: "ok" }]);
  database.close();

  expect(history.map(({ seq }) => seq)).toEqual(history.map((_, index) => index + 1));
  const places = new Map<string, number[]>();
  for (const { message, seq } of history) places.set(message, [...(places.get(message) ?? []), seq]);
  for (const { name, acked } of people) {
    // At its place, once, and dated as it was acked.
    for (const [text, { seq, at }] of acked) {
      expect(places.get(text), text).toEqual([seq]);
      expect(history[seq - 1]).toMatchObject({ message: text, from: name, at });
    }
    // In the order in which they were said: the next was said only after the ack of the one before.
    const seqs = [...acked.values()].map(({ seq }) => seq);
    expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
  }
  // What was stored and never acked was sent again, so it can't be there twice either.
  for (const [text, seqs] of places) if (text.startsWith("sender")) expect(seqs, text).toHaveLength(1);
  expect(reader.seqs).toEqual(reader.seqs.map((_, index) => index + 1));
  expect(reader.texts).toEqual(history.slice(0, reader.texts.length).map(({ message }) => message));
});
