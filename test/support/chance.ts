// Chance that can be had again: the same seed draws the same numbers, on every machine. It is never
// asked for the time, and nothing else draws from it.

/** Draws numbers from 0 up to 1, as `Math.random` does (mulberry32). */
export type Chance = () => number;

/** `seed` is read as 32 bits. */
export function chanceOf(seed: number): Chance {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number from `least` to `most`, both included. */
export function between(chance: Chance, least: number, most: number): number {
  return least + Math.floor(chance() * (most - least + 1));
}

/** One of them; `undefined` only if there are none. */
export function oneOf<Value>(chance: Chance, values: readonly Value[]): Value | undefined {
  return values[Math.floor(chance() * values.length)];
}
