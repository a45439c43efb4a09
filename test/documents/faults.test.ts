// README.md's table of what was done to the server: a row for every fault, as a run has measured it.

import { expect, test } from "vitest";
import { faults } from "../faults/faults.ts";
import { rowsOfReadme } from "../faults/readme.ts";

test("it tells of every fault that there is, by number and name", () => {
  const told = rowsOfReadme().map(([number, name]) => `${number} ${name}`);
  expect(told, "npm run faults -- <numbers> --write").toEqual(
    faults.map(({ number, name }) => `${number} ${name}`),
  );
});

test("in none was anything lost or doubled, nor was there a gap", () => {
  for (const [number, name, load, injected, acked, ...counts] of rowsOfReadme()) {
    expect(counts, `${number} ${name}`).toEqual(["0", "0", "0"]);
    expect(acked).toMatch(/^[1-9]/);
    expect([load, injected]).not.toContain("");
  }
});
