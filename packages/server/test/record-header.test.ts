// The first line of a record: whatever a hub may be made with comes back from it.

import type { Seq } from "chat-hub";
import { defaultLimits } from "chat-hub";
import { expect, test } from "vitest";
import { headerLine, readHeader } from "../dist/record/header.js";

const hub = {
  facts: { durable: true, epoch: "first", head: 3 as Seq, minded: [] },
  limits: defaultLimits,
  nameHold: "7 days",
  auth: "open",
  registration: "closed",
} as const;

test("what JSON can't say is said all the same: no rates, no bound", () => {
  const headers = [
    { version: "1.2.3", hub },
    { version: "1.2.3", hub: { ...hub, limits: { ...defaultLimits, rates: undefined } } },
    { version: "1.2.3", hub: { ...hub, limits: { ...defaultLimits, inboxBytes: Number.POSITIVE_INFINITY } } },
    { version: "1.2.3", about: 'Bob said "hi".', hub },
  ];
  for (const header of headers) expect(readHeader(headerLine(header))).toEqual(header);
});

test("a record that is older than the small records has none to mind", () => {
  const line = headerLine({ version: "1.2.3", hub }).replace(',"minded":[]', "");
  expect(line).not.toContain("minded");
  expect(readHeader(line).hub.facts.minded).toEqual([]);
});

test("a record from before there was a gate is one of an open server", () => {
  const line = headerLine({ version: "1.2.3", hub }).replace(',"auth":"open","registration":"closed"', "");
  expect(line).not.toContain("auth");
  expect(readHeader(line).hub.auth).toBe("open");
});

test("a limit that is younger than a record is what it is by default", () => {
  const { frameDepth, ...older } = defaultLimits;
  const line = headerLine({ version: "1.2.3", hub }).replace(`"frameDepth":${frameDepth},`, "");
  expect(JSON.parse(line).hub.limits).toEqual(older);
  expect(readHeader(line).hub.limits.frameDepth).toBe(frameDepth);
});
