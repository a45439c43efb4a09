// L4: when everything has come to rest, whoever is online has got to the head of each of their
// conversations: over the wire, and in what the client core told.

import { toldBy } from "./frames.ts";
import { isSilentOn } from "./order.ts";
import type { RuleOf, Step } from "./rule.ts";
import { broken } from "./rule.ts";
import { beginningOf } from "./since.ts";
import type { Log } from "./truth/log.ts";
import type { Person } from "./truth/people.ts";
import { firstDue, maybeMute } from "./truth/visible.ts";
import type { Wire } from "./wires.ts";

export const caughtUp: RuleOf = ({ truth, wires }) => {
  /** The last place of each log that arrived on a wire, and that a program told. */
  const heard = new Map<Wire, Map<Log, number>>();
  const told = new Map<string, Map<Log, number>>();
  const cores = new Set<string>();

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
    const last = told.get(device)?.get(log);
    if (!cores.has(device) || last === undefined) return;
    const untold = firstDue(log, person, [last + 1, log.head], (placed) => maybeMute(log, placed, person));
    if (untold !== undefined)
      broken("L4", step, `${device} was told ${log.name} up to ${last}, and not ${untold}`);
  }

  /** Where it would have begun, had anything been said there. */
  function beginsAfter(wire: Wire, person: Person, log: Log): number {
    return beginningOf(truth, wire, person, nameFor(person, log), log).most - 1;
  }

  function nameFor(person: Person, { room, sides }: Log): string {
    if (room !== undefined) return `#${room}`;
    if (sides === undefined) return "everyone";
    const other = truth.people.get(sides[0] === person.id ? sides[1] : sides[0]);
    return other === undefined ? "" : `@${other.key}`;
  }

  function hear({ frame }: Step, wire: Wire): void {
    const place = frame && toldBy(frame);
    const log = place && wire.person && truth.find(wire.person.id, place.conversation, place.last);
    if (place !== undefined && log !== undefined) mapIn(heard, wire).set(log, place.last);
  }

  function tell(device: string, conversation: string, seq: number): void {
    const person = wires.of(device)?.person;
    const log = person && truth.find(person.id, conversation, seq);
    if (log !== undefined) mapIn(told, device).set(log, seq);
  }

  return (step) => {
    const { observed, wire } = step;
    if (observed.type === "began") {
      told.delete(observed.device);
      if (observed.kind === "core") cores.add(observed.device);
    }
    if (observed.type === "heard" && wire?.restores === truth.restores) hear(step, wire);
    if (observed.type === "told" && observed.event.type === "entry")
      tell(observed.device, observed.event.entry.conversation, observed.event.entry.seq);
    if (observed.type === "settled") for (const device of observed.online) settled(step, device);
  };
};

function mapIn<Key>(maps: Map<Key, Map<Log, number>>, key: Key): Map<Log, number> {
  const map = maps.get(key) ?? new Map<Log, number>();
  maps.set(key, map);
  return map;
}
