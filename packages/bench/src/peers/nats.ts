// nats-server over WebSocket, if there is one on the PATH: a broker of its own kind, in Go, that knows nothing of chat.
// Publishers send it the finished frame, and it delivers that to the subscribers in lines of its own.

import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { readsProc } from "../processes/cpu-clock.js";
import type { Peer } from "./peer.js";
import { Absent } from "./peer.js";

const answersMs = 10_000;

export const nats: Peer = {
  name: "nats",
  title: "nats-server over WebSocket",
  ours: false,
  dialect: "nats",
  note: "it is sent the finished frame and parses no JSON; numbers nothing, so counts are proved but no places; adds a line of its own to each frame; stores nothing",
  prepare: async () => {
    if (!readsProc) throw new Absent("its CPU time can be read only where there is /proc");
    return {
      command: ({ folder }) => ["nats-server", "--config", configIn(folder)],
      portLine: /Listening for websocket clients on ws:\/\/[\d.]+:(\d+)/,
      version: `nats-server ${await version()}`,
    };
  },
};

/** @throws {Absent} */
async function version(): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)("nats-server", ["--version"], { timeout: answersMs });
    return /v?(\d+\.\d+\.\d+)/.exec(stdout)?.[1] ?? stdout.trim();
  } catch {
    throw new Absent(
      "there is no nats-server on the PATH (apt-get install nats-server, brew install nats-server)",
    );
  }
}

function configIn(folder: string): string {
  const file = join(folder, "nats.conf");
  writeFileSync(
    file,
    `host: "127.0.0.1"
port: -1
max_connections: 100000
max_pending: 1GB
write_deadline: "60s"
ping_interval: "1h"
websocket {
  host: "127.0.0.1"
  port: -1
  no_tls: true
  compression: false
}
`,
  );
  return file;
}
