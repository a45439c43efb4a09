// Secrets in a client's frame. A frame that a person mistyped has them too, so this takes away rather
// too much than too little: whatever is named like a secret, at any depth; in a login all that is no
// field of a login; and every letter of what is no JSON object. The frame stays as long as it was, as
// deep, and as right or wrong, so that a hub does with it what it did.

import { commands } from "chat-hub";
import type { StandIn } from "./stand-ins.js";

/** A frame without any of this has no secret; with `\u` a name can be written so that it isn't seen. */
const suspicious = /token|secret|passw|login|\\u/i;
const secretName = /token|secret|passw/i;
const loginFields: ReadonlySet<string> = new Set(Object.keys(commands.login.payload.fields));

export function frameWithoutSecrets(frame: string, standIn: StandIn): string {
  // The one word that is obeyed without being JSON.
  if (frame.trim() === "help") return frame;
  const value = parsed(frame);
  if (value === undefined) return frame.replace(/[\p{L}\p{M}\p{N}]/gu, ({ length }) => "x".repeat(length));
  const isObject = frame.trimStart().startsWith("{");
  if (isObject && !suspicious.test(frame)) return frame;
  return replaced(frame, isObject ? "plain" : "secret", isLogin(value), standIn);
}

function parsed(frame: string): unknown {
  try {
    return JSON.parse(frame);
  } catch {
    return undefined;
  }
}

function isLogin(value: unknown): boolean {
  return (value as { readonly type?: unknown } | null)?.type === "login";
}

/** What is known of a value by where it stands. */
type Place = "plain" | "login" | "loginPayload" | "secret";

/** An object or an array around what is looked at. */
interface Level {
  readonly place: Place;
  readonly isObject: boolean;
  /** Whose value comes next, in an object; none where a name comes next. */
  member: string | undefined;
}

const pieces = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g;

/** `frame` is JSON. Read piece by piece, since what it was parsed into has lost how it was written. */
function replaced(frame: string, outermost: "plain" | "secret", login: boolean, standIn: StandIn): string {
  const levels: Level[] = [];
  return frame.replace(pieces, (piece) => {
    const level = levels.at(-1);
    if (piece === "{" || piece === "[") {
      const place = level === undefined ? (login ? "login" : outermost) : placeIn(level, piece);
      levels.push({ place, isObject: piece === "{", member: undefined });
    } else if (piece === "}" || piece === "]") levels.pop();
    else if (piece === ",") {
      if (level !== undefined) level.member = undefined;
    } else if (piece !== ":") return scalarWithout(piece, level, outermost, standIn);
    return piece;
  });
}

/** A name, or a value that is neither object nor array. */
function scalarWithout(
  piece: string,
  level: Level | undefined,
  outermost: "plain" | "secret",
  standIn: StandIn,
): string {
  if (level?.isObject !== true || level.member !== undefined) {
    const place = level === undefined ? outermost : placeIn(level, undefined);
    return place === "secret" ? scalarStandIn(piece, standIn) : piece;
  }
  level.member = JSON.parse(piece) as string;
  return level.place === "secret" ? scalarStandIn(piece, standIn) : piece;
}

function placeIn({ place, member = "" }: Level, opening: "{" | "[" | undefined): Place {
  if (place === "secret" || secretName.test(member)) return "secret";
  if (place === "plain") return "plain";
  if (place === "login" && member === "payload" && opening === "{") return "loginPayload";
  const known = place === "login" ? member === "type" || member === "id" : loginFields.has(member);
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
