// The flood in a full room: a thousand members, all send, all receive, each with one message in flight.

import { roundOptions } from "../option-table.js";
import { count } from "../report/written.js";
import { floodFound, floodPeers, messageOptions } from "./flooding.js";
import { atMost, scenario } from "./scenario.js";

export const crowd = scenario({
  name: "crowd",
  title: "1,000 members, all send, all receive, as fast as the server can",
  options: {
    ...roundOptions({ rounds: 3, seconds: 3, warmUp: 1.5 }),
    ...messageOptions,
    members: {
      type: "whole",
      default: 1000,
      quick: 500,
      least: 1,
      most: 9999,
      help: "all send, all receive",
    },
    window: {
      type: "whole",
      default: 1,
      least: 1,
      most: 1000,
      help: "messages that each member has in flight",
    },
  },
  run: async (options, bench) => {
    const { members, window, rounds, seconds, warmUp } = options;
    const setting = { ...options, clients: members, acks: false, audience: "everyone" } as const;
    return floodFound(await floodPeers(setting, bench), setting, {
      done: [
        `${count(members)} members, all send, all receive, ${window} in flight each.`,
        `Medians of ${rounds} × ${seconds} s after ${warmUp} s of warm-up.`,
      ],
      notes: [],
      title: `crowd, ${count(members)} members`,
      goals: (to) => [
        atMost(`crowd of ${count(members)}, SQLite: CPU per delivery`, 0.4, "× Bun", to("sqlite", "bun")),
      ],
    });
  },
});
