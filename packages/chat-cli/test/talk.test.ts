// What a person in a terminal is shown, and what becomes of what they enter.

import type { ClientEvent, ClientFact, Millis, Unsent, WelcomePayload } from "chat-hub";
import { expect, test } from "vitest";
import { alice, at, entry, offline, online, people, row, wall } from "./talker.js";

function unsent(...deeds: readonly Unsent["deed"][]): ClientEvent {
  const state = { type: "sending" } as const;
  return {
    type: "unsent",
    unsent: deeds.map((deed, index) => ({ nonce: `nonce-${index + 1}`, deed, state })),
  };
}

const says = (conversation: string, message: string) => ({ type: "message", conversation, message }) as const;

const textOf = (fact: ClientFact): unknown =>
  fact.type === "done" && fact.deed.type === "message" && `${fact.deed.conversation} ${fact.deed.message}`;

function refusal(
  code: string,
  message: string,
  hint: string,
  deed: Unsent["deed"] = says("@zed", "hi"),
): ClientEvent {
  return { type: "refused", nonce: "nonce-1", deed, error: { code, message, hint, retryable: false } };
}

test("a line shows when, who, and to whom if not to all", () => {
  const it = alice();
  it.hears(entry("bob", "Hello!"), entry("bob", "psst", { to: "alice", conversation: "@bob" }));
  it.hears(entry("alice", "hi"), entry("alice", "yes?", { to: "bob", conversation: "@bob" }));
  it.hears(entry("alice", "note", { to: "alice", conversation: "@alice" }));
  expect(it.shows()).toEqual([
    "14:30  bob  Hello!",
    "14:30  bob → you  psst",
    "14:30  you  hi",
    "14:30  you → bob  yes?",
    "14:30  you → yourself  note",
  ]);
});

test("a message of several lines hangs under its beginning, and a flood of lines is cut", () => {
  const it = alice();
  it.hears(entry("bob", "one\ntwo"));
  expect(it.shows()).toEqual(["14:30  bob  one", "            two"]);
  it.hears(entry("bob", "\n".repeat(3_000).replaceAll("\n", "x\n")));
  expect(it.shows()).toHaveLength(40);
});

test("what is shown to whoever has just pressed a key is read; to others it is read at the next key", () => {
  const it = alice();
  const read = (seq: number) => ({ type: "read", conversation: "everyone", seq });
  it.hears(entry("bob", "Hello!", { seq: 7 }));
  expect(it.facts).toEqual([read(7)]);
  it.types("", 59_000);
  it.hears(entry("bob", "still there?", { seq: 8 }));
  expect(it.told("read")).toEqual([read(7), read(8)]);
  it.types("", 0);
  const late = alice();
  late.types("", 0);
  late.passes(61_000);
  late.hears(entry("bob", "one", { seq: 8 }), entry("bob", "two", { seq: 9 }));
  expect(late.facts).toEqual([]);
  late.types("");
  expect(late.facts).toEqual([read(9)]);
});

test("a line of another day is under that day, also in a history", () => {
  const it = alice();
  const yesterday = wall - 86_400_000;
  it.hears(entry("bob", "today"), entry("bob", "still"));
  expect(it.shows().filter((line) => line.startsWith("──"))).toEqual([]);
  const other = alice();
  other.hears(entry("bob", "late", { at: yesterday }), entry("bob", "early"));
  expect(other.shows().map((line) => line.slice(0, 2))).toEqual(["──", "14", "──", "14"]);
  const messages = [row(1, "bob", "x", { at: yesterday }), row(2, "bob", "x")];
  other.enters("/history");
  const page = { conversation: "everyone", messages, first: 1, head: 2, more: false };
  other.hears({ type: "answered", ask: 1, answer: { type: "history", ...page } });
  expect(other.shows().map((line) => line.slice(0, 2))).toEqual(["──", "──", "14", "──", "14", "──"]);
});

test("a name is spelled as the server spells it", () => {
  const it = alice();
  const facts = { kept: true, protocol: 1, auth: "open", durable: true, epoch: "e", at: wall } as const;
  const told = {
    limits: {} as WelcomePayload["limits"],
    features: [],
    here: 2,
    settings: { status: "online", text: "", reading: "shared" },
    conversations: [],
    more: false,
    session: "1",
  } as const;
  it.hears({ type: "welcome", welcome: { username: "Alice", ...facts, ...told } }, online);
  expect(it.shows()).toEqual(["localhost:8001 as Alice, 2 people here. /help tells what you can type."]);
  it.hears(people(["Alice", "bob"], { came: ["Alice"] }));
  it.enters("/who");
  expect(it.shows()).toEqual(["14:30  2 here: you, bob"]);
});

