// What was done here and is not settled yet, in the order in which it was done. A deed keeps its nonce
// over all repetitions and connections, which is why repeating it is safe.
//
// Order: a server that limits its clients gets one deed at a time, the next after the ack of the one
// before; so no refusal, loss or repetition can bring two out of order, and its rate leaves nothing to
// gain from more. Only a server without rates gets several at once. One that it can't take for now (its
// disk is full) may then be passed by those that are under way already, and by no other.

import type { AckPayload } from "../dialects/frames/session.js";
import type { CommandId } from "../dialects/frames.js";
import { defaultLimits } from "../tables/limits.js";
import { errorPayload } from "../tables/refusals.js";
import type { Millis } from "../words/ids.js";
import { utf8Bytes } from "../words/text.js";
import { backoffMs, later, sooner } from "./backoff.js";
import { commandOf, waitsFor } from "./commanding.js";
import type { Deed } from "./deeds.js";
import type { ClientLimits } from "./limits.js";
import type { Refusal, Unsent } from "./told.js";
import type { Item } from "./unsettled.js";
import { createUnsettled } from "./unsettled.js";

export interface Outbox {
  /** Keeps a deed; or says why it can't ever be sent. A nonce that is here already changes nothing. */
  do(nonce: string, deed: Deed): Refusal | undefined;
  retract(nonce: string): void;
  /** What is to be done now: a frame to send, or a deed whose message will never have a place. */
  next(
    at: Millis,
  ): string | { readonly nonce: string; readonly deed: Deed; readonly error: Refusal } | undefined;
  /** A new connection: how many messages a second it takes for long, if there is a limit. */
  learn(messagesPerSecond: number | undefined): void;
  /** What this acks; `undefined` if it was acked before. */
  acked(id: CommandId | undefined, ack: AckPayload, at: Millis): Item | undefined;
  /** What this refuses, and when it is sent again; without `until`, never. */
  refused(
    id: CommandId | undefined,
    error: Refusal,
    at: Millis,
    chance: number,
  ): (Item & { readonly until: Millis | undefined }) | undefined;
  /** The line of a message that was said here stands in the log now. */
  stands(nonce: string): void;
  /** Nothing more comes of this conversation: what has its place there stands in a log of old. */
  departed(conversation: string): void;
  /** These rooms are all of ours: of others nothing comes either. */
  keepsRooms(isOurs: (room: string) => boolean): void;
  /** The connection is gone: what was under way is sent again on the next one. */
  lost(): void;
  /** When `next` may have something that it has not now. */
  deadline(): Millis | undefined;
  /** All of it, if it has changed since this was called last. */
  changes(): readonly Unsent[] | undefined;
}

