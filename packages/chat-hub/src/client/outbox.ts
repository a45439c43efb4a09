// What was said and is not in the log yet, in the order in which it was said. A line keeps its nonce over
// all repetitions and connections, which is why repeating it is safe.
//
// Order: a server that limits its clients gets one line at a time, the next after the ack of the one
// before; so no refusal, loss or repetition can bring two lines out of order, and its rate leaves nothing
// to gain from more. Only a server without rates gets several at once. A line that it can't take for now
// (its disk is full) may then be passed by those that are under way already, and by no other.

import type { AckPayload, CommandId } from "../dialects/frames.js";
import { defaultLimits } from "../tables/limits.js";
import { errorPayload } from "../tables/refusals.js";
import type { Millis } from "../words/ids.js";
import { utf8Bytes } from "../words/text.js";
import { backoffMs, later, sooner } from "./backoff.js";
import type { Refusal } from "./door.js";
import type { ClientLimits } from "./limits.js";

export interface Line {
  readonly nonce: string;
  /** A conversation: `everyone`, `@bob`, `#dev`. */
  readonly to: string;
  readonly message: string;
  readonly replyTo?: number | undefined;
}

export interface Outbox {
  /** Keeps a line; or says why it can't ever be sent. A nonce that is here already changes nothing. */
  say(line: Line): Refusal | undefined;
  /** The next frame to send now, if there is one whose time has come. */
  next(at: Millis): string | undefined;
  /** A new connection: how many messages a second it takes for long, if there is a limit. */
  learn(messagesPerSecond: number | undefined): void;
  /** The nonce of the line that this acks; `undefined` if it was acked before. */
  acked(id: CommandId | undefined, ack: AckPayload, at: Millis): string | undefined;
  /** The nonce of the line that this refuses, and when it is sent again; without `until`, never. */
  refused(
    id: CommandId | undefined,
    error: Refusal,
    at: Millis,
    chance: number,
  ): { readonly nonce: string; readonly until: Millis | undefined } | undefined;
  /** The connection is gone: what was under way is sent again on the next one. */
  lost(): void;
  /** When `next` may have something that it has not now. */
  deadline(): Millis | undefined;
}

export function createOutbox(limits: ClientLimits, nextId: () => number): Outbox {
  const lines = new Map<string, Line>();
  // What is under way on this connection: the nonce by the id it went out with, all ids if repeated.
  const sent = new Map<CommandId, string>();
  const underWay = new Set<string>();
  let mostUnderWay = 1;
  // Until then nothing is sent: it was too fast, or refused for now.
  let waitUntil: Millis | undefined;
  // By then something under way is answered, or all of it is sent again.
  let answerBy: Millis | undefined;
  let refusals = 0;
  // Once it was too fast it keeps this far between two lines, until nothing waits any more.
  let gapMs = 0;
  let rateGapMs = 100;

  function nonceOf(id: CommandId | undefined, given?: string): string | undefined {
    if (given !== undefined && lines.has(given)) return given;
    const nonce = id === undefined ? undefined : sent.get(id);
    return nonce !== undefined && lines.has(nonce) ? nonce : undefined;
  }

  function settle(nonce: string, at: Millis): void {
    lines.delete(nonce);
    underWay.delete(nonce);
    for (const [id, other] of sent) if (other === nonce) sent.delete(id);
    refusals = 0;
    gapMs = gapMs === 0 || lines.size === 0 ? 0 : Math.max(rateGapMs, gapMs * 0.9);
    waitUntil = gapMs === 0 ? undefined : later(at, gapMs);
    answerBy = underWay.size === 0 ? undefined : later(at, limits.ackMs);
  }

  function firstNotUnderWay(): Line | undefined {
    for (const line of lines.values()) if (!underWay.has(line.nonce)) return line;
    return undefined;
  }

  return {
    say(line) {
      if (lines.has(line.nonce)) return undefined;
      if (lines.size >= limits.outboxMessages) {
        return errorPayload("too_many", { message: `${lines.size} lines wait to be sent already` });
      }
      // Bigger frames end the connection, every time they are sent.
      if (utf8Bytes(encode(line, Number.MAX_SAFE_INTEGER)) > defaultLimits.frameBytes) {
        return errorPayload("too_long");
      }
      lines.set(line.nonce, line);
      return undefined;
    },
    next(at) {
      if (answerBy !== undefined && at >= answerBy) {
        underWay.clear();
        answerBy = undefined;
      }
      if (waitUntil !== undefined && at < waitUntil) return undefined;
      waitUntil = undefined;
      if (underWay.size >= mostUnderWay) return undefined;
      const line = firstNotUnderWay();
      if (line === undefined) return undefined;
      const id = nextId();
      sent.set(id, line.nonce);
      underWay.add(line.nonce);
      answerBy ??= later(at, limits.ackMs);
      return encode(line, id);
    },
    learn(messagesPerSecond) {
      mostUnderWay = messagesPerSecond === undefined ? limits.messagesUnderWay : 1;
      rateGapMs = 1_000 / Math.max(messagesPerSecond ?? 10, 1);
    },
    acked(id, ack, at) {
      const nonce = nonceOf(id, ack.nonce);
      if (nonce !== undefined) settle(nonce, at);
      return nonce;
    },
    refused(id, error, at, chance) {
      const nonce = nonceOf(id);
      if (nonce === undefined) return undefined;
      if (!error.retryable) {
        settle(nonce, at);
        return { nonce, until: undefined };
      }
      refusals += 1;
      mostUnderWay = 1;
      if (error.code === "rate_limited") {
        gapMs = Math.min(limits.backoffCapMs, Math.max(rateGapMs, gapMs * 2));
      }
      const told = Math.min(error.retry_after_ms ?? 0, limits.slotMs);
      const backoff = backoffMs({ baseMs: limits.backoffMs, capMs: limits.backoffCapMs }, refusals, chance);
      waitUntil = later(at, Math.max(told, backoff));
      underWay.delete(nonce);
      if (underWay.size === 0) answerBy = undefined;
      return { nonce, until: waitUntil };
    },
    lost() {
      sent.clear();
      underWay.clear();
      waitUntil = undefined;
      answerBy = undefined;
      refusals = 0;
    },
    deadline: () => (lines.size === 0 ? undefined : sooner(waitUntil, answerBy)),
  };
}

function encode({ nonce, to, message, replyTo }: Line, id: number): string {
  const about = { message, nonce, ...(replyTo === undefined ? {} : { reply_to: replyTo }) };
  if (to.startsWith("@")) {
    return JSON.stringify({ type: "private_message", id, payload: { to: to.slice(1), ...about } });
  }
  const where = to === "everyone" ? {} : { conversation: to };
  return JSON.stringify({ type: "send_message", id, payload: { ...where, ...about } });
}
