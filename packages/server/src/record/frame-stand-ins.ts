// Secrets in a client's frame. A frame that a person mistyped has them too, so this takes away rather
// too much than too little: whatever is named like a secret, at any depth; in a command that shows
// something, such as a login, all that is no field of it; and every letter of what is no JSON object. The frame stays as long as it was, as
// deep, and as right or wrong, so that a hub does with it what it did.

import { commands } from "chat-hub";
import type { StandIn } from "./stand-ins.js";

/** A frame without any of this has no secret; with `\u` a name can be written so that it isn't seen. */
const suspicious = /token|secret|passw|login|invite|register|refresh|"old"|\\u/i;
const secretName = /token|secret|passw|^invite$|^old$/i;
/** The commands that show something, with the fields of theirs that are none. */
const showing: ReadonlyMap<unknown, ReadonlySet<string>> = new Map(
  (["login", "register", "refresh", "set_password"] as const).map((type) => [
    type,
    new Set(Object.keys(commands[type].payload.fields).filter((field) => !secretName.test(field))),
  ]),
);

export function frameWithoutSecrets(frame: string, standIn: StandIn): string {
  // The one word that is obeyed without being JSON.
  if (frame.trim() === "help") return frame;
  const value = parsed(frame);
  if (value === undefined) return frame.replace(/[\p{L}\p{M}\p{N}]/gu, ({ length }) => "x".repeat(length));
  if (!frame.trimStart().startsWith("{")) return replaced(frame, "secret", standIn);
  if (!suspicious.test(frame)) return frame;
  const fields = fieldsShowing(value);
  return replaced(frame, fields === undefined ? "plain" : "aroundLogin", standIn, fields);
}

function parsed(frame: string): unknown {
  try {
    return JSON.parse(frame);
  } catch {
    return undefined;
  }
}

/** With a message in it, it is a message of the simple dialect, which has no types. */
function fieldsShowing(frame: unknown): ReadonlySet<string> | undefined {
  const { type, message } = frame as Readonly<Record<string, unknown>>;
  return message === undefined ? showing.get(type) : undefined;
}

/** What is known of what stands somewhere. */
type Place = "plain" | "aroundLogin" | "login" | "loginPayload" | "secret";

/** The frame, or an object or array in it. */
interface Level {
  readonly place: Place;
  readonly isObject: boolean;
  /** Whose value comes next, in an object; none where a name comes next. */
  member: string | undefined;
  /** Of the command's payload, those that are no secrets. */
  readonly fields: ReadonlySet<string>;
}

const none: ReadonlySet<string> = new Set();

const pieces = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g;

/** `frame` is JSON. It is read piece by piece, since what it was parsed into has lost how it was written. */
function replaced(frame: string, place: Place, standIn: StandIn, fields = none): string {
  const outermost: Level = { place, isObject: false, member: undefined, fields };
  const levels: Level[] = [];
  return frame.replace(pieces, (piece) => {
    const level = levels.at(-1) ?? outermost;
    switch (piece) {
      case "{":
      case "[":
        levels.push({ place: placeIn(level, piece), isObject: piece === "{", member: undefined, fields });
        return piece;
      case "}":
      case "]":
        levels.pop();
        return piece;
      case ",":
        level.member = undefined;
        return piece;
      case ":":
        return piece;
      default:
        return isSecret(level, piece) ? scalarStandIn(piece, standIn) : piece;
    }
  });
}

/** Of a name, which is remembered, or of a value that is neither object nor array. */
function isSecret(level: Level, piece: string): boolean {
  if (!level.isObject || level.member !== undefined) return placeIn(level, undefined) === "secret";
  level.member = JSON.parse(piece) as string;
  return level.place === "secret";
}

/** The place of a value within, by what it opens with if it is an object or an array. */
function placeIn({ place, member = "", fields }: Level, opening: "{" | "[" | undefined): Place {
  if (place === "aroundLogin") return "login";
  if (place === "secret" || secretName.test(member)) return "secret";
  if (place === "plain") return "plain";
  if (place === "login" && member === "payload" && opening === "{") return "loginPayload";
  const known = place === "login" ? member === "type" || member === "id" : fields.has(member);
  return known && opening === undefined ? "plain" : "secret";
}

function scalarStandIn(piece: string, standIn: StandIn): string {
  if (!piece.startsWith('"')) return /^[tfn]/.test(piece) ? piece : piece.replace(/[1-9]/g, "1");
  const letters = standIn(JSON.parse(piece) as string);
  let index = -1;
  // Each unit is written as it was written: as it is, by its number, or by a short escape.
  return `"${piece.slice(1, -1).replace(/\\u[\da-f]{4}|\\.|[\s\S]/gi, (written) => {
    index += 1;
    if (written.length === 2) return written;
    const unit = letters.charAt(index);
    return written.length === 1 ? unit : `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  })}"`;
}
