// How long something lasts, as people say it: `30d`, `12h`, `90m`; `off` is no time at all.

const unitSeconds: readonly (readonly [unit: string, seconds: number])[] = [
  ["d", 86_400],
  ["h", 3_600],
  ["m", 60],
];

/** Seconds; nothing if it can't be read. */
export function readLasting(word: string): number | undefined {
  if (word === "off") return 0;
  const [, amount, unit] = /^(\d{1,5})([mhd])$/.exec(word) ?? [];
  const size = unitSeconds.find(([name]) => name === unit)?.[1];
  return size === undefined || Number(amount) === 0 ? undefined : Number(amount) * size;
}

/** `86400` → `1d`. */
export function lastingWords(seconds: number): string {
  if (seconds === 0) return "off";
  const [unit, size] = unitSeconds.find(([, each]) => seconds % each === 0) ?? ["s", 1];
  return `${seconds / size}${unit}`;
}
