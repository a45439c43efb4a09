// Dates as a person types them in a search, by arithmetic: the core has no calendar of the machine's.

import type { WallMillis } from "../words/ids.js";
import { asciiDigit } from "./fold.js";

const dayMs = 86_400_000;
const written =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3})\d*)?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/i;

/**
 * The first instant of what is written: of a year (`2026`), a month, a UTC day (`2026-11-22`), a minute
 * (`2026-11-22T10:00`, with `Z`, an offset or nothing = UTC), or that many milliseconds since 1970, which take at least
 * 11 digits: fewer are a date without its hyphens.
 */
export function parseInstant(text: string): WallMillis | undefined {
  const plain = text.replace(/\p{Nd}/gu, asciiDigit);
  if (/^\d{11,16}$/.test(plain)) {
    return Number.isSafeInteger(Number(plain)) ? (Number(plain) as WallMillis) : undefined;
  }
  const parts = written.exec(plain);
  if (parts === null) return undefined;
  const [year, month, day] = [Number(parts[1]), Number(parts[2] ?? 1), Number(parts[3] ?? 1)];
  const [hour, minute, second] = [Number(parts[4] ?? 0), Number(parts[5] ?? 0), Number(parts[6] ?? 0)];
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const offset = offsetMinutes(parts[8] ?? "Z");
  if (offset === undefined) return undefined;
  const ofDayMs =
    ((hour * 60 + minute - offset) * 60 + second) * 1000 + Number((parts[7] ?? "").padEnd(3, "0"));
  return (daysFromCivil(year, month, day) * dayMs + ofDayMs) as WallMillis;
}

function offsetMinutes(zone: string): number | undefined {
  if (zone.toUpperCase() === "Z") return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(4, 6))];
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Days since 1970-01-01 in the Gregorian calendar. Years begin in March here, so that leap days come last. */
function daysFromCivil(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}
