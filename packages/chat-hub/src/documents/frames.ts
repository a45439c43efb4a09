// The schemas of all frames, drawn from the tables into one document.

import { orNull } from "../shapes/object.js";
import type { Drawing, Schema } from "../shapes/shape.js";
import { commandId } from "../shapes/words.js";
import type { CommandRow } from "../tables/commands.js";
import { commands } from "../tables/commands.js";
import type { Limits } from "../tables/limits.js";
import type { PushRow } from "../tables/pushes/row.js";
import { pushSchema } from "../tables/pushes/row.js";
import { pushes } from "../tables/pushes.js";
import type { SimpleRow } from "../tables/simple-frames.js";
import { simpleFrames } from "../tables/simple-frames.js";

/** The frames of a document, by name: `command.login`, `push.welcome`, `simple.line`. */
export interface Frames {
  /** All definitions, the frames' among them. */
  readonly definitions: Readonly<Record<string, Schema>>;
  readonly commands: readonly FrameName[];
  readonly pushes: readonly FrameName[];
  readonly simple: readonly FrameName[];
}

export interface FrameName {
  readonly name: string;
  readonly what: string;
  readonly example: string;
}

/** Draws every frame; references begin with `at`. */
export function drawFrames(limits: Limits, at: string): Frames {
  const definitions: Record<string, Schema> = {};
  const drawing: Drawing = {
    limits,
    define(name, draw) {
      if (definitions[name] === undefined) {
        // Taken before it is drawn, so that it keeps its place.
        definitions[name] = {};
        definitions[name] = draw();
      }
      return { $ref: `${at}${name}` };
    },
  };
  const named = (kind: string, rows: object): readonly FrameName[] =>
    (Object.entries(rows) as [string, SimpleRow | CommandRow | PushRow<unknown>][]).map(
      ([type, { what, example }]) => ({ name: `${kind}.${type}`, what, example }),
    );
  for (const [type, row] of Object.entries(commands)) commandSchema(type, row, drawing);
  for (const [type, row] of Object.entries(pushes)) pushSchema(type, row as PushRow<unknown>, drawing);
  for (const [name, row] of Object.entries(simpleFrames)) simpleSchema(name, row, drawing);
  return {
    definitions,
    commands: named("command", commands),
    pushes: named("push", pushes),
    simple: named("simple", simpleFrames),
  };
}

/** A payload may be absent where none of its fields is needed. */
function commandSchema(type: string, { what, example, payload }: CommandRow, drawing: Drawing): void {
  drawing.define(`command.${type}`, () => {
    const schema = payload.schema(drawing);
    const needed = "required" in schema;
    return {
      description: what,
      type: "object",
      required: needed ? ["type", "payload"] : ["type"],
      properties: {
        type: { const: type },
        id: orNull(commandId.schema(drawing)),
        payload: needed ? schema : orNull(schema),
      },
      examples: [JSON.parse(example)],
    };
  });
}

function simpleSchema(name: string, { what, example, frame }: SimpleRow, drawing: Drawing): void {
  drawing.define(`simple.${name}`, () => ({
    description: what,
    ...frame.schema(drawing),
    examples: [JSON.parse(example)],
  }));
}
