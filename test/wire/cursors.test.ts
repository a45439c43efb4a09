// Conversations, and how far one has got in them: said, or proved by pongs.

import { expect, test } from "vitest";
import { nextMillisecond } from "../support/clock.js";
import { eventually } from "../support/eventually.js";
import type { House, StoreName } from "../support/house.js";
import { openHouse } from "../support/house.js";
import { dialWebSocket, frame } from "../support/raw-socket.js";
import type { Talker } from "../support/talker.js";

const token = "&token=bob-has-a-long-secret";

/** What `conversations` tells: `[name, head, read, unread]` of each. */
async function rows(talker: Talker): Promise<unknown[]> {
  talker.says('{"type":"conversations","id":"rows"}');
  for (;;) {
    const answer = await talker.next();
    if (answer["id"] !== "rows") continue;
    const { conversations } = answer["payload"] as { conversations: Record<string, unknown>[] };
    return conversations.map(({ conversation, head, read, unread }) => [conversation, head, read, unread]);
  }
}

/** alice has said two things to all and three to bob, who is away. */
async function waitingForBob(
  store: StoreName = "memory",
  limits = {},
): Promise<{ house: House; alice: Talker }> {
  const house = await openHouse({ store, limits });
  const alice = await house.events("alice", "&token=alice-has-a-long-secret");
  await (await house.events("bob", `${token}&receipts=true`)).leaves();
  for (const n of [1, 2]) alice.says(`{"type":"send_message","payload":{"message":"all ${n}"}}`);
  for (const n of [1, 2, 3]) alice.says(`{"type":"private_message","payload":{"message":"${n}","to":"bob"}}`);
  await alice.heardSoFar();
  return { house, alice };
}

test.each<StoreName>(["memory", "sqlite"])(
  "read and delivered move cursors, which only grow, up to the head (%s)",
  async (store) => {
    const { house } = await waitingForBob(store, { cursorMs: 1 });
    const bob = await house.events("bob", `${token}&receipts=true`);
    expect(await rows(bob)).toEqual([
      ["everyone", 2, 0, 2],
      ["@alice", 3, 0, 3],
    ]);
    bob.says(
      '{"type":"read","id":1,"payload":{"conversation":"@alice","seq":2}}',
      '{"type":"read","id":2,"payload":{"conversation":"@alice","seq":1}}',
      '{"type":"delivered","id":3,"payload":{"conversation":"everyone","seq":2}}',
      '{"type":"read","id":4,"payload":{"conversation":"everyone","seq":99}}',
    );
    const at = expect.any(Number);
    await bob.hearsExactly(
      { type: "ack", id: 1, payload: { conversation: "@alice", seq: 2, at } },
      { type: "ack", id: 2, payload: { conversation: "@alice", seq: 1, at } },
      { type: "ack", id: 3, payload: { conversation: "everyone", seq: 2, at } },
      { type: "ack", id: 4, payload: { conversation: "everyone", seq: 2, at } },
    );
    await eventually(() => rows(bob)).toEqual([
      ["everyone", 2, 2, 0],
      ["@alice", 3, 2, 1],
    ]);
  },
);

test("with receipts, delivered is not read", async () => {
  const { house } = await waitingForBob("memory", { cursorMs: 1 });
  const bob = await house.events("bob", `${token}&receipts=true`);
  bob.says('{"type":"delivered","id":1,"payload":{"conversation":"@alice","seq":3}}');
  bob.says('{"type":"read","id":2,"payload":{"conversation":"everyone","seq":1}}');
  await bob.hears({ type: "ack", id: 1 }, { type: "ack", id: 2 });
  await eventually(() => rows(bob)).toEqual([
    ["everyone", 2, 1, 1],
    ["@alice", 3, 0, 3],
  ]);
});

test("without receipts, delivered counts as read", async () => {
  const { house } = await waitingForBob("memory", { cursorMs: 1 });
  const bob = await house.events("bob", token);
  bob.says('{"type":"delivered","id":1,"payload":{"conversation":"@alice","seq":3}}');
  await eventually(() => rows(bob)).toContainEqual(["@alice", 3, 3, 0]);
});

