// A short run of `npm run fuzz`, each time by another chance; and that a run would see what is wrong.

import { describe, expect, test } from "vitest";
import { fuzz, houses } from "./house.ts";
import { brokenIn } from "./report.ts";
import { shown } from "./session.ts";
import { shrink } from "./shrink.ts";
import { caseOf } from "./sources/cases.ts";
import { closingFault, headFault, Verdict } from "./verdict.ts";

test.concurrent.each(houses)(
  "$name: whatever is said, the answers are those of the documents",
  async (house) => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    // Few at a time: each must be over soon.
    const found = await fuzz({ ...house, atOnce: 12 }, { seed, count: 20_000, looks: 0, mostMs: 4_000 });
    expect(brokenIn(found, seed)).toEqual([]);
    expect(found.mutations).toBeGreaterThan(100);
    expect(found.witnesses.acked).toBeGreaterThan(0);
  },
);

test("the same seed and number make the same session, others make others", () => {
  const session = (seed: number, index: number) => caseOf(seed, index).moves.map(shown).join("\n");
  expect(session(1, 2)).toBe(session(1, 2));
  expect(new Set([session(1, 2), session(1, 3), session(2, 2)]).size).toBe(3);
});

describe("what may not be is seen", () => {
  const error = (code: string, message: string): string =>
    JSON.stringify({ type: "error", payload: { code, message, retryable: false } });
  test.each([
    ["half an answer", '{"type":"ping"'],
    ["a push that is in no table", '{"type":"shrug","payload":{}}'],
    ["an answer with a field too few", '{"type":"ping","payload":{}}'],
    ["a refusal that is in no table", error("on_fire", "it burns")],
    ["a stack", error("unavailable", "TypeError: x is not a function\n    at obey (hub.js:1:2)")],
    ["a path", error("unavailable", "can't open file:///srv/chat.db")],
  ])("%s", (_, text) => {
    expect(new Verdict().textFault("events", text)).toBeDefined();
  });

  test("an answer as it should be is none of it", () => {
    const verdict = new Verdict();
    expect(verdict.textFault("events", '{"type":"ping","id":1,"payload":{"at":1}}')).toBeUndefined();
    expect(verdict.textFault("events", error("away", "whoever had this name has gone"))).toBeUndefined();
  });

  test("a code that no table has ends no connection, and 1002 none that was well spoken on", () => {
    expect([1000, 4409, 4429].map((code) => closingFault(code, false))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect([1002, 1007].map((code) => closingFault(code, true))).toEqual([undefined, undefined]);
    for (const [code, odd] of [
      [1002, false],
      [1006, false],
      [1011, true],
      [4999, true],
    ] as const) {
      expect(closingFault(code, odd), `${code}`).toBeDefined();
    }
  });

  test("an upgrade is no failure of the server", () => {
    expect(headFault("HTTP/1.1 101 Switching Protocols", false)).toBeUndefined();
    expect(headFault("HTTP/1.1 400 Bad Request", true)).toBeUndefined();
    expect(headFault("HTTP/1.1 400 Bad Request", false)).toBeDefined();
    expect(headFault("HTTP/1.1 500 Internal Server Error", true)).toBeDefined();
  });
});

test("a broken session is made as short as it can be", async () => {
  const { moves } = caseOf(1, 4);
  const [needed, other] = [moves[3], moves.at(-2)];
  const isBroken = async (some: readonly unknown[]) => some.includes(needed) && some.includes(other);
  expect(await shrink(moves, isBroken)).toEqual([needed, other]);
});
