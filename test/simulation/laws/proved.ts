// Nothing counts as delivered that has not arrived: a cursor passes what somebody was told, or says
// themselves to have got, and nothing else. So whoever asks for what is unread misses nothing.

import { toldBy } from "./frames.ts";
import { isWordless } from "./order.ts";
import type { RuleOf, Step } from "./rule.ts";
import { broken } from "./rule.ts";
import type { Log, Placed } from "./truth/log.ts";
import type { Person } from "./truth/people.ts";
import { firstDue } from "./truth/visible.ts";

export const proved: RuleOf = ({ truth }) => {
  /** The last place of a log that has arrived anywhere at somebody's, or that they said they have. */
  const reached = new Map<Person, Map<Log, number>>();
  /** Of whom something was said that is no place yet: it counts as the head. */
  const boasted = new Set<Person>();

  function reach(person: Person, log: Log, seq: number): void {
    const logs = reached.get(person) ?? new Map<Log, number>();
    reached.set(person, logs.set(log, Math.max(logs.get(log) ?? 0, seq)));
  }

  function hear({ frame }: Step, person: Person): void {
    const told = frame && toldBy(frame);
    const log = told && truth.find(person.id, told.conversation, told.last);
    if (told !== undefined && log !== undefined) reach(person, log, told.last);
  }

  function claim({ frame }: Step, person: Person): void {
    if (frame?.type !== "read" && frame?.type !== "delivered") return;
    const { conversation = "", seq = 0 } = frame.payload;
    const log = truth.find(person.id, conversation.toLowerCase(), seq);
    if (log === undefined || seq > log.head) boasted.add(person);
    else reach(person, log, seq);
  }

  function moved(step: Step, person: Person, log: Log, from: number, to: number): void {
    const last = reached.get(person)?.get(log) ?? 0;
    // Everybody has what they said themselves, and of some the simple dialect says nothing.
    const isSilent = (placed: Placed): boolean =>
      placed.entry.author === person.id || isWordless(log, placed, person);
    const missing = firstDue(log, person, [Math.max(from, last + 1), Math.min(to, log.head)], isSilent);
    if (missing !== undefined)
      broken(
        "cursors",
        step,
        `${person.name} is taken to have ${log.name}:${missing}, and has got it to ${last}`,
      );
  }

  return (step) => {
    const { observed, wire } = step;
    const person = wire?.restores === truth.restores ? wire.person : undefined;
    if (observed.type === "heard" && person !== undefined) hear(step, person);
    if (observed.type === "sent" && person !== undefined) claim(step, person);
    if (observed.type !== "committed" || observed.call.type !== "advance") return;
    for (const { user, conversation, from, delivered } of observed.call.moves) {
      const who = truth.people.get(user);
      const log = truth.log(conversation);
      if (who !== undefined && log !== undefined && !boasted.has(who)) moved(step, who, log, from, delivered);
    }
  };
};