test.each(["/ws", "/v1/ws"])(
  "a client on %s that says nothing has its cursors moved by its pongs",
  async (path) => {
    const { house } = await waitingForBob("memory", { cursorMs: 1, proveMs: 20, pingMs: 100 });
    const looking = await house.events("bob", `${token}&receipts=true`);
    await house.connects(`${path}?username=bob${token}&since=unread`);
    await eventually(() => rows(looking)).toEqual([
      ["everyone", 2, 2, 0],
      ["@alice", 3, 3, 0],
    ]);
  },
);

test("what a client was sent but answers no ping for is not proved", async () => {
  const { house } = await waitingForBob("memory", { cursorMs: 1, proveMs: 20, pingMs: 2_000 });
  const looking = await house.events("bob", `${token}&receipts=true`);
  const silent = await dialWebSocket(house.port, `/v1/ws?username=bob${token}&since=unread`);
  for (const opcode of [1, 1, 1, 1, 1, 1]) expect(await silent.frame()).toMatchObject({ opcode });
  const ping = await silent.frame();
  expect(ping).toMatchObject({ opcode: 9 });
  expect(await rows(looking)).toContainEqual(["@alice", 3, 0, 3]);
  silent.writes(frame(ping?.payload ?? "", { opcode: 10 }));
  await eventually(() => rows(looking)).toContainEqual(["@alice", 3, 3, 0]);
});

test("unread tells what was not read; the newest conversation stands first, everyone before all", async () => {
  const house = await openHouse();
  const bob = await house.events("bob", `${token}&receipts=true`);
  for (const name of ["alice", "carol", "dave"]) {
    const friend = await house.events(name);
    friend.says('{"type":"private_message","id":1,"payload":{"message":"hi","to":"bob"}}');
    await friend.hears({ type: "ack" });
    await nextMillisecond();
  }
  bob.says('{"type":"read","id":1,"payload":{"conversation":"@carol","seq":1}}');
  await bob.heardSoFar();
  await eventually(async () => {
    const device = await house.connects(`/ws?username=bob${token}&receipts=true`);
    const { payload } = (await device.next()) as {
      payload: { conversations: { conversation: string }[] };
    };
    return payload.conversations.map(({ conversation }) => conversation);
  }).toEqual(["everyone", "@dave", "@alice"]);
});

test("conversations come in pages, everyone first", async () => {
  const house = await openHouse();
  const bob = await house.events("bob");
  for (const name of ["alice", "carol", "dave"]) {
    await house.simple(name);
    bob.says(`{"type":"private_message","payload":{"message":"hi","to":"${name}"}}`);
  }
  await bob.heardSoFar();
  bob.says(
    '{"type":"conversations","id":1,"payload":{"limit":2}}',
    '{"type":"conversations","id":2,"payload":{"limit":2,"after":"@alice"}}',
    '{"type":"conversations","id":3,"payload":{"limit":2,"after":"@nobody"}}',
  );
  const row = (conversation: string, head: number) => ({ conversation, head, read: head, unread: 0 });
  await bob.hears(
    { id: 1, payload: { conversations: [row("everyone", 0), row("@alice", 1)], more: true } },
    { id: 2, payload: { conversations: [row("@carol", 1), row("@dave", 1)], more: false } },
    { id: 3, payload: { conversations: [], more: false } },
  );
});

test("a cursor in a conversation that one is not in is refused", async () => {
  const { house } = await waitingForBob();
  const eve = await house.events("eve");
  for (const conversation of ["@alice", "@bob", "#dev", "@nobody"]) {
    eve.says(`{"type":"read","id":1,"payload":{"conversation":"${conversation}","seq":1}}`);
    await eve.hears({ type: "error", id: 1, payload: { code: "unknown_conversation" } });
  }
});
