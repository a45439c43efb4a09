// The stranger who takes a free name: everything that was private to its earlier holder stays with that
// holder, by every way there is to ask.

import { describe, expect, test } from "vitest";
import { eventually } from "../support/eventually.js";
import type { House, StoreName } from "../support/house.js";
import { openHouse } from "../support/house.js";
import type { Talker } from "../support/talker.js";

interface Cast {
  readonly house: House;
  readonly alice: Talker;
  /** Has the name that bob had. */
  readonly eve: Talker;
}

/** alice and bob have talked in private; bob is gone, and eve comes as bob. */
async function cast(store: StoreName, eveKnocks: string): Promise<Cast> {
  const house = await openHouse({ store });
  const alice = await house.events("alice", "&token=alice-has-a-long-secret");
  const bob = await house.simple("bob");
  alice.says('{"type":"private_message","id":1,"payload":{"message":"the key is under the mat","to":"bob"}}');
  await alice.hears({ type: "ack" }, { type: "new_message" });
  await bob.hears({ message: "the key is under the mat" });
  bob.says('{"message":"thanks","target":"alice"}');
  await alice.hears({ payload: { message: "thanks", from: "bob", seq: 2 } });
  await bob.leaves();
  let eve: Talker | undefined;
  await eventually(async () => {
    eve = await house.connects(eveKnocks, "eve as bob");
    return (await eve.next())["type"];
  }).toBe("welcome");
  return { house, alice, eve: eve as Talker };
}

