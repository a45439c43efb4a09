// An announcement reaches all who are in when it is told, each connection once for each time it was made;
// whoever can't take it then is told the last of them when they can. Nothing is announced that nobody kept.

import type { RuleOf, Step } from "./rule.ts";
import { broken } from "./rule.ts";
import type { Wire } from "./wires.ts";

interface Hearing {
  /** What was announced to it last, and when. */
  text: string;
  at: number;
  readonly times: Map<string, number>;
}

export const announced: RuleOf = ({ wires, truth }) => {
  /** How often something was to be announced. */
  const wanted = new Map<string, number>();
  const hearings = new Map<Wire, Hearing>();
  /** Bytes queued, of wires that have some. */
  const queued = new Map<number, number>();
  /** What is still to be told to whoever could not take it: this, if it is known, or a later one. */
  const owed = new Map<Wire, string | undefined>();
  /** When the queue of such a wire was empty again: by the next moment it must have been told. */
  const drained = new Map<Wire, number>();

  function want(message: string | undefined): void {
    if (message !== undefined) wanted.set(message, (wanted.get(message) ?? 0) + 1);
  }

  function hear(step: Step, wire: Wire, message = ""): void {
    const hearing = hearings.get(wire) ?? { text: message, at: 0, times: new Map<string, number>() };
    hearings.set(wire, hearing);
    const times = (hearing.times.get(message) ?? 0) + 1;
    hearing.times.set(message, times);
    hearing.text = message;
    hearing.at = step.observed.at;
    if (times > (wanted.get(message) ?? 0))
      broken(
        "house",
        step,
        `${message} was announced to them ${times} times, and made ${wanted.get(message) ?? 0}`,
      );
    if (!truth.rules.lines.some(({ action }) => action === "announce") && truth.restores === 0)
      broken("house", step, `${message} was announced, and nobody has kept that`);
    if (owed.get(wire) === undefined || owed.get(wire) === message) {
      owed.delete(wire);
      drained.delete(wire);
    }
  }

  /** The hub has told everybody. */
  function told(step: Step): void {
    const { at } = step.observed;
    const inside = [...wires.known()].filter(({ person, isOpen, isParted }) => person && isOpen && !isParted);
    const hears = (wire: Wire): Hearing | undefined => {
      const hearing = hearings.get(wire);
      return hearing?.at === at ? hearing : undefined;
    };
    const text = inside.map((wire) => hears(wire)?.text).findLast((one) => one !== undefined);
    for (const wire of inside) {
      if (text !== undefined && hears(wire)?.text === text) continue;
      if (!queued.has(wire.number))
        broken("house", { ...step, wire }, `they are in, and were not told: ${text}`);
      owed.set(wire, text);
    }
  }

  function late(step: Step, wire: Wire): void {
    if (owed.has(wire) && wire.isOpen && !wire.isParted)
      broken("house", { ...step, wire }, "they were never told what was announced");
    owed.delete(wire);
    drained.delete(wire);
  }

  return (step) => {
    const { observed, wire, frame } = step;
    for (const [one, at] of drained) if (at < observed.at) late(step, one);
    if (observed.type === "queued") {
      if (observed.bytes > 0) queued.set(observed.wire, observed.bytes);
      else queued.delete(observed.wire);
      if (wire !== undefined && owed.has(wire) && observed.bytes === 0) drained.set(wire, observed.at);
    }
    if (observed.type === "ordered" && observed.what.type === "announce") want(observed.what.message);
    if (observed.type === "sent" && frame?.type === "announce") want(frame.payload.message);
    if (observed.type === "handed" && frame?.type === "announcement" && wire !== undefined)
      hear(step, wire, frame.payload.message);
    if (observed.type === "kept" && observed.call.audit?.action === "announce") told(step);
    if (observed.type !== "settled") return;
    for (const one of owed.keys()) late(step, one);
  };
};
