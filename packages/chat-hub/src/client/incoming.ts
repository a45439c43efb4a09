// Reads the server's frames of the events dialect, by the table of pushes. Any string gives a frame, or
// nothing: what can't be read is left aside, as is what is newer than this client, unless it is an entry
// of a log: that has its place at least.

import type { CommandId } from "../dialects/frames.js";
import { objectOf } from "../shapes/object.js";
import { text } from "../shapes/plain.js";
import type { Shape } from "../shapes/shape.js";
import { maybe, Wrong } from "../shapes/shape.js";
import { commandId } from "../shapes/words.js";
import { defaultLimits } from "../tables/limits.js";
import { isEntryType } from "../tables/pushes/entries.js";
import type { NewerEntry } from "../tables/pushes/log-row.js";
import { entryPlace } from "../tables/pushes/log-row.js";
import type { PushType, ReadPayloads } from "../tables/pushes.js";
import { isPushType, pushes } from "../tables/pushes.js";

export type Incoming =
  | {
      [Type in PushType]: {
        readonly type: Type;
        readonly id: CommandId | undefined;
        readonly payload: ReadPayloads[Type];
      };
    }[PushType]
  | NewerEntry;

/** Never throws. */
export function readFrame(frame: string): Incoming | undefined {
  const value = parse(frame);
  const outer = read(envelope, value);
  if (outer === undefined) return undefined;
  const { type, id } = outer;
  const given = (value as { readonly payload?: unknown }).payload ?? {};
  if (isPushType(type)) {
    const payload = read<unknown>(pushes[type].payload, given);
    if (payload !== undefined) return { type, id, payload } as Incoming;
    // An entry that says more than we know still has its place, or its log would have a hole for ever.
    if (!isEntryType(type)) return undefined;
  }
  const entry = read(entryPlace, given);
  return entry === undefined ? undefined : { type: "entry", payload: { type, ...entry } };
}

function parse(frame: string): unknown {
  try {
    return JSON.parse(frame);
  } catch {
    return undefined;
  }
}

const envelope = objectOf<{ readonly type: string; readonly id?: CommandId }>({
  type: text,
  id: maybe(commandId),
});

/** What a server says has no limits of ours: none of its shapes looks at them. */
function read<Value>(shape: Shape<Value>, value: unknown): Value | undefined {
  const found = shape.read(value, defaultLimits);
  return found instanceof Wrong ? undefined : found;
}
