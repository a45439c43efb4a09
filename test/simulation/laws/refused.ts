// L1 of what has no nonce: a message that was sent once, and refused for good, is in no log. Texts are
// somebody's own.

import type { RuleOf, Step } from "./rule.ts";
import { broken } from "./rule.ts";
import type { Found } from "./truth/truth.ts";
import { answered } from "./wires.ts";

export const refused: RuleOf = ({ truth }) => {
  /** By user and text: what was refused, and why; and what is in a log. */
  const no = new Map<string, string>();
  const stored = new Map<string, Found>();

  function check(step: Step, key: string): void {
    const [code, found] = [no.get(key), stored.get(key)];
    if (code !== undefined && found !== undefined)
      broken(
        "L1",
        step,
        `${found.log.name}:${found.placed.seq} was refused for good (${code}), and is stored`,
      );
  }

  return (step) => {
    const { observed, wire, frame } = step;
    if (observed.type === "restored") stored.clear();
    if (observed.type === "committed")
      for (const found of truth.fresh) {
        const { entry } = found.placed;
        if (entry.type !== "message") continue;
        const key = `${entry.author} ${entry.message}`;
        stored.set(key, found);
        check(step, key);
      }
    if (observed.type !== "handed" || frame?.type !== "error" || wire?.person === undefined) return;
    if (frame.payload.retryable !== false || frame.id === undefined) return;
    const [sent, ...more] = answered(wire, frame);
    const { message, nonce } = sent?.frame.payload ?? {};
    if (message === undefined || nonce !== undefined || more.length > 0) return;
    if (!/^(send|private)_message$/.test(sent?.frame.type ?? "")) return;
    const key = `${wire.person.id} ${message}`;
    no.set(key, frame.payload.code ?? "");
    check(step, key);
  };
};
