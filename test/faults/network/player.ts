// A raw client that says frames as they stand and keeps all that is answered. What may come in another
// order from one time to the next is kept apart: answers to questions overtake the log, by the protocol.

import type { RawSocket } from "../../support/raw-connection.ts";
import { reachWebSocket } from "../../support/raw-connection.ts";
import { frame } from "../../support/raw-frames.ts";

/** What the server's clock, the name of its numbering and that of a login make different. */
const itsOwn = /"(at|sent|since|epoch|session)":("[^"]*"|\d+)/g;
const [textFrame, closeFrame] = [1, 8];
const normalClosure = Buffer.from([0x03, 0xe8]);

/** A frame of either dialect, as far as it matters here. */
interface Told {
  readonly type?: string;
  readonly id?: string;
  readonly seq?: number;
  readonly payload?: Place;
  readonly ack?: Place & { readonly id?: string };
  readonly error?: { readonly id?: string };
}

export interface Place {
  readonly seq?: number;
  readonly at?: number;
}

export class Player {
  /** Where its acks say that its messages are. */
  readonly acks: Place[] = [];
  sentBytes = 0;
  readonly #raw: RawSocket;
  /** Acks and entries; then answers by their id; then the rest. */
  readonly #log: string[] = [];
  readonly #answers: string[] = [];
  readonly #others: string[] = [];

  /** @throws if it is not let in */
  static async connect(port: number, path: string): Promise<Player> {
    return new Player(await reachWebSocket(port, path));
  }

  constructor(raw: RawSocket) {
    this.#raw = raw;
  }

  /** Everything that was answered, but who is here, which comes when it comes. */
  transcript(): readonly string[] {
    return [...this.#log, ...this.#answers.toSorted(), ...this.#others];
  }

  /**
   * Says it all at once, and waits for the answers to these ids.
   * @throws if the connection is ended before
   */
  async says(frames: readonly Buffer[], ids: readonly string[]): Promise<void> {
    const bytes = Buffer.concat(frames);
    this.sentBytes += bytes.length;
    this.#raw.writes(bytes);
    const missing = new Set<string | undefined>(ids);
    while (missing.size > 0) {
      const next = await this.#raw.frame();
      if (next === undefined) throw new Error(`ended before the answers to ${[...missing]}`);
      const { opcode, payload } = next;
      if (opcode === textFrame) missing.delete(this.#hear(String(payload)));
      else this.#others.push(`${opcode} ${payload}`);
    }
  }

  /** Says goodbye, and waits for the end. */
  async leaves(): Promise<void> {
    this.#raw.writes(frame(normalClosure, { opcode: closeFrame }));
    this.#others.push(`closed with ${await this.#raw.closeCode()}`);
    await this.#raw.untilEnd();
  }

  /** What it answers, if it answers anything. */
  #hear(text: string): string | undefined {
    const { type, id, seq, payload, ack, error } = JSON.parse(text) as Told;
    if (type === "presence") return undefined;
    const answered = id ?? ack?.id ?? error?.id;
    const isAck = type === "ack" || ack !== undefined;
    if (isAck) this.acks.push(ack ?? payload ?? {});
    const line = text.replace(itsOwn, '"$1":0');
    if (isAck || (seq ?? payload?.seq) !== undefined) this.#log.push(line);
    else if (answered !== undefined) this.#answers.push(line);
    else this.#others.push(line);
    return answered;
  }
}
