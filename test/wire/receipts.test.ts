// How far others have got, and what is unread on one's other devices, over real sockets.

import { describe, expect, test } from "vitest";
import type { House, StoreName } from "../support/house.js";
import { openHouse } from "../support/house.js";
import type { Talker } from "../support/talker.js";

const as = (name: string): string => `&token=${name}-has-a-long-secret&receipts=true`;

/** Alice has written to bob twice. Pings prove nothing by themselves here. */
async function pair(store: StoreName): Promise<{ house: House; alice: Talker; bob: Talker }> {
  const house = await openHouse({ store, limits: { cursorMs: 20, proveMs: 60_000 } });
  const alice = await house.events("alice", as("alice"));
  const bob = await house.events("bob", as("bob"));
  for (const message of ["one", "two"])
    alice.says(`{"type":"private_message","payload":{"message":"${message}","to":"bob"}}`);
  await bob.hears({ type: "new_message" }, { type: "new_message" });
  await alice.heardSoFar();
  return { house, alice, bob };
}

describe.each<StoreName>(["memory", "sqlite"])("%s", (store) => {
  test("delivered and read are told to the other side, and stand in receipts", async () => {
    const { alice, bob } = await pair(store);
    bob.says('{"type":"delivered","payload":{"conversation":"@alice","seq":2}}');
    expect(await alice.nextOf("receipt")).toEqual({
      type: "receipt",
      payload: { conversation: "@bob", username: "bob", delivered: 2, read: 0 },
    });
    bob.says('{"type":"read","payload":{"conversation":"@alice","seq":1}}');
    const row = { username: "bob", delivered: 2, read: 1 };
    expect(await alice.nextOf("receipt")).toEqual({
      type: "receipt",
      payload: { conversation: "@bob", ...row },
    });
    alice.says('{"type":"receipts","id":1,"payload":{"conversation":"@bob"}}');
    expect(await alice.nextOf("receipts")).toMatchObject({
      id: 1,
      payload: { conversation: "@bob", receipts: [{ username: "alice" }, row] },
    });
  });

  test("whoever keeps it private has read nothing, as far as others are told", async () => {
    const { alice, bob } = await pair(store);
    bob.says('{"type":"set_privacy","id":1,"payload":{"reading":"private"}}');
    await bob.nextOf("ack");
    bob.says('{"type":"read","payload":{"conversation":"@alice","seq":2}}');
    expect(await alice.nextOf("receipt")).toMatchObject({ payload: { delivered: 2, read: 0 } });
    alice.says('{"type":"receipts","id":1,"payload":{"conversation":"@bob"}}');
    expect(await alice.nextOf("receipts")).toMatchObject({
      payload: { receipts: [{ username: "alice" }, { username: "bob", delivered: 2, read: 0 }] },
    });
    bob.says('{"type":"receipts","id":2,"payload":{"conversation":"@alice"}}');
    expect(await bob.nextOf("receipts")).toMatchObject({
      payload: { receipts: [{ username: "alice" }, { username: "bob", read: 2 }] },
    });
  });

  test("what is read on one device is read on the other", async () => {
    const { house, bob } = await pair(store);
    const phone = await house.events("bob", as("bob"));
    bob.says('{"type":"read","payload":{"conversation":"@alice","seq":1}}');
    expect(await phone.nextOf("unread")).toEqual({
      type: "unread",
      payload: { conversation: "@alice", head: 2, read: 1, unread: 1, mentions: 0 },
    });
    phone.says('{"type":"read","payload":{"conversation":"@alice","seq":2}}');
    expect(await bob.nextOf("unread")).toMatchObject({ payload: { read: 1 } });
    expect(await bob.nextOf("unread")).toMatchObject({ payload: { read: 2, unread: 0 } });
  });

  test("in a room the others are told; in everyone nobody is", async () => {
    const { alice, bob } = await pair(store);
    alice.says('{"type":"create_room","payload":{"conversation":"#dev"}}');
    await alice.heardSoFar();
    bob.says('{"type":"join_room","payload":{"conversation":"#dev"}}');
    await bob.heardSoFar();
    alice.says(
      '{"type":"send_message","payload":{"message":"hi","conversation":"#dev"}}',
      '{"type":"send_message","payload":{"message":"hi"}}',
    );
    await bob.heardSoFar();
    bob.says(
      '{"type":"read","payload":{"conversation":"everyone","seq":1}}',
      '{"type":"read","payload":{"conversation":"#dev","seq":3}}',
    );
    expect(await alice.nextOf("receipt")).toEqual({
      type: "receipt",
      payload: { conversation: "#dev", username: "bob", delivered: 3, read: 3 },
    });
    alice.says('{"type":"receipts","id":1,"payload":{"conversation":"everyone"}}');
    expect(await alice.nextOf("error")).toMatchObject({ id: 1 });
  });

  test("a pong is proof enough: what has arrived is told as delivered", async () => {
    const house = await openHouse({ store, limits: { cursorMs: 20, proveMs: 20 } });
    const alice = await house.events("alice", as("alice"));
    await house.events("bob", as("bob"));
    alice.says('{"type":"private_message","payload":{"message":"hi","to":"bob"}}');
    expect(await alice.nextOf("receipt")).toEqual({
      type: "receipt",
      payload: { conversation: "@bob", username: "bob", delivered: 1, read: 0 },
    });
  });
});
