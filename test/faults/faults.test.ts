// The faults that take a few seconds; `npm run faults` does all of them, and at their full size.

import { expect, test } from "vitest";
import { holds, shortSeconds } from "./fault.ts";
import { faults } from "./faults.ts";

test("every fault has a number of its own, in order", () => {
  const numbers = faults.map(({ number }) => number);
  expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b));
});

test.for(faults.filter(({ seconds }) => seconds <= shortSeconds))(
  "$number: $name",
  async (fault, { skip }) => {
    const reason = fault.skip?.();
    if (reason !== undefined) skip(reason);
    const seed = Math.floor(Math.random() * 2 ** 31);
    const findings = await fault.run(seed, "short");
    const again = `again: npm run faults -- ${fault.number} --short --seed ${seed}`;
    expect(holds(findings), `${JSON.stringify(findings, undefined, 2)}\n${again}`).toBe(true);
    expect(findings.acked).toBeGreaterThan(0);
  },
);
