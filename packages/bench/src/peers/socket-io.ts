// Socket.IO as its own documentation starts it, but for what would make it slower here: only WebSocket, no compression.

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fetched } from "./npm-cache.js";
import type { Peer } from "./peer.js";

const version = "4.8.4";
const program = fileURLToPath(new URL("./programs/socket-io.js", import.meta.url));

export const socketIo: Peer = {
  name: "socket.io",
  title: "Socket.IO",
  ours: false,
  dialect: "socketIo",
  note: "io.emit over WebSocket alone, no compression; its envelope is 14 bytes shorter; stores nothing",
  prepare: async (say) => {
    const modules = await fetched({ name: "socket.io", version }, say);
    return {
      command: ({ node }) => [...node, program, join(modules, "socket.io", "package.json")],
      version: `Socket.IO ${version}`,
    };
  },
};
