// `npm run bench`: sets up what is missing, then runs the benchmarks.
import { launch } from "./setup.js";

await launch("packages/bench/dist/main.js");
