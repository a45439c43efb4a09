// L8, of those who are slow: whoever takes what they are sent, however slowly, is not hung up on for it.

import type { RuleOf } from "./rule.ts";
import { broken } from "./rule.ts";

/** The code of a silent or stuck connection. */
const silent = 4408;
/** In no world is a connection taken for stuck that has taken something in this time. */
const leastStuckMs = 8_000;

export const patience: RuleOf = ({ wires }) => {
  /** What is queued for a wire, and when some of it was taken last. */
  const queues = new Map<number, { bytes: number; takenAt: number }>();

  return (step) => {
    const { observed } = step;
    if (observed.type === "queued") {
      const { bytes, takenAt } = queues.get(observed.wire) ?? { bytes: 0, takenAt: -Infinity };
      const isTaken = observed.bytes < bytes;
      queues.set(observed.wire, { bytes: observed.bytes, takenAt: isTaken ? observed.at : takenAt });
    }
    if (observed.type !== "hungUp" || observed.code !== silent) return;
    const { bytes, takenAt } = queues.get(observed.wire) ?? { bytes: 0, takenAt: -Infinity };
    if (wires.get(observed.wire)?.person === undefined || bytes === 0) return;
    const ms = observed.at - takenAt;
    if (ms < leastStuckMs)
      broken(
        "L8",
        step,
        `the hub gave it up, though ${bytes} bytes are queued and some were taken ${ms} ms ago`,
      );
  };
};
