// Sending exactly once (WIRE §2): the same nonce is the same message, for good.

import { expect, test } from "vitest";
import { eventually } from "../support/eventually.js";
import type { StoreName } from "../support/house.js";
import { openHouse } from "../support/house.js";
import { startServer, temporaryFolder } from "../support/server-process.js";

const nonce = "0192f0c1-2345-7000";
const token = "&token=alice-has-a-long-secret";
const say = `{"type":"send_message","id":1,"payload":{"message":"once","nonce":"${nonce}"}}`;

test.each<StoreName>(["memory", "sqlite"])(
  "sent again it gets the same ack, marked as a duplicate, and nobody hears it twice (%s)",
  async (store) => {
    const house = await openHouse({ store });
    const alice = await house.events("alice", token);
    const bob = await house.simple("bob");
    alice.says(say);
    const ack = await alice.next();
    expect(ack).toMatchObject({ type: "ack", id: 1, payload: { conversation: "everyone", seq: 1, nonce } });
    await alice.hears({ type: "new_message" });
    const phone = await house.events("alice", token);
    for (const device of [alice, phone]) {
      device.says(say.replace('"id":1', '"id":2'));
      await device.hearsExactly({
        type: "ack",
        id: 2,
        payload: { ...(ack["payload"] as object), duplicate: true },
      });
    }
    const script = await house.simple("alice", token);
    script.says(`{"message":"once","nonce":"${nonce}"}`);
    await script.hearsExactly({ ack: { ...(ack["payload"] as object), duplicate: true } });
    await alice.hearsNothing();
    expect(await bob.heardSoFar()).toMatchObject([{ message: "once", seq: 1 }]);
  },
);

test("sent many times at once it is one message", async () => {
  const house = await openHouse({ store: "sqlite", limits: { rates: undefined } });
  const devices = await Promise.all([0, 1, 2, 3].map(() => house.events("alice", token)));
  for (let turn = 0; turn < 20; turn += 1) for (const device of devices) device.says(say);
  const heard = (await Promise.all(devices.map((device) => device.heardSoFar()))).flat();
  const acks = heard
    .filter(({ type }) => type === "ack")
    .map(({ payload }) => payload as { seq: number; duplicate?: true });
  expect(acks).toHaveLength(80);
  expect(new Set(acks.map(({ seq }) => seq))).toEqual(new Set([1]));
  expect(acks.filter(({ duplicate }) => duplicate !== true)).toHaveLength(1);
  expect(heard.filter(({ type }) => type === "new_message")).toHaveLength(devices.length);
});

test.each<StoreName>(["memory", "sqlite"])(
  "with other content it is refused, and nothing is stored (%s)",
  async (store) => {
    const house = await openHouse({ store });
    const [alice] = [await house.events("alice", token), await house.events("bob")];
    alice.says('{"type":"send_message","payload":{"message":"before"}}', say);
    await alice.heardSoFar();
    for (const [message, more, type] of [
      ["once!", "", "send_message"],
      ["once", ',"reply_to":1', "send_message"],
      ["once", ',"conversation":"@bob"', "send_message"],
      ["once", ',"to":"bob"', "private_message"],
      ["once", ',"to":"nobody"', "private_message"],
    ]) {
      alice.says(`{"type":"${type}","id":2,"payload":{"message":"${message}","nonce":"${nonce}"${more}}}`);
      await alice.hears({ type: "error", id: 2, payload: { code: "nonce_reused", retryable: false } });
    }
    alice.says('{"type":"history","id":3,"payload":{"conversation":"everyone"}}');
    await alice.hears({ payload: { messages: [{ message: "before" }, { message: "once" }], head: 2 } });
  },
);

test("the first answer holds, whatever has changed since: whom it was for has gone, or is another", async () => {
  const house = await openHouse();
  const alice = await house.events("alice", token);
  const bob = await house.events("bob");
  const psst = `{"type":"private_message","id":1,"payload":{"message":"psst","to":"bob","nonce":"${nonce}"}}`;
  alice.says(psst);
  await alice.hears({ type: "ack", payload: { conversation: "@bob", seq: 1, recipient: "here" } });
  await alice.hears({ type: "new_message" });
  await bob.leaves();
  await eventually(async () => {
    alice.says(psst);
    return (await alice.next())["payload"];
  }).toMatchObject({ conversation: "@bob", seq: 1, duplicate: true, recipient: "away" });
  const heir = await house.events("bob");
  alice.says(psst);
  await alice.hears({ type: "ack", payload: { conversation: "@bob~1", seq: 1, duplicate: true } });
  await heir.hearsNothing();
});

