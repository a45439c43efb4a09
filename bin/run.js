// `npm run faults` and the like: sets up what is missing, then runs the named program of this checkout.
import { launch } from "./setup.js";

const [program = "", ...args] = process.argv.slice(2);
await launch(program, args);
