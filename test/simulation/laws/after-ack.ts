// L6: what was sent after somebody had heard an ack has the higher place in the same conversation; and so
// has of two commands of one connection the one that was sent later.

import { toldByAck } from "./frames.ts";
import type { RuleOf } from "./rule.ts";
import { broken } from "./rule.ts";
import type { Log } from "./truth/log.ts";
import type { Wire } from "./wires.ts";
import { answered } from "./wires.ts";

/** The highest place whose ack had been heard when so many frames had been sent. */
interface Mark {
  readonly turn: number;
  readonly seq: number;
}

export const afterAck: RuleOf = ({ truth, wires }) => {
  const marks = new Map<Log, Mark[]>();
  /** The last command of a connection that was acked: when its first copy was sent. */
  const last = new Map<Wire, Map<Log, Mark>>();

  return (step) => {
    const { observed, wire, frame } = step;
    if (wire?.person === undefined || frame === undefined || wire.restores !== truth.restores) return;
    // Which copy of a command was obeyed is not known: the first for the one law, the last for the other.
    const copies = answered(wire, frame);
    const [sent] = copies;
    const newest = copies.at(-1) ?? sent;
    const place = toldByAck(frame, sent?.frame.type);
    const log = place && truth.find(wire.person.id, place.conversation, place.seq);
    if (place === undefined || log === undefined) return;
    const heard = marks.get(log) ?? [];
    marks.set(log, heard);
    if (observed.type === "heard" && place.seq > (heard.at(-1)?.seq ?? 0))
      heard.push({ turn: wires.turn, seq: place.seq });
    if (
      observed.type !== "handed" ||
      sent === undefined ||
      newest === undefined ||
      frame.payload.duplicate === true
    )
      return;
    const before = heard.findLast(({ turn }) => turn < sent.turn)?.seq ?? 0;
    if (place.seq <= before)
      broken("L6", step, `${log.name}:${place.seq} was sent after the ack of ${before} had been heard`);
    const lasts = last.get(wire) ?? new Map<Log, Mark>();
    last.set(wire, lasts);
    const earlier = lasts.get(log);
    if (earlier !== undefined && place.seq > earlier.seq && newest.turn < earlier.turn)
      broken("L6", step, `${log.name}:${place.seq} was sent before ${earlier.seq}, on the same connection`);
    lasts.set(log, { turn: sent.first, seq: place.seq });
  };
};
