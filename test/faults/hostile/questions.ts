// Fault 23: floods of pings, joins, pages and searches, and searches that are written to take long.

import type { Fault } from "../fault.ts";
import type { Server } from "../load/server.ts";
import { visitKept } from "../load/visitor.ts";
import { whileUsersChat } from "./company.ts";
import { flood, shownCounts } from "./flooding.ts";

const floodMs = { short: 4_000, long: 10_000 };
/** What a search may take whose text is as long as a frame: half of them, on a machine with other work. */
const searchMs = 50;

const ask = (type: string, payload: object): string => JSON.stringify({ type, payload });
const floods: Readonly<Record<string, readonly string[]>> = {
  pings: [ask("ping", {})],
  joins: [ask("join_room", { conversation: "#floods" }), ask("leave_room", { conversation: "#floods" })],
  pages: [
    ask("history", { conversation: "everyone", limit: 1_000 }),
    ask("log", { conversation: "everyone", after: 0 }),
  ],
  searches: [
    "a b c d e f g h i j k l m n o p",
    '"a" -b -c',
    `"${"x ".repeat(120)}"`,
    `${"*".repeat(256)}`,
  ].map((query) => ask("search", { query })),
};

/** As long as a frame may be, and of the kinds that make bad parsers slow. */
const patterns: readonly string[] = [
  "a".repeat(60_000),
  "a ".repeat(30_000),
  '"'.repeat(25_000),
  "(".repeat(60_000),
  `${"a*".repeat(30_000)}b`,
  "-".repeat(60_000),
  "from:".repeat(12_000),
  "😀".repeat(15_000),
  "e\u0301".repeat(20_000),
];

export const questionFloods: Fault = {
  number: 23,
  name: "floods of pings, joins, pages and searches; searches as long as a frame",
  seconds: 8,
  run: (_seed, size) =>
    whileUsersChat(size, [], async (server) => {
      const owner = await visitKept(server.url, "owner");
      await owner.does("create_room", { conversation: "#floods" });
      const all = await Promise.all(
        Object.entries(floods).map(async ([name, some]) => {
          const texts = Array.from({ length: 200 }, (_, index) => some[index % some.length] ?? "");
          const path = `/ws?username=${name}&token=${name}-has-a-long-secret`;
          return {
            name,
            ...(await flood({ port: server.port, path, texts, ms: floodMs[size] })),
          };
        }),
      );
      const searched = await longSearches(server);
      owner.breaks();
      const frames = all.reduce((sum, flooded) => sum + flooded.frames, 0);
      const ended = all.flatMap(({ closed }) => [...closed.keys()]);
      return {
        injected: `${frames.toLocaleString("en")} questions of four, and ${patterns.length} searches of 60,000 bytes`,
        broken: [
          ...all
            .filter(({ refused }) => !refused.has("rate_limited"))
            .map(({ name }) => `${name}: never rate_limited`),
          ...(ended.every((code) => code === 4429) ? [] : [`closed with ${[...new Set(ended)]}`]),
          ...searched.broken,
        ],
        notes: [
          ...all.map(({ name, closed }) => `${name}: closed ${shownCounts(closed)}`),
          ...searched.notes,
        ],
      };
    }),
};

async function longSearches({ url }: Server): Promise<{ broken: string[]; notes: string[] }> {
  const broken: string[] = [];
  const took: number[] = [];
  for (const [index, query] of patterns.entries()) {
    // Each has a burst of its own: the wait of whoever is too fast is not measured.
    const searcher = await visitKept(url, `searcher${index}`);
    const start = performance.now();
    const answer = await searcher.tries("search", { query });
    took.push(performance.now() - start);
    searcher.breaks();
    if (answer !== "bad_query" && answer !== "malformed")
      broken.push(`a search for ${query.slice(0, 10)}… is ${answer}`);
  }
  took.sort((a, b) => a - b);
  const [middle = 0, most = 0] = [took[took.length >> 1], took.at(-1)];
  if (middle > searchMs) broken.push(`a search of 60,000 bytes took ${middle.toFixed(0)} ms`);
  return {
    broken,
    notes: [`searches of 60,000 bytes took ${middle.toFixed(1)} ms, ${most.toFixed(1)} at most`],
  };
}
