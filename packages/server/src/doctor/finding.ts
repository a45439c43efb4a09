// What was found of one thing, in one line for people: with the way out, where it is not as it should be.

import type { Settings } from "../options/table.js";

export interface Finding {
  /** `odd` serves all the same; `bad` keeps the server from starting, or from keeping what it promises. */
  readonly state: "good" | "odd" | "bad";
  readonly line: string;
}

/** Looks at one thing, and changes nothing. */
export type Look = (settings: Settings) => readonly Finding[] | Promise<readonly Finding[]>;

export const good = (line: string): Finding => ({ state: "good", line });
export const odd = (line: string): Finding => ({ state: "odd", line });
export const bad = (line: string): Finding => ({ state: "bad", line });

const units = ["bytes", "KiB", "MiB", "GiB", "TiB"] as const;

/** Bytes, for people. */
export function size(bytes: number): string {
  const power = bytes < 1024 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  const amount = bytes / 1024 ** power;
  return `${power === 0 || amount >= 100 ? Math.round(amount) : amount.toFixed(1)} ${units[power]}`;
}
