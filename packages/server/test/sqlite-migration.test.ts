import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { houseIn, newDirectory, tamper } from "./sqlite-place.js";
import { aliceToken, day, lines, standing } from "./store-house.js";
import { forgets } from "./suite/forgetting.js";

const firstVersion = readFileSync(new URL("sqlite-version-1.sql", import.meta.url), "utf8");

/** A directory as a server of version 1 left it, with people who had talked. */
function oldDirectory(change = ""): string {
  const directory = newDirectory();
  tamper(directory, (database) => database.exec(firstVersion + change));
  return directory;
}

test("a database of the first version is opened with everything that is in it", async () => {
  const house = houseIn(oldDirectory());
  const alice = await house.enters("alice", aliceToken);
  const bob = await house.enters("bob", "bobs-long-secret-0");
  expect([alice.user, alice.name, alice.fresh, bob.user]).toEqual([1, "Alice", false, 2]);
  expect(lines(await alice.reads("everyone"))).toEqual([
    "1 Alice: the first",
    "2 Bob: a reply",
    "3 Alice: a reply to the reply",
    "4 guest: by somebody without a token",
    "5 Bob: another reply to the first",
  ]);
  expect(lines(await bob.reads("@alice"))).toEqual(["1 Bob: hi", "2 Alice: hello", "3 Bob: are you there?"]);
  expect((await alice.standsIn("everyone", "@bob")).standings).toMatchObject([
    { head: 5, read: 1, unread: 4, mentions: 0, muted: false },
    { head: 3, delivered: 3, read: 2, unread: 1, mentions: 0, muted: false },
  ]);
  await house.close();
});

test("its replies are in their threads, and its nonces are still known", async () => {
  const house = houseIn(oldDirectory());
  const alice = await house.enters("alice", aliceToken);
  expect(standing(await alice.readsThread("everyone", 3))).toEqual([
    "1 Alice: the first 3 replies",
    "2 Bob: a reply ^1 #1",
    "3 Alice: a reply to the reply ^2 #1",
    "5 Bob: another reply to the first ^1 #1",
  ]);
  expect(standing(await alice.browses("@bob", { before: 3 }))).toEqual([
    "1 Bob: hi 1 replies",
    "2 Alice: hello ^1 #1",
  ]);
  const again = { replyTo: 2, nonce: "nonce-0123456789" };
  expect(await alice.says("a reply to the reply", again)).toMatchObject({ seq: 3, duplicate: true });
  expect(await alice.says("another text", again)).toEqual({ ok: false, code: "nonce_reused" });
  await house.close();
});

test("everything new can be done to what is old", async () => {
  const house = houseIn(oldDirectory());
  const [alice, bob] = [
    await house.enters("alice", aliceToken),
    await house.enters("bob", "bobs-long-secret-0"),
  ];
  await alice.edits("everyone", 1, "the very first");
  await bob.reacts("everyone", 1, "👍");
  await bob.deletes("everyone", 2);
  await alice.makes("#dev");
  expect(standing(await alice.browses("everyone", { after: 0 }, 2))).toEqual([
    "1 Alice: the very first (2) 👍1 3 replies",
    "2 Bob: (deleted) ^1 #1",
  ]);
  expect(await alice.searches({ from: "bob" as never })).toMatchObject({
    hits: [
      { message: { message: "are you there?" } },
      { message: { message: "hi" } },
      { message: { message: "another reply to the first" } },
    ],
  });
  await house.close();
});

test("names look as they did before: nobody new gets a look-alike, and old ones stay with their holders", async () => {
  const house = houseIn(
    oldDirectory(`
      INSERT INTO users SELECT 4, 'mary', 1, 'Mary', token, 0 FROM users WHERE id = 1;
      INSERT INTO users SELECT 5, 'rnary', 1, 'rnary', token, 0 FROM users WHERE id = 1;
    `),
  );
  expect(await house.knocks("AIice")).toEqual({ ok: false, code: "looks_alike", name: "Alice" });
  expect(await house.knocks("b0b", "a-secret-of-mallory")).toMatchObject({
    code: "looks_alike",
    name: "Bob",
  });
  const [mary, other] = [await house.enters("mary", aliceToken), await house.enters("rnary", aliceToken)];
  expect([mary.user, mary.fresh, other.user, other.fresh]).toEqual([4, false, 5, false]);
  expect(await house.knocks("rnаry")).toMatchObject({ code: "looks_alike" });
  expect((await house.enters("guest")).fresh).toBe(true);
  await house.close();
});

test("what is too old in it is forgotten; its numbers and nonces go on", async () => {
  const house = houseIn(oldDirectory(), { keepMs: day });
  const alice = await house.enters("alice", aliceToken);
  await forgets(alice, "everyone", 6);
  await forgets(alice, "@bob", 4);
  expect(await alice.reads("everyone")).toMatchObject({ entries: [], first: 6, head: 5, forgotten: true });
  const again = { replyTo: 2, nonce: "nonce-0123456789" };
  expect(await alice.says("a reply to the reply", again)).toMatchObject({ seq: 3, duplicate: true });
  expect(await alice.writes("on", { to: "@bob" })).toMatchObject({ seq: 4 });
  await house.close();
});

test("what was damaged before is still not served", async () => {
  const house = houseIn(oldDirectory("UPDATE entries SET message = 'a lie' WHERE id = 2;"));
  const alice = await house.enters("alice", aliceToken);
  expect(await alice.asksToRead("everyone")).toEqual({ ok: false, code: "unavailable" });
  expect(house.warnings).toEqual(["entry 2 of conversation 1 is damaged and is not shown: restore a backup"]);
  expect(lines(await alice.reads("everyone", { after: 2 }))).toHaveLength(3);
  await house.close();
});
