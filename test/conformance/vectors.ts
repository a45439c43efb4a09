// The test vectors in test/vectors, as test/vectors/README.md describes them for every language.

import { readdirSync, readFileSync } from "node:fs";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [field: string]: Json };

export interface Vector {
  /** The promise that it shows, as a sentence. */
  readonly name: string;
  /** Who takes part, and how they are connected before the first step. */
  readonly people?: Readonly<Record<string, string>>;
  readonly rooms?: readonly string[];
  readonly steps: readonly Step[];
}

export type Step =
  | { readonly from: string; readonly frame: Json }
  | { readonly from: string; readonly frames: readonly Json[] }
  | { readonly from: string; readonly text: string }
  | { readonly to: string; readonly frame: Json }
  | { readonly to: string; readonly frames: readonly Json[] }
  | { readonly to: string; readonly until: Json }
  | { readonly to: string; readonly nothing: true | readonly string[] }
  | { readonly to: string; readonly closed: number }
  | { readonly connect: string; readonly as: string; readonly how: string; readonly parameters?: string }
  | { readonly disconnect: string; readonly code?: number }
  | { readonly repeat: number; readonly steps: readonly Step[] };

export interface VectorFile {
  /** Its name without `.json`. */
  readonly chapter: string;
  readonly about: string;
  readonly vectors: readonly Vector[];
}

const folder = new URL("../vectors/", import.meta.url);

export function readVectors(): readonly VectorFile[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => {
      const file = JSON.parse(readFileSync(new URL(name, folder), "utf8")) as Omit<VectorFile, "chapter">;
      return { chapter: name.slice(0, -".json".length), ...file };
    });
}
