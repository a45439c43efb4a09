// Plays one vector against a server: connects its people, says what they say, and holds what they hear
// against what must be heard.

import type { Person, PlayOptions } from "./person.ts";
import { enters, hears, hearsNothing, hearsUntil, isClosed } from "./person.ts";
import type { Bindings } from "./template.ts";
import { filled } from "./template.ts";
import type { Json, Step, Vector } from "./vectors.ts";

export type { PlayOptions } from "./person.ts";

interface Play {
  readonly options: PlayOptions;
  readonly bindings: Bindings;
  readonly people: Map<string, Person>;
}

/** @throws Error that says which step failed, and what was heard */
export async function play(vector: Vector, options: PlayOptions): Promise<void> {
  const bindings: Bindings = new Map([["run", options.run]]);
  for (const name of [...Object.keys(vector.people ?? {}), ...(vector.rooms ?? [])])
    bindings.set(name, `${name}-${options.run}`);
  const playing: Play = { options, bindings, people: new Map() };
  try {
    for (const [name, how] of Object.entries(vector.people ?? {}))
      if (how !== "later") playing.people.set(name, await enters(options, bindings, name, how, ""));
    await takeAll(vector.steps, "", playing);
  } finally {
    for (const { socket } of playing.people.values()) socket.leaves(1000);
  }
}

async function takeAll(steps: readonly Step[], before: string, playing: Play): Promise<void> {
  for (const [index, step] of steps.entries()) {
    const number = `${before}${index + 1}`;
    if ("repeat" in step) {
      for (let time = 1; time <= step.repeat; time += 1) {
        playing.bindings.set("n", time);
        await takeAll(step.steps, `${number}, time ${time}, `, playing);
      }
      continue;
    }
    await take(step, number, playing).catch((error: Error) => {
      throw new Error(`step ${number}, ${JSON.stringify(step)}: ${error.message}`);
    });
  }
}

async function take(
  step: Exclude<Step, { repeat: number }>,
  number: string,
  { options, bindings, people }: Play,
): Promise<void> {
  if ("connect" in step) {
    const parameters = String(filled(step.parameters ?? "", bindings));
    people.set(step.connect, await enters(options, bindings, step.as, step.how, parameters));
  } else if ("disconnect" in step) {
    personOf(people, step.disconnect).socket.leaves(step.code);
  } else if ("from" in step) {
    const { socket } = personOf(people, step.from);
    for (const text of textsOf(step, bindings)) socket.says(text);
  } else {
    const person = personOf(people, step.to);
    if ("closed" in step) await isClosed(person, step.closed, options);
    else if ("nothing" in step)
      await hearsNothing(person, `mark-${number}`, options, step.nothing === true ? [] : step.nothing);
    else if ("until" in step) await hearsUntil(person, step.until, bindings, options);
    else await hears(person, "frame" in step ? [step.frame] : step.frames, bindings, options);
  }
}

function textsOf(step: Extract<Step, { from: string }>, bindings: Bindings): readonly string[] {
  if ("text" in step) return [String(filled(step.text, bindings))];
  const frames: readonly Json[] = "frame" in step ? [step.frame] : step.frames;
  return frames.map((frame) => JSON.stringify(filled(frame, bindings)));
}

function personOf(people: ReadonlyMap<string, Person>, name: string): Person {
  const person = people.get(name);
  if (person === undefined) throw new Error(`${name} is not connected`);
  return person;
}
