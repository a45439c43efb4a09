// `npm run simulate`: worlds of drawn seeds under the laws, with `--plant NAME` in a product that has a bug.
// Exit code 0 if all laws hold, 1 if one is broken, 2 for usage.

import { bugs } from "./planted/bugs.ts";
import { plant } from "./planted/plant.ts";

const args = process.argv.slice(2);
const place = args.indexOf("--plant");
const [, name] = place < 0 ? [] : args.splice(place, 2);
if (place >= 0 && !bugs.some((bug) => bug.name === name)) {
  console.error(`there is no bug ${name}; there are ${bugs.map((bug) => bug.name).join(", ")}`);
  process.exitCode = 2;
} else {
  if (name !== undefined) console.log(`planted: ${plant(name).what}`);
  const { simulateAs } = await import("./command.ts");
  process.exitCode = simulateAs(args);
}
