// What is asked of the server, and how its answers are shown.

import type { Answer, Question } from "chat-hub";
import { expect, test } from "vitest";
import type { Alice } from "./talker.js";
import { alice, entry, row, standing, wall } from "./talker.js";

/** What was asked since the last time. */
function asked(it: Alice): Question[] {
  return it.told("asked").flatMap((fact) => (fact.type === "asked" ? [fact.question] : []));
}

function answer(it: Alice, ask: number, given: Answer): string[] {
  it.hears({ type: "answered", ask, answer: given });
  return it.shows();
}

function page(messages: readonly ReturnType<typeof row>[], more = false, conversation = "everyone"): Answer {
  return { type: "history", conversation, messages, first: 1, head: 50, more };
}

test("/history asks for the last lines where one is, or elsewhere, or around a place or a day", () => {
  const it = alice({}, "#dev");
  it.enters("/history", "/history 999", "/history @Bob 5", "/history everyone before 41");
  it.enters("/history around 41", "/history 2026-11-20");
  expect(asked(it)).toEqual([
    { type: "history", conversation: "#dev", limit: 20 },
    { type: "history", conversation: "#dev", limit: 200 },
    { type: "history", conversation: "@bob", limit: 5 },
    { type: "history", conversation: "everyone", before: 41, limit: 20 },
    { type: "history", conversation: "#dev", around: 41, limit: 20 },
    {
      type: "history",
      conversation: "#dev",
      by: "time",
      after: new Date(2026, 10, 20).getTime() - 1,
      limit: 20,
    },
  ]);
});

test("a page shows each message as it stands, with its number, and /more goes on with what came before", () => {
  const it = alice();
  it.enters("/history 5", "/more");
  const messages = [
    row(41, "bob", "shall we ship it?", { version: 2, pinned: true, replies: 1 }),
    row(43, "alice", "yes", { reply_to: 41, reactions: [{ emoji: "👍", count: 2, mine: true }] }),
    row(44, "carol", "", { deleted: true, version: 3, reply_to: 12 }),
  ];
  expect(answer(it, 1, page(messages, true))).toEqual([
    "14:30  there is no more of it",
    "── the last lines said to everyone ──",
    "14:30   41  bob  shall we ship it?  [pinned, edited, 1 answer]",
    "14:30   43  you  ↩ bob: shall we ship it?",
    "                 yes  [👍 2*]",
    "14:30   44  carol  ↩ 12",
    "                   (deleted)",
    "── /more goes on ──",
  ]);
  it.enters("/more");
  expect(asked(it).at(-1)).toEqual({ type: "history", conversation: "everyone", before: 41, limit: 5 });
  expect(answer(it, 2, page([row(1, "bob", "first")]))).toContain("── now ──");
  it.enters("/more");
  expect(it.shows()).toEqual(["14:30  there is no more of it"]);
});

test("from a day on, /more goes forwards", () => {
  const it = alice();
  it.enters("/history yesterday");
  answer(it, 1, page([row(7, "bob", "x"), row(9, "bob", "y")], true));
  it.enters("/more");
  expect(asked(it).at(-1)).toEqual({ type: "history", conversation: "everyone", after: 9, limit: 20 });
});

test("a search shows the newest below, the words found, and the place as a command takes it", () => {
  const it = alice();
  it.enters("/search release");
  expect(asked(it)).toEqual([{ type: "search", query: "release" }]);
  const hits = [
    {
      message: row(12, "bob", "x", { conversation: "#dev" }),
      snippet: "… the release is out",
      marks: [[6, 13]],
    },
    { message: row(3, "alice", "x"), snippet: "release?", marks: [[0, 7]] },
  ] as const;
  const found = { type: "search", hits, next: 77 } as const;
  expect(answer(it, 1, found)).toEqual([
    "── 2 lines found for release ──",
    "14:30  everyone:3  you  release?",
    "14:30  #dev:12  bob  … the release is out",
    "── /more shows older ones ──",
  ]);
  it.enters("/more");
  expect(asked(it)).toEqual([{ type: "search", query: "release", before: 77 }]);
  expect(answer(it, 2, { type: "search", hits: [] })).toEqual(["── nothing was found for release ──"]);
});

