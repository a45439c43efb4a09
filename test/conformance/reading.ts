// Vectors as data, without a server: who says what in which dialect, what answers it, what is heard.

import type { Bindings } from "./template.ts";
import { filled } from "./template.ts";
import type { Json, Step, Vector } from "./vectors.ts";

export interface Said {
  readonly dialect: string;
  /** The frame as it would be sent. */
  readonly frame: Json;
  /** The code that it is refused with; nothing if it is good. */
  readonly refused: string | undefined;
}

export interface Heard {
  readonly dialect: string;
  readonly frame: Json;
}

/** All steps in order, repeated ones once. */
export function stepsOf(steps: readonly Step[]): readonly Exclude<Step, { repeat: number }>[] {
  return steps.flatMap((step) => ("repeat" in step ? stepsOf(step.steps) : [step]));
}

/** What is said in a vector as frames, texts left out: each is good unless an error with its id follows. */
export function saidIn(vector: Vector): readonly Said[] {
  const dialects = dialectsOf(vector);
  const bindings = somethingFor(vector);
  const steps = stepsOf(vector.steps);
  return steps.flatMap((step, index) => {
    if (!("from" in step) || "text" in step) return [];
    const frames = "frame" in step ? [step.frame] : step.frames;
    return frames.map((frame) => ({
      dialect: dialects.get(step.from) ?? "",
      frame: filled(frame, bindings),
      refused: refusalOf(step.from, frame, steps.slice(index + 1)),
    }));
  });
}

/** What is heard in a vector. */
export function heardIn(vector: Vector): readonly Heard[] {
  const dialects = dialectsOf(vector);
  const bindings = somethingFor(vector);
  return stepsOf(vector.steps).flatMap((step) => {
    if (!("to" in step)) return [];
    const frames =
      "frame" in step ? [step.frame] : "frames" in step ? step.frames : "until" in step ? [step.until] : [];
    return frames.map((frame) => ({ dialect: dialects.get(step.to) ?? "", frame: filled(frame, bindings) }));
  });
}

function refusalOf(who: string, frame: Json, after: readonly Step[]): string | undefined {
  const { id } = frame as { id?: Json };
  for (const step of after) {
    if ("from" in step && step.from === who && id === undefined) return undefined;
    if (!("to" in step) || step.to !== who || !("frame" in step)) continue;
    const heard = step.frame as ErrorFrame;
    const code = heard.error?.code ?? (heard.type === "error" ? heard.payload?.code : undefined);
    const answered = heard.error?.id ?? heard.ack?.id ?? heard.id;
    if (id !== undefined ? answered === id : code !== undefined) return code;
  }
  return undefined;
}

interface ErrorFrame {
  readonly type?: string;
  readonly id?: Json;
  readonly payload?: { readonly code?: string };
  readonly error?: { readonly id?: Json; readonly code?: string };
  readonly ack?: { readonly id?: Json };
}

function dialectsOf({ people = {}, steps }: Vector): ReadonlyMap<string, string> {
  const how = new Map(Object.entries(people));
  for (const step of stepsOf(steps)) if ("connect" in step) how.set(step.connect, step.how);
  return new Map([...how].map(([name, words]) => [name, words.split(" ")[0] ?? ""]));
}

/** Names as a run makes them, and a number for whatever is bound by what is heard; a session's name is a text. */
export function somethingFor({ people = {}, rooms = [], steps }: Vector, run = "0a1b2c3d"): Bindings {
  const names = [...Object.keys(people), ...rooms].map((name) => [name, `${name}-${run}`] as const);
  const bound = JSON.stringify(steps).matchAll(/("session":)?"\{=(\w+)\}"/g);
  return new Map<string, Json>([
    ["run", run],
    ["n", 1],
    ...names,
    ...Array.from(bound, ([, isText, name = ""]) => [name, isText === undefined ? 1 : "1"] as const),
  ]);
}
