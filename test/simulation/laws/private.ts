// L5: nobody is handed what they may not see: what is private to others, what was written in a room
// after they left it or, where its past is hidden, before they joined; and no text that was deleted
// before they asked.

import { entriesIn } from "./content.ts";
import type { Payload, Told } from "./frames.ts";
import { toldBy } from "./frames.ts";
import type { RuleOf, Step } from "./rule.ts";
import { broken } from "./rule.ts";
import type { Log, Moment } from "./truth/log.ts";
import type { Person } from "./truth/people.ts";
import { couldSee } from "./truth/visible.ts";
import type { Wire } from "./wires.ts";
import { answered } from "./wires.ts";

export const kept: RuleOf = ({ truth }) => {
  /** Rooms that a connection has been told of as left, and at which place: nothing behind it is pushed until they join again. */
  const out = new Map<Wire, Map<Log, number>>();

  /** `since`: what was asked then may have been read at any moment after it. */
  function check(step: Step, person: Person, log: Log, payload: Payload, since: Moment): void {
    const { conversation, seq = 0, message_seq: target } = payload;
    if (!couldSee(log, person, seq, since))
      broken("L5", step, `${conversation}:${seq} was handed over: ${whyNot(log, person)}`);
    if (target !== undefined && !couldSee(log, person, target, since))
      broken(
        "L5",
        step,
        `${conversation}:${seq} is about ${target}, which they may not see: ${whyNot(log, person)}`,
      );
    const deletion = log.at(log.at(seq)?.deletedAt ?? Infinity);
    if (
      deletion !== undefined &&
      deletion.written <= since &&
      (payload.message ?? "") !== "" &&
      !isDeleted(payload)
    )
      broken(
        "L5",
        step,
        `${conversation}:${seq} was handed over with its text, which was deleted at ${deletion.seq}`,
      );
  }

  /** What is pushed: nothing of a room after one's own exit, until one's next join. */
  function pushed(step: Step, wire: Wire, person: Person, { conversation, last }: Told): void {
    const log = truth.find(person.id, conversation, last);
    if (log?.room === undefined) return;
    const rooms = out.get(wire) ?? new Map<Log, number>();
    out.set(wire, rooms);
    const stays = log.stays.get(person.id) ?? [];
    const exit = rooms.get(log);
    // The simple dialect has no line for what is skipped, so their join may have made none.
    if (exit !== undefined && stays.some(({ from }) => exit < from && from <= last)) rooms.delete(log);
    if (rooms.has(log))
      broken("L5", step, `${log.name}:${last} was handed over after they were told that they are out`);
    if (stays.at(-1)?.exit === last) rooms.set(log, last);
  }

  return (step) => {
    const { observed, wire, frame } = step;
    if (observed.type !== "handed" || wire?.person === undefined || frame === undefined) return;
    const { person } = wire;
    const told = toldBy(frame);
    if (told !== undefined) pushed(step, wire, person, told);
    const [asked] = told === undefined ? answered(wire, frame) : [];
    for (const { payload } of entriesIn(frame)) {
      const log = truth.find(person.id, payload.conversation ?? "", payload.seq ?? 0);
      if (log === undefined) foreign(step, payload);
      else check(step, person, log, payload, asked?.moment ?? wire.opened);
    }
    const { conversation } = frame.payload;
    if (frame.type === "invited" && conversation !== undefined) invited(step, person, conversation);
  };

  /** What is in no log of theirs may be in others' (if it is in none at all, that breaks L3). */
  function foreign(step: Step, { conversation, seq = 0, at, message }: Payload): void {
    for (const log of truth.logs) {
      const { entry } = log.at(seq) ?? {};
      if (
        log.sides !== undefined &&
        entry?.type === "message" &&
        entry.at === at &&
        entry.message === message
      )
        broken("L5", step, `${conversation}:${seq} was handed over: it is ${log.name}`);
    }
  }

  function invited(step: Step, person: Person, name: string): void {
    const log = truth.find(person.id, name, 1);
    const isAsked = log?.entries.some(({ entry }) => entry.type === "invite" && entry.who === person.id);
    if (isAsked !== true) broken("L5", step, `they hear of an invitation to ${name} that nobody gave them`);
  }
};

function isDeleted({ deleted, note, message }: Payload): boolean {
  return deleted === true || (note === "new_message" && message === "(deleted)");
}

function whyNot(log: Log, person: Person): string {
  if (log.sides !== undefined) return `it is ${log.name}`;
  if (log.room === undefined) return `everyone begins for them at ${person.everyoneFrom}`;
  const stays = (log.stays.get(person.id) ?? []).map(({ from, exit }) => `${from} to ${exit ?? "now"}`);
  return `they were in it from ${stays.join(", ") || "never"}`;
}
