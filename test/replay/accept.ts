// Brings a kept record up to date, when the product has changed lawfully: what came of its inputs is
// written anew, with what comes of them now.

import { renameSync, writeFileSync } from "node:fs";
import type { Outcome } from "chat-server";
import { createReplay, headerLine, readRecord, version } from "chat-server";

/** Why a record can't be brought up to date: one line for people. */
export class NotAcceptable extends Error {}

/**
 * The inputs stay as they are. Answers of the store are among them, so the same must still be asked.
 * @returns how many lines have changed
 * @throws NotAcceptable if something else is asked, or the hub throws
 */
export async function accept(file: string): Promise<number> {
  const { header, lines } = await readRecord(file);
  const replay = createReplay(header);
  const accepted = [headerLine({ ...header, version })];
  let changed = 0;
  for await (const recorded of lines) {
    if (recorded.type === "end") accepted.push(JSON.stringify({ end: recorded.why }));
    if (recorded.type !== "input") continue;
    const { line, input, outcome } = recorded;
    const now = replay(input).outcome;
    if ("threw" in now) throw new NotAcceptable(`line ${line}: the hub throws: ${now.threw}`);
    // Where it threw nothing was asked any more; nor was it told anything after that.
    if (!("threw" in outcome) && asked(outcome) !== asked(now))
      throw new NotAcceptable(`line ${line}: the store is asked something else: record it anew`);
    const text = JSON.stringify({ input, outcome: now });
    if (text !== JSON.stringify({ input, outcome })) changed += 1;
    accepted.push(text);
  }
  writeFileSync(`${file}.new`, `${accepted.join("\n")}\n`);
  renameSync(`${file}.new`, file);
  return changed;
}

function asked({ effects }: Exclude<Outcome, { readonly threw: string }>): string {
  return effects.filter((effect) => effect.startsWith("ask ")).join();
}
