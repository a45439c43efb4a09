// Objects of the wire, field by field. Fields that a shape does not name are not looked at.

import type { Limits } from "../tables/limits.js";
import type { Drawing, Optional, Schema, Shape, ValueOf } from "./shape.js";
import { expected, Wrong } from "./shape.js";

export type JsonObject = Readonly<Record<string, unknown>>;

type Field = Shape<unknown> | Optional<unknown, unknown>;
type Fields = Readonly<Record<string, Field>>;

export interface ObjectShape<Value> extends Shape<Value> {
  readonly fields: Fields;
}

/** What two fields say together. */
export interface Rule {
  /** What is wrong with this object; its fields were read. */
  readonly broken: (object: JsonObject) => string | undefined;
  readonly schema: Schema;
}

/** An object with these fields; its type follows from them. */
export function object<const Named extends Fields>(
  fields: Named,
  ...rules: readonly Rule[]
): ObjectShape<{ readonly [Name in keyof Named]: ValueOf<Named[Name]> }> {
  return build(fields, rules);
}

/** The fields of a type that stands elsewhere: forget one and it does not compile. */
export type FieldsOf<Value> = {
  readonly [Name in keyof Value]-?: object extends Pick<Value, Name>
    ? Optional<NonNullable<Value[Name]>, undefined>
    : Shape<Value[Name]>;
};

/** An object of a type that stands elsewhere. */
export function objectOf<Value extends object>(fields: FieldsOf<Value>): ObjectShape<Value> {
  return build(fields as Fields, []);
}

/** These two exclude each other. */
export function notBoth(one: string, other: string): Rule {
  const given = { not: { type: "null" } };
  return {
    broken: (value) =>
      (value[one] ?? undefined) === undefined || (value[other] ?? undefined) === undefined
        ? undefined
        : ` takes ${one} or ${other}, not both`,
    schema: { not: { required: [one, other], properties: { [one]: given, [other]: given } } },
  };
}

/** `undefined` leaves a field out, so that optional fields are absent, as their types say. */
function build<Value>(fields: Fields, rules: readonly Rule[]): ObjectShape<Value> {
  const readers = Object.entries(fields).map(([name, field]) => reader(name, field));
  return {
    fields,
    read(value, limits) {
      if (!isObject(value)) return expected("an object", value);
      const read: Record<string, unknown> = {};
      for (const field of readers) {
        const given = value[field.name];
        if (field.absent !== undefined && (given === undefined || given === null)) {
          const instead = field.absent(limits);
          if (instead !== undefined) read[field.name] = instead;
          continue;
        }
        const found = field.shape.read(given, limits);
        if (!(found instanceof Wrong)) read[field.name] = found;
        else if (!field.forgiving) return found.in(field.name);
      }
      for (const { broken } of rules) {
        const says = broken(value);
        if (says !== undefined) return new Wrong("malformed", says);
      }
      return read as Value;
    },
    schema: (drawing) => objectSchema(fields, rules, drawing),
  };
}

/** Of one form for every field, so that the loop over them is quick. */
interface FieldReader {
  readonly name: string;
  readonly shape: Shape<unknown>;
  readonly forgiving: boolean;
  /** What stands for it where it is absent; a field without this must be there. */
  readonly absent: ((limits: Limits) => unknown) | undefined;
}

function reader(name: string, field: Field): FieldReader {
  if (!("optional" in field)) return { name, shape: field, forgiving: false, absent: undefined };
  const { optional: shape, forgiving, absent } = field;
  return { name, shape, forgiving, absent };
}

function objectSchema(fields: Fields, rules: readonly Rule[], drawing: Drawing): Schema {
  const all = Object.entries(fields);
  const required = all.filter(([, field]) => !("optional" in field)).map(([name]) => name);
  return {
    type: "object",
    ...(required.length === 0 ? {} : { required }),
    properties: Object.fromEntries(all.map(([name, field]) => [name, fieldSchema(field, drawing)])),
    ...(rules.length === 0 ? {} : { allOf: rules.map(({ schema }) => schema) }),
  };
}

function fieldSchema(field: Field, drawing: Drawing): Schema {
  if (!("optional" in field)) return field.schema(drawing);
  const schema = field.optional.schema(drawing);
  if (field.forgiving) return schema;
  const absent = field.absent(drawing.limits);
  return { ...orNull(schema), ...(absent === undefined ? {} : { default: absent }) };
}

/** `null` counts as absent. */
export function orNull(schema: Schema): Schema {
  const { type, enum: words } = schema;
  if (typeof type === "string") return { ...schema, type: [type, "null"] };
  if (Array.isArray(words)) return { ...schema, enum: [...words, null] };
  return { anyOf: [schema, { type: "null" }] };
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
