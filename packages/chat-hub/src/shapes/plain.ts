// Shapes of plain values: texts, numbers, flags and words of a closed list.

import type { Limits } from "../tables/limits.js";
import { textFault } from "../words/text.js";
import type { Shape } from "./shape.js";
import { expected, Wrong } from "./shape.js";

/** A limit that is one number. */
type Bound = {
  [Name in keyof Limits]: Limits[Name] extends number ? Name : never;
}[keyof Limits];

/** Any text. */
export const text: Shape<string> = {
  read: (value) => (typeof value === "string" ? value : expected("a string", value)),
  schema: () => ({ type: "string" }),
};

/** Text for people to read, of at most so many code points; "" is one too. */
export function shortText(most: Bound): Shape<string> {
  return {
    read(value, limits) {
      if (typeof value !== "string") return expected("a string", value);
      const wrong = textFault(value, limits[most]);
      if (wrong === undefined) return value;
      return new Wrong(wrong.code, wrong.says, wrong.code === "too_long" ? { hint: "make it shorter" } : {});
    },
    schema: ({ limits }) => ({ type: "string", maxLength: limits[most], pattern: readable }),
  };
}

/** Well-formed, without U+0000. */
export const readable = "^[^\\u0000\\p{Cs}]*$";

export const flag: Shape<boolean> = {
  read: (value) => (typeof value === "boolean" ? value : expected("true or false", value)),
  schema: () => ({ type: "boolean" }),
};

/** Only `true`: what is not so is absent. */
export const only: Shape<true> = {
  read: (value) => (value === true ? true : expected("true", value)),
  schema: () => ({ const: true }),
};

/** A whole number that JSON carries exactly, between two bounds. */
export function integer<Value extends number = number>({
  least,
  most = Number.MAX_SAFE_INTEGER,
}: {
  readonly least: number;
  readonly most?: number | Bound;
}): Shape<Value> {
  return {
    read(value, limits) {
      const bound = typeof most === "number" ? most : limits[most];
      if (Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= bound)
        // JSON has a -0, and a log has none.
        return ((value as number) + 0) as Value;
      const range = bound === Number.MAX_SAFE_INTEGER ? `from ${least}` : `from ${least} to ${bound}`;
      return expected(`an integer ${range}`, value);
    },
    schema: ({ limits }) => ({
      type: "integer",
      minimum: least,
      maximum: typeof most === "number" ? most : limits[most],
    }),
  };
}

/** How many. */
export const count: Shape<number> = integer({ least: 0 });
/** A moment that a calendar can show: milliseconds since 1970, UTC. */
export const moment: Shape<number> = integer({ least: 0, most: 8.64e15 });

/** Exactly one of these words or numbers. */
export function oneOf<const Value extends string | number>(values: readonly Value[]): Shape<Value> {
  const said = values.map((value) => JSON.stringify(value)).join(", ");
  const what = values.length === 1 ? said : `one of ${said}`;
  return {
    read(value) {
      const found = values.find((known) => known === value);
      if (found !== undefined) return found;
      if (typeof value !== typeof values[0]) return expected(what, value);
      const given = typeof value === "string" ? JSON.stringify(value.slice(0, 40)) : value;
      return new Wrong("malformed", ` is ${given}, not ${what}`);
    },
    schema: () => (values.length === 1 ? { const: values[0] } : { enum: values }),
  };
}

/** Any word; the list says which are known today. For what a newer server may say. */
export function openWord(known: readonly string[]): Shape<string> {
  return { read: text.read, schema: () => ({ enum: known }) };
}

/** Two numbers: from and to. */
export const span: Shape<readonly [number, number]> = {
  read(value) {
    const [from, to, ...rest]: unknown[] = Array.isArray(value) ? value : [];
    return isCount(from) && isCount(to) && rest.length === 0
      ? [from, to]
      : expected("two integers from 0", value);
  },
  schema: () => ({ type: "array", items: { type: "integer", minimum: 0 }, minItems: 2, maxItems: 2 }),
};

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