test("what is entered waits above the prompt until it has its place", () => {
  const it = alice();
  it.enters("hello");
  it.enters("@bob psst");
  expect(it.facts).toEqual([
    { type: "done", nonce: "nonce-1", deed: says("everyone", "hello") },
    { type: "done", nonce: "nonce-2", deed: says("@bob", "psst") },
  ]);
  it.hears(unsent(says("everyone", "hello"), says("@bob", "psst")));
  expect(it.waits()).toEqual(["… you  hello", "… you → bob  psst"]);
  expect(it.waits(12)).toEqual(["… you  hel…", "… you → bo…"]);
  it.hears(unsent(says("@bob", "psst")));
  expect(it.waits()).toEqual(["… you → bob  psst"]);
});

test("what the server takes at once never waits for the eye", () => {
  const it = alice();
  it.enters("hello");
  it.hears(unsent(says("everyone", "hello")));
  expect(it.waits(80, 299)).toEqual([]);
  expect(it.waits(80, 300)).toEqual(["… you  hello"]);
});

test("many waiting lines take four rows, and other deeds wait in the words of their commands", () => {
  const it = alice();
  it.hears(unsent(...Array.from({ length: 9 }, (_, index) => says("everyone", `line ${index + 1}`))));
  expect(it.waits()).toEqual(["… you  line 1", "… you  line 2", "… you  line 3", "… and 6 more"]);
  it.hears(
    unsent(
      { type: "reaction", conversation: "#dev", target: 4, emoji: "👍", on: true },
      { type: "kick", conversation: "#dev", username: "bob" },
      { type: "edit", conversation: "everyone", target: "nonce-1", message: "x" },
    ),
  );
  expect(it.waits()).toEqual(["… react 4 👍", "… kick bob #dev", "… edit what you just said"]);
});

test("a line that is refused is shown with the reason and a way out", () => {
  const it = alice();
  it.enters("@zed hi");
  it.hears(refusal("unknown_user", "nobody has this name", '{"type":"users"}'));
  expect(it.shows()).toEqual([
    "14:30  you → zed  hi",
    "       ✗ not sent: nobody has this name (/who tells who is here)",
  ]);
  expect(it.told("retracted")).toEqual([{ type: "retracted", nonce: "nonce-1" }]);
});

test("what may not be done says so in one line, with a way out that can be typed", () => {
  const it = alice();
  const kick = { type: "kick", conversation: "#dev", username: "bob" } as const;
  it.hears(refusal("forbidden", "you may not do this here", "PROTOCOL.md lists who may do what", kick));
  expect(it.shows()).toEqual(["14:30  ✗ kick bob #dev: you may not do this here (/members tells who may)"]);
});

test("a line that is refused for now says until when it waits", () => {
  const it = alice();
  it.enters("hello");
  const error = { code: "storage_full", message: "the server is full", retryable: true };
  it.hears(unsent(says("everyone", "hello")));
  it.hears({ type: "delayed", nonce: "nonce-1", error, until: 5_000 as Millis });
  expect(it.waits()).toEqual(["… (the server is full; again in 3 s)  you  hello"]);
});

test("a private line to somebody who is away says so, under the line", () => {
  const it = alice();
  it.enters("@bob later");
  const later = { type: "message", conversation: "@bob", message: "later" } as const;
  const ack = { conversation: "@bob", seq: 3, at: wall, recipient: "away" } as const;
  it.hears({ type: "acked", nonce: "nonce-1", deed: later, ack, told: false });
  it.hears(entry("alice", "later", { to: "bob", conversation: "@bob", seq: 3, nonce: "nonce-1" }));
  expect(it.shows()).toEqual([
    "14:30  you → bob  later",
    "14:30  bob is away and will find it on coming back",
  ]);
});