export function createOutbox(limits: ClientLimits, nextId: () => number): Outbox {
  const items = createUnsettled(limits.failedDeeds, limits.placesKnown);
  // What is under way on this connection: the nonce by the id it went out with, all ids if repeated.
  const sent = new Map<CommandId, string>();
  const underWay = new Set<string>();
  let mostUnderWay = 1;
  // Until then nothing is sent: it was too fast, or refused for now.
  let waitUntil: Millis | undefined;
  // By then something under way is answered, or all of it is sent again.
  let answerBy: Millis | undefined;
  let refusals = 0;
  // Once it was too fast it keeps this far between two deeds, until nothing waits any more.
  let gapMs = 0;
  let rateGapMs = 100;

  function nonceOf(id: CommandId | undefined, given?: string): string | undefined {
    if (given !== undefined && items.has(given)) return given;
    const nonce = id === undefined ? undefined : sent.get(id);
    return nonce !== undefined && items.has(nonce) ? nonce : undefined;
  }

  /** It is not under way any more, whatever came of it. */
  function settle(nonce: string, at: Millis): void {
    underWay.delete(nonce);
    for (const [id, other] of sent) if (other === nonce) sent.delete(id);
    refusals = 0;
    gapMs = gapMs === 0 || items.size() === 0 ? 0 : Math.max(rateGapMs, gapMs * 0.9);
    waitUntil = gapMs === 0 ? undefined : later(at, gapMs);
    answerBy = underWay.size === 0 ? undefined : later(at, limits.ackMs);
  }

  function firstNotUnderWay(): Item | undefined {
    for (const item of items.waiting()) if (!underWay.has(item.nonce)) return item;
    return undefined;
  }

  function wait(error: Refusal, at: Millis, chance: number): Millis {
    refusals += 1;
    mostUnderWay = 1;
    if (error.code === "rate_limited") {
      gapMs = Math.min(limits.backoffCapMs, Math.max(rateGapMs, gapMs * 2));
    }
    const told = Math.min(error.retry_after_ms ?? 0, limits.slotMs);
    const backoff = backoffMs({ baseMs: limits.backoffMs, capMs: limits.backoffCapMs }, refusals, chance);
    return later(at, Math.max(told, backoff));
  }

  return {
    do(nonce, deed) {
      if (items.has(nonce)) return undefined;
      if (items.size() >= limits.outboxMessages) {
        return items.reject(
          { nonce, deed },
          errorPayload("too_many", { message: `${items.size()} wait to be sent already` }),
        );
      }
      // Bigger frames end the connection, every time they are sent.
      const frame = encode({ nonce, deed }, Number.MAX_SAFE_INTEGER, () => Number.MAX_SAFE_INTEGER);
      if (utf8Bytes(frame) > defaultLimits.frameBytes) {
        return items.reject({ nonce, deed }, errorPayload("too_long"));
      }
      items.add(nonce, deed);
      return undefined;
    },
    retract: items.retract,
    next(at) {
      if (answerBy !== undefined && at >= answerBy) {
        for (const nonce of underWay) items.waitAgain(nonce);
        underWay.clear();
        answerBy = undefined;
      }
      if (waitUntil !== undefined && at < waitUntil) return undefined;
      waitUntil = undefined;
      if (underWay.size >= mostUnderWay) return undefined;
      const item = firstNotUnderWay();
      if (item === undefined) return undefined;
      const needed = waitsFor(item.deed);
      if (needed !== undefined && items.placeOf(needed) === undefined) {
        // What it is about goes first; if that is gone for good, so is this.
        if (items.has(needed)) return undefined;
        const error = items.failureOf(needed) ?? errorPayload("unknown_message");
        items.fail(item.nonce, error);
        return { ...item, error };
      }
      const id = nextId();
      sent.set(id, item.nonce);
      underWay.add(item.nonce);
      items.send(item.nonce);
      answerBy ??= later(at, limits.ackMs);
      return encode(item, id, items.placeOf);
    },
    learn(messagesPerSecond) {
      mostUnderWay = messagesPerSecond === undefined ? limits.messagesUnderWay : 1;
      rateGapMs = 1_000 / Math.max(messagesPerSecond ?? 10, 1);
    },
    acked(id, ack, at) {
      const nonce = nonceOf(id, ack.nonce);
      const item = nonce === undefined ? undefined : items.ack(nonce, ack);
      if (item !== undefined) settle(item.nonce, at);
      return item;
    },
    refused(id, error, at, chance) {
      const nonce = nonceOf(id);
      if (nonce === undefined) return undefined;
      if (!error.retryable) {
        const item = items.fail(nonce, error);
        settle(nonce, at);
        return item && { ...item, until: undefined };
      }
      waitUntil = wait(error, at, chance);
      underWay.delete(nonce);
      if (underWay.size === 0) answerBy = undefined;
      const item = items.waitAgain(nonce);
      return item && { ...item, until: waitUntil };
    },
    stands: items.stands,
    departed: items.departed,
    keepsRooms: items.keepsRooms,
    lost() {
      for (const nonce of underWay) items.waitAgain(nonce);
      sent.clear();
      underWay.clear();
      waitUntil = undefined;
      answerBy = undefined;
      refusals = 0;
    },
    deadline: () => (items.size() === 0 ? undefined : sooner(waitUntil, answerBy)),
    changes: items.changes,
  };
}

function encode(item: Item, id: number, placeOf: (nonce: string) => number | undefined): string {
  const { type, payload } = commandOf(item.deed, item.nonce, placeOf);
  return JSON.stringify({ type, id, payload });
}
