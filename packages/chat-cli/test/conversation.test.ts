// Rooms, edits, reactions and the rest as they are shown, and the row above the prompt.

import type { ClientEvent, MessageLine, View } from "chat-hub";
import { describe, expect, test } from "vitest";
import { inert } from "../src/inert.js";
import type { Paint } from "../src/palette.js";
import { createPalette } from "../src/palette.js";
import { act, alice, entry, online, people, row, standing, wall } from "./talker.js";

const dev = { conversation: "#dev" } as const;

describe("lines", () => {
  test("a line of a room says in which, as its people spell it", () => {
    const it = alice();
    it.hears(standing("#dev", { spelling: "Dev" }));
    it.hears(entry("bob", "hi", dev), entry("alice", "hello", { ...dev, seq: 2 }));
    expect(it.shows()).toEqual(["14:30  bob → #Dev  hi", "14:30  you → #Dev  hello"]);
  });

  test("a wide screen shows the numbers of lines, and /numbers has the last word", () => {
    const it = alice({ columns: () => 100 });
    it.hears(entry("bob", "hi", { seq: 41 }), entry("bob", "hi", { ...dev, seq: 12_345 }));
    it.enters("/numbers");
    it.hears(entry("bob", "hi", { seq: 42 }));
    it.enters("/numbers");
    expect(it.shows()).toEqual([
      "14:30   41  bob  hi",
      "14:30 12345  bob → #dev  hi",
      "14:30  lines show no numbers",
      "14:30  bob  hi",
      "14:30       lines show their numbers",
    ]);
  });

  test("an answer quotes what it answers, if that is known", () => {
    const it = alice();
    it.hears(entry("bob", "shall we ship it?", { seq: 1 }), entry("carol", "yes", { seq: 2, reply_to: 1 }));
    it.hears(entry("alice", "no", { seq: 3, reply_to: 2 }), entry("bob", "why?", { seq: 90, reply_to: 3 }));
    it.hears(entry("dave", "what?", { seq: 91, reply_to: 17 }));
    expect(it.shows()).toEqual([
      "14:30  bob  shall we ship it?",
      "14:30  carol  ↩ bob: shall we ship it?",
      "              yes",
      "14:30  you  ↩ carol: yes",
      "            no",
      "14:30  bob  ↩ you: no",
      "            why?",
      "14:30  dave  ↩ 17",
      "             what?",
    ]);
  });

  test("an edit shows the new text and which line it was; a deletion repeats nothing of what was there", () => {
    const it = alice();
    it.hears(entry("bob", "hello wrold", { seq: 4 }));
    it.hears(
      act("message_edited", "bob", {
        conversation: "everyone",
        seq: 5,
        message_seq: 4,
        message: "hello world",
        version: 2,
      }),
    );
    it.hears(entry("alice", "ahem", { seq: 6, reply_to: 4 }));
    it.hears(act("message_deleted", "bob", { conversation: "everyone", seq: 7, message_seq: 4 }));
    it.hears(entry("alice", "well", { seq: 8, reply_to: 4 }));
    expect(it.shows()).toEqual([
      "14:30  bob  hello wrold",
      "14:30  bob  (edited 4)  hello world",
      "14:30  you  ↩ bob: hello world",
      "            ahem",
      "14:30  bob deleted a line of their own",
      "14:30  you  ↩ bob: (deleted)",
      "            well",
    ]);
  });

  test("an edit that was in the line already when it was replayed is not told again", () => {
    const it = alice();
    it.hears(entry("bob", "hello world", { seq: 4, version: 2, edited: wall }));
    it.hears(
      act("message_edited", "bob", {
        conversation: "everyone",
        seq: 5,
        message_seq: 4,
        message: "hello world",
        version: 2,
      }),
    );
    it.hears(entry("bob", "", { seq: 6, deleted: true }));
    it.hears(act("message_deleted", "bob", { conversation: "everyone", seq: 7, message_seq: 6 }));
    expect(it.shows()).toEqual(["14:30  bob  hello world  [edited]", "14:30  bob  (deleted)"]);
    expect(it.told("read")).toHaveLength(4);
  });

  test("reactions and pins name the line by a piece of it; with numbers, by its number too", () => {
    const reaction = { ...dev, seq: 5, message_seq: 4, emoji: "👍", on: true };
    const pin = { ...dev, seq: 7, message_seq: 4, on: true };
    const events = [
      entry("alice", "shall we ship it on Friday, or wait for the next week?", { ...dev, seq: 4 }),
      act("reaction", "bob", reaction),
      act("reaction", "bob", { ...reaction, seq: 6, on: false }),
      act("message_pinned", "carol", pin),
      act("message_pinned", "carol", { ...pin, seq: 8, message_seq: 2, on: false }),
    ];
    const it = alice();
    it.hears(...events);
    expect(it.shows().slice(1)).toEqual([
      '14:30  bob reacted 👍 to a line of yours in #dev: "shall we ship it on Friday, or wait for…"',
      "14:30  bob took 👍 back from a line of yours in #dev",
      '14:30  carol pinned a line of yours in #dev: "shall we ship it on Friday, or wait for…"',
      "14:30  carol unpinned 2 in #dev",
    ]);
    const wide = alice({ columns: () => 120 });
    wide.hears(...events.slice(0, 2));
    expect(wide.shows()[1]).toBe(
      '14:30    5  bob reacted 👍 to 4 of yours in #dev: "shall we ship it on Friday, or wait for…"',
    );
  });

  test("what happens in a room is one sentence each", () => {
    const it = alice();
    const to = { ...dev, seq: 1, username: "bob" };
    it.hears(
      act("member_joined", "alice", { ...dev, seq: 1, role: "owner" }),
      act("member_invited", "alice", to),
      act("member_joined", "bob", { ...dev, seq: 1, role: "member" }),
      act("role_changed", "alice", { ...to, role: "moderator" }),
      act("room_updated", "alice", { ...dev, seq: 1, topic: "all about code" }),
      act("room_updated", "alice", { ...dev, seq: 1, history: "since_join", archived: true }),
      act("member_left", "bob", { ...to, why: "left" }),
      act("member_left", "carol", { ...to, why: "kicked" }),
      act("member_banned", "carol", { ...to, on: true }),
      act("member_banned", "carol", { ...to, on: false }),
      act("member_left", "bob", { ...to, why: "gone" }),
      act("member_left", "bob", { ...to, username: "alice", why: "kicked" }),
    );
    expect(it.shows().map((line) => line.slice(7))).toEqual([
      "you joined #dev as its owner",
      "you invited bob to #dev",
      "bob joined #dev",
      "you made bob moderator of #dev",
      "you set the topic of #dev: all about code",
      "you opened only what is said since they joined to the members of #dev, archived #dev",
      "bob left #dev",
      "carol removed bob from #dev",
      "carol banned bob from #dev",
      "carol lifted the ban of bob from #dev",
      "bob is gone from #dev",
      "bob removed you from #dev",
    ]);
  });

  test("a call catches the eye, and rings only when it is news", () => {
    const painted: Paint = (text) => inert(`<${inert(text)}>`);
    const it = alice({ palette: { ...createPalette(0, true), call: painted } });
    const call = { seq: 3, mentions: ["alice"], mentioned: true } as const;
    it.hears(entry("bob", "old @alice", call));
    it.hears({ type: "resumed", replayed: 1 });
    it.hears(entry("bob", "hi @Alice, and @alicea and @everyone.", call), entry("bob", "hi all", { seq: 4 }));
    expect(it.shows()).toEqual([
      "14:30  bob  old <@alice>",
      "14:30  bob  hi <@Alice>, and @alicea and <@everyone.>",
      "14:30  bob  hi all",
    ]);
    expect(it.rings()).toBe(1);
    it.hears(entry("bob", "psst", { conversation: "@bob", to: "alice" }));
    expect(it.rings()).toBe(2);
  });

  test("of somebody blocked nothing is shown; of a muted room only what calls, or what is said where one is", () => {
    const it = alice();
    it.hears(standing("#dev", { muted: true }), entry("mallory", "hi", { hidden: true, seq: 2 }));
    it.hears(entry("bob", "one", { ...dev, seq: 1 }));
    it.hears(entry("bob", "@alice two", { ...dev, seq: 2, mentioned: true }));
    expect(it.shows()).toEqual(["14:30  bob → #dev  @alice two"]);
    expect(it.told("read").map((fact) => fact.type === "read" && fact.seq)).toEqual([2, 2]);
    it.enters("/to #dev");
    it.hears(entry("bob", "three", { ...dev, seq: 3 }));
    expect(it.shows()).toEqual(["14:30  bob → #dev  three"]);
  });

  test("topics, statuses, snippets and names of rooms are as inert as messages", () => {
    const attack = "\u001b]0;x\u0007\u009b2J\u202e";
    const it = alice({ columns: () => 100 });
    it.hears(
      online,
      standing("#dev", { spelling: `D${attack}`, unread: 1 }),
      entry("bob", attack, { ...dev, seq: 4 }),
    );
    it.hears(act("room_updated", "bob", { ...dev, seq: 5, topic: attack }));
    it.hears(act("reaction", "bob", { ...dev, seq: 6, message_seq: 4, emoji: attack, on: true }));
    it.hears(entry(attack, "x", { seq: 7, reply_to: 4, ...dev }));
    it.hears({ type: "invited", conversation: `#${attack}`, from: attack });
    it.hears({ type: "typing", conversation: "everyone", usernames: [attack] });
    it.enters("/search x", "/rooms", "/whois bob", "/members #dev", "/blocks", "/unread");
    const rooms = [
      { conversation: "#x", name: attack, visibility: "public", history: "all", topic: attack, members: 1 },
    ] as const;
    const message = row(4, attack, attack);
    it.hears({
      type: "answered",
      ask: 1,
      answer: { type: "search", hits: [{ message, snippet: attack, marks: [[1, 4]] }] },
    });
    it.hears({ type: "answered", ask: 2, answer: { type: "rooms", rooms, more: false } });
    it.hears({
      type: "answered",
      ask: 3,
      answer: { type: "whois", username: attack, kept: true, status: "busy", text: attack },
    });
    const members = [{ username: attack, role: "owner", status: "busy" }] as const;
    it.hears({
      type: "answered",
      ask: 4,
      answer: { type: "members", ...dev, members, count: 1, more: false },
    });
    it.hears({ type: "answered", ask: 5, answer: { type: "blocks", usernames: [attack], more: false } });
    const shown = it.shows();
    expect(shown.length).toBeGreaterThan(10);
    expect([...shown, it.bar(), it.target()].join("\n")).not.toMatch(
      /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/,
    );
  });
});

