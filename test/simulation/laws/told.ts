// L3 and L4 for people: what the client core tells of a log is each entry once, in order, none left out,
// and in the end up to the head; over all of its connections, for as long as the program runs.

import type { ClientEvent } from "chat-hub";
import { toldBy } from "./frames.ts";
import type { RuleOf, Step } from "./rule.ts";
import { broken } from "./rule.ts";
import type { Log } from "./truth/log.ts";
import type { Person } from "./truth/people.ts";
import { firstDue, maybeMute } from "./truth/visible.ts";
import type { Wire } from "./wires.ts";

/** What a program has told of its logs, by their names as it sees them. */
interface Telling {
  readonly reached: Map<string, Reached>;
  /** Told before the store was put back: a reset must come first. */
  readonly stale: Set<string>;
  /** After a reset the messages of a page are told, and every entry only above its head. */
  readonly floors: Map<string, number>;
  restores: number;
}

/** Up to where a log was told; or, before anything is, after which place its telling has to begin. */
interface Reached {
  readonly log: Log;
  readonly seq: number;
  readonly isBegun: boolean;
}

export const told: RuleOf = ({ truth, wires }) => {
  const tellings = new Map<string, Telling>();
  const cores = new Set<string>();

  function tellingOf(device: string): Telling {
    const telling = tellings.get(device) ?? fresh(truth.restores);
    tellings.set(device, telling);
    if (telling.restores === truth.restores) return telling;
    telling.restores = truth.restores;
    for (const name of telling.reached.keys()) telling.stale.add(name);
    telling.reached.clear();
    for (const name of telling.floors.keys()) telling.floors.set(name, Infinity);
    return telling;
  }

  /** The first that is heard of a conversation is where its telling begins. */
  function heard({ frame }: Step, { device, person }: Wire): void {
    if (person === undefined || frame === undefined) return;
    const { reached, stale, floors } = tellingOf(device);
    const { conversation = "", head: asOf = 0 } = frame.payload;
    const floor = floors.get(conversation);
    if (frame.type === "history" && floor !== undefined)
      floors.set(conversation, floor === Infinity ? asOf : Math.max(floor, asOf));
    const place = toldBy(frame);
    if (place === undefined || floor !== undefined || stale.has(conversation)) return;
    const log = truth.find(person.id, conversation, place.last);
    if (log === undefined || reached.get(conversation)?.log === log) return;
    reached.set(conversation, { log, seq: Math.max(place.first - 1, log.base), isBegun: false });
  }

  function entry(step: Step, device: string, person: Person, name: string, seq: number): void {
    const log = truth.find(person.id, name, seq);
    if (log === undefined || seq > log.head)
      broken("L3", step, `${device} was told ${name}:${seq}, which is no place of theirs`);
    const { reached, stale, floors } = tellingOf(device);
    if (stale.has(name))
      broken("L3", step, `${device} was told ${name}:${seq} of another numbering, without a reset before it`);
    const before = reached.get(name);
    reached.set(name, { log, seq, isBegun: true });
    if (before === undefined || before.log !== log) return;
    if (before.isBegun && seq <= before.seq)
      broken("L3", step, `${device} was told ${name}:${seq} after ${before.seq}`);
    const missing = leftOut(log, person, Math.max(before.seq, floors.get(name) ?? 0), seq);
    if (missing !== undefined)
      broken("L3", step, `${device} was not told ${name}:${missing}: after ${before.seq} came ${seq}`);
  }

  /** L4: what was told reaches to the head. */
  function settled(step: Step, device: string, person: Person): void {
    const { reached, floors } = tellingOf(device);
    // A log may have been told under two names: its other side has lost theirs.
    const last = new Map<Log, number>();
    for (const { log, seq } of reached.values()) last.set(log, Math.max(seq, last.get(log) ?? 0));
    for (const [name, { log }] of reached) {
      const seq = last.get(log) ?? 0;
      const missing = leftOut(log, person, Math.max(seq, floors.get(name) ?? 0), log.head + 1);
      if (missing !== undefined)
        broken("L4", step, `${device} was told ${name} up to ${seq}, and not ${missing}, of ${log.head}`);
    }
    // After a reset at least the newest page is told anew.
    for (const [name, floor] of floors) {
      if (floor === Infinity) continue;
      const log = reached.get(name)?.isBegun === true ? undefined : truth.find(person.id, name, floor);
      const newest = log && truth.isIn(person, log) ? lastSaid(log, person, floor) : undefined;
      if (newest !== undefined)
        broken("L4", step, `${device} was told nothing of ${name} anew, and not ${newest}`);
    }
  }

  function listen(step: Step, device: string, person: Person, event: ClientEvent): void {
    const { reached, stale, floors } = tellingOf(device);
    if (event.type === "entry") {
      const { conversation: name, seq } = event.entry;
      entry(step, device, person, name, seq);
      // One's own exit is the last of a room: what comes after a new join begins anew.
      const exits = reached.get(name)?.log.stays.get(person.id) ?? [];
      if (exits.some(({ exit }) => exit === seq)) reached.delete(name);
    } else if (event.type === "gone") gone(step, device, person, event);
    else if (event.type === "departed" || event.type === "reset") {
      stale.delete(event.conversation);
      reached.delete(event.conversation);
      floors.delete(event.conversation);
      if (event.type === "reset") floors.set(event.conversation, Infinity);
    }
  }

  /** Nothing is forgotten here: what is passed over must be what they may not read. */
  function gone(
    step: Step,
    device: string,
    person: Person,
    event: Extract<ClientEvent, { type: "gone" }>,
  ): void {
    const { conversation: name, after, before } = event;
    const log = truth.find(person.id, name, before - 1);
    if (log === undefined) return;
    const missing = leftOut(log, person, after, before);
    if (missing !== undefined && truth.isIn(person, log))
      broken("L3", step, `${device} gave up ${name}:${missing}, which is there`);
    tellingOf(device).reached.set(name, { log, seq: before - 1, isBegun: true });
  }

  return (step) => {
    const { observed, wire } = step;
    if (observed.type === "began") {
      tellings.delete(observed.device);
      if (observed.kind === "core") cores.add(observed.device);
    }
    if (observed.type === "heard" && wire?.restores === truth.restores) heard(step, wire);
    if (observed.type === "settled")
      for (const device of observed.online) {
        const person = wires.of(device)?.person;
        if (cores.has(device) && person !== undefined) settled(step, device, person);
      }
    if (observed.type !== "told") return;
    // What comes over a connection from before the store was put back is of another numbering.
    const now = wires.of(observed.device);
    if (now?.person === undefined || now.restores !== truth.restores) return;
    listen(step, observed.device, now.person, observed.event);
  };
};

function fresh(restores: number): Telling {
  return { reached: new Map(), stale: new Set(), floors: new Map(), restores };
}

/** The last message up to there that is theirs to see: every newest page has it. */
function lastSaid(log: Log, person: Person, until: number): number | undefined {
  return log.entries.findLast((placed) => {
    const isThere = placed.entry.type === "message" && placed.deletedAt === undefined;
    return isThere && placed.seq <= until && !maybeMute(log, placed, person);
  })?.seq;
}

function leftOut(log: Log, person: Person, after: number, before: number): number | undefined {
  return firstDue(log, person, [after + 1, before - 1], (placed) => maybeMute(log, placed, person));
}
