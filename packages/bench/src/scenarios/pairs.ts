// Private messages: thousands of pairs, all talking at once, nobody hears more than one's own pair.

import { roundOptions } from "../option-table.js";
import { mostConnections } from "../processes/descriptors.js";
import { count } from "../report/written.js";
import { floodFound, floodPeers, messageOptions } from "./flooding.js";
import { scenario } from "./scenario.js";

export const pairs = scenario({
  name: "pairs",
  title: "private messages between 10,000 pairs, as fast as the server can",
  options: {
    ...roundOptions({ rounds: 2, seconds: 3, warmUp: 1 }),
    ...messageOptions,
    pairs: {
      type: "whole",
      default: 10_000,
      quick: 200,
      least: 1,
      most: 1_000_000,
      help: "both sides send; or as many as a process may open",
    },
    window: {
      type: "whole",
      default: 1,
      least: 1,
      most: 1000,
      help: "messages that each side has in flight",
    },
  },
  run: async (options, bench) => {
    const { window, rounds, seconds, warmUp } = options;
    const possible = Math.min(options.pairs, Math.floor(mostConnections() / 2));
    const setting = { ...options, clients: 2 * possible, acks: false, audience: "partner" } as const;
    return floodFound(await floodPeers(setting, bench), setting, {
      done: [
        `${count(possible)} pairs, both send to each other, ${window} in flight each; the sender gets a copy, so a message is delivered twice.`,
        `Medians of ${rounds} × ${seconds} s after ${warmUp} s of warm-up.`,
      ],
      notes: [
        ...(possible < options.pairs
          ? [`${count(options.pairs)} pairs were asked for: a process may open no more here (ulimit -n)`]
          : []),
        "ours keeps a log for each pair; the plain loop and Bun send by a map of names, Socket.IO to a room of each name, nats-server by a subject of each pair",
      ],
      title: `pairs, ${count(possible)} at once`,
      goals: () => [],
    });
  },
});