describe.each<StoreName>(["memory", "sqlite"])("%s", (store) => {
  test.each([
    "/ws?username=bob",
    "/ws?username=bob&token=eve-has-a-long-secret",
    "/ws?username=BOB&since=*:0",
  ])("as %s eve hears nothing of what was bob's", async (path) => {
    const { eve } = await cast(store, path);
    await eve.heardSoFar();
    eve.says(
      '{"type":"history","id":1,"payload":{"conversation":"@alice"}}',
      '{"type":"history","id":2,"payload":{"conversation":"@alice~1"}}',
      '{"type":"history","id":3,"payload":{"conversation":"@bob"}}',
      '{"type":"log","id":4,"payload":{"conversation":"@alice","after":0}}',
      '{"type":"read","id":5,"payload":{"conversation":"@alice","seq":2}}',
      '{"type":"conversations","id":6}',
    );
    for (const id of [1, 2, 3, 4, 5])
      await eve.hears({ type: "error", id, payload: { code: "unknown_conversation" } });
    const { payload } = (await eve.next()) as { payload: { conversations: { conversation: string }[] } };
    expect(payload.conversations.map(({ conversation }) => conversation)).toEqual(["everyone"]);
    expect(eve.transcript.join()).not.toMatch(/mat|thanks|@alice"/);
  });

  test("no since brings anything of it, or says that there was something", async () => {
    const { house, eve } = await cast(store, "/ws?username=bob&token=eve-has-a-long-secret");
    for (const since of ["@alice:0", "@alice:-9", "@alice~1:0", "unread", "*:0", "everyone:0,@alice:1,*:0"]) {
      const device = await house.connects(
        `/ws?username=bob&token=eve-has-a-long-secret&since=${since}`,
        since,
      );
      const ignored = since.match(/@alice[~1]*/g);
      await device.hears({ type: "welcome" });
      await device.hearsExactly({
        type: "resumed",
        payload: {
          epoch: expect.any(String),
          replayed: 0,
          ...(ignored === null ? {} : { ignored: [...ignored] }),
        },
      });
      expect(device.transcript.join()).not.toMatch(/mat|thanks/);
    }
    await eve.hearsNothing();
  });

  test("what alice says to bob now reaches eve, and begins a conversation of its own", async () => {
    const { alice, eve } = await cast(store, "/ws?username=bob");
    alice.says('{"type":"private_message","id":2,"payload":{"message":"who are you?","to":"bob"}}');
    await alice.hears({ type: "ack", payload: { conversation: "@bob", seq: 1_000_001, recipient: "here" } });
    await eve.hears({ payload: { message: "who are you?", conversation: "@alice", seq: 1_000_001 } });
    eve.says('{"type":"history","id":1,"payload":{"conversation":"@alice"}}');
    await eve.hears({
      payload: { messages: [{ message: "who are you?", seq: 1_000_001 }], head: 1_000_001 },
    });
  });

  test("alice's cursor from the first bob skips nothing that the second says, live and with since", async () => {
    const house = await openHouse({ store });
    const token = "&token=alice-has-a-long-secret";
    const alice = await house.events("alice", token);
    const first = await house.events("bob");
    const numbers = (count: number, base: number) => Array.from({ length: count }, (_, n) => base + n + 1);
    for (const seq of numbers(5, 0)) {
      first.says('{"type":"private_message","payload":{"message":"hi","to":"alice"}}');
      await alice.hears({ payload: { conversation: "@bob", seq } });
    }
    await first.leaves();
    let second: Talker | undefined;
    await eventually(async () => {
      second = await house.connects("/ws?username=bob", "the second bob");
      return (await second.next())["type"];
    }).toBe("welcome");
    for (const n of numbers(7, 0)) {
      second?.says(`{"type":"private_message","payload":{"message":"${n}","to":"alice"}}`);
      const payload = { conversation: "@bob", message: `${n}`, seq: 1_000_000 + n };
      await alice.hears({ type: "new_message", payload });
    }
    const device = await house.connects(`/ws?username=alice${token}&since=@bob:5,*:head`, "device");
    await device.hears({ type: "welcome" });
    await device.hears({ type: "skip", payload: { conversation: "@bob", first: 6, last: 1_000_000 } });
    for (const seq of numbers(7, 1_000_000))
      await device.hears({ type: "new_message", payload: { conversation: "@bob", seq } });
    await device.hears({ type: "resumed", payload: { replayed: 7 } });
    // Nothing was lost in between, so nobody is told that it was.
    device.says('{"type":"log","id":1,"payload":{"conversation":"@bob","after":5,"limit":1}}');
    await device.hears({ type: "log", payload: { entries: [{ payload: { seq: 1_000_001 } }], more: true } });
  });

  test("alice still reads what she and the first bob said, as @bob~1, and can't write there", async () => {
    const { alice } = await cast(store, "/ws?username=bob");
    alice.says(
      '{"type":"history","id":1,"payload":{"conversation":"@bob~1"}}',
      '{"type":"conversations","id":2}',
      '{"type":"private_message","id":3,"payload":{"message":"still there?","to":"bob~1"}}',
      '{"type":"history","id":4,"payload":{"conversation":"@bob"}}',
    );
    const answers = new Map((await alice.heardSoFar()).map((frame) => [frame["id"], frame]));
    expect(answers.get(1)).toMatchObject({
      payload: {
        conversation: "@bob~1",
        messages: [
          { message: "the key is under the mat", from: "alice", conversation: "@bob~1", seq: 1 },
          { message: "thanks", from: "bob", conversation: "@bob~1", seq: 2 },
        ],
      },
    });
    expect(answers.get(2)).toMatchObject({
      payload: { conversations: [{ conversation: "everyone" }, { conversation: "@bob~1", head: 2 }] },
    });
    expect(answers.get(3)).toMatchObject({ type: "error", payload: { code: "away" } });
    expect(answers.get(4)).toMatchObject({ type: "error", payload: { code: "unknown_conversation" } });
  });

  test("a nonce of bob's is not eve's: the same one makes a message of hers", async () => {
    const house = await openHouse({ store });
    const bob = await house.events("bob");
    const say = '{"type":"send_message","id":1,"payload":{"message":"hi","nonce":"0192f0c1-2345-7000"}}';
    bob.says(say);
    await bob.hears({ type: "ack", payload: { seq: 1 } });
    await bob.leaves();
    await eventually(async () => {
      const eve = await house.connects("/ws?username=bob");
      eve.says(say);
      return (await eve.heardSoFar()).find(({ type }) => type === "ack");
    }).toMatchObject({ payload: { seq: 2 } });
  });
});
