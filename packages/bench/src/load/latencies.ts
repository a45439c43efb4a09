// How long things took, each of them kept: a quantile is one that occurred, not one from a bucket.

/** Milliseconds. */
export interface LatencySummary {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

export class Latencies {
  #kept = new Float64Array(65_536);
  #count = 0;

  add(ms: number): void {
    if (this.#count === this.#kept.length) {
      const wider = new Float64Array(2 * this.#count);
      wider.set(this.#kept);
      this.#kept = wider;
    }
    this.#kept[this.#count] = ms;
    this.#count += 1;
  }

  /** @throws {RangeError} if there is none */
  summary(): LatencySummary {
    const sorted = this.#kept.subarray(0, this.#count).toSorted();
    const [p50, p99, p999, max] = [0.5, 0.99, 0.999, 1].map((part) => quantile(sorted, part));
    return { count: this.#count, p50, p99, p999, max } as LatencySummary;
  }
}

/**
 * The least of the values that so large a part of them does not pass (the nearest rank).
 * @param sorted ascending
 * @param part above 0, at most 1
 */
export function quantile(sorted: ArrayLike<number>, part: number): number {
  // 0.999 × 1000 is a little more than 999 in binary: a rank is not rounded up for that.
  const rank = Math.max(1, Math.ceil(part * sorted.length - 1e-9));
  const value = sorted[rank - 1];
  if (value === undefined) throw new RangeError("a quantile of nothing");
  return value;
}
