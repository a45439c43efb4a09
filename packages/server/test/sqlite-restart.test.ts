// What a restart keeps of rooms, of what was done to messages, and of what people chose.

import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { houseIn, newDirectory } from "./sqlite-place.js";
import type { Guest, House } from "./store-house.js";
import { aliceToken, day, lines, standing } from "./store-house.js";
import { keeps, tells } from "./suite/records.js";

const tokens = {
  alice: aliceToken,
  bob: "bobs-long-secret-0",
  carol: "carols-long-secret",
  eve: "eves-long-secret-00",
};

async function everybody(house: House): Promise<Record<keyof typeof tokens, Guest>> {
  const names = Object.keys(tokens) as (keyof typeof tokens)[];
  const guests = await Promise.all(names.map((name) => house.enters(name, tokens[name])));
  return Object.fromEntries(names.map((name, n) => [name, guests[n]])) as Record<keyof typeof tokens, Guest>;
}

/** Another server in the same directory, once the one before has ended. */
async function restarted(directory: string, house: House): Promise<House> {
  await house.close();
  return houseIn(directory);
}

test("rooms, roles, bans and invitations are as they were", async () => {
  const directory = newDirectory();
  const before = houseIn(directory);
  const { alice, bob, carol } = await everybody(before);
  await alice.makes("#Den", { visibility: "private", topic: "what else" });
  for (const name of ["bob", "carol"]) await alice.invites(name, "#Den");
  await bob.joins("#Den");
  await alice.appoints("bob", "moderator", "#Den");
  await alice.bans("eve", "#Den");
  await alice.does("#Den", { type: "archive", on: true });

  const after = await restarted(directory, before);
  const again = await everybody(after);
  const facts = {
    key: "Den",
    name: "Den",
    visibility: "private",
    topic: "what else",
    archived: true,
    members: 2,
  };
  expect(again.bob.rooms).toMatchObject([{ facts, role: "moderator", head: 7 }]);
  expect(again.carol.rooms).toEqual([]);
  expect(await again.alice.asksTo("#Den", { type: "topic", topic: "" })).toMatchObject({ code: "archived" });
  await again.alice.does("#Den", { type: "archive", on: false });
  expect(await again.eve.asksTo("#Den", { type: "join" })).toEqual({ ok: false, code: "banned" });
  expect(await again.carol.joins("#Den")).toMatchObject({ seq: 9, facts: { members: 3 } });
  expect(carol.user).toBe(again.carol.user);
  expect(lines(await again.bob.reads("#Den"))).toEqual([
    "1 alice joins as owner",
    "2 alice invites bob",
    "3 alice invites carol",
    "4 bob joins as member",
    "5 alice: bob is moderator",
    "6 alice bans eve",
    '7 alice sets {"archived":true}',
    '8 alice sets {"archived":false}',
    "9 carol joins as member",
  ]);
  await after.close();
});

test("edits, deletions, reactions, pins, threads and mentions are as they were", async () => {
  const directory = newDirectory();
  const before = houseIn(directory);
  const { alice, bob } = await everybody(before);
  await alice.makes("#dev");
  await bob.joins("#dev");
  await alice.writes("one", { to: "#dev" });
  await bob.writes("two", { to: "#dev", replyTo: 3 });
  await alice.writes("three @bob", { to: "#dev", calls: ["bob"] });
  await alice.edits("#dev", 3, "one, better");
  await bob.reacts("#dev", 3, "👍");
  await alice.reacts("#dev", 3, "👍");
  await alice.pins("#dev", 3);
  await bob.deletes("#dev", 4);
  const page = await alice.browses("#dev");
  const log = await alice.reads("#dev");

  const after = await restarted(directory, before);
  const again = await everybody(after);
  expect(standing(page)).toEqual([
    "3 alice: one, better (2) 👍2+ pinned 1 replies",
    "4 bob: (deleted) ^3 #3",
    "5 alice: three @bob",
  ]);
  expect(await again.alice.browses("#dev")).toEqual(page);
  expect(await again.alice.reads("#dev")).toEqual(log);
  expect(standing(await again.bob.readsPins("#dev"))).toHaveLength(1);
  expect((await again.bob.standsIn("#dev")).standings).toMatchObject([{ mentions: 1, role: "member" }]);
  expect(
    await again.bob.asksTo("#dev", { type: "reaction", target: 3 as never, emoji: "👍", on: true }),
  ).toMatchObject({
    unchanged: true,
  });
  await after.close();
});

