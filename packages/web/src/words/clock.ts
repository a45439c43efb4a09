// Times as people read them: in the reader's own zone and language.

/** Built once: making a formatter costs more than everything done with it. */
export interface Clock {
  /** 14:30, or 2:30 PM where that is the habit. */
  time(at: number): string;
  /** The time if it was today, else the date. */
  short(at: number, now: number): string;
  /** Weekday, date and time to the second, for titles. */
  full(at: number): string;
  /** Today, Yesterday, or the date; with its year only if that is another one. */
  day(at: number, now: number): string;
  /** Equal for two moments of one local day. */
  dayKey(at: number): string;
}

export function makeClock(locale?: string, timeZone?: string): Clock {
  const format = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(locale, timeZone === undefined ? options : { ...options, timeZone });
  const time = format({ hour: "numeric", minute: "2-digit" });
  const full = format({ dateStyle: "full", timeStyle: "medium" });
  const sameYear = format({ weekday: "long", day: "numeric", month: "long" });
  const otherYear = format({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
  const date = format({ day: "numeric", month: "short", year: "numeric" });
  const key = new Intl.DateTimeFormat("en-CA", {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    ...(timeZone === undefined ? {} : { timeZone }),
  });
  const dayKey = (at: number): string => key.format(at);
  return {
    time: (at) => time.format(at),
    full: (at) => full.format(at),
    short: (at, now) => (dayKey(at) === dayKey(now) ? time : date).format(at),
    dayKey,
    day(at, now) {
      const today = dayKey(now);
      const day = dayKey(at);
      if (day === today) return "Today";
      if (day === dayBefore(today)) return "Yesterday";
      return (day.slice(0, 4) === today.slice(0, 4) ? sameYear : otherYear).format(at);
    },
  };
}

/** By the calendar, not by 24 hours: days on which clocks change have 23 or 25. */
function dayBefore(key: string): string {
  const date = new Date(`${key}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
}
