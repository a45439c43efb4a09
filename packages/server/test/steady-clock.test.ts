import { expect, test } from "vitest";
import { SteadyClock } from "../dist/stores/steady-clock.js";

const hour = 3_600_000;

/** A clock of one's own: `passes` says how much time passes, and how far the wall's goes meanwhile. */
function clockAt(start: number) {
  let [wall, running] = [start, 500];
  const clock = new SteadyClock(
    () => wall,
    () => running,
  );
  return {
    passes(ms: number, onWall = ms): number {
      running += ms;
      wall += onWall;
      return clock.now();
    },
  };
}

test("it goes with the wall's, backwards at once", () => {
  const clock = clockAt(1_000 * hour);
  expect(clock.passes(10)).toBe(1_000 * hour + 10);
  expect(clock.passes(10, -hour)).toBe(999 * hour + 10);
  expect(clock.passes(hour)).toBe(1_000 * hour + 10);
});

test("a clock that leaps ahead is followed at double speed at most, and put right it is right at once", () => {
  const clock = clockAt(0);
  expect(clock.passes(1_000, 1_000 + hour)).toBe(2_000);
  expect(clock.passes(60_000)).toBe(122_000);
  expect(clock.passes(0, -hour)).toBe(61_000);
  expect(clock.passes(1_000)).toBe(62_000);
});

test("after a machine's sleep the time is caught up with", () => {
  const clock = clockAt(0);
  clock.passes(1_000, 1_000 + hour);
  expect(clock.passes(2 * hour)).toBe(3 * hour + 1_000);
});
