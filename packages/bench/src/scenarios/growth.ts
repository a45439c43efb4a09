// Does a question cost more when there is more in the store? Two servers with SQLite, one with few
// messages and one with many, are asked the same for pages of the same size, in turn, so that what slows
// the machine for a while slows both.

import { Asker } from "../load/asker.js";
import { commonWord, fill, rareWord } from "../load/filling.js";
import { sqlite } from "../peers/chat-server.js";
import { serving } from "../processes/serving.js";
import { median } from "../report/median.js";
import { count, milliseconds } from "../report/written.js";
import type { Bench, Found } from "./scenario.js";
import { atMost, scenario } from "./scenario.js";

export interface GrowthRow {
  readonly question: string;
  /** Median milliseconds from the question to its whole answer. */
  readonly fewMs: number;
  readonly manyMs: number;
  readonly ratio: number;
}

/** A page of the same size may cost so many times as much, however much is stored. */
const mostRatio = 2;
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

export const growth = scenario({
  name: "growth",
  title: "the same pages from 1,000 and from many stored messages",
  peers: [sqlite.name],
  options: {
    messages: {
      type: "whole",
      default: 1_000_000,
      quick: 50_000,
      least: 2_000,
      most: 100_000_000,
      help: "how many are many",
    },
    repeats: {
      type: "whole",
      default: 200,
      quick: 50,
      least: 10,
      most: 100_000,
      help: "how often each question is asked",
    },
  },
  run: async ({ messages, repeats }, bench) => {
    const rows = await filled(few, bench, (small) =>
      filled(messages, bench, async (large) => {
        const rows: GrowthRow[] = [];
        for (const [question, ask] of Object.entries(questions)) {
          bench.say(`  ${question}`);
          rows.push({ question, ...(await compare(ask, small, large, repeats)) });
        }
        return rows;
      }),
    );
    return found(rows, messages, repeats);
  },
});

/** A server with so many messages, for as long as `work` takes. */
async function filled<Result>(
  messages: number,
  bench: Bench,
  work: (filled: Filled) => Promise<Result>,
): Promise<Result> {
  const ready = { ...sqlite, ...(await sqlite.prepare(bench.say)) };
  return serving(ready, bench, async ({ port }) => {
    bench.say(`  ${count(messages)} messages`);
    return work(await prepare(`ws://127.0.0.1:${port}`, messages));
  });
}

/** What the questions found, for people and machines. */
export function found(rows: readonly GrowthRow[], messages: number, repeats: number): Found {
  const over = rows.filter(({ ratio }) => ratio > mostRatio);
  return {
    figures: { few, many: messages, rows },
    done: [
      `The same page from ${count(few)} and from ${count(messages)} stored messages, SQLite.`,
      `Medians of ${repeats} round trips each, asked in turn.`,
    ],
    table: [
      ["", count(few), count(messages), "ratio"],
      ...rows.map(({ question, fewMs, manyMs, ratio }) => [
        question,
        milliseconds(fewMs),
        milliseconds(manyMs),
        ratio.toFixed(2),
      ]),
    ],
    notes: over.map(({ question }) => `more than ${mostRatio} times as much: ${question}`),
    charts: [],
    goals: [
      atMost(
        `growth: the same page from ${count(messages)} messages`,
        mostRatio,
        `× from ${count(few)}`,
        Math.max(...rows.map(({ ratio }) => ratio)),
      ),
    ],
  };
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
