// A shape is one kind of value on the wire. It reads what a peer sent, totally, and draws in JSON Schema
// which values it reads: one description, so that guards and documents can't differ.

import type { Limits } from "../tables/limits.js";
import type { RefusalCode, RefusalDetail } from "../tables/refusals.js";

export interface Shape<Value> {
  /** The value, or what is wrong with it; never throws. */
  readonly read: (value: unknown, limits: Limits) => Value | Wrong;
  /** A JSON Schema 2020-12 of what is read. */
  readonly schema: (drawing: Drawing) => Schema;
}

export type Schema = Readonly<Record<string, unknown>>;

/** A document that schemas are drawn into. */
export interface Drawing {
  readonly limits: Limits;
  /** Draws a definition once, by its name, and gives the reference to it. */
  readonly define: (name: string, draw: () => Schema) => Schema;
}

/** Why a value was not read, and where in it that is. */
export class Wrong {
  constructor(
    readonly code: RefusalCode,
    /** What is said after the path: ` is a number, not a string`. */
    readonly says: string,
    readonly detail: RefusalDetail = {},
    readonly path: string = "",
  ) {}

  /** The same, seen from one level further out. */
  in(field: string): Wrong {
    return new Wrong(this.code, this.says, this.detail, this.path === "" ? field : `${field}.${this.path}`);
  }

  get message(): string {
    return this.path + this.says;
  }
}

/** It is not of the kind that was asked for; `what` says which that is. */
export function expected(what: string, value: unknown): Wrong {
  return new Wrong(
    "malformed",
    value === undefined ? ` is missing: ${what}` : ` is ${kindOf(value)}, not ${what}`,
  );
}

export function kindOf(value: unknown): string {
  if (value === undefined) return "missing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

/** A field that may be absent; `null` counts as absent too. */
export interface Optional<Value, Absent> {
  readonly optional: Shape<Value>;
  readonly absent: (limits: Limits) => Absent;
  /** What is there and wrong counts as absent: nothing hangs on it. */
  readonly forgiving: boolean;
}

/** May be absent, or `null`; what is there must be right. */
export function optional<Value>(shape: Shape<Value>): Optional<Value, undefined>;
export function optional<Value>(shape: Shape<Value>, absent: Value): Optional<Value, Value>;
export function optional<Value>(shape: Shape<Value>, absent?: Value): Optional<Value, Value | undefined> {
  return { optional: shape, absent: () => absent, forgiving: false };
}

/** May be absent; what is there and wrong is left out. For what a server says: it never sends `null`. */
export function maybe<Value>(shape: Shape<Value>): Optional<Value, undefined> {
  return { optional: shape, absent: () => undefined, forgiving: true };
}

/** What a shape, or a field, gives. */
export type ValueOf<Field> =
  Field extends Optional<infer Value, infer Absent>
    ? Value | Absent
    : Field extends Shape<infer Value>
      ? Value
      : never;

/** A list; one wrong item makes the whole of it wrong. */
export function list<Item>(item: Shape<Item>): Shape<readonly Item[]> {
  return {
    read(value, limits) {
      if (!Array.isArray(value)) return expected("an array", value);
      const items: Item[] = [];
      for (const [index, given] of value.entries()) {
        const found = item.read(given, limits);
        if (found instanceof Wrong) return found.in(String(index));
        items.push(found);
      }
      return items;
    },
    schema: (drawing) => ({ type: "array", items: item.schema(drawing) }),
  };
}

/** A shape that documents define once, under this name. */
export function named<Value>(name: string, description: string, shape: Shape<Value>): Shape<Value> {
  return {
    read: shape.read,
    schema: (drawing) => drawing.define(name, () => ({ description, ...shape.schema(drawing) })),
  };
}
