// Questions without an answer yet: the person's, and the core's own. Asking twice does no harm, so
// what a lost connection left open is asked again on the next one.

import type { CommandId } from "../dialects/frames.js";
import { errorPayload } from "../tables/refusals.js";
import type { Millis } from "../words/ids.js";
import type { Question } from "./asking.js";
import { answerTo } from "./asking.js";
import { backoffMs, later, sooner } from "./backoff.js";
import type { ClientLimits } from "./limits.js";
import type { Edge } from "./lines.js";
import type { Refusal } from "./told.js";
import type { Folded } from "./view.js";

/** Who wants to know. */
export type Asker =
  | { readonly for: "person"; readonly ask: number; readonly question: Question }
  /** What is missing after a place; `tries` that brought nothing so far. */
  | { readonly for: "gap"; readonly conversation: string; readonly after: number; readonly tries: number }
  /** The newest page of a log that has taken another's place. */
  | { readonly for: "restart"; readonly conversation: string }
  /** Lines of a view; `where` in it, and between which places. */
  | {
      readonly for: "page";
      readonly conversation: string;
      readonly folded: Folded;
      readonly where: "page" | Edge;
      readonly before?: number;
      readonly after?: number;
      readonly around?: number;
      readonly limit: number;
    }
  /** What happened in a room after a place and up to `last`; in no more than so many pages. */
  | {
      readonly for: "happened";
      readonly conversation: string;
      readonly folded: Folded;
      readonly after: number;
      readonly last: number;
      readonly pages: number;
    }
  | { readonly for: "receipts"; readonly conversation: string }
  /** Who is here. */
  | { readonly for: "people"; readonly after: string | undefined }
  /** Our conversations, all or those that changed; and what the pages before said. */
  | {
      readonly for: "conversations";
      readonly since: number | undefined;
      readonly after: string | undefined;
      readonly mark: number | undefined;
    }
  | { readonly for: "blocks"; readonly after: string | undefined; readonly names: readonly string[] }
  | { readonly for: "rooms"; readonly after: string | undefined; readonly rows: number };

/** Asked at each login anew. */
const ofLogin: ReadonlySet<Asker["for"]> = new Set([
  "gap",
  "people",
  "conversations",
  "blocks",
  "rooms",
  "receipts",
]);

export interface Questions {
  ask(asker: Asker): Refusal | undefined;
  /** The frames of what is not asked yet on this connection and may be asked now. */
  next(at: Millis): readonly string[];
  /** Takes the question that a frame of this type answers, or an error refuses. */
  take(id: CommandId | undefined, type: string): Asker | undefined;
  /** Asks again later, if this error is about a question that may be repeated. Says whether it is. */
  postpone(id: CommandId | undefined, error: Refusal, at: Millis, chance: number): boolean;
  hasGapOpen(conversation: string): boolean;
  /**
   * The connection is gone: the next one replays every gap, and asks anew for all lists. Gives back what
   * was asked and must not be asked twice.
   */
  lost(): readonly { readonly ask: number; readonly error: Refusal }[];
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
      if (type !== "error" && type !== answerTo(command(found.asker, limits).type)) return undefined;
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
      const givenUp = [];
      for (const [id, { asker, ...one }] of open) {
        const isOnce = asker.for === "person" && asker.question.type === "set_password";
        if (ofLogin.has(asker.for) || (isOnce && one.state === "asked")) open.delete(id);
        else open.set(id, { ...one, asker, state: "new" });
        if (isOnce && !open.has(id)) givenUp.push({ ask: asker.ask, error: unknownPassword() });
      }
      return givenUp;
    },
    deadline() {
      let next: Millis | undefined;
      for (const { state } of open.values()) if (typeof state === "object") next = sooner(next, state.until);
      return next;
    },
  };
}

function unknownPassword(): Refusal {
  const message = "the connection was lost: nobody knows whether the password is another one now";
  return { ...errorPayload("unavailable", { message, hint: "log in with either" }), retryable: false };
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
    case "page": {
      const { conversation, before, after, around, limit } = asker;
      return { type: "history", payload: { conversation, before, after, around, limit } };
    }
    case "happened": {
      const { conversation, after } = asker;
      return { type: "log", payload: { conversation, after, limit: limits.pageRows } };
    }
    case "receipts":
      return { type: "receipts", payload: { conversation: asker.conversation } };
    case "people":
      return { type: "users", payload: { after: asker.after, limit: limits.people } };
    case "conversations": {
      const { after, since } = asker;
      return { type: "conversations", payload: { after, changed_since: since, limit: limits.pageRows } };
    }
    case "blocks":
    case "rooms":
      return { type: asker.for, payload: { after: asker.after, limit: limits.pageRows } };
  }
}
