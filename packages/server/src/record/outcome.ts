// What came of an input, as a record has it: an outline of its effects, for people, and a digest of all
// that the hub gave back, its deadline too, for certainty. What can be computed again is not kept.

import { hash } from "node:crypto";
import type { Effect, Millis } from "chat-hub";
import { unreachable } from "chat-hub";

export type Outcome =
  /** Each effect in a few words, such as `ask 7 append`. */
  | { readonly effects: readonly string[]; readonly digest: string }
  /** The hub threw, which it never should. */
  | { readonly threw: string };

/** 72 bits: what is told by chance as the same is told nowhere. */
const digestChars = 12;

export function outcomeOf(effects: readonly Effect[], deadline: Millis | undefined): Outcome {
  const digest = hash("sha256", JSON.stringify([effects, deadline]), "base64url").slice(0, digestChars);
  return { effects: effects.map(outline), digest };
}

export function thrown(error: unknown): Outcome {
  return { threw: String(error) };
}

/** What an effect does to whom, without what it says. */
function outline(effect: Effect): string {
  switch (effect.type) {
    case "publish":
      return `publish ${effect.topic}`;
    case "share":
      return `share ${effect.connections.join(" ")}`;
    case "subscribe":
    case "unsubscribe":
      return `${effect.type} ${effect.connection} ${effect.topic}`;
    case "close":
      return `close ${effect.connection} ${effect.closing}`;
    case "pause":
      return `pause ${effect.connection} ${effect.ms}`;
    case "send":
    case "ping":
      return `${effect.type} ${effect.connection}`;
    case "report":
      return `report ${effect.order}`;
    case "ask":
      return `ask ${effect.ask} ${effect.call.type}`;
    default:
      return unreachable(effect);
  }
}
