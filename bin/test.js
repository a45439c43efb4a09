// `npm test`: sets up what is missing, then runs every test, or those whose path contains a given argument.
import { launch } from "./setup.js";

await launch("node_modules/vitest/vitest.mjs", ["run", ...process.argv.slice(2)]);
