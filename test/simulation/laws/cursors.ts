// Cursors only grow: what somebody is told of how far they or others have got never goes back, not even
// over connections and restarts, and never runs ahead of what is stored.

import type { RuleOf, Step } from "./rule.ts";
import { broken } from "./rule.ts";
import type { Log } from "./truth/log.ts";
import type { Person } from "./truth/people.ts";
import type { Wire } from "./wires.ts";

export const cursors: RuleOf = ({ truth }) => {
  /** How far somebody is told to have got, by wire, log and name. */
  const told = new Map<Wire, Map<string, number>>();

  /** How far everybody had read when a wire was opened, by log and user. */
  const stood = new Map<number, ReadonlyMap<string, number>>();

  function whereAllStand(): ReadonlyMap<string, number> {
    const all = new Map<string, number>();
    for (const { id, cursors } of truth.logs)
      for (const [user, { read }] of cursors) all.set(`${id} ${user}`, read);
    return all;
  }

  /** Where they stand, as a list says it. */
  function listed(step: Step, wire: Wire, person: Person): void {
    for (const { conversation, head, read = 0 } of step.frame?.payload.conversations ?? []) {
      const log = truth.find(person.id, conversation, head);
      const before =
        log && truth.isIn(person, log) ? stood.get(wire.number)?.get(`${log.id} ${person.id}`) : 0;
      if (read < (before ?? 0))
        broken("cursors", step, `${log?.name}: read up to ${before}, and is told to have read up to ${read}`);
    }
  }

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
    if (observed.type === "opened") stood.set(observed.wire, whereAllStand());
    if (observed.type === "restored") stood.clear();
    if (observed.type !== "handed" || wire?.person === undefined || frame === undefined) return;
    if (frame.type === "receipt") receipt(step, wire, wire.person);
    if (wire.restores === truth.restores) listed(step, wire, wire.person);
    if (frame.type !== "unread") return;
    const { conversation = "", head = 0, read = 0 } = frame.payload;
    const log = truth.find(wire.person.id, conversation, head);
    if (log !== undefined && truth.isIn(wire.person, log)) grows(step, wire, log, "read by oneself", read);
  };
};
