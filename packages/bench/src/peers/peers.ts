// The peers of a run, in the order of the table. `plain-loop` is what the ratios refer to.

import { fileURLToPath } from "node:url";
import type { Peer } from "./peer.js";

const chatServer = fileURLToPath(new URL("../../../server/bin/chat-server.js", import.meta.url));
const plainLoop = fileURLToPath(new URL("./plain-loop.js", import.meta.url));

export const reference = "plain-loop";

export const peers: readonly Peer[] = [
  {
    name: "memory",
    title: "chat-server, memory store",
    dialect: "events",
    note: "appends every message to a log in memory before it delivers it",
    command: ({ folder, node }) => [...node, chatServer, ...chatServerFlags("memory", folder)],
  },
  {
    name: "sqlite",
    title: "chat-server, SQLite",
    dialect: "events",
    note: "commits every message with fsync before it delivers it; the SQLite workers run on the server's core and count",
    command: ({ folder, node }) => [...node, chatServer, ...chatServerFlags("sqlite", folder)],
  },
  {
    name: reference,
    title: "plain ws loop",
    dialect: "events",
    note: "parses the JSON, loops over the clients, sends; stores nothing",
    command: ({ node }) => [...node, plainLoop],
  },
];

function chatServerFlags(store: "memory" | "sqlite", folder: string): readonly string[] {
  return ["--port", "0", "--store", store, "--data", folder, "--limits", "off"];
}
