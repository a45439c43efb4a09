// L3 on every connection: of each conversation it is handed what strictly grows; in the events dialect
// without a hole from where it joined or resumed, in the simple one without leaving out a line.

import type { Told } from "./frames.ts";
import { toldBy } from "./frames.ts";
import type { RuleOf, Step } from "./rule.ts";
import { broken } from "./rule.ts";
import { beginningOf } from "./since.ts";
import type { Log, Placed } from "./truth/log.ts";
import type { Person } from "./truth/people.ts";
import { firstDue, maybeMute } from "./truth/visible.ts";
import type { Wire } from "./wires.ts";

export const order: RuleOf = ({ truth }) => {
  /** The last place that each connection was handed. */
  const reached = new Map<Wire, Map<Log, number>>();

  function place(step: Step, wire: Wire, person: Person, told: Told): void {
    const { conversation, first, last } = told;
    const log = truth.find(person.id, conversation, last);
    if (log === undefined || last > Math.max(log.head, log.base))
      broken("L3", step, `${conversation}:${last} (${told.type}) was handed over, and is no place of theirs`);
    const places = reached.get(wire) ?? new Map<Log, number>();
    reached.set(wire, places);
    const before = places.get(log);
    if (before !== undefined && first <= before)
      broken("L3", step, `${conversation}:${first} was handed over after ${before}`);
    if (isOwnLine(wire, log, log.at(last), person))
      broken("L3", step, `${conversation}:${last} came back to the connection that said it`);
    if (last < first) broken("L3", step, `a skip of ${conversation} from ${first} to ${last}`);
    places.set(log, last);
    const { least, most } =
      before === undefined
        ? beginningOf(truth, wire, person, conversation, log)
        : { least: before + 1, most: before + 1 };
    if (first < least) broken("L3", step, `${conversation}:${first} came again: it goes on from ${least}`);
    const missing = firstDue(log, person, [most, first - 1], (placed) =>
      isSilentOn(wire, log, placed, person),
    );
    if (missing !== undefined)
      broken("L3", step, `${conversation}:${missing} was left out: after ${most - 1} came ${first}`);
    if (told.type !== "skip") return;
    const kept = firstDue(log, person, [first, last], (placed) => maybeMute(log, placed, person));
    if (kept !== undefined) broken("L3", step, `${conversation}:${kept} was skipped, which is for them`);
  }

  return (step) => {
    const { observed, wire, frame } = step;
    if (observed.type !== "handed" || wire === undefined || frame === undefined) return;
    const told = toldBy(frame);
    if (told !== undefined && wire.person !== undefined) place(step, wire, wire.person, told);
  };
};

/** Whether an entry may make no frame on this connection. */
export function isSilentOn(wire: Wire, log: Log, placed: Placed, person: Person): boolean {
  if (wire.dialect === "events") return false;
  return isOwnLine(wire, log, placed, person) || isWordless(log, placed, person);
}

/** Whether the simple dialect may have no line for it. */
export function isWordless(log: Log, placed: Placed, person: Person): boolean {
  const { entry } = placed;
  const isTakenOff = (entry.type === "reaction" || entry.type === "pin") && !entry.on;
  return isTakenOff || maybeMute(log, placed, person);
}

/** What is said in the simple dialect does not come back: not to its connection, nor what is private to its author. */
function isOwnLine(
  { dialect, number }: Wire,
  { sides }: Log,
  placed: Placed | undefined,
  person: Person,
): boolean {
  if (dialect === "events" || placed === undefined) return false;
  const { origin, author } = placed.entry;
  return sides === undefined ? origin === number : author === person.id && sides[0] !== sides[1];
}
