// The address and the port: whether they are free, and who has them.

import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { createServer } from "node:net";
import type { Settings } from "../options/table.js";
import type { Finding } from "./finding.js";
import { bad, good } from "./finding.js";

export async function lookAtPort({ port, host }: Settings): Promise<readonly Finding[]> {
  const code = await tryToListen(port, host);
  if (code === undefined)
    return [good(port === 0 ? `port 0: any of ${host} that is free` : `port ${port} of ${host} is free`)];
  if (code === "EADDRINUSE") {
    const other = port === 65_535 ? 8001 : port + 1;
    const holder = holderOf(port);
    if (holder?.isOurs) return [good(`port ${port} of ${host} is served by ${holder.name}`)];
    return [
      bad(
        `port ${port} is taken${holder === undefined ? "" : ` by ${holder.name}`}: choose another with --port ${other}`,
      ),
    ];
  }
  if (code === "EACCES")
    return [bad(`port ${port} needs rights that you don't have: choose one from 1024 on with --port`)];
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
    return [bad(`this machine has no address ${host}: choose another with --host`)];
  return [bad(`${host}:${port} can't be listened on (${code}): choose others with --host and --port`)];
}

/** Why not, as the system says it; nothing if one can. */
function tryToListen(port: number, host: string): Promise<string | undefined> {
  const server = createServer();
  return new Promise((resolve) => {
    server.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ port, host }, () => server.close(() => resolve(undefined)));
  });
}

interface Holder {
  /** `node, process 4711`. */
  readonly name: string;
  /** It is such a server itself. */
  readonly isOurs: boolean;
}

/** Who listens there, where the system tells: on Linux, of one's own processes. */
function holderOf(port: number): Holder | undefined {
  const sockets = new Set(["tcp", "tcp6"].flatMap((table) => listening(table, port)));
  for (const id of namesIn("/proc").filter((name) => /^\d+$/.test(name))) {
    const holds = namesIn(`/proc/${id}/fd`).some((name) => sockets.has(linkAt(`/proc/${id}/fd/${name}`)));
    if (!holds) continue;
    const command = textOf(`/proc/${id}/cmdline`);
    return {
      name: `${textOf(`/proc/${id}/comm`).trim()}, process ${id}`,
      isOurs: /chat-server(\.js)?\0/.test(command),
    };
  }
  return undefined;
}

/** `socket:[12345]` of each that listens on this port; a line of the table has its address, port and state in hex. */
function listening(table: string, port: number): readonly string[] {
  const end = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  return textOf(`/proc/net/${table}`)
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, , state]) => local?.endsWith(end) && state === "0A")
    .map((fields) => `socket:[${fields[9]}]`);
}

// What is not there, or not ours to see, says nothing.
function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
function namesIn(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
function linkAt(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}
