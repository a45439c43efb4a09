// Fault 22: 100,000 frames a second from one connection. The server stops reading from it, says
// `rate_limited` with `retry_after_ms`, and ends it if it goes on. It comes back each time.

import type { Fault } from "../fault.ts";
import { whileUsersChat } from "./company.ts";
import { flood, shownCounts } from "./flooding.ts";

const floodMs = { short: 1_500, long: 15_000 };

export const messageFlood: Fault = {
  number: 22,
  name: "100,000 frames a second from one, who comes back each time",
  seconds: 5,
  run: (_seed, size) =>
    whileUsersChat(size, [], async ({ port }) => {
      // To oneself: what is stored of it is nobody's burden but the server's.
      const texts = Array.from({ length: 1_000 }, () => '{"message":"x","target":"flooder"}');
      const path = "/v1/ws?username=flooder&token=flooder-has-a-long-secret";
      const wish = { port, path, texts, ms: floodMs[size], closings: 1 };
      const { frames, ms, closed, refused, unhelpful } = await flood(wish);
      const perSecond = Math.round((frames * 1_000) / ms);
      return {
        injected: `${frames.toLocaleString("en")} frames, ${perSecond.toLocaleString("en")} a second`,
        broken: [
          ...(refused.has("rate_limited") ? [] : ["the flooder was not told rate_limited"]),
          ...(unhelpful === 0 ? [] : ["rate_limited did not say when to come back"]),
          ...([...closed.keys()].every((code) => code === 4429) && closed.has(4429)
            ? []
            : [`the flooder was closed: ${shownCounts(closed)}`]),
        ],
        notes: [`answered ${shownCounts(refused)}, closed ${shownCounts(closed)}`],
      };
    }),
};
