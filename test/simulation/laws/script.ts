// Observations written by hand: what a store would commit, and what would go over the wires, told to the
// laws one by one.

import type { Act, Appended, ClientEvent, Entry, Identified, UserId } from "chat-hub";
import type { Law, Sight } from "../observed.ts";
import { judge } from "./laws.ts";

type Committed = Extract<Sight, { type: "committed" }>;
type Append = Extract<Committed["call"], { type: "append" }>;

/** Where something is written, as a store answers it: everyone, room 2, or the private one of two users. */
export const everyone = { conversation: 1 };
export const dev = { conversation: 2, room: { key: "dev", name: "dev" } };
export const withBob = { conversation: 3, peer: { user: 2, name: "bob", key: "bob" } };

/** When everything is written. */
const written = 1_795_357_825_000;

export class Script {
  readonly #law: Law = judge();
  readonly #names = new Map<number, string>();
  readonly #devices = new Map<number, string>();
  #at = 0;
  #isStill = false;

  see(sight: Sight): this {
    if (!this.#isStill) this.#at += 1;
    this.#law.see({ ...sight, at: this.#at, wall: written + this.#at });
    return this;
  }

  /** All of this at one moment. */
  together(happen: () => void): this {
    this.#isStill = true;
    happen();
    this.#isStill = false;
    return this;
  }

  /** Somebody is let in as a new user, or as a known one. */
  identifies(user: number, name: string, fresh = true): this {
    this.#names.set(user, name);
    const answer = { ok: true, user, name, kept: true, fresh, rooms: [], everyoneFrom: 1, left: [] };
    const profile = { status: "online", text: "", reading: "shared", blocked: [] };
    return this.see({
      type: "committed",
      call: { type: "identify", key: name, name, token: `the-token-of-${name}`, at: written } as never,
      answer: { ...answer, profile } as unknown as Identified,
    });
  }

  /** Somebody has written an entry; `more` stands in the call and the answer as well. */
  writes(author: number, place: object, seq: number, act: Act, more: object = {}): this {
    const { origin = 99, nonce, ...answer } = more as { origin?: number; nonce?: string };
    const said = { seq, at: written, author, from: this.#names.get(author), origin };
    const entry = {
      ...entryOf(act, author, this.#names),
      ...said,
      ...(nonce === undefined ? {} : { nonce }),
    };
    const call = { type: "append", author, to: {}, act, nonce, origin, at: written };
    const whole = { ok: true, ...place, seq, at: written, duplicate: false, entry, ...answer };
    return this.see({
      type: "committed",
      call: call as unknown as Append,
      answer: whole as unknown as Appended,
    });
  }

  /** A message is stored; it was sent in the script. */
  stores(author: number, place: object, seq: number, message: string, more: object = {}): this {
    return this.writes(author, place, seq, { type: "message", message }, more);
  }

  /** Somebody says something, on a connection that nothing else is about. */
  says(author: number, place: object, seq: number, message: string, more: object = {}): this {
    const [wire, username = ""] = [90 + author, this.#names.get(author)];
    if (!this.#devices.has(wire)) this.opens(`${username}/9`, wire, { username });
    this.sends(wire, { type: "send_message", payload: { message } });
    return this.stores(author, place, seq, message, more);
  }

  opens(device: string, wire: number, query: Readonly<Record<string, string>>, dialect = "events"): this {
    this.#devices.set(wire, device);
    return this.see({ type: "opened", device, wire, dialect: dialect as "events", query });
  }

  /** A device of alice, user 1, is let in and welcomed at these heads. */
  welcomes(
    wire: number,
    conversations: readonly object[] = [],
    query: Readonly<Record<string, string>> = {},
  ): this {
    const token = "the-token-of-alice";
    return this.opens("alice/1", wire, { username: "alice", token, ...query })
      .identifies(1, "alice", this.#names.get(1) === undefined)
      .hands(wire, { type: "welcome", payload: { username: "alice", epoch: "first", conversations } });
  }

  sends(wire: number, frame: object): this {
    return this.see({ type: "sent", device: this.#device(wire), wire, frame: JSON.stringify(frame) });
  }

  hands(wire: number, frame: object): this {
    return this.see({ type: "handed", device: this.#device(wire), wire, frame: JSON.stringify(frame) });
  }

  /** What is handed over arrives at once. */
  tells(wire: number, frame: object): this {
    this.hands(wire, frame);
    return this.see({ type: "heard", device: this.#device(wire), wire, frame: JSON.stringify(frame) });
  }

  told(device: string, event: object): this {
    return this.see({ type: "told", device, event: event as ClientEvent });
  }

  #device(wire: number): string {
    return this.#devices.get(wire) ?? "";
  }
}

/** The push of a message as it was written above. */
export function line(
  from: string,
  conversation: string,
  seq: number,
  message: string,
  more: object = {},
): object {
  const payload = { message, from, sent: "14:30:25", conversation, seq, at: written, ...more };
  return { type: "new_message", payload };
}

export function push(
  type: string,
  from: string,
  conversation: string,
  seq: number,
  more: object = {},
): object {
  return { type, payload: { from, sent: "14:30:25", conversation, seq, at: written, ...more } };
}

export function ack(id: number, conversation: string, seq: number, more: object = {}): object {
  return { type: "ack", id, payload: { conversation, seq, at: written, ...more } };
}

/** What an act is as an entry. */
function entryOf(act: Act, author: number, names: ReadonlyMap<number, string>): Partial<Entry> {
  const itself = { who: author as UserId, username: names.get(author) ?? "" };
  if (act.type === "create") return { type: "join", role: "owner" };
  if (act.type === "join") return { type: "join", role: "member" };
  if (act.type === "leave") return { type: "leave", why: "left", ...itself };
  if (act.type === "edit") return { type: "edit", target: act.target, message: act.message, version: 2 };
  if (act.type === "history") return { type: "update", history: act.history };
  return act as Partial<Entry>;
}
