// `npm run conformance -- ws://localhost:8001`: holds any server to the protocol, with raw sockets and
// the vectors of test/vectors. One line a vector; exit code 0 if all of them hold, 1 if not, 2 for usage.

import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import { WrongUse, wholeNumber, wishOf } from "../support/wish.ts";
import type { PlayOptions } from "./play.ts";
import { play } from "./play.ts";
import type { Vector } from "./vectors.ts";
import { readVectors } from "./vectors.ts";

const usage = `usage: npm run conformance -- ws://localhost:8001 [words of the vectors to play]
  --patience MS   how long is waited for what must come (10000)
  --at-once N     how many vectors are played at a time (12)`;

interface Wish {
  readonly url: URL;
  readonly words: readonly string[];
  readonly patienceMs: number;
  readonly atOnce: number;
}

interface Named {
  readonly name: string;
  readonly vector: Vector;
}

/** @throws for what can't be read */
function readWish(args: readonly string[]): Wish {
  const options = {
    patience: { type: "string", default: "10000" },
    "at-once": { type: "string", default: "12" },
  } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [address = "", ...words] = positionals;
  const url = URL.parse(address);
  if (url === null || !/^wss?:$/.test(url.protocol))
    throw new WrongUse(`an address such as ws://localhost:8001 is needed, not ${address || "nothing"}`);
  const patienceMs = wholeNumber("--patience", values.patience, 1);
  return { url, words, patienceMs, atOnce: wholeNumber("--at-once", values["at-once"], 1) };
}

async function main(args: readonly string[]): Promise<number> {
  const wish = wishOf(usage, () => readWish(args));
  if (wish === undefined) return 2;
  const chosen = readVectors()
    .flatMap(({ chapter, vectors }) =>
      vectors.map((vector): Named => ({ name: `${chapter}: ${vector.name}`, vector })),
    )
    .filter(({ name }) => wish.words.every((word) => name.includes(word)));
  if (chosen.length === 0) {
    console.error("no vector has these words");
    return 2;
  }
  const waiting = [...chosen];
  let failed = 0;
  const player = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const fault = await faultOf(next.vector, wish);
      if (fault !== undefined) failed += 1;
      console.log(fault === undefined ? `ok      ${next.name}` : `NOT OK  ${next.name}\n        ${fault}`);
    }
  };
  await Promise.all(Array.from({ length: wish.atOnce }, player));
  console.log(`${chosen.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

async function faultOf(
  vector: Vector,
  { url, patienceMs }: Pick<PlayOptions, "url" | "patienceMs">,
): Promise<string | undefined> {
  try {
    await play(vector, { url, run: randomUUID().slice(0, 8), patienceMs });
    return undefined;
  } catch (error) {
    return error instanceof Error && error.message !== "" ? error.message : String(error);
  }
}

process.exitCode = await main(process.argv.slice(2));
