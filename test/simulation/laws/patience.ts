// L8, of those who are slow: whoever takes what they are sent, however slowly, is not hung up on for it.

import type { RuleOf } from "./rule.ts";
import { broken } from "./rule.ts";

/** The code of a silent or stuck connection. */
const silent = 4408;
/** In no world is a connection taken for stuck that has taken something in this time. */
const leastStuckMs = 8_000;

interface Queue {
  readonly bytes: number;
  /** Since when there has always been something in it; and when some of it was taken last. */
  readonly since: number;
  readonly takenAt: number;
}

const empty: Queue = { bytes: 0, since: Infinity, takenAt: -Infinity };

export const patience: RuleOf = ({ wires }) => {
  const queues = new Map<number, Queue>();
  /** The hub looks at a queue this often. */
  let pingMs = Infinity;

  return (step) => {
    const { observed, frame } = step;
    if (observed.type === "handed" && frame?.type === "welcome")
      pingMs = frame.payload.limits?.ping_ms ?? Infinity;
    if (observed.type === "queued") {
      const { bytes } = observed;
      const before = queues.get(observed.wire) ?? empty;
      const since = bytes === 0 ? Infinity : Math.min(before.since, observed.at);
      queues.set(observed.wire, {
        bytes,
        since,
        takenAt: bytes < before.bytes ? observed.at : before.takenAt,
      });
    }
    if (observed.type !== "hungUp" || observed.code !== silent) return;
    if (wires.get(observed.wire)?.person === undefined) return;
    const { bytes, since, takenAt } = queues.get(observed.wire) ?? empty;
    const ms = observed.at - takenAt;
    if (observed.at - since > pingMs && ms < leastStuckMs)
      broken(
        "L8",
        step,
        `the hub gave it up, though ${bytes} bytes are queued and some were taken ${ms} ms ago`,
      );
  };
};
