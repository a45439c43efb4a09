// Plants a bug: the modules it is in are loaded with its patches. It must be done before they are
// imported for the first time, so whoever plants imports everything else afterwards.

import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";
import type { Bug, Patch } from "./bug.ts";
import { bugs } from "./bugs.ts";

const root = new URL("../../../", import.meta.url);

/** @throws if there is no such bug, or it does not fit the code any more. */
export function plant(name: string): Bug {
  const bug = bugs.find((one) => one.name === name);
  if (bug === undefined) throw new Error(`there is no bug ${name}`);
  const sources = patched(bug);
  registerHooks({
    load(url, context, next) {
      const source = sources.get(url);
      return source === undefined ? next(url, context) : { format: "module", source, shortCircuit: true };
    },
  });
  return bug;
}

/** The modules that a bug is in, as it makes them, by their URLs. */
export function patched(bug: Bug): ReadonlyMap<string, string> {
  const sources = new Map<string, string>();
  for (const patch of bug.patches) {
    const { href } = new URL(patch.file, root);
    sources.set(href, apply(bug, patch, sources.get(href) ?? readFileSync(fileURLToPath(href), "utf8")));
  }
  return sources;
}

function apply({ name }: Bug, { file, find, put }: Patch, source: string): string {
  const [before = "", after, ...more] = source.split(find);
  if (after === undefined || more.length > 0)
    throw new Error(
      `${name}: what it replaces stands ${more.length + (after === undefined ? 0 : 1)} times in ${file}`,
    );
  return before + put + after;
}
