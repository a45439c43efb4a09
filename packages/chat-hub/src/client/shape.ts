// Reads what a peer sent, totally: a check gives the value in the shape that was asked for, or nothing.
// `null` counts as absent; fields that the shape does not name are left behind.

/** The value, if it is one of these; never throws. */
export type Check<Value> = (value: unknown) => Value | undefined;

export const text: Check<string> = (value) => (typeof value === "string" ? value : undefined);
export const flag: Check<boolean> = (value) => (typeof value === "boolean" ? value : undefined);
/** A whole number from 0 that JSON carries exactly. */
export const count: Check<number> = (value) =>
  Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : undefined;
/** A place in a log: 1, 2, 3 … */
export const place: Check<number> = (value) => (value === 0 ? undefined : count(value));
/** A moment that a calendar can show. */
export const moment: Check<number> = (value) => {
  const millis = count(value);
  return millis === undefined || millis > 8.64e15 ? undefined : millis;
};

/** Exactly one of these values. */
export function one<const Value extends string | number | boolean>(...values: Value[]): Check<Value> {
  return (value) => values.find((known) => known === value);
}

/** A list; one wrong item makes the whole of it wrong. */
export function list<Item>(check: Check<Item>): Check<readonly Item[]> {
  return (value) => {
    if (!Array.isArray(value)) return undefined;
    const items = value.map(check);
    return items.every((item) => item !== undefined) ? items : undefined;
  };
}

/** May be absent; what is there and wrong is treated as absent too, since nothing hangs on it. */
export function maybe<Value>(check: Check<Value>): Maybe<Value> {
  return { maybe: check };
}

interface Maybe<Value> {
  readonly maybe: Check<Value>;
}

type Checks<Shape> = {
  readonly [Field in keyof Shape]-?: object extends Pick<Shape, Field>
    ? Maybe<NonNullable<Shape[Field]>>
    : Check<Shape[Field]>;
};

/** An object with these fields; forget a field of `Shape` and it does not compile. */
export function shape<Shape extends object>(checks: Checks<Shape>): Check<Shape> {
  const fields = Object.entries(checks) as [string, Check<unknown> | Maybe<unknown>][];
  return (value) => {
    if (typeof value !== "object" || value === null) return undefined;
    const read: Record<string, unknown> = {};
    for (const [field, check] of fields) {
      const given = Object.hasOwn(value, field) ? (value as Record<string, unknown>)[field] : undefined;
      const needed = typeof check === "function";
      const found = needed ? check(given) : check.maybe(given);
      if (found !== undefined) read[field] = found;
      else if (needed) return undefined;
    }
    return read as Shape;
  };
}
