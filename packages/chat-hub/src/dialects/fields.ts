// From the text of a frame to one JSON object that is not too deep; what stands in it, the shapes read.

import type { JsonObject } from "../shapes/object.js";
import { isObject } from "../shapes/object.js";
import type { Wrong } from "../shapes/shape.js";
import { kindOf } from "../shapes/shape.js";
import type { Limits } from "../tables/limits.js";
import type { Result } from "../words/result.js";
import { fault, ok } from "../words/result.js";
import type { BadFrame } from "./command.js";
import type { CommandId } from "./frames.js";

/** Text to a JSON object, or why not. */
export function parseObject(frame: string, limits: Limits, example: string): Result<JsonObject, BadFrame> {
  // Looked through before it is parsed: parsing thousands of brackets takes far longer.
  if (deeperThan(frame, limits.frameDepth))
    return unreadable(`the frame is nested deeper than ${limits.frameDepth} levels`, example);
  let value: unknown;
  try {
    value = JSON.parse(frame);
  } catch {
    return unreadable(commented(frame) ? "JSON has no comments" : "this is not JSON", example);
  }
  if (isObject(value)) return ok(value);
  return unreadable(`a frame is one JSON object, this is ${kindOf(value)}`, example);
}

function unreadable(message: string, example: string): Result<never, BadFrame> {
  return fault({ id: undefined, code: "malformed", detail: { message, example } });
}

/** What is refused of a frame because of what stands in it. */
export function badFrame(id: CommandId | undefined, wrong: Wrong, example: string): BadFrame {
  const { code, detail, message } = wrong;
  return {
    id,
    code,
    detail: { ...detail, message: detail.message ?? message, example: detail.example ?? example },
  };
}

/** By its brackets, without parsing it. */
function deeperThan(frame: string, levels: number): boolean {
  const openings = openingsOf("{", frame, levels);
  return openings + openingsOf("[", frame, levels) > levels && nestedDeeperThan(frame, levels);
}

/** How many of a bracket there are, no further than one more than `levels`: most frames have two in all. */
function openingsOf(bracket: string, frame: string, levels: number): number {
  let found = 0;
  for (let at = frame.indexOf(bracket); at >= 0 && found <= levels; at = frame.indexOf(bracket, at + 1))
    found += 1;
  return found;
}

/** Outside of strings. */
function nestedDeeperThan(frame: string, levels: number): boolean {
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
