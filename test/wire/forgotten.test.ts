// What is not kept any more: the memory store has room for the last 64 MiB. The past is told to be gone;
// nothing is passed over in silence.

import { expect, test } from "vitest";
import { openHouse } from "../support/house.js";

const said = 1_800;

test("what reaches into the past that is gone is told so, and where the rest begins", async () => {
  const house = await openHouse({ limits: { rates: undefined } });
  const alice = await house.simple("alice");
  const long = `{"message":"${"😀".repeat(10_000)}"}`;
  for (let n = 0; n < said; n += 1) alice.says(long);
  await alice.heardSoFar();
  const bob = await house.events("bob");
  bob.says('{"type":"history","id":1,"payload":{"conversation":"everyone","limit":1}}');
  const { first, head } = (await bob.next())["payload"] as { first: number; head: number };
  expect(head).toBe(said);
  expect(first).toBeGreaterThan(10);

  for (const [type, window] of [
    ["log", '"after":0'],
    ["history", '"after":3'],
    ["history", '"before":5'],
    ["history", '"around":5'],
  ]) {
    bob.says(`{"type":"${type}","id":2,"payload":{"conversation":"everyone",${window}}}`);
    await bob.hears({
      type: "error",
      id: 2,
      payload: { code: "history_gone", retryable: false, message: expect.stringContaining(`${first}`) },
    });
  }
  bob.says(`{"type":"log","id":3,"payload":{"conversation":"everyone","after":${first - 1},"limit":1}}`);
  await bob.hears({ type: "log", id: 3, payload: { entries: [{ seq: first }] } });

  // A replay tells what it skips, and goes on from there without a hole.
  const carol = await house.connects("/ws?username=carol&since=everyone:2");
  await carol.hears({ type: "welcome" });
  await carol.hearsExactly({
    type: "skip",
    payload: { conversation: "everyone", first: 3, last: first - 1 },
  });
  for (let seq = first; seq < first + 20; seq += 1)
    await carol.hears({ type: "new_message", payload: { seq } });
});
