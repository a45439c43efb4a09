// L9: what was not acked is in the log once or not at all. By its nonce that is part of the truth; what
// has none is known by its text, and is there no more often than it was sent.

import type { RuleOf, Step } from "./rule.ts";
import { broken } from "./rule.ts";
import type { Found } from "./truth/truth.ts";

/** How often somebody has said a text: bare copies are that many messages, those of one nonce are one. */
interface Said {
  bare: number;
  readonly nonces: Set<string>;
}

export const once: RuleOf = ({ truth }) => {
  const said = new Map<string, Said>();
  let stored = new Map<string, number>();

  function count(step: Step, { log, placed: { entry } }: Found): void {
    if (entry.type !== "message") return;
    // Whoever has lost their name is another person to the log, and a nonce is each person's own.
    const key = `${entry.author} ${entry.message}`;
    const times = (stored.get(key) ?? 0) + 1;
    stored.set(key, times);
    const { bare = 0, nonces } = said.get(`${truth.people.get(entry.author)?.key} ${entry.message}`) ?? {};
    const most = bare + (nonces?.size ?? 0);
    if (times > most)
      broken(
        "L9",
        step,
        `${log.name}:${entry.seq} of ${entry.from} is there ${times} times, sent ${most}: ${entry.message}`,
      );
  }

  return (step) => {
    const { observed, wire, frame } = step;
    if (observed.type === "committed") for (const found of truth.fresh) count(step, found);
    if (observed.type === "restored") {
      stored = new Map();
      for (const log of truth.logs) for (const placed of log.entries) count(step, { log, placed });
    }
    if (observed.type !== "sent" || frame?.payload.message === undefined || wire === undefined) return;
    const { message, nonce } = frame.payload;
    const key = `${truth.people.keyOf(wire.wish.username ?? "")} ${message}`;
    const times: Said = said.get(key) ?? { bare: 0, nonces: new Set() };
    said.set(key, times);
    if (nonce === undefined) times.bare += 1;
    else times.nonces.add(nonce);
  };
};
