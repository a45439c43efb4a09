// The program that lives one half of the worlds of a run: `node half.ts FIRST`, in one line of JSON. A
// process of its own, where the modules are as they are and not as a test runner wraps them: that is
// three times as fast.

import { refusals } from "chat-hub";
import { simulateMany } from "./many.ts";
import { storyOf } from "./report/summary.ts";
import type { Half } from "./worlds.ts";
import { missing, worldsOfATest } from "./worlds.ts";

const { broken, counts } = simulateMany(Number(process.argv[2]), worldsOfATest);
const half: Half = {
  ...(broken === undefined ? {} : { story: storyOf(broken) }),
  missing: missing(counts, Object.keys(refusals)),
};
console.log(JSON.stringify(half));
