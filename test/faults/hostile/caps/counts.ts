// Caps on what is kept: rooms, blocks, reactions, pins. Each is filled to the brim by one person.

import { defaultLimits } from "chat-hub";
import type { Visitor } from "../../load/visitor.ts";
import { visitKept } from "../../load/visitor.ts";
import type { Expect } from "./expect.ts";

const { store } = defaultLimits;

/** @returns how many caps were tried */
export async function tryCounts(url: string, alice: Visitor, expect: Expect): Promise<number> {
  await rooms(url, expect);
  await blocks(url, expect);
  await reactions(alice, expect);
  await pins(alice, expect);
  return 4;
}

/** Asks all of them at once: in order, as they are stored. */
function all(visitor: Visitor, type: string, payloads: readonly object[]): Promise<readonly string[]> {
  return Promise.all(payloads.map((payload) => visitor.tries(type, payload)));
}

function numbered(count: number, payload: (n: number) => object): readonly object[] {
  return Array.from({ length: count }, (_, n) => payload(n));
}

const acks = (codes: readonly string[]): number => codes.filter((code) => code === "ack").length;

async function rooms(url: string, expect: Expect): Promise<void> {
  const { roomsPerUser } = store;
  const builder = await visitKept(url, "builder");
  const room = (n: number): object => ({ conversation: `#built-${n}` });
  expect("roomsPerUser", acks(await all(builder, "create_room", numbered(roomsPerUser, room))), roomsPerUser);
  expect("roomsPerUser, one more", await builder.tries("create_room", room(roomsPerUser)), "limit_reached");
  expect(
    "roomsPerUser, joining",
    await builder.tries("join_room", { conversation: "#caps" }),
    "limit_reached",
  );
  await builder.does("leave_room", room(0));
  expect("roomsPerUser, one given back", await builder.tries("create_room", room(roomsPerUser)), "ack");
  builder.breaks();
}

async function blocks(url: string, expect: Expect): Promise<void> {
  const hermit = await visitKept(url, "hermit");
  for (let n = 0; n <= store.blocks; n += 50) {
    const some = numbered(Math.min(50, store.blocks + 1 - n), (m) => ({ m: n + m })) as { m: number }[];
    const come = await Promise.all(some.map(({ m }) => visitKept(url, `blocked-${m}`)));
    for (const each of come) each.breaks();
  }
  const whom = (n: number): object => ({ username: `blocked-${n}` });
  expect("blocks", acks(await all(hermit, "block", numbered(store.blocks, whom))), store.blocks);
  expect("blocks, one more", await hermit.tries("block", whom(store.blocks)), "limit_reached");
  await hermit.does("block", { ...whom(0), on: false });
  expect("blocks, one given back", await hermit.tries("block", whom(store.blocks)), "ack");
  hermit.breaks();
}

async function reactions(alice: Visitor, expect: Expect): Promise<void> {
  const { seq: message_seq } = await alice.does("send_message", { conversation: "#caps", message: "look" });
  const emoji = (n: number): object => ({
    conversation: "#caps",
    message_seq,
    emoji: String.fromCodePoint(0x1f600 + n),
  });
  const { reactionsPerMessage } = store;
  expect(
    "reactions",
    acks(await all(alice, "react", numbered(reactionsPerMessage, emoji))),
    reactionsPerMessage,
  );
  expect("reactions, one more", await alice.tries("react", emoji(reactionsPerMessage)), "limit_reached");
  await alice.does("react", { ...emoji(0), on: false });
  expect("reactions, one given back", await alice.tries("react", emoji(reactionsPerMessage)), "ack");
}

async function pins(alice: Visitor, expect: Expect): Promise<void> {
  const seqs: unknown[] = [];
  for (let n = 0; n <= store.pins; n += 1)
    seqs.push((await alice.does("send_message", { conversation: "#caps", message: `pin ${n}` }))["seq"]);
  const pin = (n: number): object => ({ conversation: "#caps", message_seq: seqs[n] });
  expect("pins", acks(await all(alice, "pin", numbered(store.pins, pin))), store.pins);
  expect("pins, one more", await alice.tries("pin", pin(store.pins)), "limit_reached");
  await alice.does("pin", { ...pin(0), on: false });
  expect("pins, one given back", await alice.tries("pin", pin(store.pins)), "ack");
}
