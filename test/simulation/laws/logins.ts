// Where there are accounts: nobody is let in by a wrong password, nor by a login that is over; and after a login
// has ended, or its time has come, nothing more is handed to whoever was let in by it.

import type { RecordChange } from "chat-hub";
import type { RuleOf, Step } from "./rule.ts";
import { broken } from "./rule.ts";
import type { Wire } from "./wires.ts";

/** The hub looks at the clock so often, at the least, as an end comes nearer. */
const latestMs = 1_000;

interface Login {
  /** Of all that it was ever good until, the latest. */
  until: number;
  /** The hub was told that it is over. */
  hasEnded: boolean;
}

export const logins: RuleOf = ({ truth, wires }) => {
  const known = new Map<string, Login>();
  /** What is kept of passwords, by account. */
  let passwords = new Map<string, string>();
  /** By what somebody was let in. */
  const ways = new Map<Wire, string>();

  function learn({ kind, key, value }: RecordChange): void {
    if (value === undefined) return;
    if (kind === "account") passwords.set(key, (JSON.parse(value) as { hash: string }).hash);
    if (kind !== "login") return;
    const { until } = JSON.parse(value) as { until: number };
    const login = known.get(key) ?? { until, hasEnded: false };
    known.set(key, login);
    login.until = Math.max(login.until, until);
  }

  /** The first that is handed to somebody who is in. */
  function enters(step: Step, wire: Wire): void {
    const { username = "", password, token } = wire.wish;
    const hash = passwords.get(truth.people.keyOf(username));
    if (password !== undefined && hash !== `the hash of ${password}`)
      broken("logins", step, "they were let in by a wrong password");
    const way = step.frame?.payload.session ?? token?.split(".")[0];
    if (way !== undefined) ways.set(wire, way);
  }

  function isOver(way: string, wall: number): string | undefined {
    const login = known.get(way);
    if (login?.hasEnded === true) return "was ended";
    return login !== undefined && wall > login.until + latestMs ? `was good until ${login.until}` : undefined;
  }

  function end(step: Step, way: string): void {
    const login = known.get(way);
    if (login !== undefined) login.hasEnded = true;
    for (const wire of wires.known())
      if (ways.get(wire) === way && wire.isOpen)
        broken("logins", { ...step, wire }, `it stays open, though its login ${way} was ended`);
  }

  return (step) => {
    const { observed, wire, frame } = step;
    if (observed.type === "committed" && observed.call.type === "keep") observed.call.changes.forEach(learn);
    if (observed.type === "restored") {
      // A login that was ended after the backup was made is good again, and one that began after it is not.
      known.clear();
      passwords = new Map();
      for (const change of truth.rules.secrets) learn(change);
    }
    if (observed.type === "loginEnded") end(step, observed.login);
    if (observed.type !== "handed" || wire?.person === undefined || frame === undefined) return;
    if (frame.type === "error" || passwords.size === 0) return;
    if (!ways.has(wire)) enters(step, wire);
    const way = ways.get(wire);
    const why = way === undefined ? undefined : isOver(way, observed.wall);
    if (why !== undefined) broken("logins", step, `${frame.type} was handed over, though their login ${why}`);
  };
};
