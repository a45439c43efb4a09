// What is printed once the server listens: where to point what at, for people.

import type { AddressInfo } from "node:net";
import type { Settings } from "../options/table.js";

export function greet(listening: AddressInfo, options: Settings, admin: AddressInfo | undefined): void {
  const { port } = listening;
  const host = named(listening);
  const loopback = host === "localhost";
  const [http, ws] = options.tlsCert === undefined ? ["http", "ws"] : ["https", "wss"];
  const url = port === 8001 && loopback && ws === "ws" ? "" : ` --url ${ws}://${host}:${port}`;
  process.stdout.write(
    `Server running on port: ${port}\n` +
      `  browser    ${http}://${host}:${port}\n` +
      `  terminal   npx chat-cli --username alice${url}\n` +
      `  websocat   websocat '${ws}://${host}:${port}/v1/ws?username=bob'\n` +
      (options.store === "memory"
        ? "  messages are kept in memory only: they end with this process\n"
        : `  messages are kept in ${options.data}\n`) +
      (options.record === undefined
        ? ""
        : `  everything said, in private too, is recorded in ${options.record}; tokens are not\n`) +
      (admin === undefined ? "" : `  metrics    http://${named(admin)}:${admin.port}/metrics\n`),
  );
}

/** How whoever is on this machine calls it. */
function named({ address, family }: AddressInfo): string {
  if (["0.0.0.0", "::", "127.0.0.1", "::1"].includes(address)) return "localhost";
  return family === "IPv6" ? `[${address}]` : address;
}
