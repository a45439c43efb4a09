// What everybody else may notice of a fault, at the most: acks that take twice as long, and 64 MiB.

import type { Findings, Latency, Memory } from "../fault.ts";

/** Acks that are quicker than this are quick anyway: a shared machine is noisy, most of all where few are asked. */
export const noiseMs = { short: 1_000, long: 500 };
const moreBytes = 64 * 1024 * 1024;

/** What is broken if acks took more than twice as long while the fault lasted, and longer than `quickMs`. */
export function slowed(latency: Findings["latency"], quickMs: number): readonly string[] {
  if (latency === undefined) return ["the latency of users was not measured"];
  const { before, during } = latency;
  const most = Math.max(2 * before.p99, quickMs);
  return during.p99 <= most ? [] : [`users waited: p99 ${ms(during)} ms, and ${ms(before)} ms before`];
}

function ms({ p99 }: Latency): string {
  return p99.toFixed(0);
}

/**
 * What is broken if the server, at its peak, took 64 MiB more with the fault than it had taken until then,
 * with as much to do. Garbage is let grow to about what there once was, so that only the peaks compare.
 */
export function grown(without: Memory | undefined, withIt: Memory | undefined): readonly string[] {
  if (without === undefined || withIt === undefined) return [];
  const more = withIt.peak - without.peak;
  return more <= moreBytes ? [] : [`the server took ${Math.round(more / 1024 / 1024)} MiB more`];
}