describe("the row above the prompt", () => {
  const line = (seq: number, own: boolean): MessageLine => ({
    ...row(seq, own ? "alice" : "bob", "x"),
    kind: "message",
    key: `${seq}`,
    own,
  });
  const view = (
    conversation: string,
    lines: readonly MessageLine[],
    receipts: View["receipts"] = [],
  ): ClientEvent => ({
    type: "view",
    conversation,
    view: { lines, start: "all", loading: [], head: lines.length, receipts },
  });

  test("it tells how many are here while there is nothing else to tell", () => {
    const it = alice();
    expect(it.bar()).toBe("┄ ");
    it.hears(online, people(["alice", "bob"]));
    expect(it.bar()).toBe("┄ 2 here");
  });

  test("who types, and what waits elsewhere, those that call first, without what is muted", () => {
    const it = alice();
    it.hears({ type: "typing", conversation: "everyone", usernames: ["bob", "carol"] });
    it.hears({ type: "typing", conversation: "@dave", usernames: ["dave"] });
    it.hears(
      standing("everyone", { unread: 4 }),
      standing("#dev", { unread: 3 }),
      standing("#ops", { unread: 9, muted: true }),
    );
    it.hears(standing("@carol", { unread: 2, mentions: 1 }));
    expect(it.bar("", 120)).toBe(
      "┄ bob and carol are typing · dave is typing to you · @carol 2 (1 calls you) · #dev 3",
    );
    it.hears({ type: "typing", conversation: "everyone", usernames: [] });
    expect(it.bar("", 40)).toBe("┄ dave is typing to you · @carol 2 (1 …");
  });

  test("how far my last words have got, until somebody answers", () => {
    const it = alice({}, "@bob");
    it.hears(online);
    expect(it.told("shown")).toEqual([{ type: "shown", conversation: "@bob" }]);
    const receipt = (delivered: number, read: number) => [{ username: "bob", delivered, read }];
    it.hears(view("@bob", [line(1, false), line(2, true)], receipt(1, 1)));
    expect(it.bar()).toBe("┄ ✓ stored");
    it.hears(view("@bob", [line(1, false), line(2, true)], receipt(2, 1)));
    expect(it.bar()).toBe("┄ ✓✓ delivered");
    it.hears(view("@bob", [line(1, false), line(2, true)], receipt(2, 2)));
    expect(it.bar()).toBe("┄ ✓✓ read");
    it.hears(view("@bob", [line(1, false), line(2, true), line(3, false)], receipt(3, 3)));
    expect(it.bar()).toBe("┄ ");
  });

  test("where a draft goes that does not go where one is; and that one is away", () => {
    const it = alice({}, "#dev");
    it.hears(standing("#dev"), standing("#ops"));
    expect(it.bar("@bob hi")).toBe("┄ this goes only to bob");
    expect(it.bar("#ops hi")).toBe("┄ this goes to #ops");
    expect(it.bar("#dev hi")).toBe("┄ ");
    it.hears({ type: "settings", settings: { status: "away", text: "", reading: "shared" } });
    expect(it.bar("hi")).toBe("┄ you are away");
  });
});

