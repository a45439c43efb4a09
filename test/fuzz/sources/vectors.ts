// Valid sessions out of the test vectors: what their people say, without what they hear.

import { doorFor } from "../../conformance/person.ts";
import { somethingFor, stepsOf } from "../../conformance/reading.ts";
import type { Bindings } from "../../conformance/template.ts";
import { filled } from "../../conformance/template.ts";
import type { Json, Step, Vector } from "../../conformance/vectors.ts";
import { readVectors } from "../../conformance/vectors.ts";
import type { Move } from "../session.ts";
import { open, say } from "../session.ts";

export const vectors: readonly Vector[] = readVectors().flatMap((file) => file.vectors);

/** The moves of a vector, with names that are this run's. */
export function sessionOfVector(vector: Vector, run: string): readonly Move[] {
  const bindings = somethingFor(vector, run);
  const entered = Object.entries(vector.people ?? {})
    .filter(([, how]) => how !== "later")
    .map(([name, how]) => enters(name, name, how, "", bindings));
  return [...entered, ...stepsOf(vector.steps).flatMap((step) => movesOf(step, bindings))];
}

function movesOf(step: Exclude<Step, { repeat: number }>, bindings: Bindings): readonly Move[] {
  if ("connect" in step) {
    const parameters = String(filled(step.parameters ?? "", bindings));
    return [enters(step.connect, step.as, step.how, parameters, bindings)];
  }
  if ("disconnect" in step) return [{ type: "leave", who: step.disconnect, code: step.code }];
  if (!("from" in step)) return [];
  if ("text" in step) return [say(step.from, String(filled(step.text, bindings)))];
  const frames: readonly Json[] = "frame" in step ? [step.frame] : step.frames;
  return frames.map((frame) => say(step.from, JSON.stringify(filled(frame, bindings))));
}

function enters(who: string, name: string, how: string, parameters: string, bindings: Bindings): Move {
  return open(who, doorFor(String(bindings.get(name)), how, parameters).path);
}
