// Whether part of a frame may stand in a frame of a schema: what is there must fit, and nothing must be.

import type { Json } from "./vectors.ts";

type Schema = { readonly [word: string]: Json };

/** What is wrong with `part`, by its path; nothing if it fits. */
export function misfit(part: Json, schema: Schema, defs: Schema, path = ""): string | undefined {
  if (part === "{*}" || part === "{absent}" || (typeof part === "string" && /^\{=\w+\}$/.test(part)))
    return undefined;
  const { $ref, anyOf, const: only, enum: words, type } = schema;
  if (typeof $ref === "string") return misfit(part, defs[$ref.replace("#/$defs/", "")] as Schema, defs, path);
  if (Array.isArray(anyOf)) {
    const misfits = anyOf.map((one: Schema) => misfit(part, one, defs, path));
    return misfits.includes(undefined) ? undefined : (misfits.find((one) => one !== path) ?? misfits[0]);
  }
  if (only !== undefined) return part === only ? undefined : path;
  if (Array.isArray(words)) return words.includes(part) ? undefined : path;
  if (type === "object") return objectMisfit(part, schema, defs, path);
  if (type === "array") {
    if (!Array.isArray(part)) return path;
    return first(
      part.filter((item) => item !== "{...}"),
      (item, index) => misfit(item, (schema["items"] ?? {}) as Schema, defs, `${path}/${index}`),
    );
  }
  if (type === "integer") return Number.isInteger(part) ? undefined : path;
  if (type === "boolean" || type === "string") return typeof part === type ? undefined : path;
  return undefined;
}

function objectMisfit(part: Json, { properties }: Schema, defs: Schema, path: string): string | undefined {
  if (part === null || typeof part !== "object" || Array.isArray(part)) return path;
  const known = (properties ?? {}) as Schema;
  return first(Object.entries(part), ([field, value]) => {
    const schema = known[field];
    if (schema === undefined) return value === "{absent}" ? undefined : `${path}/${field}`;
    return misfit(value as Json, schema as Schema, defs, `${path}/${field}`);
  });
}

function first<Item>(
  items: readonly Item[],
  look: (item: Item, index: number) => string | undefined,
): string | undefined {
  for (const [index, item] of items.entries()) {
    const found = look(item, index);
    if (found !== undefined) return found;
  }
  return undefined;
}
