// Values by chance that are valid by a schema of ours, as far as its words go: what the other side may say.

import fc from "fast-check";

type Schema = Readonly<Record<string, unknown>>;

/** `definitions` are the schema's own `$defs`. A word that is not known here throws: nothing is left out in silence. */
export function valuesOfSchema(
  schema: Schema,
  definitions: Readonly<Record<string, Schema>>,
): fc.Arbitrary<unknown> {
  const values = (one: unknown): fc.Arbitrary<unknown> => valuesOfSchema(one as Schema, definitions);
  const { $ref, anyOf, type } = schema;
  if (typeof $ref === "string") return values(definitions[$ref.replace("#/$defs/", "")]);
  if (Array.isArray(anyOf)) return fc.oneof(...anyOf.map(values));
  if ("const" in schema) return fc.constant(schema["const"]);
  if (Array.isArray(schema["enum"])) return fc.constantFrom(...(schema["enum"] as unknown[]));
  switch (type) {
    case "string":
      return fc.string({ unit: "binary", maxLength: Math.min(40, Number(schema["maxLength"] ?? 40)) });
    case "boolean":
      return fc.boolean();
    case "integer": {
      const { minimum: min = Number.MIN_SAFE_INTEGER, maximum: max = Number.MAX_SAFE_INTEGER } = schema;
      return fc.integer({ min: Number(min), max: Number(max) });
    }
    case "array":
      return fc.array(values(schema["items"]), {
        minLength: Number(schema["minItems"] ?? 0),
        maxLength: Number(schema["maxItems"] ?? 4),
      });
    case "object": {
      const fields = Object.entries((schema["properties"] ?? {}) as Readonly<Record<string, Schema>>);
      return fc.record(Object.fromEntries(fields.map(([name, field]) => [name, values(field)])), {
        requiredKeys: (schema["required"] ?? []) as string[],
        noNullPrototype: true,
      });
    }
    default:
      throw new Error(`what has the type ${String(type)}?`);
  }
}
