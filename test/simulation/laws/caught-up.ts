// L4: when everything has come to rest, whoever is online has heard each of their conversations up to
// its head.

import { toldBy } from "./frames.ts";
import { isSilentOn } from "./order.ts";
import type { RuleOf, Step } from "./rule.ts";
import { broken } from "./rule.ts";
import { beginningOf } from "./since.ts";
import type { Log } from "./truth/log.ts";
import type { Person } from "./truth/people.ts";
import { firstDue } from "./truth/visible.ts";
import type { Wire } from "./wires.ts";

export const caughtUp: RuleOf = ({ truth, wires }) => {
  /** The last place of each log that arrived on a wire. */
  const heard = new Map<Wire, Map<Log, number>>();

  function settled(step: Step, device: string): void {
    const wire = wires.of(device);
    if (wire === undefined || !wire.isOpen) broken("L4", step, `${device} is online, and has no connection`);
    const person = wire.person ?? truth.people.cameAs(wire.wish.username ?? "", wire.wish.token);
    if (person === undefined) broken("L4", step, `${device} is online, and was not let in`);
    for (const log of truth.logs) if (truth.isIn(person, log)) atHead(step, device, wire, person, log);
  }

  function atHead(step: Step, device: string, wire: Wire, person: Person, log: Log): void {
    const reached = heard.get(wire)?.get(log);
    const from = reached ?? beginsAfter(wire, person, log);
    const missing = firstDue(log, person, [from + 1, log.head], (placed) =>
      isSilentOn(wire, log, placed, person),
    );
    if (missing !== undefined)
      broken("L4", step, `${device} has heard ${log.name} up to ${reached ?? "nothing"}, and not ${missing}`);
  }

  /** Where it would have begun, had anything been said there. */
  function beginsAfter(wire: Wire, person: Person, log: Log): number {
    return Math.max(
      ...namesFor(person, log).map((name) => beginningOf(truth, wire, person, name, log).most - 1),
    );
  }

  /** A private one may have been another's, or an earlier holder's, when they logged in. */
  function namesFor(person: Person, { room, sides }: Log): readonly string[] {
    if (room !== undefined) return [`#${room}`];
    if (sides === undefined) return ["everyone"];
    const other = truth.people.get(sides[0] === person.id ? sides[1] : sides[0]);
    return [`@${other?.key}`, `@${other?.key}~${other?.holder}`];
  }

  function hear({ frame }: Step, wire: Wire): void {
    const place = frame && toldBy(frame);
    const log = place && wire.person && truth.find(wire.person.id, place.conversation, place.last);
    if (place === undefined || log === undefined) return;
    const places = heard.get(wire) ?? new Map<Log, number>();
    heard.set(wire, places);
    places.set(log, place.last);
  }

  return (step) => {
    const { observed, wire } = step;
    if (observed.type === "heard" && wire?.restores === truth.restores) hear(step, wire);
    if (observed.type === "settled") for (const device of observed.online) settled(step, device);
  };
};
