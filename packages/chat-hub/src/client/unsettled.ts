// The deeds themselves, each in its state: waiting or under way, then in its place until its line
// stands in the log, or failed until somebody has seen that.

import type { AckPayload } from "../dialects/frames/session.js";
import type { Deed } from "./deeds.js";
import type { Refusal, Unsent } from "./told.js";

export interface Item {
  readonly nonce: string;
  readonly deed: Deed;
}

export interface Unsettled {
  /** Waiting or under way. */
  has(nonce: string): boolean;
  size(): number;
  waiting(): Iterable<Item>;
  /** What failed before is tried again. */
  add(nonce: string, deed: Deed): void;
  /** It can't even be sent. */
  reject(item: Item, error: Refusal): Refusal;
  send(nonce: string): void;
  /** It was sent, and nobody knows what came of it, or it was not taken. */
  waitAgain(nonce: string): Item | undefined;
  ack(nonce: string, ack: AckPayload): Item | undefined;
  fail(nonce: string, error: Refusal): Item | undefined;
  retract(nonce: string): void;
  stands(nonce: string): void;
  departed(conversation: string): void;
  /** These rooms are all of ours: of others nothing comes. */
  keepsRooms(isOurs: (room: string) => boolean): void;
  /** Where a message of ours stands; of the last so many. */
  placeOf(nonce: string): number | undefined;
  failureOf(nonce: string): Refusal | undefined;
  changes(): readonly Unsent[] | undefined;
}

export function createUnsettled(mostFailed: number, mostPlaces: number): Unsettled {
  const open = new Map<string, Unsent>();
  const placed = new Map<string, Unsent>();
  const failed = new Map<string, Unsent>();
  const places = new Map<string, number>();
  let changed = false;

  function put(
    map: Map<string, Unsent>,
    { nonce, deed }: Item,
    state: Unsent["state"],
    most = Infinity,
  ): void {
    map.set(nonce, { nonce, deed, state });
    keepWithin(map, most);
    changed = true;
  }

  function take(map: Map<string, Unsent>, nonce: string): Unsent | undefined {
    const found = map.get(nonce);
    if (map.delete(nonce)) changed = true;
    return found;
  }

  return {
    has: (nonce) => open.has(nonce),
    size: () => open.size,
    waiting: () => open.values(),
    add(nonce, deed) {
      take(failed, nonce);
      put(open, { nonce, deed }, { type: "waiting", fresh: true });
    },
    reject(item, error) {
      put(failed, item, { type: "failed", error }, mostFailed);
      return error;
    },
    send(nonce) {
      const item = open.get(nonce);
      if (item !== undefined) put(open, item, { type: "sending" });
    },
    waitAgain(nonce) {
      const item = open.get(nonce);
      if (item !== undefined) put(open, item, { type: "waiting", fresh: false });
      return item;
    },
    ack(nonce, { seq, at }) {
      const item = take(open, nonce);
      if (item?.deed.type !== "message" || seq === undefined) return item;
      put(placed, item, { type: "placed", seq, at });
      places.set(nonce, seq);
      keepWithin(places, mostPlaces);
      return item;
    },
    fail(nonce, error) {
      const item = take(open, nonce);
      if (item !== undefined) put(failed, item, { type: "failed", error }, mostFailed);
      return item;
    },
    retract(nonce) {
      take(failed, nonce);
      const state = open.get(nonce)?.state;
      if (state?.type === "waiting" && state.fresh) take(open, nonce);
    },
    stands(nonce) {
      take(placed, nonce);
    },
    departed(conversation) {
      for (const { nonce, deed } of placed.values()) {
        if (deed.type === "message" && deed.conversation === conversation) take(placed, nonce);
      }
    },
    keepsRooms(isOurs) {
      for (const { nonce, deed } of placed.values()) {
        if (deed.type !== "message" || !deed.conversation.startsWith("#")) continue;
        if (!isOurs(deed.conversation)) take(placed, nonce);
      }
    },
    placeOf: (nonce) => places.get(nonce),
    failureOf(nonce) {
      const state = failed.get(nonce)?.state;
      return state?.type === "failed" ? state.error : undefined;
    },
    changes() {
      if (!changed) return undefined;
      changed = false;
      return [...placed.values(), ...failed.values(), ...open.values()];
    },
  };
}

/** Forgets what stands first while there is too much. */
export function keepWithin(map: Map<unknown, unknown>, most: number): void {
  for (const key of map.keys()) {
    if (map.size <= most) return;
    map.delete(key);
  }
}
