// The laws of a world (DESIGN §6): each has a file. They judge by what they are shown, and share
// nothing with the hub: they read frames themselves, and keep a truth of their own. A law sees each step
// once, in order; `LawBroken` says which does not hold, and why.

import type { Law, Observed } from "../observed.ts";
import { acked } from "./acked.ts";
import { afterAck } from "./after-ack.ts";
import { alike } from "./alike.ts";
import { announced } from "./announced.ts";
import { audited } from "./audited.ts";
import { banished } from "./banished.ts";
import { bounded, mostQueuedBytes } from "./bounded.ts";
import { caughtUp } from "./caught-up.ts";
import { content } from "./content.ts";
import { cursors } from "./cursors.ts";
import { documented } from "./documented.ts";
import type { Frame } from "./frames.ts";
import { Frames } from "./frames.ts";
import { logins } from "./logins.ts";
import { once } from "./once.ts";
import { order } from "./order.ts";
import { patience } from "./patience.ts";
import { kept } from "./private.ts";
import { proved } from "./proved.ts";
import { refused } from "./refused.ts";
import { renumbered } from "./renumbered.ts";
import type { Court, RuleOf, Step } from "./rule.ts";
import { standings } from "./standings.ts";
import { told } from "./told.ts";
import { Truth } from "./truth/truth.ts";
import { views } from "./views.ts";
import { voices } from "./voices.ts";
import { Wires } from "./wires.ts";

const rules: readonly RuleOf[] = [
  documented,
  once,
  acked,
  refused,
  afterAck,
  kept,
  content,
  order,
  renumbered,
  told,
  cursors,
  proved,
  caughtUp,
  views,
  standings,
  patience,
  voices,
  banished,
  announced,
  audited,
  logins,
  alike,
];

/** All laws of one world, over one truth. `mostBytes`: how much may be queued for a connection. */
export function judge(mostBytes = mostQueuedBytes): Law {
  const truth = new Truth();
  const court: Court = { truth, wires: new Wires(truth) };
  const frames = new Frames();
  const all = [...rules.map((ruleOf) => ruleOf(court)), bounded(mostBytes)];
  return {
    name: "laws",
    see(observed) {
      truth.latest = Math.max(truth.latest, observed.wall);
      const step = stepOf(court, frames, observed);
      if (observed.type === "committed") truth.commit(observed);
      if (observed.type === "restored") truth.restore(observed.commits, observed.epoch);
      court.wires.see(observed, step.wire, step.frame);
      for (const rule of all) rule(step);
    },
  };
}

export const laws: readonly (() => Law)[] = [() => judge()];

function stepOf({ wires }: Court, frames: Frames, observed: Observed): Step {
  const wire = "wire" in observed ? wires.get(observed.wire) : undefined;
  const frame: Frame | undefined =
    "frame" in observed && wire !== undefined ? frames.read(wire.dialect, observed.frame) : undefined;
  return { observed, wire, frame };
}
