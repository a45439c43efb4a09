// A server that keeps messages for a time, over the wire: what is older is not there any more, by whatever
// way one asks for it, and what is younger goes on with its numbers.

import { setTimeout } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { StoreName } from "../support/house.js";
import { openHouse } from "../support/house.js";
import type { Frame, Talker } from "../support/talker.js";

const keepMs = 3_000;
const aliceToken = "&token=alice-has-a-long-secret";
const bobToken = "&token=bob-has-a-long-secret";
const nonce = "nonce-0123456789";

let asked = 0;
async function asks(who: Talker, type: string, payload: object): Promise<Frame> {
  asked += 1;
  const id = `ask ${asked}`;
  who.says(JSON.stringify({ type, id, payload }));
  for (;;) {
    const frame = await who.next();
    if (frame["id"] === id) return frame;
  }
}

/** Until what is kept of everyone begins with `first`. */
async function forgets(who: Talker, first: number): Promise<Frame> {
  for (;;) {
    const { payload } = await asks(who, "history", { conversation: "everyone", limit: 1 });
    if ((payload as { first: number }).first >= first) return payload as Frame;
    await setTimeout(50);
  }
}

describe.each<StoreName>(["memory", "sqlite"])("on %s", (store) => {
  test("what is older than --keep is gone for everybody, and nothing is doubled or renumbered", async () => {
    const house = await openHouse({ store, keepMs });
    const alice = await house.connects(`/ws?username=alice${aliceToken}`, "alice");
    expect(await alice.next()).toMatchObject({ type: "welcome", payload: { limits: { keep_s: 3 } } });
    const bob = await house.events("bob", bobToken);
    for (const message of ["one", "two"]) await asks(alice, "send_message", { message });
    const first = await asks(alice, "send_message", { message: "three", nonce });
    expect(first).toMatchObject({ type: "ack", payload: { seq: 3 } });
    await bob.hears(...[1, 2, 3].map((seq) => ({ type: "new_message", payload: { seq } })));

    expect(await forgets(alice, 4)).toMatchObject({ messages: [], first: 4, head: 3, more: false });
    const gone = { type: "error", payload: { code: "history_gone", hint: "ask from first on" } };
    const of = { conversation: "everyone" };
    expect(await asks(alice, "history", { ...of, after: 0 })).toMatchObject(gone);
    expect(await asks(alice, "history", { ...of, before: 3 })).toMatchObject(gone);
    expect(await asks(alice, "log", { ...of, after: 1 })).toMatchObject(gone);
    expect(await asks(alice, "search", { query: "two" })).toMatchObject({ payload: { hits: [] } });
    expect(await asks(alice, "react", { ...of, message_seq: 3, emoji: "👍", on: true })).toMatchObject({
      payload: { code: "unknown_message" },
    });
    const again = await asks(alice, "send_message", { message: "three", nonce });
    if (store === "sqlite") expect(again).toMatchObject({ payload: { seq: 3, duplicate: true } });
    else expect(again).toMatchObject({ payload: { seq: 4 } });

    const next = (again["payload"] as { seq: number }).seq === 3 ? 4 : 5;
    expect(await asks(alice, "send_message", { message: "on" })).toMatchObject({ payload: { seq: next } });
    const back = await house.events("bob", `${bobToken}&since=everyone:1`);
    const heard: Frame[] = [];
    while (heard.at(-1)?.["type"] !== "resumed") heard.push(await back.next());
    const told = heard.filter(({ type }) => type !== "presence");
    expect(told[0]).toMatchObject({ type: "skip", payload: { ...of, first: 2, last: 3 } });
    expect(told.slice(1).map(({ payload }) => (payload as { seq?: number }).seq)).toEqual([
      ...(store === "sqlite" ? [4] : [4, 5]),
      undefined,
    ]);
    expect(told.at(-1)).toMatchObject({ type: "resumed", payload: { replayed: next - 3 } });
  });

  test("an owner says how long a room keeps what is written; it is told, and what was older is gone", async () => {
    const house = await openHouse({ store });
    const alice = await house.events("alice", aliceToken);
    const bob = await house.events("bob", bobToken);
    const of = { conversation: "#dev" };
    await asks(alice, "create_room", of);
    await asks(bob, "join_room", of);
    for (const keep_s of [1, 59, -1, 1e12, "60"])
      expect(await asks(alice, "set_retention", { ...of, keep_s })).toMatchObject({
        payload: { code: "malformed", example: expect.stringContaining("keep_s") },
      });
    expect(await asks(bob, "set_retention", { ...of, keep_s: 60 })).toMatchObject({
      payload: { code: "forbidden" },
    });
    expect(await asks(alice, "set_retention", { ...of, keep_s: 86_400 })).toMatchObject({ type: "ack" });
    for (;;) {
      const frame = await bob.next();
      if (frame["type"] !== "room_updated") continue;
      expect(frame).toMatchObject({ payload: { ...of, keep_s: 86_400, from: "alice" } });
      break;
    }
    expect(await asks(bob, "rooms", {})).toMatchObject({ payload: { rooms: [{ ...of, keep_s: 86_400 }] } });
  });
});

test("how long everyone is kept is an admin's to say, and told to whoever comes", async () => {
  const house = await openHouse();
  const alice = await house.events("alice", aliceToken);
  const everyone = { conversation: "everyone" };
  expect(await asks(alice, "set_retention", { ...everyone, keep_s: 60 })).toMatchObject({
    payload: { code: "forbidden" },
  });
  expect(await house.orders({ type: "retention", seconds: 3_600 })).toEqual({ ok: true });
  const bob = await house.connects(`/ws?username=bob${bobToken}`, "bob");
  expect(await bob.next()).toMatchObject({ payload: { house: { slow_mode: 0, keep_s: 3_600 } } });
  expect(await house.orders({ type: "retention", seconds: 0 })).toEqual({ ok: true });
  const carol = await house.connects("/ws?username=carol", "carol");
  expect((await carol.next())["payload"]).not.toHaveProperty("house");
});
