// Who is put out of the house is out: as soon as the hub knows that a kick or a ban is kept, every connection
// that it is about is closed, and nothing is handed to a banned one, nor is anybody banned let in, for as long
// as it is in force. An address is where the devices of one username come from.

import type { Keep } from "chat-hub";
import type { RuleOf, Step } from "./rule.ts";
import { broken } from "./rule.ts";
import type { Wire } from "./wires.ts";

export const banished: RuleOf = ({ truth, wires }) => {
  /** The bans that the hub knows of, and until when they are in force. */
  const known = new Map<string, number>();

  function banOf(wire: Wire): string | undefined {
    const keys = [`user:${wire.person?.id}`, `address:${wire.device.split("/")[0]}`];
    return keys.find((key) => truth.latest < (known.get(key) ?? -Infinity));
  }

  function learn({ changes }: Keep): void {
    for (const { kind, key, value, until = Infinity } of changes) {
      if (kind !== "ban") continue;
      if (value === undefined) known.delete(key);
      else known.set(key, until);
    }
  }

  function follow(step: Step, call: Keep): void {
    learn(call);
    const isKick = call.audit?.action === "kick";
    const kicked = isKick
      ? truth.people.holders(truth.people.keyOf(call.audit?.about ?? "")).at(-1)
      : undefined;
    for (const wire of wires.known()) {
      if (!wire.isOpen || wire.isParted) continue;
      const ban = banOf(wire);
      if (ban !== undefined)
        broken("house", { ...step, wire }, `it stays open, though ${ban} is banned from the house`);
      if (kicked !== undefined && wire.person === kicked)
        broken("house", { ...step, wire }, "it stays open, though they were put out");
    }
  }

  return (step) => {
    const { observed, wire, frame } = step;
    if (observed.type === "kept") follow(step, observed.call);
    if (observed.type === "hubBegan") {
      known.clear();
      for (const [key, until] of truth.rules.bans) known.set(key, until);
    }
    if (observed.type !== "handed" || wire === undefined || frame === undefined || known.size === 0) return;
    if (frame.type === "error" || wire.person === undefined) return;
    const ban = banOf(wire);
    if (ban !== undefined)
      broken("house", step, `${frame.type} was handed over, though ${ban} is banned from the house`);
  };
};
