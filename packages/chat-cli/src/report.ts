// What `--json` prints: one object for each event, in the wire's own words where it has some.

import type { ClientEvent, Millis } from "chat-hub";

/**
 * The `type` of the frame with the fields of its payload; of what is no frame, of the client core's event.
 * Nothing for what only a screen needs. `at` = now, by the clock of `until`, which means nothing outside
 * this process.
 */
export function report(event: ClientEvent, at: Millis): object | undefined {
  switch (event.type) {
    case "connection": {
      const { connection } = event;
      if (connection.state !== "waiting") return { type: "connection", ...connection };
      const { until, ...rest } = connection;
      return { type: "connection", ...rest, retry_after_ms: until - at };
    }
    case "welcome":
      return { type: "welcome", ...event.welcome };
    case "entry": {
      const { kind, ...entry } = event.entry;
      if (kind === "other") return entry;
      return { type: kind === "message" ? "new_message" : kind, ...entry };
    }
    case "acked":
      return { type: "ack", ...event.ack, nonce: event.nonce };
    case "refused":
      return { type: "error", nonce: event.nonce, ...event.error };
    case "delayed":
      return { type: "delayed", nonce: event.nonce, ...event.error, retry_after_ms: event.until - at };
    case "answered":
      return event.answer;
    case "unanswered":
    case "complaint":
      return { type: "error", ...event.error };
    case "settings":
      return { type: "settings", ...event.settings };
    // Sums of what is told beside them.
    case "standing":
    case "room":
    case "view":
    case "unsent":
    case "listed":
    // Nobody's to read.
    case "token":
    case "token_wanted":
      return undefined;
    default:
      return event;
  }
}