test("marks that fit no text paint nothing, and lose none of it", () => {
  const it = alice();
  it.enters("/search x");
  const marks = [
    [3, 2],
    [0, 99],
    [1, 2],
    [0, 1],
  ] as const;
  const hits = [{ message: row(3, "bob", "x"), snippet: "abc", marks }];
  expect(answer(it, 1, { type: "search", hits })[1]).toBe("14:30  everyone:3  bob  abc");
});

test("rooms, members and people are told in a line each, on a narrow screen in more", () => {
  const room = {
    conversation: "#dev",
    name: "Dev",
    visibility: "public",
    history: "all",
    members: 2,
  } as const;
  const rooms = [
    { ...room, topic: "all about the code", role: "owner" },
    {
      ...room,
      conversation: "#opsteam",
      name: "opsteam",
      topic: "",
      members: 1,
      visibility: "private",
      role: "invited",
    },
  ] as const;
  const it = alice();
  it.enters("/rooms", "/members #dev", "/members banned #dev", "/whois bob", "/blocks");
  expect(answer(it, 1, { type: "rooms", rooms, more: false })).toEqual([
    "  #Dev      2 members, you are an owner  all about the code",
    "  #opsteam  1 member, private, you are invited",
  ]);
  const members = [
    { username: "alice", role: "owner", status: "online" },
    { username: "bob", role: "member", status: "offline" },
  ] as const;
  const listed = { type: "members", conversation: "#dev", more: false } as const;
  expect(answer(it, 2, { ...listed, members, count: 2 })).toEqual([
    "14:30  2 in #Dev: you (owner), bob (offline)",
  ]);
  expect(answer(it, 3, { ...listed, members: [], count: 0 })).toEqual(["14:30  0 banned from #Dev"]);
  const bob = { type: "whois", username: "bob", kept: false } as const;
  expect(answer(it, 4, { ...bob, status: "offline", seen: wall })[0]).toMatch(
    /^14:30 {2}bob: not here, last seen on .* at 14:30; /,
  );
  expect(answer(it, 5, { type: "blocks", usernames: [], more: false })).toEqual([
    "14:30  you have blocked nobody",
  ]);
  const narrow = alice({ columns: () => 40 });
  narrow.enters("/rooms");
  expect(answer(narrow, 1, { type: "rooms", rooms: rooms.slice(0, 1), more: false })).toEqual([
    "  #Dev  2 members, you are an owner",
    "      all about the code",
  ]);
});

test("what is done to a line goes to the line that is named, or to the last one that can be meant", () => {
  const it = alice({}, "#dev");
  const dev = { conversation: "#dev" };
  it.enters("/edit x", "/react 👍");
  expect(it.shows()).toEqual([
    "14:30  you have said nothing here yet",
    "14:30  nobody else has said anything here yet",
  ]);
  it.hears(
    entry("alice", "mine", { ...dev, seq: 3 }),
    entry("bob", "his", { ...dev, seq: 4 }),
    entry("bob", "hi"),
  );
  it.enters(
    "/edit anew",
    "/delete",
    "/react 👍",
    "/reply yes",
    "/unreact 3 👍",
    "/pin #ops:9",
    "/reply 3 3 of them",
  );
  expect(it.told("done").map((fact) => fact.type === "done" && fact.deed)).toEqual([
    { type: "edit", ...dev, target: 3, message: "anew" },
    { type: "deletion", ...dev, target: 3 },
    { type: "reaction", ...dev, target: 4, emoji: "👍", on: true },
    { type: "message", ...dev, message: "yes", replyTo: 4 },
    { type: "reaction", ...dev, target: 3, emoji: "👍", on: false },
    { type: "pin", conversation: "#ops", target: 9, on: true },
    { type: "message", ...dev, message: "3 of them", replyTo: 3 },
  ]);
});

test("/to, /dm and /everyone move where one speaks; with a text they say it once and stay", () => {
  const it = alice();
  it.hears({ type: "connection", connection: { state: "online" } }, standing("#dev", { spelling: "Dev" }));
  const targets: string[] = [];
  for (const command of ["/to dev", "/to bob", "/dm Carol", "/to #nowhere", "/dm bob psst", "/everyone"]) {
    it.enters(command);
    targets.push(it.target());
  }
  expect(targets).toEqual(["#Dev", "@bob", "@carol", "@carol", "@carol", ""]);
  expect(it.shows()).toEqual(["14:30  you are not in #nowhere; /join #nowhere goes there"]);
  expect(it.told("done")).toMatchObject([
    { deed: { type: "message", conversation: "@bob", message: "psst" } },
  ]);
});

