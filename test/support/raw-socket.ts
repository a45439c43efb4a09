// Raw connections for one test: they are gone when it is over.

import { onTestFinished } from "vitest";
import type { RawSocket } from "./raw-connection.ts";
import { reach, reachWebSocket } from "./raw-connection.ts";

export { RawSocket } from "./raw-connection.ts";
export { frame, upgradeTo } from "./raw-frames.ts";

export async function dial(port: number): Promise<RawSocket> {
  return forThisTest(await reach(port));
}

export async function dialWebSocket(port: number, path: string): Promise<RawSocket> {
  return forThisTest(await reachWebSocket(port, path));
}

function forThisTest(raw: RawSocket): RawSocket {
  onTestFinished(() => raw.breaks());
  return raw;
}
