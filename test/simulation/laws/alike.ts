// Of two names that look alike only one is held at a time: nobody is let in by the one while somebody is here
// by the other, or has just gone and keeps it. The pairs are written out, since the laws take nothing from the hub.

import type { RuleOf, Step } from "./rule.ts";
import { broken } from "./rule.ts";
import type { Person } from "./truth/people.ts";

const pairs = [
  ["alice", "aiice"],
  ["bob", "b0b"],
  ["carol", "caro1"],
] as const;
const twins = new Map(pairs.flatMap(([one, other]) => [[one, other] as const, [other, one] as const]));
/** In no world is a kept name let go of sooner. */
const leastHoldMs = 5_000;

interface Holder {
  readonly person: Person;
  readonly isAccount: boolean;
  /** When they went; nothing while they are here. */
  goneAt: number | undefined;
}

export const alike: RuleOf = ({ truth }) => {
  /** Who had a name last, by its key. */
  const holders = new Map<string, Holder>();

  function holds({ person, isAccount, goneAt }: Holder): boolean {
    if (goneAt === undefined || isAccount) return true;
    return person.kept && truth.latest < goneAt + leastHoldMs;
  }

  function enters(step: Step, person: Person, isAccount: boolean): void {
    const twin = holders.get(twins.get(person.key as "alice") ?? "");
    if (twin !== undefined && holds(twin))
      broken(
        "house",
        step,
        `${person.name} is let in, and looks like ${twin.person.name}, who holds that name`,
      );
    holders.set(person.key, { person, isAccount, goneAt: undefined });
  }

  return (step) => {
    const { observed } = step;
    if (observed.type === "restored") holders.clear();
    if (observed.type !== "committed") return;
    const { call, answer } = observed;
    if (call.type === "identify" && "user" in answer) {
      const person = truth.people.get(answer.user);
      if (person !== undefined) enters(step, person, call.account !== undefined);
    }
    if (call.type !== "release") return;
    const holder = holders.get(truth.people.get(call.user)?.key ?? "");
    if (holder?.person.id === call.user) holder.goneAt = call.at;
  };
};
