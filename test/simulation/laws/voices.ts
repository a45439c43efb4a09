// Who may write, and when: of whoever is silenced, banned from the house, or no admin while it is read-only,
// nothing is written; nor of anybody in slow mode before their time. It is judged where it is written, since
// that gives the order. And nobody is told so who never was.

import type { Append } from "chat-hub";
import type { RuleOf, Step } from "./rule.ts";
import { broken } from "./rule.ts";
import type { Log } from "./truth/log.ts";
import type { Found } from "./truth/truth.ts";

/** What others come to read or see. */
const heard: ReadonlySet<string> = new Set(["message", "edit", "topic", "invite", "create"]);

export const voices: RuleOf = ({ truth }) => {
  /** When somebody said something where one says it slowly, by log and user. */
  const spoke = new Map<string, number>();
  /** Which of these refusals can be, by now. */
  const possible = new Set<string>();

  function check(step: Step, call: Append, { log, placed }: Found): void {
    const { rules } = truth;
    const { author, act } = call;
    const at = truth.latest;
    const what = `${log.name}:${placed.seq} of user ${author} (${act.type}) was written`;
    if (rules.isReadOnly && !rules.admins.has(author))
      broken("house", step, `${what} while only admins write`);
    if (rules.isBanned(`user:${author}`, at)) broken("house", step, `${what}, who is banned from the house`);
    if (log.sides !== undefined) return;
    const isHeard = heard.has(act.type) || (act.type === "reaction" && act.on);
    const inPublic = log.room === undefined || log.visibility === "public";
    const isSilenced =
      rules.isSilenced(author, log.id, at) || (inPublic && rules.isSilenced(author, truth.everyone.id, at));
    if (isHeard && isSilenced) broken("house", step, `${what}, who is silenced there`);
    if (act.type === "message") slowly(step, what, call, log);
  }

  function slowly(step: Step, what: string, { author, at }: Append, log: Log): void {
    const { rules } = truth;
    const seconds = log.room === undefined ? rules.slowMode : (rules.slowRooms.get(log.room) ?? 0);
    const isFree = rules.admins.has(author) || (log.room !== undefined && log.roles.get(author) !== "member");
    if (seconds === 0 || isFree) return;
    const key = `${log.id} ${author}`;
    const before = spoke.get(key);
    // What was said later than now was said before the clock went back.
    if (before !== undefined && before <= at && at < before + 1_000 * seconds)
      broken("house", step, `${what} ${at - before} ms after the one before, in slow mode of ${seconds} s`);
    spoke.set(key, at);
  }

  function learn(): void {
    const { rules } = truth;
    if (rules.isReadOnly) possible.add("read_only");
    if (rules.silences.size > 0) possible.add("silenced");
    if (rules.slowMode > 0 || rules.slowRooms.size > 0) possible.add("slow_mode");
  }

  return (step) => {
    const { observed, frame } = step;
    if (observed.type === "restored") spoke.clear();
    if (observed.type === "committed") {
      learn();
      const [found] = truth.fresh;
      if (observed.call.type === "append" && found !== undefined) check(step, observed.call, found);
    }
    if (observed.type !== "handed" || frame?.type !== "error") return;
    const { code = "" } = frame.payload;
    if (/^(silenced|slow_mode|read_only)$/.test(code) && !possible.has(code))
      broken("house", step, `they are told ${code}, and nobody has ordered that`);
  };
};
