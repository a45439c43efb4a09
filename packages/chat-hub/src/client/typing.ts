// Who types: what the others are told of us, no oftener than the server passes it on; and what we are
// told of them, for as long as it counts.

import type { Millis } from "../words/ids.js";
import { nameKey } from "../words/names.js";
import { later, sooner } from "./backoff.js";
import type { ClientEvent } from "./told.js";

export interface Typing {
  /** How often it is passed on, and how long it counts. */
  learn(everyMs: number, forMs: number): void;
  /** We pressed a key, or put the draft away: a frame, if the others are to know of it now. */
  typed(conversation: string, on: boolean, at: Millis): string | undefined;
  /** We said something there: that ends it, for those who hear it too. */
  said(conversation: string): void;
  heard(conversation: string, username: string, on: boolean, at: Millis): void;
  /** Nobody who is blocked, and nothing of a connection that is lost. */
  clear(of?: (username: string) => boolean): void;
  expire(at: Millis): void;
  deadline(): Millis | undefined;
  changes(): readonly ClientEvent[];
}

/** Conversations, and people in one, of whom it is remembered. */
const most = 100;

export function createTyping(): Typing {
  let everyMs = 3_000;
  let forMs = 6_000;
  const ours = new Map<string, Millis>();
  const theirs = new Map<string, Map<string, { readonly username: string; readonly until: Millis }>>();
  const changed = new Set<string>();

  function forget(conversation: string, key: string): void {
    const people = theirs.get(conversation);
    if (people?.delete(key) !== true) return;
    changed.add(conversation);
    if (people.size === 0) theirs.delete(conversation);
  }

  function forgetThose(those: (one: { readonly username: string; readonly until: Millis }) => boolean): void {
    for (const [conversation, people] of theirs) {
      for (const [key, one] of people) if (those(one)) forget(conversation, key);
    }
  }

  return {
    learn(every, duration) {
      everyMs = every;
      forMs = duration;
    },
    typed(conversation, on, at) {
      const told = ours.get(conversation);
      const counts = told !== undefined && at < later(told, forMs);
      if (on ? told !== undefined && at < later(told, everyMs) : !counts) {
        if (!on) ours.delete(conversation);
        return undefined;
      }
      ours.delete(conversation);
      if (on) ours.set(conversation, at);
      const [oldest] = ours.keys();
      if (ours.size > most && oldest !== undefined) ours.delete(oldest);
      return JSON.stringify({ type: "typing", payload: { conversation, on } });
    },
    said(conversation) {
      ours.delete(conversation);
    },
    heard(conversation, username, on, at) {
      if (!on && !theirs.has(conversation)) return;
      const key = nameKey(username);
      if (!on) return forget(conversation, key);
      const people = theirs.get(conversation) ?? new Map();
      if (!people.has(key)) {
        if (people.size >= most || theirs.size >= most) return;
        changed.add(conversation);
      }
      people.set(key, { username, until: later(at, forMs) });
      theirs.set(conversation, people);
    },
    clear(of = () => true) {
      forgetThose(({ username }) => of(username));
    },
    expire(at) {
      forgetThose(({ until }) => at >= until);
    },
    deadline() {
      let next: Millis | undefined;
      for (const people of theirs.values())
        for (const { until } of people.values()) next = sooner(next, until);
      return next;
    },
    changes() {
      const events = [...changed].map((conversation): ClientEvent => {
        const usernames = [...(theirs.get(conversation)?.values() ?? [])].map(({ username }) => username);
        return { type: "typing", conversation, usernames };
      });
      changed.clear();
      return events;
    },
  };
}
