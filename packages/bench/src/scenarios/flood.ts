// The flood over all peers: few clients, all send, all receive, as fast as the server can.

import { roundOptions } from "../option-table.js";
import { reference } from "../peers/peers.js";
import { floodFound, floodPeers, messageOptions } from "./flooding.js";
import { atMost, scenario } from "./scenario.js";

export const flood = scenario({
  name: "flood",
  title: "32 clients, all send, all receive, as fast as the server can",
  options: {
    ...roundOptions({ rounds: 3, seconds: 3, warmUp: 1.5 }),
    ...messageOptions,
    clients: { type: "whole", default: 32, least: 1, most: 9999, help: "all send, all receive" },
    window: {
      type: "whole",
      default: 64,
      least: 1,
      most: 10_000,
      help: "messages that each client has in flight",
    },
    acks: { type: "flag", help: "each message asks for an ack; the window counts unacked messages" },
  },
  run: async (options, bench) => {
    const { clients, window, rounds, seconds, warmUp } = options;
    const flooded = await floodPeers({ ...options, audience: "everyone" }, bench);
    return floodFound(flooded, options, {
      done: [
        `${clients} clients, all send, all receive, ${window} messages in flight each.`,
        `Medians of ${rounds} × ${seconds} s after ${warmUp} s of warm-up.`,
      ],
      notes: [],
      title: `flood, ${clients} × ${clients}`,
      goals: (to) => [
        atMost("flood, memory store: CPU per delivery", 0.7, "× Bun", to("memory", "bun")),
        atMost("flood, memory store: CPU per delivery", 1 / 40, "× plain loop", to("memory", reference)),
        atMost("flood, SQLite: CPU per delivery", 1.5, "× Bun", to("sqlite", "bun")),
      ],
    });
  },
});