test("others see one type where the draft goes, and no command", () => {
  const it = alice({}, "#dev");
  it.hears(standing("#dev"));
  for (const draft of ["h", "hi", "", "/w", "/who", "@bob h", "@bob hi"]) it.types(draft);
  expect(it.told("typed")).toEqual([
    { type: "typed", conversation: "#dev", on: true },
    { type: "typed", conversation: "#dev", on: true },
    { type: "typed", conversation: "#dev", on: false },
    { type: "typed", conversation: "@bob", on: true },
    { type: "typed", conversation: "@bob", on: true },
  ]);
});

test("in a room that is not ours nobody is told that one types", () => {
  const it = alice({}, "#dev");
  it.types("hi");
  expect(it.told("typed")).toEqual([]);
});

test("what is said is its own sign that the draft is gone", () => {
  const it = alice();
  it.types("hi");
  it.enters("hi");
  it.types("");
  expect(it.told("typed")).toEqual([{ type: "typed", conversation: "everyone", on: true }]);
});

test("whoever is put out of the room where they are is told, and nothing they type goes elsewhere", () => {
  const it = alice({}, "#dev");
  it.hears(online, standing("#dev"));
  it.hears(act("member_left", "bob", { ...dev, seq: 9, username: "alice", why: "kicked" }));
  it.hears({ type: "departed", ...dev, why: "kicked" });
  expect(it.shows()).toEqual([
    "14:30  bob removed you from #dev",
    "14:30  what you type still goes to #dev; /everyone goes back to everyone",
  ]);
  it.enters("a secret");
  expect(it.told("done")).toEqual([
    { type: "done", nonce: "nonce-1", deed: { type: "message", conversation: "#dev", message: "a secret" } },
  ]);
});
