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

/** A UTC time as people write it, `2026-11-23 10:00:00`; the core has no calendar of the machine's. */
export function utcTime(wall: number): string {
  // The arithmetic of search/dates.ts, the other way round: years begin in March.
  const days = Math.floor(wall / 86_400_000) + 719_468;
  const era = Math.floor(days / 146_097);
  const dayOfEra = days - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${year}-${two(month)}-${two(day)} ${timeOfDay(wall)}`;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : `${value}`;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}
