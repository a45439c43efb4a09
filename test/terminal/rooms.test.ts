// A whole conversation as two people in their terminals see it: a room, and all that is done in it.

import { describe, expect, test } from "vitest";
import { openHouse } from "../support/house.js";
import { temporaryFolder } from "../support/server-process.js";
import type { PersonOptions } from "./person.js";
import { Person } from "./person.js";

const enter = "\r";

async function openRooms(more: Partial<PersonOptions> = {}) {
  const house = await openHouse({ store: "sqlite" });
  const state = temporaryFolder();
  return {
    house,
    sitsDown: (name: string, again: Partial<PersonOptions> = {}) =>
      Person.sitsDown(name, { url: house.url, state, columns: 100, rows: 30, ...more, ...again }),
  };
}

/** Both in #dev, which alice has made, and both speaking there. */
async function bothInDev() {
  const it = await openRooms();
  const [alice, bob] = [it.sitsDown("alice"), it.sitsDown("bob")];
  for (const one of [alice, bob]) await one.isOnline();
  alice.types("/create Dev all about code", enter);
  await alice.sees("  1  you joined #Dev as its owner");
  bob.types("/join dev", enter);
  await bob.reads("2 you joined #");
  for (const one of [alice, bob]) await one.isOnline("#Dev");
  return { ...it, alice, bob };
}

test("two in a room: what one says the other reads, and nobody else", async () => {
  const { alice, bob, sitsDown } = await bothInDev();
  const carol = sitsDown("carol");
  await carol.isOnline();
  alice.types("hello in here", enter);
  await bob.sees("  3  alice → #Dev  hello in here");
  bob.types("hi @alice", enter);
  await alice.sees("  4  bob → #Dev  hi @alice");
  bob.types("/everyone", enter, "hello all", enter);
  await carol.sees("  1  bob  hello all");
  expect(carol.lines().join("\n")).not.toContain("hello in here");
});

test("edited, answered, reacted to, pinned and deleted: each is one line where everybody sees it", async () => {
  const { alice, bob } = await bothInDev();
  alice.types("hello wrold", enter);
  await bob.sees("  3  alice → #Dev  hello wrold");
  alice.types("/edit hello world", enter);
  await bob.sees("  4  alice → #Dev  (edited 3)  hello world");
  bob.types("/reply 3 hello yourself", enter);
  await alice.sees("  5  bob → #Dev  ↩ 3 you: hello world");
  bob.types("/react 3 :tada:", enter);
  await alice.sees('  6  bob reacted 🎉 to 3 of yours in #Dev: "hello world"');
  alice.types("/pin 5", enter);
  await bob.sees('  7  alice pinned 5 of yours in #Dev: "hello yourself"');
  bob.types("/delete", enter);
  await alice.sees("  8  bob deleted 5 in #Dev");
  alice.types("/edit 5 not mine", enter);
  await alice.reads("✗ edit 5: ");
  alice.types("/history 5", enter);
  await alice.sees("── the last lines said in #Dev ──");
  await alice.sees(
    "  3  you → #Dev  hello world  [edited, 🎉 1, 1 answer]",
    "                        (deleted)",
  );
});

test("what was said is found again by its words, with the place where it stands", async () => {
  const { alice, bob } = await bothInDev();
  alice.types("the release is on Friday", enter);
  await bob.sees("  3  alice → #Dev  the release is on Friday");
  bob.types("/search release from:alice", enter);
  await bob.sees("── 1 line found for release from:alice ──", "#dev:3  alice  the release is on Friday");
  bob.types("/search nothingofthekind", enter);
  await bob.sees("── nothing was found for nothingofthekind ──");
});

test("whoever is removed is told, and what they type next is said to nobody", async () => {
  const { alice, bob, sitsDown } = await bothInDev();
  const carol = sitsDown("carol");
  await carol.isOnline();
  bob.types("/kick alice", enter);
  await bob.reads("✗ kick alice #dev: you may not do this here (/members tells who may)");
  alice.types("/kick bob", enter);
  await bob.sees("  3  alice removed you from #Dev");
  bob.types("am I still here?", enter);
  await bob.reads("✗ not sent: you are not in this room (/join goes into a room)");
  bob.types("/everyone", enter, "here I am", enter);
  await carol.sees("  1  bob  here I am");
  await alice.sees("  1  bob  here I am");
  for (const one of [alice, carol]) expect(one.lines().join("\n")).not.toContain("am I still here?");
});

test("an invitation to a private room is told, and it is entered by /join", async () => {
  const { sitsDown } = await openRooms();
  const [alice, bob] = [sitsDown("alice"), sitsDown("bob")];
  for (const one of [alice, bob]) await one.isOnline();
  alice.types("/create den private", enter);
  await alice.isOnline("#den");
  alice.types("secret plans", enter);
  bob.types("/join den", enter);
  await bob.reads("✗ join #den: there is no such conversation (/rooms tells what rooms there are)");
  await bob.isOnline();
  alice.types("/invite bob", enter);
  await bob.reads("alice asks you into #den; /join #den goes there");
  bob.types("/join den", enter);
  await bob.sees("── said before in #den ──", "  2  alice → #den  secret plans");
  bob.types("/members", enter);
  await bob.reads("2 in #den: alice (owner), you");
});

describe("the row above the prompt", () => {
  test("tells who is typing, and how far one's last words have got", async () => {
    const { sitsDown } = await openRooms();
    const [alice, bob] = [sitsDown("alice"), sitsDown("bob")];
    for (const one of [alice, bob]) await one.isOnline();
    alice.types("/dm bob", enter);
    await alice.isOnline("@bob");
    bob.types("@alice h");
    await alice.hasBar("bob is typing");
    bob.types("i", enter);
    await alice.sees("  1  bob → you  hi");
    await alice.until(() => !alice.bar().includes("typing"), "still sees bob typing");
    alice.types("hello", enter);
    await alice.hasBar("✓✓ read");
  });

  test("tells one's status, and where a draft goes that does not go where one is", async () => {
    const { sitsDown } = await openRooms();
    const [alice, bob] = [sitsDown("alice"), sitsDown("bob")];
    for (const one of [alice, bob]) await one.isOnline();
    alice.types("/status busy writing", enter);
    await alice.reads("you are busy now: writing");
    await alice.hasBar("you are busy");
    await bob.hasBar("2 here");
    bob.types("/whois alice", enter);
    await bob.reads("alice: here, busy; writing;");
    bob.types("@alice are you");
    await bob.hasBar("this goes only to alice");
  });
});

test("--room and --to: in the room on the way in, and speaking there at once", async () => {
  const { alice, sitsDown } = await bothInDev();
  const carol = sitsDown("carol", { flags: ["--to", "#dev", "--bell"] });
  await carol.isOnline("#Dev");
  carol.types("hi", enter);
  await alice.reads("carol joined #Dev", "carol → #Dev hi");
});

test("a line that calls rings, if that was asked for; --bell is off by itself", async () => {
  const { house, sitsDown } = await openRooms();
  const bob = await house.events("bob");
  const [alice, carol] = [sitsDown("alice", { flags: ["--bell"] }), sitsDown("carol")];
  for (const one of [alice, carol]) await one.isOnline();
  bob.says(`{"type":"send_message","payload":{"message":"hi @alice and @carol\\u0007"}}`);
  for (const one of [alice, carol]) await one.sees("  1  bob  hi @alice and @carol");
  expect([alice.foreignBytes(), carol.foreignBytes()]).toEqual([["\u0007"], []]);
});