test("comings and goings are one quiet line, and none in a crowd", () => {
  const it = alice();
  it.hears(people(["alice", "bob", "carol"], { came: ["alice", "bob", "carol"] }));
  it.hears(people(["alice"], { left: ["bob", "carol"] }));
  expect(it.shows()).toEqual(["14:30  bob and carol joined", "14:30  bob and carol left"]);
  const crowd = Array.from({ length: 41 }, (_, index) => `n${index}`);
  it.hears(people(crowd, { came: crowd }));
  expect(it.shows()).toEqual([]);
});

test("a loss and a return are told once; the prompt counts the seconds", () => {
  const it = alice();
  expect(it.standing()).toBe("connecting");
  it.hears(online);
  expect(it.standing()).toBe("");
  it.hears(offline, offline, { type: "connection", connection: { state: "connecting" } }, offline);
  expect(it.standing()).toBe("offline, again in 3 s");
  it.hears(online);
  expect(it.shows()).toEqual([
    "14:30  connection lost; what you write is kept and sent later",
    "14:30  back online",
  ]);
});

test("/who lists who is here, /help what can be typed, and what does not exist says so", () => {
  const it = alice();
  it.enters("/who");
  it.hears(online, people(["carol", "alice", "Bob"]));
  it.enters("/who");
  it.enters("/whom");
  it.enters("/who x");
  expect(it.shows()).toEqual([
    "14:30  not connected: nobody knows who is here",
    "14:30  3 here: you, Bob, carol",
    "14:30  there is no command /whom; did you mean /who? To say it, write //whom",
    "14:30  it is /who",
  ]);
  it.enters("/help");
  expect(it.shows().join("\n")).toMatch(/@bob hello +said only to bob[\s\S]*\/history \[WHERE\] \[WHICH\]/);
});

test("/who tells what people say of themselves", () => {
  const it = alice();
  const users = [
    { username: "bob", status: "busy", text: "at\u001b[31m lunch" },
    { username: "carol", status: "away" },
  ] as const;
  it.hears(online, people(["alice", "bob", "carol"], { users: [...users] }));
  it.enters("/who");
  expect(it.shows()).toEqual(["14:30  3 here: you, bob (busy: at[31m lunch), carol (away)"]);
});

test("/quit leaves when everything is sent, or when it is said again", () => {
  const patient = alice();
  patient.hears(online);
  patient.enters("hello");
  patient.hears(unsent(says("everyone", "hello")));
  patient.enters("/quit");
  expect(patient.shows()).toEqual(["14:30  1 line is sent first; /quit again leaves without"]);
  expect(patient.hasLeft()).toBe(false);
  patient.hears(unsent());
  expect(patient.hasLeft()).toBe(true);

  const hasty = alice();
  hasty.enters("hello");
  hasty.hears(unsent(says("everyone", "hello")));
  hasty.enters("/quit");
  expect(hasty.shows()).toEqual(["14:30  1 line is not sent yet; /quit again leaves without"]);
  hasty.enters("/quit");
  expect(hasty.hasLeft()).toBe(true);
});

test("two slashes say one, and a text is said as it stands", () => {
  const it = alice();
  for (const text of ["//shrug", " @bob no", "a /who b", "@bob: hi", "@bob"]) it.enters(text);
  expect(it.told("done").map(textOf)).toEqual([
    "everyone /shrug",
    "everyone  @bob no",
    "everyone a /who b",
    "@bob hi",
  ]);
  expect(it.shows()).toEqual(["14:30  nothing is said to bob; write @bob hello"]);
});

test("Tab offers who spoke last first, then who else is here", () => {
  const it = alice();
  it.hears(people(["alice", "bob", "carol", "dave"]), entry("carol", "hi"), entry("dave", "hi"));
  expect(it.offers("see ").map(({ word }) => word)).toEqual(["dave", "carol", "bob"]);
  expect(it.offers("@").map(({ word }) => word)).toEqual(["@dave", "@carol", "@bob"]);
});

test("names and reasons of the server are as inert as messages", () => {
  const it = alice();
  const attack = "\u001b]0;x\u0007\u009b2J";
  it.hears(entry(`b${attack}`, attack), people([], { came: [`c${attack}`] }));
  it.enters("hi");
  it.hears(refusal("odd", `why${attack}`, attack));
  it.hears({ type: "complaint", error: { code: "odd", message: attack, retryable: false } });
  it.hears(online, {
    type: "connection",
    connection: { state: "waiting", until: at, code: 1006, reason: attack, failures: 1 },
  });
  expect(it.shows().join("\n")).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
});
