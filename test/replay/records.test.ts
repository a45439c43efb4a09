// Kept records: each shows what once went wrong, and goes as it should since. Who changes what the hub
// says, lawfully, reads the difference and writes it into the record: `npm run replay -- FILE --accept`.

import { copyFileSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../support/server-process.js";
import { accept } from "./accept.ts";
import { differenceLines } from "./lines.ts";
import type { Played } from "./play.ts";
import { play } from "./play.ts";

const records = globSync(join(import.meta.dirname, "records/*.jsonl"));

test("there are some", () => expect(records).not.toEqual([]));

test.each(records.map((file) => [basename(file), file]))("%s goes as it should", async (_, file) => {
  let about: string | undefined;
  const threw: Played[] = [];
  const { inputs, difference, ending } = await play(file, {
    begins: (header) => {
      about = header.about;
    },
    sees: (played) => {
      if ("threw" in played.outcome) threw.push(played);
    },
  });
  const again = `again: npm run replay -- ${file}`;
  const told = difference === undefined ? "" : differenceLines(difference, difference.input.at).join("\n");
  expect(difference, `${told}\n${again}`).toBeUndefined();
  expect(threw, again).toEqual([]);
  // One that was cut where the bug had changed the world says no more that the server ended.
  expect(["closed", "open"], again).toContain(ending);
  expect(inputs).toBeGreaterThan(0);
  expect(about, "the header says what the record shows").toMatch(/^[A-Z].{20,}\.$/);
});

/** A copy of a kept record, with a change in what it says that came of something. */
function changed(from: RegExp, to: string): string {
  const file = join(temporaryFolder(), "record.jsonl");
  copyFileSync(records[0] as string, file);
  const before = readFileSync(file, "utf8");
  writeFileSync(file, before.replace(from, to));
  expect(readFileSync(file, "utf8")).not.toBe(before);
  return file;
}

test("what is lawfully otherwise is accepted: then the record is what it would be if it were made now", async () => {
  const file = changed(/"digest":"[^"]+"/g, '"digest":"as it was"');
  expect((await play(file)).difference).toMatchObject({ line: 2 });
  const { inputs } = await play(records[0] as string);
  expect(await accept(file)).toBe(inputs);
  // But for the header, which names the version that it was accepted for.
  const [now, kept] = [file, records[0] as string].map((each) => readFileSync(each, "utf8").split("\n"));
  expect(now?.slice(1)).toEqual(kept?.slice(1));
  expect(await accept(file)).toBe(0);
});

test("a record whose answers fit no more is not accepted, and stays as it is", async () => {
  const file = changed(/ask 3 append/, "ask 3 read");
  const before = readFileSync(file, "utf8");
  await expect(accept(file)).rejects.toThrow(/^line \d+: the store is asked something else/);
  expect(readFileSync(file, "utf8")).toBe(before);
});
