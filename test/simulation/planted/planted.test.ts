// The simulation finds what it is there to find.

import { expect, test } from "vitest";
import { laws } from "../laws/laws.ts";
import { simulate } from "../world.ts";
import { bugs } from "./bugs.ts";
import { huntAll } from "./hunts.ts";
import { patched } from "./plant.ts";
import { writtenRows } from "./readme.ts";

/** Worlds that each bug may take. */
const mostWorlds = 400;

test("there are as many bugs as there are names", () => {
  expect(new Set(bugs.map(({ name }) => name)).size).toBe(bugs.length);
  expect(bugs.length).toBeGreaterThanOrEqual(15);
});

test.each(bugs)("$name fits the code: what it replaces stands there once", (bug) => {
  expect([...patched(bug).values()].every((source) => source.length > 0)).toBe(true);
});

test("a bug that does not fit says so", () => {
  const patch = { file: "packages/chat-hub/dist/index.js", find: "nowhere to be found", put: "" };
  expect(() => patched({ name: "lost", what: "", patches: [patch] })).toThrow(/lost: .* 0 times in .*index/);
});

test("the README has all of them, each with the law that found it", () => {
  expect(writtenRows().map(({ bug, what }) => ({ bug, what }))).toEqual(
    bugs.map(({ name, what }) => ({ bug: name, what })),
  );
  for (const { law, seed } of writtenRows()) {
    expect(law).toMatch(/^(L[1-9]|cursors|house|logins)$/);
    expect(Number(seed)).toBeLessThanOrEqual(mostWorlds);
  }
});

test("each is found, where the product as it is keeps the laws", { timeout: 300_000 }, async () => {
  const seeds = new Map(writtenRows().map(({ bug, seed }) => [bug, Number(seed)]));
  const hunts = await huntAll(bugs, mostWorlds, { likely: ({ name }) => seeds.get(name) });
  expect(hunts.filter(({ found }) => found === undefined).map(({ bug }) => bug)).toEqual([]);
  for (const seed of new Set(hunts.map(({ found }) => found?.seed ?? 0))) {
    const { broken } = simulate(seed, { laws });
    expect(broken?.why, `npm run simulate -- --seed ${seed}`).toBeUndefined();
  }
});
