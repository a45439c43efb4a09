// L1: what is acked is in the log, exactly once, at the acked place, as it was sent; also at the very
// moment at which the ack is handed over. What is refused for good is not there.

import type { Unsent } from "chat-hub";
import type { Frame } from "./frames.ts";
import { toldByAck } from "./frames.ts";
import type { RuleOf, Step } from "./rule.ts";
import { broken } from "./rule.ts";
import { unlike } from "./same-act.ts";
import type { Log, Placed } from "./truth/log.ts";
import type { Person } from "./truth/people.ts";
import type { Truth } from "./truth/truth.ts";
import type { Sent, Wire } from "./wires.ts";
import { answered } from "./wires.ts";

export const acked: RuleOf = ({ truth }) => {
  /** Entries whose ack was handed over as a new one, with the command that it answers. */
  const claimed = new Map<Placed, Sent>();
  const unsent = new Map<string, readonly Unsent[]>();

  function ack(step: Step, wire: Wire, person: Person, frame: Frame): void {
    const { conversation, seq, at, nonce, duplicate } = frame.payload;
    if (conversation === undefined || seq === undefined) return;
    const copies = answered(wire, frame);
    const [first] = copies;
    if (first === undefined) broken("L1", step, `an ack that answers nothing: ${place(frame)}`);
    const log = truth.find(person.id, conversation, seq);
    if (log === undefined || seq > log.head)
      broken("L1", step, `${place(frame)} was acked, but the log ends at ${log?.head ?? "nothing"}`);
    if (toldByAck(frame, first.frame.type) === undefined) return;
    const placed = log.at(seq);
    if (placed === undefined) broken("L1", step, `${place(frame)} was acked, and nothing stands there`);
    const { entry } = placed;
    if (entry.author !== person.id)
      broken("L1", step, `${place(frame)} was acked, and user ${entry.author} wrote what stands there`);
    if (entry.at !== at) broken("L1", step, `${place(frame)} was acked at ${at}, and written at ${entry.at}`);
    const sent = copies.find((copy) => unlike(copy.frame, placed, person) === undefined);
    if (sent === undefined) {
      const fault = unlike(first.frame, placed, person);
      broken("L1", step, `${place(frame)} was acked, and stands there otherwise: ${fault}`);
    }
    if (nonce !== undefined && truth.written(person.id, nonce)?.placed !== placed)
      broken("L1", step, `${place(frame)} was acked for the nonce ${nonce}, which does not stand there`);
    if (duplicate === true) return;
    const other = claimed.get(placed);
    if (other !== undefined && other !== sent)
      broken("L1", step, `${place(frame)} was acked to two commands as new`);
    claimed.set(placed, sent);
  }

  /** A refusal for good, of something that was stored before this copy of it was sent. */
  function refused(step: Step, wire: Wire, person: Person, frame: Frame): void {
    const copies = answered(wire, frame);
    const [first] = copies;
    const nonce = first?.frame.payload.nonce;
    if (first === undefined || nonce === undefined || frame.payload.retryable !== false) return;
    const found = truth.written(person.id, nonce);
    const { code } = frame.payload;
    if (found === undefined) {
      if (code === "nonce_reused")
        broken("L1", step, `the nonce ${nonce} is refused as used, and nobody used it`);
      return;
    }
    const { placed, log } = found;
    const where = `${log.name}:${placed.seq}`;
    // What was refused is another act than what the nonce stands for: that is so.
    const isSame = (copy: Sent): boolean =>
      unlike(copy.frame, placed, person) === undefined && goesTo(truth, copy, log, person);
    if (!copies.every(isSame)) return;
    const isThisOne = copies.length === 1 && placed.entry.origin === wire.number;
    const wasThere = placed.written <= first.moment || isThisOne;
    if (wasThere || code === "nonce_reused")
      broken("L1", step, `the nonce ${nonce} is refused for good (${code}), and stored at ${where}`);
  }

  return (step) => {
    const { observed, wire, frame } = step;
    if (observed.type === "began") unsent.delete(observed.device);
    if (observed.type === "told" && observed.event.type === "unsent")
      unsent.set(observed.device, observed.event.unsent);
    if (observed.type === "settled")
      for (const device of observed.online)
        settled(step, device, unsent.get(device) ?? [], truth.restores > 0);
    if (observed.type !== "handed" || wire?.person === undefined || frame === undefined) return;
    if (frame.type === "ack") ack(step, wire, wire.person, frame);
    if (frame.type === "error") refused(step, wire, wire.person, frame);
  };
};

/** Whether a command was for the conversation in which its nonce is found. */
function goesTo(truth: Truth, { frame }: Sent, log: Log, person: Person): boolean {
  const { to, conversation = to === undefined ? "everyone" : `@${to.replace(/^@/, "")}` } = frame.payload;
  const name = conversation === "everyone" || /^[@#]/.test(conversation) ? conversation : `#${conversation}`;
  return truth.find(person.id, name.toLowerCase(), log.head) === log;
}

function settled(step: Step, device: string, unsent: readonly Unsent[], wasPutBack: boolean): void {
  // What has its place may wait in vain for its line, if a cursor of before an older backup passes it by.
  const open = unsent.find(({ state: { type } }) => type !== "failed" && !(wasPutBack && type === "placed"));
  if (open === undefined) return;
  broken(
    "L1",
    step,
    `${device} is online and still has ${open.nonce} (${open.deed.type}) ${open.state.type}`,
  );
}

function place({ payload: { conversation, seq } }: Frame): string {
  return `${conversation}:${seq}`;
}
