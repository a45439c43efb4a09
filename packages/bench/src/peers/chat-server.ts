// Ours, as `npx chat-server` starts it, but for the rate limits.

import { fileURLToPath } from "node:url";
import type { Peer, Start } from "./peer.js";

const program = fileURLToPath(new URL("../../../server/bin/chat-server.js", import.meta.url));

export const memory: Peer = {
  name: "memory",
  title: "chat-server, memory store",
  ours: true,
  dialect: "events",
  note: "appends every message to a log in memory before it delivers it",
  prepare: async () => start("memory"),
};

export const sqlite: Peer = {
  name: "sqlite",
  title: "chat-server, SQLite",
  ours: true,
  dialect: "events",
  note: "commits every message with fsync before it delivers it; the SQLite workers run on the server's core and count",
  prepare: async () => start("sqlite"),
};

function start(store: "memory" | "sqlite"): Start {
  return {
    command: ({ folder, node }) => [
      ...node,
      program,
      ...["--port", "0", "--store", store, "--data", folder, "--limits", "off"],
    ],
  };
}
