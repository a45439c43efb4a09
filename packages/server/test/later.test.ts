import { expect, test } from "vitest";
import { Later } from "../dist/later.js";

/** Longer than what waits gets of a turn. */
function works(): void {
  const until = performance.now() + 10;
  while (performance.now() < until);
}

/** One turn of the loop after the other, until `isOver`; how many there were. */
async function turnsUntil(isOver: () => boolean): Promise<number> {
  let turns = 0;
  while (!isOver() && turns < 1_000) {
    await new Promise((resolve) => setImmediate(resolve));
    turns += 1;
  }
  return turns;
}

test("what waits is done in order, and between two stretches of it most turns go to all else", async () => {
  const later = new Later();
  const done: string[] = [];
  for (const name of ["first", "second", "third"]) {
    later.push(() => {
      works();
      done.push(name);
    });
  }
  expect(done).toEqual([]);
  expect(later.length).toBe(3);
  expect(await turnsUntil(() => done.length === 1)).toBeLessThan(3);
  for (const count of [2, 3]) {
    expect(await turnsUntil(() => done.length === count)).toBeGreaterThanOrEqual(8);
  }
  expect(done).toEqual(["first", "second", "third"]);
  expect(later.length).toBe(0);
});

test("what takes hardly any time is done in one stretch", async () => {
  const later = new Later();
  const done: number[] = [];
  for (let n = 0; n < 100; n += 1) later.push(() => void done.push(n));
  await turnsUntil(() => done.length > 0);
  expect(done).toEqual(Array.from({ length: 100 }, (_, n) => n));
});

test("it sleeps when nothing waits, and wakes for what comes then", async () => {
  const later = new Later();
  const done: string[] = [];
  later.push(() => void done.push("early"));
  await turnsUntil(() => done.length === 1);
  await turnsUntil(() => false);
  later.push(() => void done.push("late"));
  expect(await turnsUntil(() => done.length === 2)).toBeLessThan(3);
});

test("all of it is done at once where it must be over, also what comes of it", () => {
  const later = new Later();
  const done: string[] = [];
  later.push(() => {
    done.push("asked");
    later.push(() => void done.push("answered"));
  });
  later.finish();
  expect(done).toEqual(["asked", "answered"]);
});
