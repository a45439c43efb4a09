// What is counted where it is kept, at the limit and one above it. The limits of frames and texts are
// shown by the vectors; these take too many people to be shown there as they are.

import type { StoreLimits } from "chat-hub";
import { defaultLimits } from "chat-hub";
import { describe, expect, test } from "vitest";
import type { House, StoreName } from "../support/house.js";
import { openHouse } from "../support/house.js";
import type { Talker } from "../support/talker.js";

const token = (name: string): string => `&token=${name}-has-a-long-secret`;

function houseWith(store: StoreName, different: Partial<StoreLimits>): Promise<House> {
  return openHouse({ store, limits: { store: { ...defaultLimits.store, ...different } } });
}

/** Its answer is this, whatever else is heard before. */
async function answered(talker: Talker, frame: string, answer: object): Promise<void> {
  talker.says(frame);
  const heard = await talker.heardSoFar();
  const { id } = JSON.parse(frame) as { id: number };
  expect(heard.filter((each) => each["id"] === id)).toMatchObject([answer]);
}
const refused = { type: "error", payload: { code: "limit_reached", retryable: false } };
const acked = { type: "ack" };

describe.each<StoreName>(["memory", "sqlite"])("%s", (store) => {
  test("a user is in so many rooms, made or joined, and in one more when they have left one", async () => {
    const house = await houseWith(store, { roomsPerUser: 2 });
    const alice = await house.events("alice", token("alice"));
    const bob = await house.events("bob", token("bob"));
    await answered(bob, '{"type":"create_room","id":1,"payload":{"conversation":"#bobs"}}', acked);
    await answered(alice, '{"type":"create_room","id":1,"payload":{"conversation":"#one"}}', acked);
    await answered(alice, '{"type":"create_room","id":2,"payload":{"conversation":"#two"}}', acked);
    await answered(alice, '{"type":"create_room","id":3,"payload":{"conversation":"#three"}}', refused);
    await answered(alice, '{"type":"join_room","id":4,"payload":{"conversation":"#bobs"}}', refused);
    await answered(alice, '{"type":"join_room","id":5,"payload":{"conversation":"#two"}}', {
      type: "ack",
      payload: { unchanged: true },
    });
    await answered(alice, '{"type":"leave_room","id":6,"payload":{"conversation":"#two"}}', acked);
    await answered(alice, '{"type":"join_room","id":7,"payload":{"conversation":"#bobs"}}', acked);
  });

  test("a room has so many members; who is invited counts", async () => {
    const house = await houseWith(store, { membersPerRoom: 3 });
    const alice = await house.events("alice", token("alice"));
    const bob = await house.events("bob", token("bob"));
    const carl = await house.events("carl", token("carl"));
    const dora = await house.events("dora", token("dora"));
    await answered(alice, '{"type":"create_room","id":1,"payload":{"conversation":"#dev"}}', acked);
    await answered(bob, '{"type":"join_room","id":1,"payload":{"conversation":"#dev"}}', acked);
    await answered(
      alice,
      '{"type":"invite","id":2,"payload":{"conversation":"#dev","username":"carl"}}',
      acked,
    );
    await answered(dora, '{"type":"join_room","id":1,"payload":{"conversation":"#dev"}}', refused);
    await answered(
      alice,
      '{"type":"invite","id":3,"payload":{"conversation":"#dev","username":"dora"}}',
      refused,
    );
    await answered(carl, '{"type":"join_room","id":1,"payload":{"conversation":"#dev"}}', acked);
    await answered(bob, '{"type":"leave_room","id":2,"payload":{"conversation":"#dev"}}', acked);
    await answered(dora, '{"type":"join_room","id":2,"payload":{"conversation":"#dev"}}', acked);
  });

  test("somebody has blocked so many; who is blocked already is none more", async () => {
    const house = await houseWith(store, { blocks: 1 });
    const alice = await house.events("alice", token("alice"));
    await house.events("bob", token("bob"));
    await house.events("carl", token("carl"));
    await answered(alice, '{"type":"block","id":1,"payload":{"username":"bob"}}', acked);
    await answered(alice, '{"type":"block","id":2,"payload":{"username":"bob"}}', acked);
    await answered(alice, '{"type":"block","id":3,"payload":{"username":"carl"}}', refused);
    await answered(alice, '{"type":"block","id":4,"payload":{"username":"bob","on":false}}', acked);
    await answered(alice, '{"type":"block","id":5,"payload":{"username":"carl"}}', acked);
  });
});

test("a user has so many connections; the one too many may take another name", async () => {
  const house = await openHouse({ limits: { devicesPerUser: 2 } });
  const alice = await house.events("alice", token("alice"));
  await house.events("alice", token("alice"));
  const third = await house.connects(`/ws?username=alice${token("alice")}`);
  await third.hears({ type: "error", payload: { code: "limit_reached" } });
  third.says('{"type":"login","id":1,"payload":{"username":"alicia"}}');
  await third.hears({ type: "welcome", id: 1, payload: { username: "alicia" } });
  const simple = await house.connects(`/v1/ws?username=alice${token("alice")}`);
  await simple.hears({ error: { code: "limit_reached" } });
  await simple.isClosed(4429);
  await alice.leaves();
  await house.simple("alice", token("alice"));
});
