// The worlds that every run of the tests lives, in two halves for two cores; and what must happen in each
// half, or it would find nothing.

import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { accountWeights } from "./deeds/accounts.ts";
import { deedWeights, faultWeights, orderWeights } from "./drawn/kind.ts";
import type { Counts } from "./report/tally.ts";

export const worldsOfATest = 1_000;

/** What came of one half. */
export interface Half {
  /** How a law was broken, if one was. */
  readonly story?: string;
  /** What has not happened often enough. */
  readonly missing: readonly string[];
}

const program = fileURLToPath(new URL("half.ts", import.meta.url));

/** Lives the worlds from this seed on, in a process of their own (half.ts). */
export async function liveHalf(first: number): Promise<Half> {
  const { stdout } = await promisify(execFile)(process.execPath, [program, String(first)]);
  return JSON.parse(stdout) as Half;
}

/** What happens in the world, and how often at least in a half. */
const leastOften: Readonly<Record<string, number>> = {
  "acks of duplicates": 500,
  "duplicates told by a later hub": 100,
  "commits that nobody was told of": 100,
  "calls that were not committed": 100,
  "reads that were old when they were answered": 1_000,
  "reads that waited for an append's answer": 1_000,
  "lost on the way up": 1_000,
  "lost on the way down": 1_000,
  "sends racing with a kick": 500,
  "deeds told again": 1_000,
  "restored backups": 100,
  "frame announcement": 500,
  "frame audit": 50,
  "frame house_updated": 500,
  "refused silenced": 100,
  "refused slow_mode": 100,
  "refused read_only": 100,
  "refused looks_alike": 1_000,
  "refused not_let_in": 500,
  "refused login_expired": 200,
  "frame refresh": 500,
  "frame behind": 200,
  "frame skip": 100,
  replays: 1_000,
  resets: 100,
  ignored: 100,
  "rooms left with a lost name": 10,
  "entries that followed": 50,
};

const storeCalls = [
  ...["identify", "release", "append", "advance", "choose", "read", "browse", "search", "stand", "rooms"],
  ...["members", "reactions", "whois", "blocks"],
];

const entries = [
  ...["message", "edit", "deletion", "reaction", "pin", "create", "join", "leave", "invite", "kick", "ban"],
  ...["role", "topic", "history", "archive", "silence", "slow"],
];

/**
 * Refusals that no world has: no device sends what is not text, no store forgets the beginning of a log, and
 * codes that let people make accounts are given out at a shell that is not here (the real gate's tests have them).
 */
const neverRefused: readonly string[] = [...["text_only", "history_gone", "invite_needed"]];

const closings = [1006, 1012, 1013, 4400, 4401, 4403, 4408, 4409, 4410, 4429];

/** What has not happened often enough. */
export function missing(counts: Counts, refusals: readonly string[]): readonly string[] {
  const wanted = new Map(Object.entries(leastOften));
  for (const name of Object.keys(faultWeights)) wanted.set(`fault ${name}`, 20);
  for (const name of Object.keys(deedWeights)) wanted.set(`deed ${name}`, 20);
  for (const name of Object.keys(orderWeights)) wanted.set(`order ${name}`, 200);
  for (const name of Object.keys(accountWeights)) wanted.set(`account ${name}`, 50);
  for (const name of storeCalls) wanted.set(`store ${name}`, 20);
  for (const name of entries) wanted.set(`entry ${name}`, 20);
  for (const code of closings) wanted.set(`closed ${code}`, 3);
  for (const code of refusals) if (!neverRefused.includes(code)) wanted.set(`refused ${code}`, 3);
  return [...wanted]
    .filter(([what, least]) => (counts.get(what) ?? 0) < least)
    .map(([what, least]) => `${what}: ${counts.get(what) ?? 0} of ${least}`);
}
