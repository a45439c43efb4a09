// A device with the real client core: the shell around it, and a disk on which it keeps what was done
// and not settled.

import type {
  Client,
  ClientEffect,
  ClientEvent,
  ClientFact,
  ClientLimits,
  ClientOptions,
  Deed,
  Millis,
} from "chat-hub";
import { createClient } from "chat-hub";
import type { Alarm } from "../clock.ts";
import type { Wire } from "../network/wire.ts";
import type { DeviceName } from "../observed.ts";
import { LawBroken } from "../observed.ts";
import type { Asking, Device, Ground, Owner } from "./device.ts";
import { isKept, nonceOf } from "./device.ts";

export interface CoreOptions {
  /** Whether the shell says `read` itself. */
  readonly receipts: boolean;
  readonly limits: Partial<ClientLimits>;
}

export class CoreDevice implements Device {
  readonly kind = "core";
  readonly name: DeviceName;
  readonly owner: Owner;
  wire: Wire | undefined;
  isOnline = false;
  isStuck = false;
  readonly #ground: Ground;
  readonly #options: CoreOptions;
  #client: Client | undefined;
  #facts: ClientFact[] = [];
  #alarm: Alarm | undefined;
  /** On its disk: what was done here and is not settled, in order. */
  readonly #kept = new Map<string, Deed>();
  /** On its disk: where it has printed each conversation up to, and the places of what was said here. */
  readonly #printed = new Map<string, number>();
  readonly #places = new Map<string, number>();
  readonly shown = new Set<string>();
  /** On its disk: what it was given for the password. */
  #given: string | undefined;
  #nonces = 0;
  #asks = 0;

  constructor(name: DeviceName, owner: Owner, ground: Ground, options: CoreOptions) {
    this.name = name;
    this.owner = owner;
    this.#ground = ground;
    this.#options = options;
  }

  get isRunning(): boolean {
    return this.#client !== undefined;
  }

  get unsettled(): number {
    return this.#kept.size;
  }

