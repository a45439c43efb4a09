// What is said below a table of peers.

import { reference, titleOf } from "../peers/peers.js";
import type { PeerRounds } from "./rounds.js";

/** Peers are comparable only if they deliver the same bytes; figures in them may differ. */
export function unequal(frames: ReadonlyMap<string, string>): readonly string[] {
  const shape = (frame: string) => frame.replace(/\d+/g, "0");
  const expected = frames.get(reference) ?? "";
  return [...frames]
    .filter(([, frame]) => shape(frame) !== shape(expected))
    .map(([peer, frame]) => `${titleOf(peer)} sends other bytes: ${frame} instead of ${expected}`);
}

/** What is to be said of the figures of several is said once, of all of them. */
export function notesOf<Measured extends object>(
  results: readonly PeerRounds<Measured>[],
  notes: (median: Measured) => readonly string[],
): readonly string[] {
  const said = new Map<string, string[]>();
  for (const { peer, median } of results) {
    for (const note of notes(median)) said.set(note, [...(said.get(note) ?? []), titleOf(peer)]);
  }
  return [...said].map(([note, titles]) => `${titles.join(", ")}: ${note}`);
}
