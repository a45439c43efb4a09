// Does a question cost more when there is more in the store? Two servers with SQLite, one with few
// messages and one with many, are asked the same for pages of the same size, in turn, so that what slows
// the machine for a while slows both.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Asker } from "../load/asker.js";
import { commonWord, fill, rareWord } from "../load/filling.js";
import type { Options } from "../options.js";
import { peers } from "../peers/peers.js";
import type { Cores } from "../processes/cores.js";
import { pinned } from "../processes/cores.js";
import type { Listening } from "../processes/listening.js";
import { listening, nodeFlags } from "../processes/listening.js";
import { median } from "../report/median.js";

export interface GrowthRow {
  readonly question: string;
  /** Median milliseconds from the question to its whole answer. */
  readonly fewMs: number;
  readonly manyMs: number;
  readonly ratio: number;
}

export interface GrowthResult {
  readonly scenario: "growth";
  readonly few: number;
  readonly many: number;
  readonly rows: readonly GrowthRow[];
}

const few = 1_000;
/** The person who asks was here once, before anything was said. */
const reader = "username=reader&token=a-token-for-the-reader&receipts=true";

interface Filled {
  readonly url: string;
  readonly head: number;
  readonly asker: Asker;
  /** When the message in the middle was written. */
  readonly middleAt: number;
}

/** @param say is told what is going on */
export async function growthOf(
  options: Options,
  cores: Cores,
  say: (line: string) => void,
): Promise<GrowthResult> {
  const folder = await mkdtemp(join(tmpdir(), "chat-bench-"));
  const servers: Listening[] = [];
  try {
    const filled: Filled[] = [];
    for (const count of [few, options.messages]) {
      say(`growth: ${count} messages`);
      const server = await start(join(folder, String(count)), options, cores);
      servers.push(server);
      filled.push(await prepare(`ws://127.0.0.1:${server.port}`, count));
    }
    const [small, large] = filled as [Filled, Filled];
    const rows: GrowthRow[] = [];
    for (const [question, ask] of Object.entries(questions)) {
      say(`growth: ${question}`);
      rows.push({ question, ...(await compare(ask, small, large, options.repeats)) });
    }
    return { scenario: "growth", few, many: options.messages, rows };
  } finally {
    for (const server of servers) await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function start(folder: string, options: Options, cores: Cores): Promise<Listening> {
  const sqlite = peers.find(({ name }) => name === "sqlite");
  if (sqlite === undefined) throw new Error("there is no peer with SQLite");
  const node = [process.execPath, ...nodeFlags(options.profile)];
  return listening(pinned(cores.server, sqlite.command({ folder, node })));
}

async function prepare(url: string, count: number): Promise<Filled> {
  const early = await Asker.open(`${url}/ws?${reader}`, '{"type":"welcome"');
  early.closes();
  const head = await fill(url, count);
  const asker = await Asker.open(`${url}/ws?${reader}`, '{"type":"welcome"', '{"type":"');
  const page = await asker.asks(history(`"around":${Math.floor(head / 2)},"limit":1`));
  // The index follows the log: the first message is found when all of it is in.
  while (!(await asker.asks(search(`${rareWord} 00000000`))).includes("snippet"))
    await new Promise((resolve) => setTimeout(resolve, 200));
  return { url, head, asker, middleAt: Number(/"at":(\d+)/.exec(page)?.[1]) };
}

type Ask = (of: Filled) => Promise<unknown>;

const questions: Readonly<Record<string, Ask>> = {
  "history: the newest 50": ({ asker }) => asker.asks(history('"limit":50')),
  "history: 50 before the middle": ({ asker, head }) =>
    asker.asks(history(`"before":${Math.floor(head / 2)},"limit":50`)),
  "history: 50 around the middle": ({ asker, head }) =>
    asker.asks(history(`"around":${Math.floor(head / 2)},"limit":50`)),
  "history: 50 around a time": ({ asker, middleAt }) =>
    asker.asks(history(`"around":${middleAt},"by":"time","limit":50`)),
  "search: a rare word, 20 hits": ({ asker }) => asker.asks(search(rareWord)),
  "search: a common word, 20 hits": ({ asker }) => asker.asks(search(commonWord)),
  "search: a word by somebody in a conversation": ({ asker }) =>
    asker.asks(search(`${rareWord} from:writer in:everyone`)),
  "unread counts of all conversations": ({ asker }) => asker.asks('{"type":"conversations","id":1}'),
  "login with what is unread": async ({ url }) =>
    (await Asker.open(`${url}/ws?${reader}`, '{"type":"welcome"')).closes(),
  "login with a resume of 100 entries": async ({ url, head }) =>
    (
      await Asker.open(`${url}/ws?${reader}&since=everyone:${head - 100},*:head`, '{"type":"resumed"')
    ).closes(),
};

/** Their medians, asked in turn. */
async function compare(
  ask: Ask,
  small: Filled,
  large: Filled,
  repeats: number,
): Promise<Omit<GrowthRow, "question">> {
  const [fewMs, manyMs]: [number[], number[]] = [[], []];
  for (let turn = -Math.ceil(repeats / 10); turn < repeats; turn += 1) {
    const [one, other] = [await timed(ask, small), await timed(ask, large)];
    // The first ones warm up.
    if (turn < 0) continue;
    fewMs.push(one);
    manyMs.push(other);
  }
  const [a, b] = [median(fewMs), median(manyMs)];
  return { fewMs: a, manyMs: b, ratio: b / a };
}

async function timed(ask: Ask, of: Filled): Promise<number> {
  const begun = performance.now();
  await ask(of);
  return performance.now() - begun;
}

function history(fields: string): string {
  return `{"type":"history","id":1,"payload":{"conversation":"everyone",${fields}}}`;
}

function search(query: string): string {
  return `{"type":"search","id":1,"payload":{"query":"${query}","limit":20}}`;
}
