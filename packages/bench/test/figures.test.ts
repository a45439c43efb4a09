import { expect, test } from "vitest";
import { parseCores } from "../src/processes/cores.js";
import { ticksIn } from "../src/processes/cpu-clock.js";
import { median } from "../src/report/median.js";
import { table } from "../src/report/table.js";

test("the median is the middle one, or the mean of the two in the middle", () => {
  expect(median([5])).toBe(5);
  expect(median([9, 1, 5])).toBe(5);
  expect(median([10, 1, 2, 4])).toBe(3);
  expect(() => median([])).toThrow(RangeError);
});

test("ticks are user, system and those of ended children, whatever the process is called", () => {
  expect(ticksIn("42 (a (b) c) S 1 42 42 0 -1 4194304 9 8 7 6 100 20 3 1 20 0 11 0 5555")).toBe(124);
});

test("the kernel's list of cores may have ranges and single ones", () => {
  expect(parseCores("0-2,5")).toEqual([0, 1, 2, 5]);
  expect(parseCores("3")).toEqual([3]);
  expect(parseCores("")).toEqual([]);
});

test("figures stand in columns to the right", () => {
  expect(
    table([
      ["", "ns"],
      ["plain", "4095"],
      ["x", "9"],
    ]),
  ).toBe("         ns\nplain  4095\nx         9");
});
