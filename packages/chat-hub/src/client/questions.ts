// Questions without an answer yet: the person's, and the core's own. Asking twice does no harm, so
// what a lost connection left open is asked again on the next one.

import type { CommandId } from "../dialects/frames.js";
import { errorPayload } from "../tables/refusals.js";
import type { Millis } from "../words/ids.js";
import { backoffMs, later, sooner } from "./backoff.js";
import type { Question, Refusal } from "./door.js";
import type { ClientLimits } from "./limits.js";

/** Who wants to know. */
export type Asker =
  | { readonly for: "person"; readonly ask: number; readonly question: Question }
  /** What is missing after a place; `tries` that brought nothing so far. */
  | { readonly for: "gap"; readonly conversation: string; readonly after: number; readonly tries: number }
  /** The newest page of a log that has taken another's place. */
  | { readonly for: "restart"; readonly conversation: string }
  /** Who is here. */
  | { readonly for: "people"; readonly after: string | undefined };

export interface Questions {
  ask(asker: Asker): Refusal | undefined;
  /** The frames of what is not asked yet on this connection and may be asked now. */
  next(at: Millis): readonly string[];
  /** Takes the question that a frame of this type answers, or an error refuses. */
  take(id: CommandId | undefined, type: string): Asker | undefined;
  /** Asks again later, if this error is about a question that may be repeated. Says whether it is. */
  postpone(id: CommandId | undefined, error: Refusal, at: Millis, chance: number): boolean;
  hasGapOpen(conversation: string): boolean;
  /** The connection is gone: the next one replays every gap and tells anew who is here. */
  lost(): void;
  deadline(): Millis | undefined;
}

interface Open {
  readonly asker: Asker;
  state: "new" | "asked" | { readonly until: Millis };
  refusals: number;
}

export function createQuestions(limits: ClientLimits, nextId: () => number): Questions {
  const open = new Map<CommandId, Open>();

  return {
    ask(asker) {
      if (asker.for === "person") {
        const waiting = [...open.values()].filter((one) => one.asker.for === "person").length;
        if (waiting >= limits.questions) {
          return errorPayload("too_many", { message: `${waiting} questions wait for their answers` });
        }
      }
      open.set(nextId(), { asker, state: "new", refusals: 0 });
      return undefined;
    },
    next(at) {
      const frames: string[] = [];
      for (const [id, one] of open) {
        if (one.state === "asked" || (one.state !== "new" && at < one.state.until)) continue;
        one.state = "asked";
        frames.push(JSON.stringify({ id, ...command(one.asker, limits) }));
      }
      return frames;
    },
    take(id, type) {
      const found = id === undefined ? undefined : open.get(id);
      if (id === undefined || found === undefined || found.state !== "asked") return undefined;
      if (type !== "error" && type !== command(found.asker, limits).type) return undefined;
      open.delete(id);
      return found.asker;
    },
    postpone(id, error, at, chance) {
      const found = id === undefined ? undefined : open.get(id);
      if (found?.state !== "asked" || !error.retryable || found.asker.for === "person") return false;
      found.refusals += 1;
      const told = Math.min(error.retry_after_ms ?? 0, limits.slotMs);
      const backoff = backoffMs(
        { baseMs: limits.backoffMs, capMs: limits.backoffCapMs },
        found.refusals,
        chance,
      );
      found.state = { until: later(at, Math.max(told, backoff)) };
      return true;
    },
    hasGapOpen(conversation) {
      for (const { asker } of open.values()) {
        if (asker.for === "gap" && asker.conversation === conversation) return true;
      }
      return false;
    },
    lost() {
      for (const [id, one] of open) {
        if (one.asker.for === "gap" || one.asker.for === "people") open.delete(id);
        else one.state = "new";
      }
    },
    deadline() {
      let next: Millis | undefined;
      for (const { state } of open.values()) if (typeof state === "object") next = sooner(next, state.until);
      return next;
    },
  };
}

function command(asker: Asker, limits: ClientLimits): { readonly type: string; readonly payload?: object } {
  switch (asker.for) {
    case "person": {
      const { type, ...payload } = asker.question;
      return { type, payload };
    }
    case "gap": {
      const { conversation, after } = asker;
      return { type: "log", payload: { conversation, after, limit: limits.pageRows } };
    }
    case "restart":
      return { type: "history", payload: { conversation: asker.conversation, limit: limits.pageRows } };
    case "people":
      return { type: "users", payload: { after: asker.after, limit: limits.people } };
  }
}
