// What was said and is not in the log yet, in the order in which it was said. One line is under way at
// a time, the next follows its ack: so no refusal, no loss and no repetition in between can bring two
// lines out of order, and the server's rate leaves nothing to gain from more. A line keeps its nonce
// over all repetitions and connections, which is why repeating it is safe.

import type { AckPayload, CommandId } from "../dialects/frames.js";
import { defaultLimits } from "../tables/limits.js";
import { errorPayload } from "../tables/refusals.js";
import type { Millis } from "../words/ids.js";
import { utf8Bytes } from "../words/text.js";
import { backoffMs, later } from "./backoff.js";
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
  /** The frame to send now, if there is one whose time has come. */
  next(at: Millis): string | undefined;
  /** How many messages a second the server takes for long, if it says so. */
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
  // The ids under which the first line went out on this connection.
  const ids = new Set<CommandId>();
  let waitUntil: Millis | undefined;
  let refusals = 0;
  // Once it was too fast it keeps this far between two lines, until nothing waits any more.
  let gapMs = 0;
  let rateGapMs = 100;

  const first = (): Line | undefined => lines.values().next().value;

  function settle(nonce: string, at: Millis): void {
    lines.delete(nonce);
    ids.clear();
    refusals = 0;
    gapMs = gapMs === 0 || lines.size === 0 ? 0 : Math.max(rateGapMs, gapMs * 0.9);
    waitUntil = gapMs === 0 ? undefined : later(at, gapMs);
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
      const line = first();
      if (line === undefined || (waitUntil !== undefined && at < waitUntil)) return undefined;
      const id = nextId();
      ids.add(id);
      waitUntil = later(at, limits.ackMs);
      return encode(line, id);
    },
    learn(messagesPerSecond) {
      rateGapMs = 1_000 / Math.max(messagesPerSecond ?? 10, 1);
    },
    acked(id, ack, at) {
      const line = first();
      if (line === undefined || !(line.nonce === ack.nonce || (id !== undefined && ids.has(id))))
        return undefined;
      settle(line.nonce, at);
      return line.nonce;
    },
    refused(id, error, at, chance) {
      const line = first();
      if (line === undefined || id === undefined || !ids.has(id)) return undefined;
      if (!error.retryable) {
        settle(line.nonce, at);
        return { nonce: line.nonce, until: undefined };
      }
      refusals += 1;
      if (error.code === "rate_limited") {
        gapMs = Math.min(limits.backoffCapMs, Math.max(rateGapMs, gapMs * 2));
      }
      const told = Math.min(error.retry_after_ms ?? 0, limits.slotMs);
      const backoff = backoffMs({ baseMs: limits.backoffMs, capMs: limits.backoffCapMs }, refusals, chance);
      waitUntil = later(at, Math.max(told, backoff));
      return { nonce: line.nonce, until: waitUntil };
    },
    lost() {
      ids.clear();
      waitUntil = undefined;
      refusals = 0;
    },
    deadline: () => (lines.size === 0 ? undefined : waitUntil),
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