test("/join moves there at once; if it is refused, one is back, and the reason is told", () => {
  const it = alice();
  it.enters("/join dev", "hello");
  expect(it.target()).toBe("#dev");
  expect(it.told("done").map((fact) => fact.type === "done" && fact.deed)).toEqual([
    { type: "join", conversation: "#dev" },
    { type: "message", conversation: "#dev", message: "hello" },
  ]);
  const error = { code: "banned", message: "you are banned from this room", retryable: false };
  it.hears({ type: "refused", nonce: "nonce-1", deed: { type: "join", conversation: "#dev" }, error });
  expect(it.target()).toBe("");
  expect(it.shows()).toEqual(["14:30  ✗ join #dev: you are banned from this room"]);
});

test("/unread tells where something waits, and /read everything counts it as read", () => {
  const it = alice();
  it.hears(
    standing("#dev", { unread: 3, mentions: 1, head: 9 }),
    standing("@bob", { unread: 1, head: 4, muted: true }),
  );
  it.enters("/unread", "/read everything");
  expect(it.shows()).toEqual([
    "14:30  #dev: 3 lines, 1 of them calls you",
    "14:30  @bob: 1 line (muted)",
    "14:30  read: #dev, @bob",
  ]);
  expect(it.told("read")).toEqual([
    { type: "read", conversation: "#dev", seq: 9 },
    { type: "read", conversation: "@bob", seq: 4 },
  ]);
});

const welcome = { username: "alice", auth: "password", session: "one", here: 1, conversations: [] };

test("sessions are numbered, and /logout takes the number; one's own is the end of it", () => {
  const it = alice();
  it.hears({ type: "welcome", welcome: welcome as never });
  it.enters("/sessions");
  const { ask } = it.told("asked")[0] as { ask: number };
  const sessions = [
    { session: "one", here: 1, current: true as const, since: wall },
    { session: "two", here: 0, since: wall },
  ];
  it.hears({ type: "answered", ask, answer: { type: "sessions", sessions, more: false } });
  expect(it.shows().slice(-3)).toMatchObject([
    expect.stringContaining("logged in 2 times; /logout N ends one"),
    expect.stringMatching(/^ {3}1 {2}this one, since/),
    expect.stringMatching(/^ {3}2 {2}nobody is here by it/),
  ]);
  it.enters("/logout 2", "/logout 7", "/logout");
  expect(it.told("asked")).toMatchObject([
    { question: { type: "end_session", session: "two" } },
    { ask: 3, question: { type: "end_session", session: "one" } },
  ]);
  it.hears({ type: "answered", ask: 3, answer: { type: "end_session", at: 1 } });
  expect(it.hasLeft()).toBe(true);
});

