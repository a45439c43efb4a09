// Ours, as `npx chat-server` starts it, but for the rate limits.

import { fileURLToPath } from "node:url";
import type { Peer } from "./peer.js";

const program = fileURLToPath(new URL("../../../server/bin/chat-server.js", import.meta.url));

export const memory: Peer = {
  name: "memory",
  title: "chat-server, memory store",
  ours: true,
  dialect: "events",
  note: "appends every message to a log in memory before it delivers it",
  prepare: async () => command("memory"),
};

export const sqlite: Peer = {
  name: "sqlite",
  title: "chat-server, SQLite",
  ours: true,
  dialect: "events",
  note: "commits every message with fsync before it delivers it; the SQLite workers run on the server's core and count",
  prepare: async () => command("sqlite"),
};

function command(store: "memory" | "sqlite") {
  return ({ folder, node }: { folder: string; node: readonly string[] }) => [
    ...node,
    program,
    ...["--port", "0", "--store", store, "--data", folder, "--limits", "off"],
  ];
}
