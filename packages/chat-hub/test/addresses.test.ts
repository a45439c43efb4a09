// What of an address is counted, and banned: however it is written, the same.

import { isIP, isIPv6 } from "node:net";
import { countedAs } from "chat-hub";
import fc from "fast-check";
import { expect, test } from "vitest";

test.each([
  ["203.0.113.7", "203.0.113.7"],
  ["::ffff:203.0.113.7", "203.0.113.7"],
  ["::FFFF:203.0.113.7", "203.0.113.7"],
  ["::ffff:cb00:7107", "203.0.113.7"],
  ["0:0:0:0:0:ffff:cb00:7107", "203.0.113.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
  ["2001:DB8:1:2:3:4:5:6", "2001:db8:1:2"],
  ["2001:0db8:0001:0002::", "2001:db8:1:2"],
  ["2001:db8:1:2::/64", "2001:db8:1:2"],
  ["2001:db8:1:2", "2001:db8:1:2"],
  ["2001:db8::6", "2001:db8:0:0"],
  ["::2:3:4:5:6:7:8", "0:2:3:4"],
  ["1:2:3:4:5:6:7::", "1:2:3:4"],
  ["::", "0:0:0:0"],
  ["fe80::1%eth0", "fe80:0:0:0"],
])("%s is banned as %s", (address, counted) => {
  expect(countedAs(address)).toBe(counted);
});

test.each([
  "",
  "alice",
  "203.0.113",
  "203.0.113.256",
  "203.0.113.07",
  "1::2::3",
  "12345::",
  "203.0.113.0/24",
])("%s is no address", (text) => {
  expect(countedAs(text)).toBeUndefined();
});

const groups = fc.array(fc.constantFrom("0", "1", "ff", "FFFF", "0db8"), { minLength: 0, maxLength: 9 });
const written = fc
  .tuple(groups, fc.constantFrom(":", "::"), groups)
  .map(([head, colons, tail]) => head.join(":") + colons + tail.join(":"));

test("what Node takes for an address is one, and what it does not is none", () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), written), (text) => {
      // Four groups are how the server names a network.
      fc.pre(text.split(":").length !== 4 || text.includes("::"));
      expect(countedAs(text) !== undefined, text).toBe(isIP(text) !== 0);
    }),
    { numRuns: 3_000 },
  );
});

test("in any spelling an address counts as the same, and so does all of its network", () => {
  const four = fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(four, four, (network, host) => {
      const counted = network.map((each) => each.toString(16)).join(":");
      const long = [...network, ...host].map((each) => each.toString(16).padStart(4, "0")).join(":");
      const short = new URL(`http://[${long}]`).hostname.slice(1, -1);
      expect(isIPv6(short)).toBe(true);
      if (network.some((each) => each !== 0))
        expect([long, short, long.toUpperCase(), counted].map(countedAs)).toEqual(Array(4).fill(counted));
    }),
  );
});
