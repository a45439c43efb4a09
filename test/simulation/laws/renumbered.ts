// L3 over a restored store: a cursor of another numbering is never gone on from; `resumed` names it.

import type { RuleOf } from "./rule.ts";
import { broken } from "./rule.ts";
import { conversationNamed, readSince } from "./since.ts";

export const renumbered: RuleOf =
  ({ truth }) =>
  (step) => {
    const { observed, wire, frame } = step;
    if (observed.type !== "handed" || frame?.type !== "resumed" || wire?.restores !== truth.restores) return;
    const { since, epoch } = wire.wish;
    if (since === undefined || epoch === undefined || truth.epoch === undefined || epoch === truth.epoch)
      return;
    const { reset = [], ignored = [] } = frame.payload;
    const named = new Set([...reset, ...ignored].map(conversationNamed));
    for (const name of readSince(since).cursors.keys())
      if (!named.has(name))
        broken("L3", step, `a cursor in ${name} of ${epoch} is taken for one of ${truth.epoch}`);
  };
