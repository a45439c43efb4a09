// `npm run simulate`: worlds of drawn seeds under the laws, with `--plant NAME` in a product that has a bug.
// Exit code 0 if all laws hold, 1 if one is broken, 2 for usage.

import { plant } from "./planted/plant.ts";

const args = process.argv.slice(2);
const place = args.indexOf("--plant");
if (place >= 0) {
  const [, name = ""] = args.splice(place, 2);
  console.log(`planted: ${plant(name).what}`);
}
const { simulateAs } = await import("./command.ts");
process.exitCode = simulateAs(args);
