// The chance of a world: every corner of it has dice of its own, all made from the one seed, so that one
// roll more in one corner changes nothing in the others.

import type { Chance } from "../../support/chance.ts";
import { chanceOf } from "../../support/chance.ts";

export interface Dice {
  /** From 0 up to 1. */
  readonly roll: Chance;
  /** `true` in so many of a hundred rolls. */
  percent(many: number): boolean;
  /** A whole number, both ends included. */
  between(least: number, most: number): number;
  /** One of these. @throws if there are none */
  of<Value>(values: readonly Value[]): Value;
  /** One of these, each as often as its weight says. */
  weighted<Key extends string>(weights: Readonly<Record<Key, number>>): Key;
}

/** The dice of the corner `name` in the world `seed`. */
export function diceOf(seed: number, name: string): Dice {
  const roll = chanceOf(mixed(seed, name));
  const between = (least: number, most: number): number => least + Math.floor(roll() * (most - least + 1));
  return {
    roll,
    percent: (many) => roll() * 100 < many,
    between,
    of(values) {
      if (values.length === 0) throw new Error("there is nothing to draw from");
      return values[between(0, values.length - 1)] as (typeof values)[number];
    },
    weighted(weights) {
      const keys = Object.keys(weights) as (keyof typeof weights)[];
      let left = roll() * keys.reduce((sum, key) => sum + weights[key], 0);
      for (const key of keys) {
        left -= weights[key];
        if (left < 0) return key;
      }
      return keys.at(-1) as (typeof keys)[number];
    },
  };
}

/** FNV-1a over the name, begun with the seed. */
function mixed(seed: number, name: string): number {
  let hash = Math.imul(seed ^ 0x811c9dc5, 0x01000193);
  for (let index = 0; index < name.length; index += 1)
    hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
  return hash ^ (hash >>> 15);
}
