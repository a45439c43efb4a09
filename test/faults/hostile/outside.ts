// An address of this machine that is not loopback: who connects by it is counted by where they come from.

import { networkInterfaces } from "node:os";

/** Nothing, where there is none. */
export function outsideAddress(): string | undefined {
  const all = Object.values(networkInterfaces()).flat();
  return all.find((each) => each?.internal === false && each.family === "IPv4")?.address;
}
