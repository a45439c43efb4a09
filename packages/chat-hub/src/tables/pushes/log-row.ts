// An entry as it stands in a page of `log`: as it was pushed, or a hole that has nothing to say.

import type { LogRow, SkipPayload } from "../../dialects/frames/answers.js";
import { objectOf } from "../../shapes/object.js";
import { text } from "../../shapes/plain.js";
import type { Shape } from "../../shapes/shape.js";
import { Wrong } from "../../shapes/shape.js";
import { place } from "../../shapes/words.js";
import { entries, isEntryType } from "./entries.js";
import type { PushRow } from "./row.js";
import { pushSchema } from "./row.js";

/** An entry that is newer than this table, or says something newer: where it stands is all there is to know. */
export interface NewerEntry {
  readonly type: "entry";
  readonly payload: { readonly type: string; readonly conversation: string; readonly seq: number };
}

export const skip: PushRow<SkipPayload> = {
  what: "these entries have nothing to say, or not to you: go on after the last of them",
  example: '{"type":"skip","payload":{"conversation":"everyone","first":44,"last":45}}',
  payload: objectOf<SkipPayload>({ conversation: text, first: place, last: place }),
};

const tagged = objectOf<{ readonly type: string; readonly payload: object }>({
  type: text,
  payload: objectOf<object>({}),
});
/** Where any entry stands, whatever else there is to it. */
export const entryPlace = objectOf<{ readonly conversation: string; readonly seq: number }>({
  conversation: text,
  seq: place,
});

export const logRow: Shape<LogRow | NewerEntry> = {
  read(value, limits) {
    const outer = tagged.read(value, limits);
    if (outer instanceof Wrong) return outer;
    const { type } = outer;
    const given = (value as { readonly payload: unknown }).payload;
    if (type === "skip" || isEntryType(type)) {
      const payload = (type === "skip" ? skip : entries[type]).payload.read(given, limits);
      if (!(payload instanceof Wrong)) return { type, payload } as LogRow;
      if (type === "skip") return payload.in("payload");
    }
    const where = entryPlace.read(given, limits);
    return where instanceof Wrong ? where.in("payload") : { type: "entry", payload: { type, ...where } };
  },
  schema: (drawing) => ({
    anyOf: Object.entries({ ...entries, skip }).map(([type, row]) => pushSchema(type, row, drawing)),
  }),
};