test("a nonce belongs to its user, over all conversations: another's is another message", async () => {
  const house = await openHouse();
  const [alice, bob] = [await house.events("alice"), await house.events("bob")];
  alice.says(say);
  await alice.hears({ type: "ack", payload: { seq: 1 } });
  bob.says(say);
  await bob.hears({ type: "new_message" }, { type: "ack", payload: { seq: 2 } });
});

test("a refused message leaves its nonce unused", async () => {
  const house = await openHouse();
  const alice = await house.events("alice");
  const psst = `{"type":"private_message","id":1,"payload":{"message":"psst","to":"bob","nonce":"${nonce}"}}`;
  alice.says(psst);
  await alice.hears({ type: "error", payload: { code: "unknown_user" } });
  await house.events("bob");
  alice.says(psst);
  const { payload } = await alice.next();
  expect(payload).toMatchObject({ seq: 1, recipient: "here" });
  expect(payload).not.toHaveProperty("duplicate");
});

test.each([
  ["15 characters", "x".repeat(15), false],
  ["16 characters", "x".repeat(16), true],
  ["64 characters", "x".repeat(64), true],
  ["65 characters", "x".repeat(65), false],
  ["a space", "x".repeat(16).replace("x", " "), false],
  ["another script", "س".repeat(16), false],
  ["signs", "!\\\"#$%&'()*+,-./:;<=>?@[]^_`{|}~", true],
])("a nonce of %s", async (_what, text, allowed) => {
  const house = await openHouse();
  const alice = await house.events("alice");
  alice.says(`{"type":"send_message","id":1,"payload":{"message":"hi","nonce":"${text}"}}`);
  await alice.hears({ type: allowed ? "ack" : "error", id: 1 });
});

test("it is told only to its author, and only when replayed", async () => {
  const house = await openHouse();
  const alice = await house.events("alice", token);
  const bob = await house.events("bob", "&token=bob-has-a-long-secret");
  alice.says(say);
  await alice.hears({ type: "ack" });
  for (const [person, knows] of [
    [alice, true],
    [bob, false],
  ] as const) {
    const live = await person.next();
    expect(live).toMatchObject({ type: "new_message" });
    expect(live["payload"]).not.toHaveProperty("nonce");
    person.says('{"type":"history","id":2,"payload":{"conversation":"everyone"}}');
    const { messages } = (await person.next())["payload"] as { messages: Record<string, unknown>[] };
    expect(messages[0]?.["nonce"]).toBe(knows ? nonce : undefined);
    const name = person.name;
    const again = await house.connects(
      `/ws?username=${name}&token=${name}-has-a-long-secret&since=everyone:0`,
    );
    await again.hears({ type: "welcome" });
    expect(((await again.next())["payload"] as Record<string, unknown>)["nonce"]).toBe(
      knows ? nonce : undefined,
    );
  }
});

test("after the server was killed and started again, the same nonce is still the same message", async () => {
  const folder = temporaryFolder();
  const before = await startServer(folder);
  const alice = await before.connects(`/ws?username=alice${token}`);
  await alice.hears({ type: "welcome", payload: { durable: true } });
  alice.says(say);
  const ack = await alice.next();
  expect(ack).toMatchObject({ type: "ack", payload: { seq: 1 } });
  await before.ends("SIGKILL");

  const after = await startServer(folder);
  const again = await after.connects(`/ws?username=alice${token}&since=everyone:0`);
  await again.hears({ type: "welcome" });
  await again.hears(
    { type: "new_message", payload: { message: "once", seq: 1, nonce } },
    { type: "resumed" },
  );
  again.says(say);
  await again.hearsExactly({
    type: "ack",
    id: 1,
    payload: { ...(ack["payload"] as object), duplicate: true },
  });
  again.says(say.replace("once", "twice"));
  await again.hears({ type: "error", payload: { code: "nonce_reused" } });
});
