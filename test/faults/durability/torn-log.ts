// Fault 5: the machine lost power, so the end of SQLite's log is torn; and a bit of what is stored has
// flipped. What was acked had been synced before, so it is never in the part that is torn; and what is
// damaged is refused aloud and never shown.

import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Chance } from "../../support/chance.ts";
import { between, chanceOf, oneOf } from "../../support/chance.ts";
import type { Fault } from "../fault.ts";
import type { Entry } from "../load/ledger.ts";
import { wholeLog } from "../load/ledger.ts";
import { Load } from "../load/load.ts";
import { startServer } from "../load/server.ts";
import { visit } from "../load/visitor.ts";

const flags = ["--limits", "off"];
const tears = { short: 1, long: 20 };
/** None is a part of another, so that each can be found in the file. */
const text = (name: string, n: number): string => `${name} says ${n}.`;
/** Messages that nobody is told the ack of. */
const unacked = 30;

export const tornLog: Fault = {
  number: 5,
  name: "the end of SQLite's log is torn, a stored bit flips",
  seconds: 5,
  async run(seed, size) {
    const chance = chanceOf(seed);
    await using server = await startServer({ flags });
    await using load = new Load(server, { senders: 10, text });
    await load.acks(200);
    const acked = await load.settles();
    for (const reader of load.readers) reader.leaves();
    const synced = statSync(logOf(server.folder)).size;
    await saysUnheard(server.url);
    await server.ends("SIGKILL");
    const broken: string[] = [];
    for (let tear = 0; tear < tears[size]; tear += 1) {
      broken.push(
        ...(await inCopyOf(server.folder, (folder) => faultsOfTear(folder, acked, synced, chance))),
      );
    }
    broken.push(...(await inCopyOf(server.folder, (folder) => faultsOfFlip(folder, acked, chance))));
    await server.start();
    for (const reader of load.readers) reader.comesBack();
    return await load.findings({ injected: `torn ${tears[size]} times, 1 bit flipped`, broken });
  },
};

function logOf(folder: string): string {
  return join(folder, "chat.db-wal");
}

/** Says messages without an id, so that none is acked, and waits until all are committed. */
async function saysUnheard(url: string): Promise<void> {
  const visitor = await visit(url, { username: "unheard" });
  for (let n = 0; n < unacked; n += 1) {
    visitor.says(`{"type":"send_message","payload":{"message":"unheard ${n}"}}`);
    // It is refused in its turn: those before it are committed then.
    if (n % 10 === 9) await visitor.tries("send_message", { message: "x", conversation: "#nowhere" });
  }
  visitor.breaks();
}

async function inCopyOf(
  folder: string,
  look: (copy: string) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const copy = mkdtempSync(join(tmpdir(), "chat-torn-"));
  try {
    cpSync(folder, copy, { recursive: true });
    return await look(copy);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

async function faultsOfTear(
  folder: string,
  acked: readonly Entry[],
  synced: number,
  chance: Chance,
): Promise<readonly string[]> {
  const file = logOf(folder);
  const at = between(chance, synced, statSync(file).size - 1);
  const how = oneOf(chance, ["cut off", "zeros", "noise"]) ?? "";
  if (how === "cut off") truncateSync(file, at);
  else {
    const bytes = readFileSync(file);
    for (let index = at; index < bytes.length; index += 1)
      bytes[index] = how === "zeros" ? 0 : between(chance, 0, 255);
    writeFileSync(file, bytes);
  }
  await using server = await startServer({ folder, flags });
  const log = await wholeLog(server.url);
  const lost = acked.filter(({ seq, message }) => log[seq - 1]?.message !== message).length;
  const rest = log.slice(acked.length).map(({ message }) => message);
  const isPrefix = rest.every((message, n) => message === `unheard ${n}`);
  if (lost === 0 && isPrefix) return [];
  return [`torn at ${at} of the log (${how}), it lost ${lost} acked messages, and has ${rest}`];
}

async function faultsOfFlip(
  folder: string,
  acked: readonly Entry[],
  chance: Chance,
): Promise<readonly string[]> {
  // A start brings the log into the database.
  {
    await using server = await startServer({ folder, flags });
    await server.ends("SIGTERM");
  }
  const { seq = 0, message = "" } = oneOf(chance, acked) ?? {};
  flipIn(join(folder, "chat.db"), message);
  await using server = await startServer({ folder, flags });
  const visitor = await visit(server.url, { username: "visitor" });
  const around = { conversation: "everyone", after: Math.max(0, seq - 2), limit: 3 };
  const answers = [
    await visitor.tries("log", around),
    await visitor.tries("history", around),
    await visitor.tries("history", { conversation: "everyone", around: seq }),
  ];
  const others = [
    await visitor.tries("log", { conversation: "everyone", after: seq }),
    await visitor.tries("history", { conversation: "everyone", before: seq }),
  ];
  const broken: string[] = [];
  if (answers.join() !== "unavailable,unavailable,unavailable")
    broken.push(`entry ${seq} is damaged, and is told: ${answers}`);
  if (others.join() !== "log,history") broken.push(`the others are told: ${others}`);
  if (!server.err.includes(`entry ${seq} of conversation 1 is damaged and is not shown`))
    broken.push(`of entry ${seq} it says only ${JSON.stringify(server.err)}`);
  // Who resumes across it is told to try later, and hears nothing of it.
  const returning = await visit(server.url, { username: "returning", since: "everyone:0" });
  if ((await returning.closed) !== 1013) broken.push("a replay goes on over what is damaged");
  const damaged = message.slice(0, -1);
  if (returning.heard.some((text) => text.includes(damaged))) broken.push(`entry ${seq} is replayed`);
  return broken;
}

/** Flips the lowest bit of the last byte of a text, wherever the file has it. */
function flipIn(file: string, text: string): void {
  const bytes = readFileSync(file);
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1)) {
    const last = at + Buffer.byteLength(text) - 1;
    bytes[last] = (bytes[last] ?? 0) ^ 1;
  }
  writeFileSync(file, bytes);
}
