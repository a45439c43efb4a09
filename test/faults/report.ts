// What is told of a fault: for people who run the command, and as a row of the README.

import type { Fault, Findings, Latency } from "./fault.ts";
import { holds } from "./fault.ts";

/** What came of one fault. */
export type Outcome =
  | { readonly type: "found"; readonly fault: Fault; readonly findings: Findings }
  | { readonly type: "skipped"; readonly fault: Fault; readonly reason: string }
  /** It could not be done to its end. */
  | { readonly type: "failed"; readonly fault: Fault; readonly error: string };

/** Of the doing itself. */
export interface Doing {
  readonly seed: number;
  readonly ms: number;
}

export function isGood(outcome: Outcome): boolean {
  return outcome.type === "skipped" || (outcome.type === "found" && holds(outcome.findings));
}

/** One block of lines for people. */
export function reportOf(outcome: Outcome, { seed, ms }: Doing): string {
  const { number, name } = outcome.fault;
  const took = `(${(ms / 1_000).toFixed(1)} s)`;
  const head = `${isGood(outcome) ? "ok    " : "NOT OK"}  ${number}  ${name} ${took}`;
  switch (outcome.type) {
    case "skipped":
      return `skip    ${number}  ${name}\n        ${outcome.reason}`;
    case "failed":
      return [head, outcome.error, againWith(number, seed)].join("\n        ");
    case "found": {
      const { findings } = outcome;
      const again = isGood(outcome) ? [] : [againWith(number, seed)];
      return [head, ...findingLines(findings), ...again].join("\n        ");
    }
  }
}

/** The same for programs. */
export function jsonOf(outcome: Outcome, { seed, ms }: Doing): string {
  const { number, name } = outcome.fault;
  const { fault: _, ...rest } = outcome;
  return JSON.stringify({ number, name, seed, ms, ok: isGood(outcome), ...rest });
}

function againWith(number: number, seed: number): string {
  return `again: npm run faults -- ${number} --seed ${seed}`;
}

function findingLines(findings: Findings): readonly string[] {
  const { load, injected, acked, stored, lost, doubled, gaps, latency, rss, broken, notes } = findings;
  const counts = { acked, stored, lost, doubled, gaps };
  return [
    `${load}; ${injected}`,
    Object.entries(counts)
      .map(([what, count]) => `${what} ${count.toLocaleString("en")}`)
      .join("  "),
    ...(latency === undefined
      ? []
      : [
          `ack, ms (p50/p99/max)  before ${msOf(latency.before)}  during ${msOf(latency.during)}  after ${msOf(latency.after)}`,
        ]),
    ...(rss === undefined
      ? []
      : [`memory, MiB  before ${mib(rss.before)}  peak ${mib(rss.peak)}  after ${mib(rss.after)}`]),
    ...notes.map((note) => `note: ${note}`),
    ...broken.map((line) => `broken: ${line}`),
  ];
}

function msOf({ p50, p99, max }: Latency): string {
  return [p50, p99, max].map((ms) => (ms < 10 ? ms.toFixed(1) : ms.toFixed(0))).join("/");
}

function mib(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(0);
}
