// Who is here, and who comes and goes.

import { expect, test } from "vitest";
import { eventually } from "../support/eventually.js";
import { openHouse } from "../support/house.js";
import type { Talker } from "../support/talker.js";

interface UsersTold {
  readonly users: readonly { readonly username: string; readonly status: "online" | "offline" }[];
}

const online = (...names: string[]) => names.map((username) => ({ username, status: "online" }));

/** Who is here, as a talker was told. */
function following(talker: Talker): () => string[] {
  const here = new Set<string>();
  return () => {
    for (const { payload } of talker.presenceSoFar() as { payload: UsersTold }[])
      for (const { username, status } of payload.users)
        here[status === "online" ? "add" : "delete"](username);
    return [...here].sort();
  };
}

test("users lists who is here, each once, by name", async () => {
  const house = await openHouse();
  const alice = await house.events("alice");
  await house.simple("سارة");
  await house.simple("Bob", "&token=bob-has-a-long-secret");
  await house.events("bob", "&token=bob-has-a-long-secret");
  await house.connects("/ws", "nobody yet");
  alice.says('{"type":"users","id":1}');
  await alice.hearsExactly({
    type: "users",
    id: 1,
    payload: { users: online("alice", "Bob", "سارة"), count: 3, more: false },
  });
});

test("users comes in pages", async () => {
  const house = await openHouse();
  const alice = await house.events("alice");
  for (const name of ["bob", "carol", "dave"]) await house.simple(name);
  alice.says(
    '{"type":"users","id":1,"payload":{"limit":2}}',
    '{"type":"users","id":2,"payload":{"limit":2,"after":"bob"}}',
    '{"type":"users","id":3,"payload":{"limit":2,"after":"dave"}}',
  );
  await alice.hears(
    { id: 1, payload: { users: online("alice", "bob"), count: 4, more: true } },
    { id: 2, payload: { users: online("carol", "dave"), count: 4, more: false } },
    { id: 3, payload: { users: [], count: 4, more: false } },
  );
});

test("coming and going is told to events clients, and never to simple ones", async () => {
  const house = await openHouse();
  const [alice, script] = [await house.events("alice"), await house.simple("script")];
  const here = following(alice);
  const bob = await house.simple("bob");
  await house.events("carol");
  await eventually(here).toEqual(["alice", "bob", "carol", "script"]);
  const goodbye = performance.now();
  await bob.leaves();
  await alice.hearsPresence({
    type: "presence",
    payload: { users: [{ username: "bob", status: "offline" }], count: 3 },
  });
  expect(performance.now() - goodbye).toBeGreaterThan(240);
  expect(script.transcript.join()).not.toContain("presence");
  await script.hearsNothing();
});

test("a lost connection counts as here for a grace; who is back by then has never been away", async () => {
  const house = await openHouse({ limits: { graceMs: 1_000, presenceMs: 1 } });
  const alice = await house.events("alice");
  const here = following(alice);
  const bob = await house.events("bob");
  await eventually(here).toEqual(["alice", "bob"]);
  bob.breaks();
  await eventually(
    async () => (await (await house.connects("/ws?username=bob", "bob again")).next())["type"],
  ).toBe("welcome");
  const carol = await house.events("carol");
  await alice.hearsPresence({ payload: { users: online("carol"), count: 3 } });
  const lost = performance.now();
  carol.breaks();
  await alice.hearsPresence({ payload: { users: [{ username: "carol", status: "offline" }], count: 2 } });
  expect(performance.now() - lost).toBeGreaterThan(990);
});

test("only 1000, or no code at all, is a goodbye: a page that goes away with 1001 often comes back", async () => {
  const house = await openHouse({ limits: { graceMs: 60_000, presenceMs: 1 } });
  const alice = await house.events("alice");
  const here = following(alice);
  const [bob, carol, page] = [
    await house.events("bob"),
    await house.events("carol"),
    await house.events("page"),
  ];
  await eventually(here).toEqual(["alice", "bob", "carol", "page"]);
  await page.leaves(1001);
  await bob.leaves(1000);
  await carol.leaves(1005);
  await eventually(here).toEqual(["alice", "page"]);
  await house.events("page");
});

test("a device that goes does not take its user along", async () => {
  const house = await openHouse({ limits: { presenceMs: 1 } });
  const alice = await house.events("alice");
  await alice.hearsPresence({ payload: { count: 1 } });
  const token = "&token=bob-has-a-long-secret";
  const phone = await house.simple("bob", token);
  await alice.hearsPresence({ payload: { users: online("bob"), count: 2 } });
  const laptop = await house.simple("bob", token);
  await phone.leaves();
  await house.simple("carol");
  await alice.hearsPresence({ payload: { users: online("carol"), count: 3 } });
  await laptop.leaves();
  await alice.hearsPresence({ payload: { users: [{ username: "bob", status: "offline" }], count: 2 } });
});

test("in a crowd few changes at a time still come by name", async () => {
  const house = await openHouse({ limits: { presenceMs: 1, presenceCrowd: 3, presenceCrowdMs: 30 } });
  const alice = await house.events("alice");
  for (const name of ["b", "c"]) await house.simple(name);
  await eventually(() => alice.presenceSoFar().at(-1)).toMatchObject({ payload: { count: 3 } });
  await house.simple("d");
  await alice.hearsPresence({ type: "presence", payload: { users: online("d"), count: 4 } });
  await house.simple("e");
  await alice.hearsPresence({ type: "presence", payload: { users: online("e"), count: 5 } });
});
