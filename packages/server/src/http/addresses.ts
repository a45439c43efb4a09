// Addresses of the network: which are this machine's, and what is counted as one.

export function isLoopback(address: string | undefined): boolean {
  return address === "::1" || /^(::ffff:)?127\./.test(address ?? "");
}

/**
 * What is counted as one address: of IPv6 the network that somebody is given, which is the first 64 bits.
 * Nothing for loopback, which is not counted.
 */
export function countedAddress(address: string | undefined): string | undefined {
  if (address === undefined || isLoopback(address)) return undefined;
  if (!address.includes(":")) return address;
  const [, mapped] = /^::ffff:([\d.]+)$/.exec(address) ?? [];
  if (mapped !== undefined) return mapped;
  const [head = [], tail = []] = address
    .replace(/%.*/, "")
    .split("::")
    .map((half) => half.split(":").filter((group) => group !== ""));
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => "0");
  return [...head, ...zeros, ...tail].slice(0, 4).join(":");
}
