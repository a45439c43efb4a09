// Which names nobody new is given, although they are names: those that could be taken for another by
// what they are made of. Whoever had one before keeps it.

import type { Name } from "./names.js";
import { reservedNames } from "./names.js";
import { mixture } from "./scripts.js";
import { skeleton } from "./skeleton.js";

/**
 * Why nobody new may have this name, for people to read. Reserved names have all their look-alikes
 * reserved with them. Rooms are not judged so: nobody is taken for a room, and #linux-русский is a good name.
 */
export function objection({ spelling, key }: Name): string | undefined {
  const mixed = mixture(spelling);
  if (mixed !== undefined) return mixed;
  // Among capitals alone nobody takes an I for a small l: ALI is not all.
  const seen = spelling.toUpperCase() === spelling ? key : spelling;
  const reserved = reservedLooks.get(skeleton(seen));
  return reserved && `this name looks like ${reserved}, which is reserved`;
}

const reservedLooks: ReadonlyMap<string, string> = new Map(
  reservedNames.flatMap((name) => [name, name.toUpperCase()].map((each) => [skeleton(each), name] as const)),
);
