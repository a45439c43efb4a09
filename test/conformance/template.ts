// What stands in braces in a vector: names that are unique in this run, values that were heard before,
// and what is only asked to be there.

import type { Json } from "./vectors.ts";

/** What a name in braces stands for: set by the run, or bound by what was heard. */
export type Bindings = Map<string, Json>;

/** Puts what is bound in the place of `{name}`; alone in a string it keeps its type. */
export function filled(template: Json, bindings: Bindings): Json {
  if (typeof template === "string") return filledText(template, bindings);
  if (Array.isArray(template)) return template.map((item: Json) => filled(item, bindings));
  if (template === null || typeof template !== "object") return template;
  return Object.fromEntries(
    Object.entries(template).map(([field, value]) => [field, filled(value, bindings)]),
  );
}

function filledText(text: string, bindings: Bindings): Json {
  const [, alone] = /^\{(\w+)\}$/.exec(text) ?? [];
  if (alone !== undefined && bindings.has(alone)) return bindings.get(alone) as Json;
  return text
    .replace(/\{(\w+)\}/g, (all, name: string) => String(bindings.get(name) ?? all))
    .replace(/\{([^{}=]+)\*(\d+)\}/gu, (_, piece: string, times: string) => piece.repeat(Number(times)));
}

/**
 * Whether `heard` is what was expected: every expected field is there and alike; arrays are of one
 * length, unless they begin with `{...}`: then these items are among those, in this order. `{*}` is
 * anything, `{absent}` is a field that is not there, `{=name}` binds what is heard.
 */
export function matches(expected: Json, heard: Json | undefined, bindings: Bindings): boolean {
  if (expected === "{absent}") return heard === undefined;
  if (heard === undefined) return false;
  if (expected === "{*}") return true;
  const [, bound] = (typeof expected === "string" ? /^\{=(\w+)\}$/.exec(expected) : null) ?? [];
  if (bound !== undefined) {
    bindings.set(bound, heard);
    return true;
  }
  if (Array.isArray(expected)) return Array.isArray(heard) && matchesList(expected, heard, bindings);
  if (expected === null || typeof expected !== "object") {
    return (typeof expected === "string" ? filledText(expected, bindings) : expected) === heard;
  }
  if (heard === null || typeof heard !== "object" || Array.isArray(heard)) return false;
  const fields = heard as { readonly [field: string]: Json };
  return Object.entries(expected).every(([field, value]) => matches(value, fields[field], bindings));
}

function matchesList(expected: readonly Json[], heard: readonly Json[], bindings: Bindings): boolean {
  const [first, ...among] = expected;
  if (first !== "{...}") {
    return (
      heard.length === expected.length &&
      expected.every((item: Json, index) => matches(item, heard[index], bindings))
    );
  }
  let from = 0;
  for (const item of among) {
    const at = heard.findIndex((each, index) => index >= from && matches(item, each, bindings));
    if (at < 0) return false;
    from = at + 1;
  }
  return true;
}
