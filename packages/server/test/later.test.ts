import { expect, test } from "vitest";
import { Later } from "../dist/later.js";

/** Longer than what waits gets of a turn. */
function works(): void {
  const until = performance.now() + 10;
  while (performance.now() < until);
}

test("what waits is done in order, and what comes meanwhile is done between", async () => {
  const later = new Later();
  const done: string[] = [];
  await new Promise<void>((resolve) => {
    for (const name of ["first", "second", "third"]) {
      later.push(() => {
        works();
        done.push(name);
        setImmediate(() => done.push(`after ${name}`));
        if (name === "third") setImmediate(resolve);
      });
    }
    expect(done).toEqual([]);
    expect(later.length).toBe(3);
  });
  expect(done).toEqual(["first", "after first", "second", "after second", "third", "after third"]);
  expect(later.length).toBe(0);
});

test("what takes hardly any time is done in the same turn, and then it sleeps until more waits", async () => {
  const later = new Later();
  const turnOf = () =>
    new Promise<readonly string[]>((resolve) => {
      const done: string[] = [];
      for (const name of ["one", "two"]) later.push(() => void done.push(name));
      setImmediate(() => resolve(done));
    });
  expect(await turnOf()).toEqual(["one", "two"]);
  expect(await turnOf()).toEqual(["one", "two"]);
});
