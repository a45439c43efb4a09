// Proxies in front of the server: who is asking, if it is not they. What a header says counts only if it comes from an
// address that was named, and only as far back as such addresses vouch for each other: the right-most that is
// none of them is who asks. Anybody can send such headers; from anybody else they are not looked at.

import type { IncomingMessage } from "node:http";
import { BlockList, isIP } from "node:net";
import type { TLSSocket } from "node:tls";
import { isLoopback } from "./addresses.js";

export const proxyHeaders = ["x-forwarded-for", "forwarded"] as const;
/** Which header the proxies write. The other one is never read: they hand on what a stranger has put there. */
export type ProxyHeader = (typeof proxyHeaders)[number];

/** Who asks, and how. */
export interface Asker {
  readonly address: string | undefined;
  /** By TLS, here or at the proxy. */
  readonly isSecure: boolean;
  /** Somebody else than who holds the other end of the socket. */
  readonly isBehindProxy: boolean;
}

/** More addresses in one header are not followed. */
const mostHops = 32;

const names: Readonly<Record<string, readonly string[]>> = { loopback: ["127.0.0.0/8", "::1/128"] };

export class Proxies {
  readonly #trusted = new BlockList();
  readonly #header: ProxyHeader;
  readonly #isEmpty: boolean;
  /** Until it has been said. */
  #warn: ((line: string) => void) | undefined;

  /** `addresses`: each an address, a network (`10.0.0.0/8`) or `loopback`. @throws if one is none of them */
  constructor(
    addresses: readonly string[] = [],
    header: ProxyHeader = "x-forwarded-for",
    warn?: (line: string) => void,
  ) {
    for (const address of addresses.flatMap((each) => names[each] ?? each)) this.#trust(address);
    this.#header = header;
    this.#warn = warn;
    this.#isEmpty = addresses.length === 0;
  }

  /** Who sent this request. */
  askerOf({ socket, headers }: IncomingMessage): Asker {
    const isTls = (socket as Partial<TLSSocket>).encrypted === true;
    const direct = { address: socket.remoteAddress, isSecure: isTls, isBehindProxy: false };
    if (this.#isEmpty || !this.#trusts(socket.remoteAddress)) {
      if (this.#warn !== undefined && isForwarded(headers)) this.#mind(socket.remoteAddress);
      return direct;
    }
    const hops = this.#header === "forwarded" ? readForwarded(headers.forwarded) : readForwardedFor(headers);
    if (hops.length === 0) return direct;
    return this.#rightMost(hops, direct.address);
  }

  /** `vouches` has written the last hop. Where a hop hides who it is, whoever has written it stands for it. */
  #rightMost(hops: readonly Hop[], vouches: string | undefined): Asker {
    let [address, proto] = [vouches, hops.at(-1)?.proto];
    for (const hop of hops.slice(-mostHops).reverse()) {
      proto = hop.proto;
      if (hop.address === undefined) break;
      address = hop.address;
      if (!this.#trusts(address)) break;
    }
    return { address, isSecure: proto === "https", isBehindProxy: true };
  }

  #trust(address: string): void {
    const [host = "", bits] = address.split("/");
    const family = isIP(host) === 6 ? "ipv6" : "ipv4";
    if (bits === undefined) this.#trusted.addAddress(host, family);
    else this.#trusted.addSubnet(host, Number(bits), family);
  }

  /** It may be the proxy that somebody forgot to name; what comes from far away is anybody's own invention. */
  #mind(address = ""): void {
    if (!isNear(address)) return;
    const here = isLoopback(address);
    const name = here ? "loopback" : address.replace(/^::ffff:/, "");
    this.#warn?.(
      `${address} says that it asks for others, and is not believed: if it is a proxy, name it by --trust-proxy ${name}; ` +
        `until then limits and bans of addresses count ${here ? "nobody" : "all"} behind it${here ? "" : " as one"}`,
    );
    this.#warn = undefined;
  }

  #trusts(address: string | undefined): boolean {
    return isListed(this.#trusted, address);
  }
}

/** Networks that are nobody's on the internet: this machine's own, and private ones. */
const near = new BlockList();
for (const [network, bits] of [
  ["127.0.0.0", 8],
  ["10.0.0.0", 8],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["169.254.0.0", 16],
] as const)
  near.addSubnet(network, bits, "ipv4");
near.addAddress("::1", "ipv6");
near.addSubnet("fc00::", 7, "ipv6");
near.addSubnet("fe80::", 10, "ipv6");

function isNear(address: string): boolean {
  return isListed(near, address);
}

function isListed(list: BlockList, address: string | undefined): boolean {
  const plain = address?.replace(/%.*/, "") ?? "";
  const family = isIP(plain);
  return family !== 0 && list.check(plain, family === 6 ? "ipv6" : "ipv4");
}

function isForwarded(headers: IncomingMessage["headers"]): boolean {
  return headers["x-forwarded-for"] !== undefined || headers.forwarded !== undefined;
}

/** Whether this is something that can be trusted: `192.0.2.1`, `10.0.0.0/8`, `2001:db8::/32`, `loopback`. */
export function isProxyAddress(text: string): boolean {
  if (Object.hasOwn(names, text)) return true;
  const [, host = "", bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const family = isIP(host);
  return family !== 0 && (bits === undefined || Number(bits) <= (family === 6 ? 128 : 32));
}

/** One that has asked the next. */
interface Hop {
  /** Nothing if it is hidden or can't be read. */
  readonly address: string | undefined;
  readonly proto: string | undefined;
}

function readForwardedFor(headers: IncomingMessage["headers"]): readonly Hop[] {
  const addresses = listOf(headers["x-forwarded-for"]);
  // One proxy writes it, of those behind it: so it is not told by hop. The last is of who is nearest.
  const proto = listOf(headers["x-forwarded-proto"]).at(-1)?.toLowerCase();
  return addresses.map((each) => ({ address: addressOf(each), proto }));
}

/** RFC 7239: `for=192.0.2.60;proto=https, for="[2001:db8::1]:4711"`. */
function readForwarded(header: string | undefined): readonly Hop[] {
  return listOf(header).map((element) => {
    const pairs = element.split(";").map((pair) => pair.split("=").map((half) => half.trim()));
    const told = (name: string) => {
      const [, value] = pairs.find(([each]) => each?.toLowerCase() === name) ?? [];
      return value?.replace(/^"(.*)"$/, "$1");
    };
    return { address: addressOf(told("for") ?? ""), proto: told("proto")?.toLowerCase() };
  });
}

function listOf(header: string | readonly string[] | undefined): readonly string[] {
  const whole = typeof header === "string" ? header : (header?.join(",") ?? "");
  return whole
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "");
}

/** `192.0.2.1`, `192.0.2.1:4711`, `2001:db8::1`, `[2001:db8::1]:4711`. */
function addressOf(text: string): string | undefined {
  const [, bracketed] = /^\[([^\]]+)\](?::\d+)?$/.exec(text) ?? [];
  const [, withPort] = /^([\d.]+):\d+$/.exec(text) ?? [];
  const address = bracketed ?? withPort ?? text;
  return isIP(address) === 0 ? undefined : address;
}
