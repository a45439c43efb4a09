// L4 for what people know beside the logs: when all is at rest, how a program stands in each conversation
// is how the truth has it, and who is here is whoever is connected and shows it.

import type { ClientEvent } from "chat-hub";
import type { RuleOf, Step } from "./rule.ts";
import { broken } from "./rule.ts";
import type { Log } from "./truth/log.ts";
import type { Person } from "./truth/people.ts";
import { beginsFor } from "./truth/visible.ts";

type Standing = Extract<ClientEvent, { type: "standing" }>["standing"];
type Company = Extract<ClientEvent, { type: "people" }>;

interface Known {
  /** How often the store had been put back when the program began. */
  readonly restores: number;
  readonly standings: Map<string, Standing>;
  company: Company | undefined;
}

export const standings: RuleOf = ({ truth, wires }) => {
  const programs = new Map<string, Known>();

  function hear({ standings: rows }: Known, event: ClientEvent): void {
    if (event.type === "standing") rows.set(event.standing.conversation, event.standing);
    if (event.type === "departed") rows.delete(event.conversation);
  }

  function stands(step: Step, device: string, person: Person, told: Standing): void {
    const { conversation: name, head, read, unread, role } = told;
    const log = truth.find(person.id, name, head);
    // What is, or became, of an earlier holder of the name looks to a program like its own.
    if (log === undefined || !truth.isIn(person, log)) {
      // Whoever is put out while connected learns it; what they left while away they may not have known well.
      const exit = log?.stays.get(person.id)?.at(-1)?.until ?? 0;
      if (person.holder > 1 || exit <= (wires.of(device)?.welcomed ?? 0)) return;
      broken("L4", step, `${device} stands in ${name}, which is none of theirs`);
    }
    if (head !== log.head)
      broken("L4", step, `${device} has ${name} at ${head}, and its head is ${log.head}`);
    if (person.holder === 1 && role !== log.roles.get(person.id))
      broken(
        "L4",
        step,
        `${device} has ${role} as its role in ${name}, which is ${log.roles.get(person.id)}`,
      );
    // What was read here, and what only a pong has proved, the two sides may know of one after the other.
    if (read !== log.cursors.get(person.id)?.read) return;
    const count = unreadAfter(log, person, read);
    if (unread !== count)
      broken("L4", step, `${device} has ${unread} unread in ${name} after ${read}, and there are ${count}`);
  }

  /** Whoever is gone may be seen for a while: of some lost connections the hub learns by its pings. */
  function here(step: Step, device: string, person: Person, told: Company, online: readonly Person[]): void {
    if (!told.complete) return;
    const isShown = (other: Person): boolean =>
      other.status !== "invisible" && !other.blocked.has(person.id) && !person.blocked.has(other.id);
    const seen = new Set(told.here);
    const hidden = online.find((other) => isShown(other) && !seen.has(other.name));
    if (hidden !== undefined) broken("L4", step, `${device} does not see ${hidden.name}, who is here`);
  }

  function settled(step: Step, devices: readonly string[]): void {
    const online = devices.flatMap((device) => wires.of(device)?.person ?? []);
    for (const device of devices) {
      const known = programs.get(device);
      const person = wires.of(device)?.person;
      if (known === undefined || person === undefined) continue;
      // Known not to hold yet: what a program counted before an older backup was put in place may stay counted.
      if (known.restores === truth.restores)
        for (const standing of known.standings.values()) stands(step, device, person, standing);
      if (known.company !== undefined) here(step, device, person, known.company, online);
    }
  }

  return (step) => {
    const { observed } = step;
    if (observed.type === "began" && observed.kind === "core")
      programs.set(observed.device, { restores: truth.restores, standings: new Map(), company: undefined });
    if (observed.type === "told") {
      const known = programs.get(observed.device);
      if (known === undefined) return;
      if (observed.event.type === "people") known.company = observed.event;
      else hear(known, observed.event);
    }
    if (observed.type === "settled") settled(step, observed.online);
  };
};

/** Messages that are there and that they may see. */
function unreadAfter(log: Log, person: Person, read: number): number {
  const begins = Math.max(read + 1, beginsFor(log, person));
  return log.entries.filter(
    ({ seq, entry, deletedAt }) => seq >= begins && entry.type === "message" && deletedAt === undefined,
  ).length;
}
