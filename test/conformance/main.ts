// `npm run conformance -- ws://localhost:8001`: holds any server to the protocol, with raw sockets and
// the vectors of test/vectors. One line a vector; exit code 0 if all of them hold, 1 if not, 2 for usage.

import { randomUUID } from "node:crypto";
import { play } from "./play.ts";
import { readVectors } from "./vectors.ts";

const usage = "usage: npm run conformance -- ws://localhost:8001 [words of the vectors to play]";
const patienceMs = 10_000;

async function main([address, ...words]: readonly string[]): Promise<number> {
  const url = address === undefined ? undefined : URL.parse(address);
  if (url === undefined || url === null || !/^wss?:$/.test(url.protocol)) {
    console.error(usage);
    return 2;
  }
  let [passed, failed] = [0, 0];
  for (const { chapter, vectors } of readVectors()) {
    for (const vector of vectors) {
      const name = `${chapter}: ${vector.name}`;
      if (!words.every((word) => name.includes(word))) continue;
      const run = randomUUID().slice(0, 8);
      const fault = await play(vector, { url, run, patienceMs }).then(
        () => undefined,
        (error: Error) => error.message || String(error),
      );
      if (fault === undefined) passed += 1;
      else failed += 1;
      console.log(fault === undefined ? `ok      ${name}` : `NOT OK  ${name}\n        ${fault}`);
    }
  }
  console.log(`${passed} passed, ${failed} failed`);
  if (passed + failed === 0) console.error("no vector has these words");
  return failed === 0 && passed > 0 ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
