// What a law is given to see: what was observed, and what all laws know of it.

import type { Observed } from "../observed.ts";
import { LawBroken } from "../observed.ts";
import type { Frame } from "./frames.ts";
import type { Truth } from "./truth/truth.ts";
import type { Wire, Wires } from "./wires.ts";

export interface Step {
  readonly observed: Observed;
  /** The wire that it is about, and the frame, if it is about one. */
  readonly wire: Wire | undefined;
  readonly frame: Frame | undefined;
}

/** What all laws of a world share. */
export interface Court {
  readonly truth: Truth;
  readonly wires: Wires;
}

/** A law at work in one world; throws as soon as it does not hold. */
export type Rule = (step: Step) => void;
export type RuleOf = (court: Court) => Rule;

/** @throws LawBroken */
export function broken(law: string, { wire, observed }: Step, why: string): never {
  const person = wire?.person;
  const whose = person === undefined ? "" : ` (${person.name}, user ${person.id})`;
  const where = wire === undefined ? "" : `${wire.device}, ${wire.dialect} wire ${wire.number}${whose}: `;
  throw new LawBroken(law, `at ${observed.at} ms: ${where}${why}`);
}