test("an admin has all of the house: who looks after it, who is kept out of it and for how long, where somebody is logged in", () => {
  const it = alice();
  it.hears({ type: "welcome", welcome: welcome as never });
  it.enters(
    "/role bob admin",
    "/role bob member everyone",
    "/role carl owner #dev",
    "/ban mallory everyone 600 floods the house",
    "/ban mallory #dev",
    "/kick carl everyone not so loud",
    "/silence carl everyone 60 too loud",
    "/banaddress 203.0.113.7 3600 a farm",
    "/banaddress 2001:db8::7",
    "/banaddress mallory",
    "/unbanaddress 203.0.113.7",
    "/kick everyone",
  );
  const house = { conversation: "everyone" };
  expect(it.told("done").map((fact) => (fact as { deed: unknown }).deed)).toEqual([
    { type: "role", ...house, username: "bob", role: "admin" },
    { type: "role", ...house, username: "bob", role: "member" },
    { type: "role", conversation: "#dev", username: "carl", role: "owner" },
    { type: "ban", ...house, username: "mallory", on: true, forSeconds: 600, reason: "floods the house" },
    { type: "ban", conversation: "#dev", username: "mallory", on: true },
    { type: "kick", ...house, username: "carl", reason: "not so loud" },
    { type: "silence", ...house, username: "carl", on: true, forSeconds: 60, reason: "too loud" },
    { type: "ban", ...house, address: "203.0.113.7", on: true, forSeconds: 3600, reason: "a farm" },
    { type: "ban", ...house, address: "2001:db8::7", on: true },
    { type: "ban", ...house, username: "mallory", address: true, on: true },
    { type: "ban", ...house, address: "203.0.113.7", on: false },
  ]);
  it.shows();
  const made = { type: "role", ...house, username: "bob", role: "admin" } as const;
  it.hears({ type: "acked", nonce: "nonce-of-a-role", deed: made, ack: { at: 1 }, told: false });
  expect(it.shows()).toMatchObject([expect.stringContaining("it is done")]);
  it.enters("/bans", "/silences", "/audit", "/stats", "/sessions bob");
  expect(it.told("asked").map((fact) => (fact as { question: unknown }).question)).toEqual([
    { type: "bans", limit: 50 },
    { type: "bans", which: "silenced", limit: 50 },
    { type: "audit", limit: 50 },
    { type: "stats" },
    { type: "sessions", username: "bob" },
  ]);
  const bans = [
    { username: "mallory", address: "203.0.113.7", by: "alice", reason: "\u001b[2Jfloods", until: wall },
    { address: "2001:db8::7", by: "" },
  ];
  const line = { id: 7, at: wall, by: "", action: "ban", about: "mallory", detail: "everyone, floods" };
  const answers: readonly Answer[] = [
    { type: "bans", bans, count: 2, more: false },
    { type: "bans", bans: [], count: 0, more: false },
    { type: "audit", lines: [line], more: true },
  ];
  for (const [index, answer] of answers.entries()) it.hears({ type: "answered", ask: index + 1, answer });
  expect(it.shows()).toMatchObject([
    expect.stringContaining("2 are banned"),
    expect.stringMatching(/^ {2}mallory 203\.0\.113\.7 {2}until .*, by alice, \[2Jfloods$/),
    expect.stringMatching(/^ {2}2001:db8::7 {2}for good, by the shell$/),
    expect.stringContaining("nobody is silenced"),
    expect.stringContaining("what was done; /more shows older lines"),
    expect.stringMatching(/ {2}the shell {2}ban {2}mallory {2}everyone, floods$/),
  ]);
  it.enters("/more");
  expect(it.told("asked")).toMatchObject([{ question: { type: "audit", before: 7, limit: 50 } }]);
  const sessions = [{ session: "his phone", here: 1 }];
  it.hears({ type: "answered", ask: 5, answer: { type: "sessions", sessions, more: false } });
  expect(it.shows()).toMatchObject([
    expect.stringContaining("bob is logged in 1 time; /logout N ends one"),
    expect.stringContaining("somebody is here by it"),
  ]);
  it.enters("/logout 1");
  expect(it.told("asked")).toMatchObject([
    { question: { type: "end_session", session: "his phone", username: "bob" } },
  ]);
});

test("what an admin orders goes to the house or to a room, and that it is done is said", () => {
  const it = alice();
  it.enters(
    "/silence mallory everyone 60",
    "/slow 0 #dev",
    "/keep 30d #dev",
    "/announce tea is ready",
    "/readonly on moving",
    "/kick bob",
  );
  const deeds = it.told("done").map((fact) => (fact as { deed: unknown }).deed);
  expect(deeds).toMatchObject([
    { type: "silence", username: "mallory", conversation: "everyone", forSeconds: 60 },
    { type: "slow", seconds: 0, conversation: "#dev" },
    { type: "retention", seconds: 30 * 86_400, conversation: "#dev" },
    { type: "announce", message: "tea is ready" },
    { type: "readOnly", on: true, reason: "moving" },
  ]);
  it.shows();
  const nonce = "nonce-of-an-order";
  it.hears({ type: "acked", nonce, deed: deeds[2] as never, ack: { at: 1 }, told: false });
  it.hears({ type: "announcement", message: "tea is \u001b[31mready", from: "bob", at: wall });
  it.hears({ type: "house", house: { slow_mode: 0, read_only: true, reason: "moving" } });
  const silenced = "you may not write in public until 14:40:25 UTC: be calm";
  it.hears({ type: "about_you", what: "silenced", message: silenced, from: "bob", at: wall });
  const shown = it.shows();
  expect(shown).toMatchObject([
    expect.stringContaining("it is done"),
    expect.stringContaining("bob announces: tea is [31mready"),
    expect.stringContaining("nobody can write for now: moving"),
    expect.stringContaining(silenced),
  ]);
});
