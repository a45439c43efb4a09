// What happened in a world, counted: a world in which nothing happens finds nothing, and these numbers
// show that much did, and that it had effect.

import type { DeviceName, Observed } from "../observed.ts";

export type Counts = ReadonlyMap<string, number>;

type Of<Type extends Observed["type"]> = Extract<Observed, { type: Type }>;

export class Tally {
  readonly counts = new Map<string, number>();
  /** How many hubs there were before; and which of them made the entry of this (user, nonce). */
  #hubs = 0;
  readonly #made = new Map<string, number>();
  readonly #people = new Map<number, string>();
  readonly #owners = new Map<DeviceName, string>();
  /** Who was put out of a room, and which of their devices have not heard of it yet. */
  readonly #putOut = new Map<string, Set<DeviceName>>();

  count(what: string, times = 1): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + times);
  }

  see(observed: Observed): void {
    switch (observed.type) {
      case "began":
        this.#owners.set(observed.device, observed.username.toLowerCase());
        return this.count(`program ${observed.kind}`);
      case "hubBegan":
        this.#hubs += 1;
        return this.count("hubs");
      case "restored":
        return this.count("restored backups");
      case "committed":
        return this.#committed(observed);
      case "sent":
        return this.#sent(observed);
      case "handed":
        return this.#handed(observed.frame);
      case "heard":
        return this.#heard(observed);
      case "closed":
        return this.count(`closed ${observed.code}`);
      case "hungUp":
        return this.count(`hung up ${observed.code}`);
      case "told":
        return this.count(`told ${observed.event.type}`);
      case "opened":
        return this.count(observed.query["since"] === undefined ? "wires" : "wires with since");
    }
  }

  #committed({ call, answer }: Of<"committed">): void {
    this.count(`store ${call.type}`);
    if (call.type === "identify" && "user" in answer && typeof answer.user === "number") {
      this.#people.set(answer.user, call.key);
      if ("left" in answer && answer.left.length > 0) this.count("rooms left with a lost name");
    }
    if (call.type !== "append" || !("seq" in answer)) return;
    const { act, author, nonce, to } = call;
    if (answer.unchanged) return this.count("acts that changed nothing");
    const name = `${author} ${nonce}`;
    if (answer.duplicate) {
      this.count("duplicates");
      if (this.#made.get(name) !== this.#hubs) this.count("duplicates told by a later hub");
      return;
    }
    if (nonce !== undefined) this.#made.set(name, this.#hubs);
    this.count(`entry ${act.type}`);
    this.count("entries that followed", answer.followed?.length ?? 0);
    if ((act.type === "kick" || (act.type === "ban" && act.on)) && to.kind === "room")
      this.#out(act.who, to.key);
  }

  #out(who: string, room: string): void {
    const devices = [...this.#owners].filter(([, owner]) => owner === who).map(([device]) => device);
    this.#putOut.set(`#${room}`, new Set(devices));
  }

  #sent({ device, frame }: Of<"sent">): void {
    const room = roomOf(frame);
    if (room !== undefined && this.#putOut.get(room)?.has(device)) this.count("sends racing with a kick");
  }

  #heard({ device, frame }: Of<"heard">): void {
    if (!/member_(left|banned)/.test(frame)) return;
    const room = roomOf(frame);
    if (room !== undefined) this.#putOut.get(room)?.delete(device);
  }

  #handed(frame: string): void {
    const type = typeOf(frame);
    this.count(`frame ${type}`);
    if (type === "error") this.count(`refused ${/"code":"(\w+)"/.exec(frame)?.[1]}`);
    if (type === "ack" && frame.includes('"duplicate":true')) this.count("acks of duplicates");
    if (type !== "resumed") return;
    if (frame.includes('"reset"')) this.count("resets");
    if (frame.includes('"ignored"')) this.count("ignored");
    if (!frame.includes('"replayed":0')) this.count("replays");
  }
}

function typeOf(frame: string): string {
  if (frame.startsWith('{"type":"')) return frame.slice(9, frame.indexOf('"', 9));
  if (frame.startsWith('{"ack"')) return "ack";
  if (frame.startsWith('{"error"')) return "error";
  return frame.startsWith('{"resumed"') ? "resumed" : "line";
}

function roomOf(frame: string): string | undefined {
  return /"(?:conversation|target)":"(#[^"]+)"/.exec(frame)?.[1]?.toLowerCase();
}
