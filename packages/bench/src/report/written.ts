// Figures as people read them.

export function count(value: number): string {
  return Math.round(value).toLocaleString("en");
}

export function nanoseconds(value: number): string {
  return `${count(value)} ns`;
}

export function milliseconds(value: number): string {
  return `${value < 100 ? value.toFixed(2) : count(value)} ms`;
}

/** How far the rounds lie apart: what lies between two figures that overlap is noise. */
export function range(values: readonly number[], unit: string): string {
  return `${count(Math.min(...values))}–${count(Math.max(...values))} ${unit}`;
}

export function share(value: number): string {
  return `${Math.round(value * 100)} %`;
}

export function ratio(value: number | undefined): string {
  if (value === undefined) return "–";
  return value >= 0.1 ? value.toFixed(2) : `1/${(1 / value).toFixed(1)}`;
}
