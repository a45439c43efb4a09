// Reads the fields of one JSON object, total and by hand: no schema library is as fast on the way of
// every message. A fault is thrown as a `FieldFault` and caught in `decoding`, both in this file's
// care; `null` counts as absent, unknown fields are not looked at.

import type { Limits } from "../tables/limits.js";
import type { RefusalCode, RefusalDetail } from "../tables/refusals.js";
import type { Seq } from "../words/ids.js";
import { fault, ok } from "../words/result.js";
import type { BadFrame, Command, Decoded } from "./command.js";
import type { CommandId } from "./frames.js";

export type JsonObject = Readonly<Record<string, unknown>>;

class FieldFault extends Error {
  constructor(
    readonly code: RefusalCode,
    readonly detail: RefusalDetail,
  ) {
    super(detail.message ?? code);
  }
}

/** Ends the decoding of this frame with a refusal. */
export function refuse(code: RefusalCode, message?: string, more: RefusalDetail = {}): never {
  throw new FieldFault(code, { ...more, ...(message === undefined ? {} : { message }) });
}

/** Runs a decoder's body; what it refuses becomes a value. */
export function decoding(id: CommandId | undefined, body: () => Command): Decoded {
  try {
    return ok({ id, command: body() });
  } catch (error) {
    if (error instanceof FieldFault) return fault({ id, code: error.code, detail: error.detail });
    throw error;
  }
}

/** Text to a JSON object that is not too deep, or why not. */
export function parseObject(frame: string, limits: Limits, example: string): JsonObject | BadFrame {
  // Looked through before it is parsed: parsing thousands of brackets takes far longer.
  if (deeperThan(frame, limits.frameDepth)) {
    return badFrame(`the frame is nested deeper than ${limits.frameDepth} levels`, example);
  }
  let value: unknown;
  try {
    value = JSON.parse(frame);
  } catch {
    return badFrame(commented(frame) ? "JSON has no comments" : "this is not JSON", example);
  }
  if (!isObject(value)) return badFrame(`a frame is one JSON object, this is ${kindOf(value)}`, example);
  return value;
}

export function isBadFrame(parsed: JsonObject | BadFrame): parsed is BadFrame {
  return bad.has(parsed);
}

// Marked from outside, so that nothing in a peer's JSON can pass for one.
const bad = new WeakSet<object>();

function badFrame(message: string, example: string): BadFrame {
  const frame: BadFrame = { id: undefined, code: "malformed", detail: { message, example } };
  bad.add(frame);
  return frame;
}

/** A frame's `id`: an integer, or a string that is not too long. */
export function readId(object: JsonObject, limits: Limits): CommandId | undefined | { readonly bad: string } {
  const id = object["id"];
  if (id === undefined || id === null) return undefined;
  if (typeof id === "string") {
    return id.length <= limits.idChars ? id : { bad: `id is longer than ${limits.idChars} characters` };
  }
  return Number.isSafeInteger(id) ? (id as number) : { bad: "id is neither a string nor an integer" };
}

export function text(object: JsonObject, field: string, path: string): string {
  const value = object[field];
  return typeof value === "string" ? value : refuse("malformed", expected(path, "a string", value));
}

export function optionalText(object: JsonObject, field: string, path: string): string | undefined {
  const value = object[field];
  return value === undefined || value === null ? undefined : text(object, field, path);
}

export function optionalFlag(object: JsonObject, field: string, path: string): boolean {
  const value = object[field] ?? false;
  return typeof value === "boolean" ? value : refuse("malformed", expected(path, "true or false", value));
}

/** A seq: an integer from `least`, exact in JSON. */
export function seq(object: JsonObject, field: string, path: string, least: number): Seq {
  const value = object[field];
  return Number.isSafeInteger(value) && (value as number) >= least
    ? (value as Seq)
    : refuse("malformed", expected(path, `an integer from ${least}`, value));
}

export function optionalSeq(object: JsonObject, field: string, path: string, least: number): Seq | undefined {
  const value = object[field];
  return value === undefined || value === null ? undefined : seq(object, field, path, least);
}

/** How many rows: 1 to the page's most. */
export function rows(object: JsonObject, path: string, limits: Limits): number {
  const value = object["limit"] ?? limits.pageDefaultRows;
  if (!Number.isSafeInteger(value) || (value as number) < 1 || (value as number) > limits.pageRows) {
    return refuse("malformed", expected(path, `an integer from 1 to ${limits.pageRows}`, value));
  }
  return value as number;
}

const visible = /^[\x21-\x7e]*$/;

/** Visible ASCII of a length between two bounds: tokens and nonces. */
export function optionalSecret(
  object: JsonObject,
  field: string,
  path: string,
  [least, most]: readonly [number, number],
): string | undefined {
  const value = optionalText(object, field, path);
  if (value === undefined || isSecret(value, [least, most])) return value;
  return refuse("malformed", `${path} is not ${least} to ${most} visible ASCII characters`);
}

export function isSecret(value: string, [least, most]: readonly [number, number]): boolean {
  return value.length >= least && value.length <= most && visible.test(value);
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function kindOf(value: unknown): string {
  if (value === undefined) return "missing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function expected(path: string, what: string, value: unknown): string {
  return value === undefined ? `${path} is missing: ${what}` : `${path} is ${kindOf(value)}, not ${what}`;
}

/** By its brackets outside of strings, without parsing it. */
function deeperThan(frame: string, levels: number): boolean {
  let [depth, quoted] = [0, false];
  for (let index = 0; index < frame.length; index += 1) {
    const char = frame.charCodeAt(index);
    if (char === 0x22) quoted = !quoted;
    else if (char === 0x5c) index += 1;
    else if (!quoted && (char === 0x7b || char === 0x5b)) depth += 1;
    else if (!quoted && (char === 0x7d || char === 0x5d)) depth -= 1;
    if (depth > levels) return true;
  }
  return false;
}

/** A comment outside the strings: the first seed shows one inside its JSON. One look at each character. */
function commented(frame: string): boolean {
  let quoted = false;
  for (let index = 0; index < frame.length; index += 1) {
    const char = frame[index];
    if (char === '"') quoted = !quoted;
    else if (quoted && char === "\\") index += 1;
    else if (!quoted && char === "/" && (frame[index + 1] === "/" || frame[index + 1] === "*")) return true;
  }
  return false;
}
