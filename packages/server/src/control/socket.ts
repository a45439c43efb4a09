// The socket in the data directory, by which the shell talks to the server that has it open. Whoever may
// read the directory's messages may use it, and nobody else: it is its owner's alone (mode 0600).

import { chmodSync, rmSync } from "node:fs";
import type { Server, Socket } from "node:net";
import { createServer } from "node:net";
import { join, relative } from "node:path";
import type { Errands, OpenHouse, Told } from "./errand.js";
import { carryOut } from "./errand.js";

/** The longest line either way, in bytes. */
export const lineBytes = 1024 * 1024;
/** Shells that may talk at once. */
const mostShells = 8;
/** How long one may take to say what it wants. */
const patienceMs = 10_000;
/** What a path of a socket may have, on the systems that allow the least (macOS), in bytes. */
const pathBytes = 103;

/** Where the socket of a directory is; nothing if the system has no room for such a path, or no such sockets. */
export function socketPath(directory: string): string | undefined {
  if (process.platform === "win32") return undefined;
  const path = join(directory, "control.sock");
  const shorter = relative(process.cwd(), path);
  return [path, shorter].find((each) => Buffer.byteLength(each) <= pathBytes);
}

export interface ControlSocket {
  close(): void;
}

/** Listens to the shell for as long as the directory is ours. Without a socket all else goes on. */
export function listenToShell(
  directory: string,
  errands: Errands,
  house: OpenHouse,
  warn: (line: string) => void,
): ControlSocket {
  const path = socketPath(directory);
  const unreachable = (why: string): void =>
    warn(`commands at the shell can't reach this server (${why}): stop it before you use them`);
  const server = createServer({ allowHalfOpen: true }, (socket) => hear(socket, errands, house, warn));
  server.maxConnections = mostShells;
  server.on("error", (error) => unreachable(error.message));
  if (path === undefined) unreachable("the path of its directory is too long");
  else listen(server, path, unreachable);
  return {
    close() {
      server.close();
      if (path !== undefined) rmSync(path, { force: true });
    },
  };
}

function listen(server: Server, path: string, unreachable: (why: string) => void): void {
  // Left by a server that was killed: this directory is locked by us.
  rmSync(path, { force: true });
  const before = process.umask(0o177);
  try {
    server.listen(path, () => chmodSync(path, 0o600));
  } catch (error) {
    unreachable(String(error));
  } finally {
    process.umask(before);
  }
  // The process does not wait for shells.
  server.unref();
}

/** One line comes, one goes, and that was it. */
function hear(socket: Socket, errands: Errands, house: OpenHouse, warn: (line: string) => void): void {
  let text = "";
  socket.setEncoding("utf8");
  socket.setTimeout(patienceMs, () => socket.destroy());
  socket.on("error", () => socket.destroy());
  socket.on("data", (chunk: string) => {
    text += chunk;
    if (text.length > lineBytes) socket.destroy();
  });
  socket.on("end", () => {
    socket.setTimeout(0);
    carryOut(errands, house, parsed(text)).then(
      (told) => say(socket, told),
      (error: unknown) => {
        warn(`a command of the shell failed: ${error instanceof Error ? error.message : error}`);
        say(socket, { ok: false, lines: ["the server could not do it: its log says why"] });
      },
    );
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function say(socket: Socket, told: Told): void {
  socket.end(`${JSON.stringify(told)}\n`);
}
