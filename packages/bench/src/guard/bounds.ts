// What the guard holds: how much CPU a delivery may cost our servers, as a part of what it costs the plain loop in the
// same minute. No bound is an absolute time: a slow machine is slow for both. They are generous, two to three times what
// was measured when they were written, because a guard that cries wolf is soon not heard; what they catch is a fan-out
// that does once for each member what it should do once.

export interface Case {
  /** "flood, 32 × 32" */
  readonly name: string;
  /** All send, all receive. */
  readonly clients: number;
  readonly window: number;
  /** By peer: at the most so much of the plain loop's CPU per delivery. */
  readonly most: Readonly<Record<string, number>>;
}

export const cases: readonly Case[] = [
  { name: "flood, 32 × 32", clients: 32, window: 64, most: { memory: 1 / 14, sqlite: 1 / 8 } },
  { name: "crowd of 200", clients: 200, window: 4, most: { memory: 1 / 32, sqlite: 1 / 28 } },
];
