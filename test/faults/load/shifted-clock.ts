// A wall clock that can be set: given to Node with `--import`, it moves `Date` by as many milliseconds as a
// file says, and looks at the file every few milliseconds. What is measured in seconds that pass
// (`performance.now`, timers) stays as it is, as when somebody sets the clock of a machine.

import { readFileSync } from "node:fs";

const file = process.env["SHIFTED_CLOCK_FILE"] ?? "";
const lookMs = 5;

const RealDate = Date;
let shiftMs = 0;

globalThis.Date = class extends RealDate {
  constructor(...given: []) {
    if (given.length === 0) super(RealDate.now() + shiftMs);
    else super(...given);
  }

  static override now(): number {
    return RealDate.now() + shiftMs;
  }
} as DateConstructor;

setInterval(() => {
  try {
    shiftMs = Number(readFileSync(file, "utf8"));
  } catch {
    // Nobody has set it yet.
  }
}, lookMs).unref();
