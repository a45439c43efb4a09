// The audit log is what was done, in order, each thing once: whatever page of it somebody is told, and all of
// it in the end.

import type { RuleOf, Step } from "./rule.ts";
import { broken } from "./rule.ts";
import type { Line } from "./truth/rules.ts";

type Row = Line & { readonly id: number };

export const audited: RuleOf = ({ truth }) => {
  function check(step: Step, rows: readonly Row[]): void {
    for (const { id, ...row } of rows) {
      const line = truth.rules.lines[id - 1];
      if (line === undefined)
        broken("house", step, `the audit log has a line ${id} of something that nobody did`);
      const [wanted, found] = [wordsOf(line), wordsOf(row)];
      if (wanted !== found)
        broken("house", step, `the audit log says ${found} in line ${id}, done was ${wanted}`);
    }
  }

  return (step) => {
    const { observed, frame } = step;
    if (observed.type === "handed" && frame?.type === "audit") {
      const { lines = [] } = frame.payload;
      check(step, lines);
      const isGap = lines.some(({ id }, index) => index > 0 && id !== (lines[index - 1]?.id ?? 0) - 1);
      if (isGap) broken("house", step, `a page of the audit log leaves out lines`);
    }
    if (observed.type !== "audited") return;
    check(step, observed.lines);
    const [done, has] = [truth.rules.lines.length, observed.lines.length];
    if (has !== done) broken("house", step, `the audit log has ${has} lines, and ${done} things were done`);
  };
};

/** Rooms are spelled as their makers spell them. */
function wordsOf({ by, action, about }: Line): string {
  return `${by || "the shell"}: ${action} ${about.startsWith("#") ? about.toLowerCase() : about}`;
}
