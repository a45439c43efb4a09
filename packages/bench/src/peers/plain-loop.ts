// What the ratios refer to: the first seed's design on `ws`.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { Peer } from "./peer.js";

const program = fileURLToPath(new URL("./programs/plain-loop.js", import.meta.url));

export const plainLoop: Peer = {
  name: "plain-loop",
  title: "plain ws loop",
  ours: false,
  dialect: "events",
  note: "parses the JSON, loops over the clients, sends; stores nothing",
  prepare: async () => ({ command: ({ node }) => [...node, program], version: `ws ${await wsVersion()}` }),
};

async function wsVersion(): Promise<string> {
  const manifest = createRequire(import.meta.url).resolve("ws/package.json");
  return (JSON.parse(await readFile(manifest, "utf8")) as { version: string }).version;
}
