// Mutations of what a frame means: it is read as JSON, one thing in it becomes another, and it is
// written again. What can't be read is left to the mutations of text.

import type { Chance } from "../../support/chance.ts";
import { between, oneOf } from "../../support/chance.ts";
import type { Pool } from "./pool.ts";
import { anyValue, fields, types } from "./pool.ts";

type Box = Record<string, unknown>;
type Mutate = (frame: Box, chance: Chance, pool: Pool) => void;

const mutations: readonly Mutate[] = [
  function drop(frame, chance) {
    const [box, field] = anyField(frame, chance);
    if (field !== undefined) delete box[field];
  },
  function rename(frame, chance) {
    const [box, field] = anyField(frame, chance);
    if (field === undefined) return;
    const { [field]: value } = box;
    delete box[field];
    put(box, chance() < 0.3 ? field.toUpperCase() : (oneOf(chance, fields) as string), value);
  },
  function retype(frame, chance, pool) {
    const [box, field] = anyField(frame, chance);
    if (field !== undefined) put(box, field, anyValue(chance, pool));
  },
  function add(frame, chance, pool) {
    const [box] = anyField(frame, chance);
    put(box, oneOf(chance, fields) as string, anyValue(chance, pool));
  },
  function wrap(frame, chance) {
    const [box, field] = anyField(frame, chance);
    if (field !== undefined) put(box, field, chance() < 0.5 ? [box[field]] : { [field]: box[field] });
  },
  function swap(frame, chance) {
    const [box, field] = anyField(frame, chance);
    const [other, theirs] = anyField(frame, chance);
    if (field === undefined || theirs === undefined) return;
    const { [field]: value } = box;
    // Nothing may come to stand in itself.
    put(box, field, box === other[theirs] ? null : other[theirs]);
    if (value !== other) put(other, theirs, value);
  },
  function count(frame, chance) {
    const [box, field] = anyField(frame, chance, (value) => typeof value === "number");
    if (field !== undefined) put(box, field, (box[field] as number) + between(chance, -3, 3));
  },
  function address(frame, chance, pool) {
    const { payload } = frame;
    const box = isBox(payload) ? payload : frame;
    const field = oneOf(chance, ["conversation", "to", "username", "target", "from"]) as string;
    put(box, field, `${oneOf(chance, ["", "@", "#"])}${oneOf(chance, pool.names)}`);
  },
  function retarget(frame, chance) {
    put(frame, "type", oneOf(chance, types));
  },
  function transplant(frame, chance, pool) {
    const other = read(oneOf(chance, pool.frames) ?? "");
    if (other === undefined) return;
    const [box, field] = anyField(other, chance);
    const [into] = anyField(frame, chance);
    if (field !== undefined) put(into, field, box[field]);
  },
  function identify(frame, chance) {
    const ids = [1, 1, 2, 0, -1, 1.5, 2 ** 53, "1", "", "x".repeat(64), "x".repeat(65), null, {}, true];
    put(frame, "id", oneOf(chance, ids));
  },
  function nonce(frame, chance) {
    const { payload } = frame;
    const nonces = [
      "0123456789abcdef",
      "0123456789abcde",
      "n".repeat(64),
      "n".repeat(65),
      "n n n n n n n n n",
    ];
    put(isBox(payload) ? payload : frame, "nonce", oneOf(chance, nonces));
  },
];

/** The frame with one to three things changed; nothing if it is no object. */
export function mutateJson(text: string, chance: Chance, pool: Pool): string | undefined {
  const frame = read(text);
  if (frame === undefined) return undefined;
  for (let times = chance() < 0.7 ? 1 : between(chance, 2, 3); times > 0; times -= 1) {
    (oneOf(chance, mutations) as Mutate)(frame, chance, pool);
  }
  return JSON.stringify(frame);
}

/** What is read is also written again: nothing that is nested deep. */
function read(text: string): Box | undefined {
  if (text.length > 5_000) return undefined;
  try {
    const frame: unknown = JSON.parse(text);
    return isBox(frame) ? frame : undefined;
  } catch {
    return undefined;
  }
}

function isBox(value: unknown): value is Box {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A field of the frame or of an object in it; no field if the object has none that is asked for. */
function anyField(
  frame: Box,
  chance: Chance,
  isAskedFor: (value: unknown) => boolean = () => true,
): readonly [box: Box, field: string | undefined] {
  const inner = Object.values(frame).filter(isBox);
  const box = inner.length > 0 && chance() < 0.75 ? (oneOf(chance, inner) as Box) : frame;
  return [
    box,
    oneOf(
      chance,
      Object.keys(box).filter((field) => isAskedFor(box[field])),
    ),
  ];
}

/** As a field of its own, also if it is called `__proto__`. */
function put(box: Box, field: string, value: unknown): void {
  Object.defineProperty(box, field, { value, enumerable: true, configurable: true, writable: true });
}