  begin(): void {
    const { show, dice } = this.#ground;
    const { username } = this.owner;
    show({ type: "began", device: this.name, kind: "core", username, kept: isKept(this.owner) });
    this.isStuck = false;
    const { receipts, limits } = this.#options;
    const since = dice.of([
      undefined,
      "unread",
      "everyone:-3,*:unread",
      "everyone:0,*:0",
      this.#whereItWas(),
    ]);
    this.#client = createClient({
      url: "ws://world/ws",
      username,
      ...this.#secret(),
      since,
      receipts,
      limits,
    });
    this.#facts = [];
    this.#feed({ type: "started" });
    for (const [nonce, deed] of this.#kept) {
      this.#ground.count("deeds told again");
      this.#feed({ type: "done", nonce, deed: this.#placed(deed) });
    }
  }

  /** A token, and where there are accounts a password until there is one, and once that is good no more. */
  #secret(): Pick<ClientOptions, "token" | "password" | "register"> {
    const { token = this.#given, password } = this.owner;
    if (password === undefined) return { token };
    const { dice } = this.#ground;
    const register = token === undefined && dice.percent(30) ? {} : undefined;
    return { token, password: token === undefined || dice.percent(70) ? password : undefined, register };
  }

  crash(): void {
    if (this.#client === undefined) return;
    this.#end();
    // The machine closes what its process had open; nobody says goodbye.
    this.wire?.breaks({ deviceMs: undefined, hubMs: this.#ground.dice.between(0, 50) });
    this.#hangUp();
  }

  leave(): void {
    if (this.#client === undefined) return;
    this.#feed({ type: "stopped" });
    // What was not acked by now is given up.
    this.#kept.clear();
    this.#end();
    this.#hangUp();
  }

  does(typed: Deed): void {
    const deed = asNamed(typed);
    this.#nonces += 1;
    const nonce = nonceOf(this.name, this.#nonces);
    this.#ground.show({ type: "did", device: this.name, nonce, deed });
    this.#kept.set(nonce, deed);
    this.#feed({ type: "done", nonce, deed });
  }

  /** The nonce of what was done here last. */
  get lastNonce(): string {
    return nonceOf(this.name, this.#nonces);
  }

  asks(question: Asking): void {
    // The core reads logs by itself, and has no words for what only admins ask.
    if (question.type === "log" || question.type === "audit" || question.type === "stats") return;
    this.#asks += 1;
    this.#feed({ type: "asked", ask: this.#asks, question });
  }

  types(conversation: string, on: boolean): void {
    this.#feed({ type: "typed", conversation, on });
  }

  reads(conversation: string, seq: number): void {
    this.#feed({ type: "read", conversation, seq });
  }

  looks(
    conversation: string,
    how: "show" | "hide" | "start" | "holeAbove" | "holeBelow",
    jumpTo?: number,
  ): void {
    if (how === "show" || how === "hide")
      this.#ground.show({ type: "looked", device: this.name, conversation, isShown: how === "show" });
    if (how === "show") {
      this.shown.add(conversation);
      this.#feed({ type: "shown", conversation, jumpTo });
    } else if (how === "hide") {
      this.shown.delete(conversation);
      this.#feed({ type: "hidden", conversation });
    } else this.#feed({ type: "reached", conversation, edge: how });
  }

  wake(): void {
    this.#feed({ type: "woken" });
  }

  opened(): void {
    this.#feed({ type: "opened" });
  }

  heard(frame: string): void {
    this.#feed({ type: "received", frame });
  }

  closed(code: number): void {
    this.wire = undefined;
    this.#feed({ type: "closed", code, reason: "" });
  }

  #end(): void {
    this.#client = undefined;
    this.isOnline = false;
    this.#alarm?.cancel();
    this.#alarm = undefined;
    this.shown.clear();
    this.#ground.show({ type: "ended", device: this.name });
  }

  #feed(fact: ClientFact): void {
    if (this.#client === undefined) return;
    this.#facts.push(fact);
    if (this.#facts.length > 1) return;
    for (let next = this.#facts[0]; next !== undefined; next = this.#facts[0]) {
      this.#handle(next);
      this.#facts.shift();
    }
    this.#setAlarm();
  }

  #handle(fact: ClientFact): void {
    for (const effect of this.#told(fact)) {
      if (effect.type === "tell") this.#hear(effect.event);
      else if (effect.type === "send") this.wire?.says(effect.frame);
      else if (effect.type === "open") this.wire = this.#ground.connect(this, "events", {});
      else this.#hangUp();
    }
  }

  #told(fact: ClientFact): readonly ClientEffect[] {
    const { clock, dice, show } = this.#ground;
    try {
      return this.#client?.handle({ ...fact, at: clock.at as Millis, chance: dice.roll() }) ?? [];
    } catch (error) {
      if (error instanceof LawBroken) throw error;
      show({ type: "threw", where: `the client of ${this.name}, told ${fact.type}`, error });
      return [];
    }
  }

  #hangUp(): void {
    const { wire } = this;
    this.wire = undefined;
    wire?.leaves();
  }

  #hear(event: ClientEvent): void {
    this.#ground.show({ type: "told", device: this.name, event });
    switch (event.type) {
      case "connection": {
        const { state } = event.connection;
        this.isOnline = state === "online";
        this.isStuck = state === "refused" || state === "ended";
        return;
      }
      case "token":
        this.#given = event.token;
        this.owner.given = event.token;
        return;
      case "acked":
        this.#kept.delete(event.nonce);
        if (event.deed.type === "message" && event.ack.seq !== undefined)
          this.#places.set(event.nonce, event.ack.seq);
        return;
      case "refused":
        this.#kept.delete(event.nonce);
        this.#ground.clock.after(0, () => this.#feed({ type: "retracted", nonce: event.nonce }));
        return;
      case "entry":
        this.#printed.set(event.entry.conversation, event.entry.seq);
        return;
      case "reset":
        this.#printed.delete(event.conversation);
        return;
    }
  }

  /** A new program does not know the nonces of what was settled before it. */
  #placed(deed: Deed): Deed {
    const place = (target: number | string): number | string =>
      typeof target === "string" ? (this.#places.get(target) ?? target) : target;
    if ("target" in deed) return { ...deed, target: place(deed.target) };
    if (deed.type === "message" && deed.replyTo !== undefined)
      return { ...deed, replyTo: place(deed.replyTo) };
    return deed;
  }

  #whereItWas(): string {
    const cursors = Array.from(this.#printed, ([conversation, seq]) => `${conversation}:${seq}`);
    return [...cursors, "*:unread"].join(",");
  }

  #setAlarm(): void {
    const due = this.#client?.deadline();
    if (due === undefined || due >= (this.#alarm?.due ?? Number.POSITIVE_INFINITY)) return;
    this.#alarm?.cancel();
    const { clock } = this.#ground;
    this.#alarm = clock.after(due - clock.at, () => {
      this.#alarm = undefined;
      this.#feed({ type: "elapsed" });
    });
  }
}

/** A shell names a conversation as the server does; only who makes a room spells it. */
function asNamed(deed: Deed): Deed {
  if (!("conversation" in deed) || deed.type === "create") return deed;
  return { ...deed, conversation: deed.conversation.toLowerCase() };
}