test("what people chose is as it was: blocks, statuses, what they tell and whom they mute", async () => {
  const directory = newDirectory();
  const before = houseIn(directory);
  const { alice, bob } = await everybody(before);
  await alice.writes("hi", { to: "@bob" });
  await alice.chooses({ kind: "status", status: "busy", text: "in a meeting" });
  await alice.chooses({ kind: "reading", reading: "private" });
  await alice.mutes("@bob");
  await bob.blocks("alice");
  await alice.leaves(9, 8);

  const after = await restarted(directory, before);
  const again = await everybody(after);
  expect(again.alice.profile).toEqual({
    status: "busy",
    text: "in a meeting",
    reading: "private",
    blocked: [],
  });
  expect(again.bob.profile.blocked).toEqual([alice.user]);
  expect(await again.carol.whois("alice")).toMatchObject({ status: "busy", text: "in a meeting", seen: 8 });
  expect((await again.alice.standsIn("@bob")).standings).toMatchObject([{ muted: true }]);
  expect(await again.alice.says("hi?", { to: "@bob" })).toEqual({ ok: false, code: "blocked" });
  await after.close();
});

test("an act with a nonce is known again after a restart, whatever became of it", async () => {
  const directory = newDirectory();
  const before = houseIn(directory);
  const { alice } = await everybody(before);
  const [nonce, other] = ["nonce-0123456789", "nonce-9876543210"];
  const edit = { type: "edit", target: 1, message: "two" } as never;
  await alice.writes("one");
  const first = await alice.does("everyone", edit, { nonce, at: 5 });
  const made = await alice.does(
    "#dev",
    { type: "create", name: "dev", visibility: "public", history: "all", topic: "" },
    { nonce: other },
  );
  await alice.deletes("everyone", 1);

  const after = await restarted(directory, before);
  const again = await everybody(after);
  expect(await again.alice.asksTo("everyone", edit, { nonce })).toMatchObject({
    seq: first.seq,
    at: 5,
    duplicate: true,
  });
  expect(await again.alice.asksTo("everyone", { type: "deletion", target: 1 as never }, { nonce })).toEqual({
    ok: false,
    code: "nonce_reused",
  });
  const create = { topic: "", history: "all", visibility: "public", name: "dev", type: "create" } as const;
  expect(await again.alice.asksTo("#dev", create, { nonce: other })).toMatchObject({
    conversation: made.conversation,
    seq: 1,
    duplicate: true,
  });
  await after.close();
});

test("those without a token who were here when a server died have left their rooms, and the next one owns them", async () => {
  const directory = newDirectory();
  const house = houseIn(directory);
  const { alice, bob } = await everybody(house);
  const guest = await house.enters("guest");
  await alice.makes("#dev");
  for (const who of [bob, guest]) await who.joins("#dev");
  const crashed = newDirectory();
  for (const file of ["chat.db", "chat.db-wal", "chat.mark"])
    copyFileSync(join(directory, file), join(crashed, file));
  await house.close();

  const after = houseIn(crashed);
  const again = await everybody(after);
  expect(lines(await again.alice.reads("#dev", "newest", 1))).toEqual(["4 guest: guest is gone"]);
  expect(again.alice.rooms).toMatchObject([{ facts: { members: 2 }, role: "owner", head: 4 }]);
  const stranger = await after.enters("guest");
  expect([stranger.fresh, stranger.rooms]).toEqual([true, []]);
  expect(await stranger.asksToRead("#dev")).toEqual({ ok: false, code: "not_member" });
  await after.close();
});

test("records and the audit log; a hub is told of those it minds, as they stand", async () => {
  const directory = newDirectory();
  const before = houseIn(directory);
  expect(before.store.facts.minded).toEqual([]);
  const soon = (Date.now() + 3_600_000) as never;
  const audit = { by: "alice", action: "ban", about: "eve", detail: "for ever" };
  await keeps(before, [{ kind: "ban", key: "eve", value: "{}" }], 0, audit);
  await keeps(before, [
    { kind: "ban", key: "bob", value: "{}", until: soon },
    { kind: "silence", key: "carol", value: "{}", until: 1 as never },
    { kind: "switch", key: "read_only", value: "{}" },
    { kind: "account", key: "alice", value: "{}" },
  ]);

  const after = await restarted(directory, before);
  expect(after.store.facts.minded).toEqual([
    { kind: "ban", key: "bob", value: "{}", until: soon },
    { kind: "ban", key: "eve", value: "{}" },
    { kind: "switch", key: "read_only", value: "{}" },
  ]);
  await keeps(after, [], 0, { ...audit, action: "unban" });
  expect(await tells(after)).toEqual(["2 alice unban eve", "1 alice ban eve"]);
  await after.close();
});

test("the user of an account is the same after a restart, and nobody else gets their name", async () => {
  const directory = newDirectory();
  const house = houseIn(directory);
  const alice = await house.comes("Alice", "alice");
  await house.close();
  const after = houseIn(directory);
  expect(await after.knocks("alice", aliceToken)).toEqual({ ok: false, code: "name_taken" });
  const again = await after.comes("alice", "alice", 1_000 * day);
  expect(again).toMatchObject({ ok: true, fresh: false, kept: true, name: "Alice" });
  expect((again as { user?: number }).user).toBe((alice as { user?: number }).user);
  await after.close();
});
