// What `--json` prints: one object for each event, in the wire's own words where it has some.

import type { ClientEvent, Millis } from "chat-hub";

/** `at` = now, by the clock of `until`, which means nothing outside this process. */
export function report(event: ClientEvent, at: Millis): object {
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
      return kind === "message" ? { type: "new_message", ...entry } : entry;
    }
    case "acked":
      return { type: "ack", ...event.ack, nonce: event.nonce };
    case "refused":
      return { type: "error", nonce: event.nonce, ...event.error };
    case "delayed":
      return { type: "delayed", nonce: event.nonce, ...event.error, retry_after_ms: event.until - at };
    case "complaint":
      return { type: "error", ...event.error };
    default:
      return event;
  }
}
