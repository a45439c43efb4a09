// What everybody else may notice of a fault, at the most: acks that take twice as long, and 64 MiB.

import type { Findings, Latency } from "../fault.ts";

/** Acks that are quicker than this are quick anyway: a shared machine is noisy, most of all where few are asked. */
export const noiseMs = { short: 1_000, long: 250 };
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

/** What is broken if the server took more than 64 MiB more at any time than before the fault. */
export function grown(rss: Findings["rss"]): readonly string[] {
  if (rss === undefined) return [];
  const mebibytes = Math.round((rss.peak - rss.before) / 1024 / 1024);
  return rss.peak - rss.before <= moreBytes ? [] : [`the server took ${mebibytes} MiB more`];
}
