// Text as the wire counts it: code points for people, UTF-8 bytes for frames.

import type { Limits } from "../tables/limits.js";
import type { RefusalCode } from "../tables/refusals.js";

/** The length in UTF-8, which is what frames are measured in. A lone surrogate counts 3 (as U+FFFD). */
export function utf8Bytes(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) continue;
    bytes += unit < 0x800 ? 1 : 2;
    // A pair is 4 bytes of 2 units: its second unit adds nothing.
    if (unit >= 0xd800 && unit < 0xdc00 && isLow(text.charCodeAt(index + 1))) index += 1;
  }
  return bytes;
}

/** Whether `text` has more than `most` code points; looks no further than it must. */
export function longerThan(text: string, most: number): boolean {
  if (text.length <= most) return false;
  if (text.length > 2 * most) return true;
  let points = 0;
  for (const _ of text) {
    points += 1;
    if (points > most) return true;
  }
  return false;
}

/** What is wrong with a text of at most `most` code points, or nothing; `says` goes on after its name. */
export function textFault(
  text: string,
  most: number,
): { readonly code: RefusalCode; readonly says: string } | undefined {
  if (longerThan(text, most)) return { code: "too_long", says: ` has at most ${most} characters` };
  if (!text.isWellFormed()) return { code: "malformed", says: " has half a surrogate pair in it" };
  if (text.includes("\0")) return { code: "malformed", says: " has U+0000 in it" };
  return undefined;
}

/** What is wrong with a message, or nothing. A good one is kept and sent exactly as it came. */
export function messageFault(
  message: string,
  limits: Limits,
): { readonly code: RefusalCode; readonly message?: string } | undefined {
  const wrong = textFault(message, limits.messageChars);
  if (wrong !== undefined) {
    const { code, says } = wrong;
    return { code, message: `${code === "too_long" ? "a message" : "message"}${says}` };
  }
  return message.trim() === "" ? { code: "empty_message" } : undefined;
}

// Every message asks for the second that the one before it asked for.
let lastSecond = -1;
let lastTimeOfDay = "";

/** The UTC time of day, HH:MM:SS. */
export function timeOfDay(wall: number): string {
  const second = Math.floor(wall / 1000) % 86_400;
  if (second !== lastSecond) {
    lastSecond = second;
    lastTimeOfDay = `${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`;
  }
  return lastTimeOfDay;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : `${value}`;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}
