// Lists over real sockets, page by page: conversations and what has changed of them, rooms, members,
// reactions, threads, pins, and what whoever is not in a room is told.

import { describe, expect, test } from "vitest";
import type { House, StoreName } from "../support/house.js";
import { openHouse } from "../support/house.js";
import type { Talker } from "../support/talker.js";

const token = (name: string): string => `&token=${name}-has-a-long-secret`;

/** Asks one thing and gives the payload of its answer; pushes before it are not looked at. */
async function ask(talker: Talker, type: string, payload = "{}"): Promise<Record<string, unknown>> {
  talker.says(`{"type":"${type}","id":"asked","payload":${payload}}`);
  for (;;) {
    const frame = await talker.next();
    if (frame["id"] === "asked") return frame["payload"] as Record<string, unknown>;
  }
}

/** One field of every row. */
function column(answer: Record<string, unknown>, rows: string, field: string): unknown[] {
  return ((answer[rows] ?? []) as Record<string, unknown>[]).map((row) => row[field]);
}

/** Alice's room with bob in it, and five messages. */
async function room(store: StoreName): Promise<{ house: House; alice: Talker; bob: Talker }> {
  const house = await openHouse({ store, limits: { rates: undefined } });
  const alice = await house.events("alice", `${token("alice")}&receipts=true`);
  const bob = await house.events("Bob", token("bob"));
  alice.says('{"type":"create_room","payload":{"conversation":"#Dev","topic":"what we build"}}');
  await alice.heardSoFar();
  bob.says('{"type":"join_room","payload":{"conversation":"#dev"}}');
  await bob.heardSoFar();
  for (let n = 1; n <= 5; n += 1)
    alice.says(`{"type":"send_message","payload":{"message":"line ${n}","conversation":"#dev"}}`);
  await alice.heardSoFar();
  return { house, alice, bob };
}

describe.each<StoreName>(["memory", "sqlite"])("%s", (store) => {
  test("conversations come in pages, and later only those that have changed", async () => {
    const { alice, bob } = await room(store);
    const first = await ask(alice, "conversations", '{"limit":1}');
    expect([column(first, "conversations", "conversation"), first["more"]]).toEqual([["everyone"], true]);
    const next = await ask(alice, "conversations", '{"limit":1,"after":"everyone"}');
    expect(next).toMatchObject({
      conversations: [{ conversation: "#dev", head: 7, role: "owner" }],
      more: false,
    });
    bob.says('{"type":"private_message","payload":{"message":"hi","to":"alice"}}');
    await bob.heardSoFar();
    const changed = await ask(alice, "conversations", `{"changed_since":${next["mark"]}}`);
    expect(changed).toMatchObject({ conversations: [{ conversation: "@bob", unread: 1 }], more: false });
    expect(await ask(alice, "conversations", `{"changed_since":${changed["mark"]}}`)).toMatchObject({
      conversations: [],
    });
  });

  test("rooms and members come in pages, with how one stands to them", async () => {
    const { house, alice, bob } = await room(store);
    alice.says('{"type":"create_room","payload":{"conversation":"#ops"}}');
    await alice.heardSoFar();
    expect(await ask(bob, "rooms", '{"limit":1}')).toEqual({
      rooms: [
        {
          conversation: "#dev",
          name: "Dev",
          visibility: "public",
          history: "all",
          topic: "what we build",
          members: 2,
          role: "member",
        },
      ],
      more: true,
    });
    const rest = await ask(bob, "rooms", '{"limit":1,"after":"#dev"}');
    expect([column(rest, "rooms", "conversation"), rest["more"]]).toEqual([["#ops"], false]);
    bob.says('{"type":"set_status","payload":{"status":"away"}}');
    await bob.heardSoFar();
    expect(await ask(alice, "members", '{"conversation":"dev","limit":1}')).toEqual({
      conversation: "#dev",
      members: [{ username: "alice", role: "owner", status: "online" }],
      count: 2,
      more: true,
    });
    expect(await ask(alice, "members", '{"conversation":"#dev","after":"alice"}')).toMatchObject({
      members: [{ username: "Bob", role: "member", status: "away" }],
      more: false,
    });
    expect(await ask(bob, "members", '{"conversation":"#dev","which":"banned"}')).toMatchObject({
      code: "forbidden",
    });
    const carol = await house.events("carol");
    for (const question of ["members", "receipts", "history", "pins"])
      expect(await ask(carol, question, '{"conversation":"#dev"}')).toMatchObject({ code: "not_member" });
  });

  test("a message stands with its reactions, its replies and its pin", async () => {
    const { alice, bob } = await room(store);
    for (const talker of [alice, bob]) {
      talker.says('{"type":"react","payload":{"conversation":"#dev","message_seq":3,"emoji":"👍"}}');
      await talker.heardSoFar();
    }
    alice.says('{"type":"pin","payload":{"conversation":"#dev","message_seq":3}}');
    alice.says('{"type":"send_message","payload":{"conversation":"#dev","message":"re","reply_to":3}}');
    await alice.heardSoFar();
    const standing = {
      message: "line 1",
      seq: 3,
      reactions: [{ emoji: "👍", count: 2, mine: true }],
      replies: 1,
      pinned: true,
    };
    expect(await ask(bob, "history", '{"conversation":"#dev","limit":1,"after":2}')).toMatchObject({
      messages: [standing],
      first: 1,
      more: true,
    });
    expect(await ask(bob, "pins", '{"conversation":"#dev"}')).toMatchObject({ messages: [standing] });
    expect(await ask(bob, "thread", '{"conversation":"#dev","message_seq":3}')).toMatchObject({
      messages: [standing, { message: "re", reply_to: 3, thread: 3 }],
      more: false,
    });
    expect(await ask(bob, "reactions", '{"conversation":"#dev","message_seq":3,"limit":1}')).toEqual({
      conversation: "#dev",
      message_seq: 3,
      reactions: [{ username: "alice", emoji: "👍" }],
      more: true,
    });
  });

  test("search finds what one may see, the newest first, with the piece that was looked for", async () => {
    const { house, alice, bob } = await room(store);
    const carol = await house.events("carol");
    const first = await ask(bob, "search", '{"query":"line from:alice in:#dev","limit":3}');
    expect(first).toMatchObject({
      hits: [
        { message: { conversation: "#dev", seq: 7, message: "line 5" }, snippet: "line 5", marks: [[0, 4]] },
        { message: { seq: 6 } },
        { message: { seq: 5 } },
      ],
    });
    const rest = await ask(alice, "search", `{"query":"line","limit":3,"before":${first["next"]}}`);
    expect(rest).toMatchObject({ hits: [{ message: { seq: 4 } }, { message: { seq: 3 } }] });
    expect(await ask(carol, "search", '{"query":"line"}')).toMatchObject({ hits: [] });
  });
});
