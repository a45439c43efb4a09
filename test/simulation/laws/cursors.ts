// Cursors only grow: what somebody is told of how far they or others have got never goes back, and
// never runs ahead of what is stored.

import type { RuleOf, Step } from "./rule.ts";
import { broken } from "./rule.ts";
import type { Log } from "./truth/log.ts";
import type { Person } from "./truth/people.ts";
import type { Wire } from "./wires.ts";

export const cursors: RuleOf = ({ truth }) => {
  /** How far somebody is told to have got, by wire, log and name. */
  const told = new Map<Wire, Map<string, number>>();

  function receipt(step: Step, wire: Wire, person: Person): void {
    const { conversation = "", username = "", delivered = 0, read = 0 } = step.frame?.payload ?? {};
    const other = truth.people.holders(truth.people.keyOf(username)).at(-1);
    const log = other && truth.find(person.id, conversation, delivered);
    const stored = log && other && log.cursors.get(other.id);
    // Who has lost their name, or is out of the room since, has no cursor to compare with.
    if (log === undefined || stored === undefined || !truth.isIn(other as Person, log)) return;
    if (delivered > stored.delivered || read > stored.read)
      broken(
        "cursors",
        step,
        `${username} is told to have got ${log.name} to ${delivered}/${read}, stored is ${stored.delivered}/${stored.read}`,
      );
    grows(step, wire, log, `delivered by ${other?.id}`, delivered);
  }

  function grows(step: Step, wire: Wire, log: Log, what: string, seq: number): void {
    const known = told.get(wire) ?? new Map<string, number>();
    told.set(wire, known);
    const key = `${log.id} ${what}`;
    const before = known.get(key) ?? 0;
    if (seq < before) broken("cursors", step, `${log.name}, ${what}: ${before} was told, and now ${seq}`);
    known.set(key, seq);
  }

  return (step) => {
    const { observed, wire, frame } = step;
    if (observed.type !== "handed" || wire?.person === undefined || frame === undefined) return;
    if (frame.type === "receipt") receipt(step, wire, wire.person);
    if (frame.type !== "unread") return;
    const { conversation = "", head = 0, read = 0 } = frame.payload;
    const log = truth.find(wire.person.id, conversation, head);
    if (log !== undefined && truth.isIn(wire.person, log)) grows(step, wire, log, "read by oneself", read);
  };
};
