// What the ratios refer to: the first seed's design on `ws`.

import { fileURLToPath } from "node:url";
import type { Peer } from "./peer.js";

const program = fileURLToPath(new URL("./programs/plain-loop.js", import.meta.url));

export const plainLoop: Peer = {
  name: "plain-loop",
  title: "plain ws loop",
  ours: false,
  dialect: "events",
  note: "parses the JSON, loops over the clients, sends; stores nothing",
  prepare:
    async () =>
    ({ node }) => [...node, program],
};
