// Connections as they are seen from outside: whose each is, what was asked on it, and what it was told
// to go on from.

import type { DialectName } from "chat-hub";
import type { Observed } from "../observed.ts";
import type { Frame } from "./frames.ts";
import type { Moment } from "./truth/log.ts";
import type { Person } from "./truth/people.ts";
import type { Truth } from "./truth/truth.ts";

/** A command as a device put it into a wire. */
export interface Sent {
  readonly frame: Frame;
  /** How many frames anybody had sent before; and how many calls the store had carried out. */
  readonly turn: number;
  readonly moment: Moment;
  /** The turn of the first copy on this wire. */
  readonly first: number;
}

export interface Wire {
  readonly number: number;
  readonly device: string;
  readonly dialect: DialectName;
  opened: Moment;
  /** How often the store had been put back by then: frames of before are about another log. */
  restores: number;
  /** What its login asked for. */
  wish: {
    readonly username?: string;
    readonly token?: string;
    readonly password?: string;
    readonly since?: string;
    readonly epoch?: string;
  };
  /** Whose it is, once they are let in; and since when, at the latest. */
  person: Person | undefined;
  welcomed: Moment;
  /** Of the conversations that the welcome names: where each stood. */
  readonly heads: Map<string, number>;
  /** By id and by nonce; careless clients use one twice. */
  readonly sent: Map<string | number, Sent[]>;
  readonly byNonce: Map<string, Sent[]>;
  /** Neither end has closed it. */
  isOpen: boolean;
  /** The hub's side knows that it is gone. */
  isParted: boolean;
}

export class Wires {
  readonly #wires = new Map<number, Wire>();
  readonly #truth: Truth;
  /** The newest wire of each device. */
  readonly #newest = new Map<string, Wire>();
  readonly #known = new Set<Wire>();
  #turn = 0;

  constructor(truth: Truth) {
    this.#truth = truth;
  }

  /** How many frames were sent so far. */
  get turn(): number {
    return this.#turn;
  }

  get(number: number): Wire | undefined {
    return this.#wires.get(number);
  }

  /** The wire that a device has now. */
  of(device: string): Wire | undefined {
    return this.#newest.get(device);
  }

  see(observed: Observed, wire: Wire | undefined, frame: Frame | undefined): void {
    if (observed.type === "opened") this.#opened(observed);
    if (observed.type === "restored") this.#restored();
    if (wire === undefined) return;
    if (observed.type === "arrived") this.#known.add(wire);
    if (observed.type === "parted") this.#parted(wire);
    if (observed.type === "closed" || observed.type === "hungUp") wire.isOpen = false;
    if (frame === undefined) return;
    if (observed.type === "sent") this.#sent(wire, frame);
    if (observed.type === "handed" && wire.person === undefined) this.#greet(wire, frame);
  }

  #opened({ device, wire: number, dialect, query }: Extract<Observed, { type: "opened" }>): void {
    const wire: Wire = {
      number,
      device,
      dialect,
      opened: this.#truth.moment,
      restores: this.#truth.restores,
      wish: query,
      person: undefined,
      welcomed: Infinity,
      heads: new Map(),
      sent: new Map(),
      byNonce: new Map(),
      isOpen: true,
      isParted: false,
    };
    this.#wires.set(number, wire);
    this.#newest.set(device, wire);
  }

  /** Those that the hub's side knows, and does not know to be gone. */
  known(): Iterable<Wire> {
    return this.#known;
  }

  #parted(wire: Wire): void {
    wire.isParted = true;
    this.#known.delete(wire);
  }

  /** Whoever was not let in yet comes to the store as it is now. */
  #restored(): void {
    for (const wire of this.#wires.values()) {
      if (wire.person !== undefined) continue;
      wire.opened = this.#truth.moment;
      wire.restores = this.#truth.restores;
    }
  }

  #sent(wire: Wire, frame: Frame): void {
    this.#turn += 1;
    const { nonce } = frame.payload;
    const [{ turn: first } = { turn: this.#turn }] = wire.byNonce.get(nonce ?? "") ?? [];
    const sent: Sent = { frame, turn: this.#turn, moment: this.#truth.moment, first };
    if (frame.id !== undefined) note(wire.sent, frame.id, sent);
    if (nonce !== undefined) note(wire.byNonce, nonce, sent);
    if ((frame.type === "login" || frame.type === "register") && wire.person === undefined)
      wire.wish = frame.payload;
  }

  /** In the events dialect a `welcome` lets them in; in the simple one whatever comes that is no refusal. */
  #greet(wire: Wire, { type, id, payload }: Frame): void {
    if (wire.dialect === "events" ? type !== "welcome" : isForAnybody(type)) return;
    if (type === "welcome" && id !== undefined)
      wire.wish = wire.sent.get(id)?.at(-1)?.frame.payload ?? wire.wish;
    wire.person = this.#truth.people.cameAs(wire.wish.username ?? "", wire.wish.token);
    wire.welcomed = this.#truth.moment;
    for (const { conversation, head } of payload.conversations ?? []) wire.heads.set(conversation, head);
  }
}

/** What is told to whoever is not let in yet, too. */
function isForAnybody(type: string): boolean {
  return type === "error" || type === "reconnect";
}

/** The commands that a frame on this wire may answer, the first first. */
export function answered(wire: Wire, { id, payload }: Frame): readonly Sent[] {
  const sent = id === undefined ? wire.byNonce.get(payload.nonce ?? "") : wire.sent.get(id);
  return sent ?? [];
}

function note<Key>(map: Map<Key, Sent[]>, key: Key, sent: Sent): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [sent]);
  else known.push(sent);
}
