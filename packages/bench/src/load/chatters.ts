// Ordinary people who chat at a steady rate while something else happens to their server: how long does each of them wait
// for what another one says? It sleeps between messages, so that the load beside it has the core.

import { setTimeout as sleep } from "node:timers/promises";
import { dialects } from "./dialects.js";
import type { LatencySummary } from "./latencies.js";
import { Latencies } from "./latencies.js";
import { maskedFrame } from "./ready-frames.js";
import { Session } from "./session.js";

export interface ChattersPlan {
  readonly port: number;
  readonly members: number;
  readonly perSecond: number;
  /** "#den": they make it and talk there; absent: they talk to everyone. */
  readonly room?: string | undefined;
}

const stalledMs = 30_000;
const settleMs = 600;
const delivered = `${dialects.events.delivered}~`;
const digits = 8;
const line = "an ordinary line of ordinary length, said";

interface Member {
  readonly session: Session;
  /**
   * The number of the next message that it must get from each of them: what two say at the same moment may come in either
   * order.
   */
  readonly next: number[];
  /** Is told the answer to a command, while one is awaited. */
  answered?: (frame: string) => void;
}

export class Chatters {
  readonly #plan: ChattersPlan;
  readonly #failed: (error: Error) => void;
  readonly #members: Member[] = [];
  readonly #sentAt: number[] = [];
  /** Latencies of the messages before `#boundary`, and of those from there on. */
  #current = new Latencies();
  #later = new Latencies();
  #boundary = Number.POSITIVE_INFINITY;
  #taken = 0;
  #timer: NodeJS.Timeout | undefined;

  /** @param failed is told that one was cut off, or did not get each message once, each speaker's in order */
  constructor(plan: ChattersPlan, failed: (error: Error) => void) {
    this.#plan = plan;
    this.#failed = failed;
  }

  /** Resolves when all are in and talking. */
  async start(): Promise<void> {
    const { members, perSecond, room } = this.#plan;
    for (let number = 0; number < members; number++) this.#members.push(this.#member(number));
    await Promise.all(this.#members.map(({ session }) => session.entered));
    if (room !== undefined) await this.#gather(room);
    await sleep(settleMs);
    const begun = performance.now();
    const tick = () => {
      const now = performance.now();
      while (begun + (this.#sentAt.length * 1000) / perSecond <= now) this.#say();
      this.#timer = setTimeout(tick, begun + (this.#sentAt.length * 1000) / perSecond - now);
    };
    tick();
  }

  /**
   * How long each delivery took of the messages sent since the last time, or since the start: from the write to the read.
   * It waits for those that are still under way, and for one at least.
   * @throws if one does not arrive
   */
  async take(): Promise<LatencySummary> {
    while (this.#sentAt.length === this.#taken) await sleep(5);
    this.#boundary = this.#sentAt.length;
    const deadline = performance.now() + stalledMs;
    while (this.#members.some(({ next }) => next.some((number) => number < this.#boundary))) {
      if (performance.now() > deadline) throw new Error("a message has not reached all chatters");
      await sleep(5);
    }
    const summary = this.#current.summary();
    this.#taken = this.#boundary;
    this.#current = this.#later;
    this.#later = new Latencies();
    this.#boundary = Number.POSITIVE_INFINITY;
    return summary;
  }

  end(): void {
    clearTimeout(this.#timer);
    for (const { session } of this.#members) session.cut();
  }

  #say(): void {
    const number = this.#sentAt.length;
    const message = `~${String(number).padStart(digits, "0")} ${line}`;
    const payload = { message, conversation: this.#plan.room };
    const frame = maskedFrame(JSON.stringify({ type: "send_message", payload }));
    this.#sentAt.push(performance.now());
    this.#members[number % this.#members.length]?.session.sends(frame);
  }

  #member(number: number): Member {
    const { port, members } = this.#plan;
    const member: Member = {
      next: Array.from({ length: members }, (_, sender) => sender),
      session: new Session({
        port,
        path: `/ws?username=chatter${number}&token=the-secret-of-chatter${number}`,
        heard: (bytes, from, to) => this.#heard(member, bytes, from, to),
        failed: this.#failed,
      }),
    };
    return member;
  }

  #heard(member: Member, bytes: Buffer, from: number, to: number): void {
    const frame = bytes.toString("latin1", from, to);
    if (!frame.startsWith(delivered)) return member.answered?.(frame);
    const number = Number(frame.slice(delivered.length, delivered.length + digits));
    const sender = number % this.#members.length;
    if (number !== member.next[sender])
      this.#failed(new Error(`a chatter got message ${number} instead of ${member.next[sender]}`));
    member.next[sender] = number + this.#members.length;
    const latency = performance.now() - (this.#sentAt[number] as number);
    (number < this.#boundary ? this.#current : this.#later).add(latency);
  }

  async #gather(room: string): Promise<void> {
    for (const [number, member] of this.#members.entries()) {
      const type = number === 0 ? "create_room" : "join_room";
      const answer = await ask(member, JSON.stringify({ type, id: 1, payload: { conversation: room } }));
      if (!answer.startsWith(dialects.events.ack)) throw new Error(`${type} is refused: ${answer}`);
    }
  }
}

/** Their answer, an ack or an error. */
async function ask(member: Member, command: string): Promise<string> {
  member.session.sends(maskedFrame(command));
  const frame = await new Promise<string>((resolve) => {
    member.answered = (frame) => {
      if (/^{"type":"(ack|error)"/.test(frame)) resolve(frame);
    };
  });
  delete member.answered;
  return frame;
}
