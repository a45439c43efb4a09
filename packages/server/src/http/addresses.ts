// Addresses of the network: which are this machine's, and what is counted as one.

import { countedAs } from "chat-hub";

export function isLoopback(address: string | undefined): boolean {
  return address === "::1" || /^(::ffff:)?127\./.test(address ?? "");
}

/** What is counted as one address. Nothing for loopback, which is not counted. */
export function countedAddress(address: string | undefined): string | undefined {
  if (address === undefined || isLoopback(address)) return undefined;
  return countedAs(address) ?? address;
}
