// Who asks, where there are proxies: the right-most that is none of those who are trusted, and nobody else says so.

import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import type { ProxyHeader } from "../dist/http/proxies.js";
import { isProxyAddress, Proxies } from "../dist/http/proxies.js";

function asks(remoteAddress: string, headers: Record<string, string>, encrypted = false): IncomingMessage {
  return { socket: { remoteAddress, encrypted }, headers } as unknown as IncomingMessage;
}

function asker(trusted: string[], from: string, headers: Record<string, string>, header?: ProxyHeader) {
  return new Proxies(trusted, header).askerOf(asks(from, headers));
}

const stranger = "203.0.113.9";
const client = "198.51.100.7";

test.each([
  ["one proxy", "127.0.0.1", client, client],
  ["two of them", "127.0.0.1", `${client}, 10.1.2.3`, client],
  ["what a stranger put in front", "127.0.0.1", `1.1.1.1, ${client}`, client],
  ["a stranger who claims to come from here", "127.0.0.1", `127.0.0.1, ${client}`, client],
  ["a stranger between proxies", "127.0.0.1", `1.1.1.1, ${client}, 10.1.2.3`, client],
  ["only proxies", "127.0.0.1", "10.9.9.9, 10.1.2.3", "10.9.9.9"],
  ["a port", "127.0.0.1", `${client}:4711`, client],
  ["IPv6", "::1", "2001:db8::7", "2001:db8::7"],
  ["IPv6 with a port", "::1", "[2001:db8::7]:4711", "2001:db8::7"],
  ["IPv4 as IPv6 writes it", "::ffff:127.0.0.1", client, client],
  ["spaces and empty places", "127.0.0.1", ` , ${client} ,,`, client],
  ["nobody who can be read", "127.0.0.1", "unknown", "127.0.0.1"],
  ["nobody who can be read, behind two", "127.0.0.1", "1.1.1.1, <script>, 10.1.2.3", "10.1.2.3"],
  ["no header", "127.0.0.1", "", "127.0.0.1"],
])("X-Forwarded-For with %s: from %s, %j is %s", (_what, from, header, address) => {
  const told = asker(["loopback", "10.0.0.0/8"], from, { "x-forwarded-for": header });
  expect(told.address).toBe(address);
});

test("from whoever is not trusted no header counts, whatever it says", () => {
  for (const headers of [
    { "x-forwarded-for": client, "x-forwarded-proto": "https" },
    { forwarded: `for=${client};proto=https` },
  ] as Record<string, string>[])
    for (const header of ["x-forwarded-for", "forwarded"] as const) {
      const told = { address: stranger, isSecure: false, isBehindProxy: false };
      expect(asker(["loopback"], stranger, headers, header)).toEqual(told);
      expect(asker([], "127.0.0.1", headers, header)).toEqual({ ...told, address: "127.0.0.1" });
    }
});

test("a proxy that nobody has named is warned of, once, and only where it can be one's own", () => {
  const lines = (trusted: string[], ...from: readonly (readonly [string, Record<string, string>])[]) => {
    const said: string[] = [];
    const proxies = new Proxies(trusted, "x-forwarded-for", (line) => said.push(line));
    for (const [address, headers] of from) proxies.askerOf(asks(address, headers));
    return said;
  };
  const forwarded = { "x-forwarded-for": client };
  const [here, ...more] = lines([], ["::ffff:127.0.0.1", forwarded], ["127.0.0.1", forwarded]);
  expect(here).toMatch(/^::ffff:127\.0\.0\.1 says .* --trust-proxy loopback; .* count nobody behind it$/);
  expect(more).toEqual([]);
  expect(lines([], ["::1", { forwarded: `for=${client}` }])).toHaveLength(1);
  expect(lines(["loopback"], ["127.0.0.1", forwarded], ["::ffff:172.17.0.1", forwarded])).toEqual([
    expect.stringMatching(/--trust-proxy 172\.17\.0\.1; .* count all behind it as one$/),
  ]);
  expect(lines([], [stranger, forwarded], ["2001:db8::7", forwarded], ["127.0.0.1", {}])).toEqual([]);
  expect(lines(["loopback"], ["127.0.0.1", forwarded])).toEqual([]);
});

test("the header that the proxies don't write is never read: a stranger can have put it there", () => {
  const forged = { forwarded: "for=1.1.1.1;proto=https", "x-forwarded-for": client };
  expect(asker(["loopback"], "127.0.0.1", forged)).toMatchObject({ address: client, isSecure: false });
  const other = { forwarded: `for=${client}`, "x-forwarded-for": "1.1.1.1", "x-forwarded-proto": "https" };
  expect(asker(["loopback"], "127.0.0.1", other, "forwarded")).toMatchObject({
    address: client,
    isSecure: false,
  });
});

test("Forwarded as RFC 7239 has it: quotes, ports, any case, hidden names", () => {
  const told = (forwarded: string) =>
    asker(["loopback", "10.0.0.0/8"], "127.0.0.1", { forwarded }, "forwarded");
  expect(told(`For="[2001:db8::7]:4711";proto=https, for=10.1.2.3`)).toEqual({
    address: "2001:db8::7",
    isSecure: true,
    isBehindProxy: true,
  });
  expect(told(`for=${client};by=10.1.2.3;proto=HTTP`)).toMatchObject({ address: client, isSecure: false });
  expect(told("for=_hidden;proto=https")).toMatchObject({ address: "127.0.0.1", isSecure: true });
  expect(told(`for=1.1.1.1;proto=https, for=${client};proto=http`).isSecure).toBe(false);
});

test("how they were asked is said by the proxy, of who is nearest", () => {
  const told = (proto: string) =>
    asker(["loopback"], "127.0.0.1", { "x-forwarded-for": client, "x-forwarded-proto": proto }).isSecure;
  expect(told("https")).toBe(true);
  expect(told("HTTPS")).toBe(true);
  expect(told("http")).toBe(false);
  expect(told("https, http")).toBe(false);
});

test("a long list is followed only so far, and costs nothing", () => {
  const long = Array.from({ length: 1_000 }, (_, n) => `10.0.${n >> 8}.${n & 255}`).join(", ");
  const { address } = asker(["loopback", "10.0.0.0/8"], "127.0.0.1", {
    "x-forwarded-for": `${client}, ${long}`,
  });
  expect(address).toMatch(/^10\.0\.3\./);
});

test.each(["loopback", "192.0.2.1", "10.0.0.0/8", "::1", "2001:db8::/32", "fd00::/8"])(
  "%s can be trusted",
  (text) => {
    expect(isProxyAddress(text)).toBe(true);
    expect(() => new Proxies([text])).not.toThrow();
  },
);

test.each([
  "",
  "everywhere",
  "10.0.0.0/33",
  "10.0.0/8",
  "::/129",
  "chat.example",
  "10.0.0.0/",
  "10.0.0.0/8/8",
  "*",
])("%j can't", (text) => {
  expect(isProxyAddress(text)).toBe(false);
});
