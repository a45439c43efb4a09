// What is printed once the server listens: where to point what at, for people.

import type { AddressInfo } from "node:net";
import type { Settings } from "../options/table.js";

export function greet({ port, address, family }: AddressInfo, options: Settings): void {
  const everywhere = address === "0.0.0.0" || address === "::";
  const loopback = everywhere || address === "127.0.0.1" || address === "::1";
  const host = loopback ? "localhost" : family === "IPv6" ? `[${address}]` : address;
  const url = port === 8001 && loopback ? "" : ` --url ws://${host}:${port}`;
  process.stdout.write(
    `Server running on port: ${port}\n` +
      `  browser    http://${host}:${port}\n` +
      `  terminal   npx chat-cli --username alice${url}\n` +
      `  websocat   websocat 'ws://${host}:${port}/v1/ws?username=bob'\n` +
      (options.store === "memory"
        ? "  messages are kept in memory only: they end with this process\n"
        : `  messages are kept in ${options.data}\n`) +
      (options.record === undefined
        ? ""
        : `  everything said, in private too, is recorded in ${options.record}; tokens are not\n`),
  );
}
