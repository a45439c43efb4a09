// What a person in a terminal is shown, and what becomes of what they enter.

import type { ClientEvent, ClientFact, MessageEntry, Millis, WelcomePayload } from "chat-hub";
import { expect, test } from "vitest";
import { createPalette } from "../src/palette.js";
import { createTalk } from "../src/talk.js";

const wall = new Date(2026, 10, 22, 14, 30).getTime();
const at = 1_000 as Millis;

/** A talk of alice, as she sees it, without colours. */
function talk() {
  const it = createTalk("ws://localhost:8001/ws", { username: "alice", palette: createPalette(0, true) });
  const shown: string[] = [];
  const facts: ClientFact[] = [];
  let left = false;
  let nonces = 0;
  const take = (turn: ReturnType<typeof it.hear>): void => {
    shown.push(...turn.lines);
    facts.push(...(turn.facts ?? []));
    left ||= turn.leave === true;
  };
  return {
    facts,
    hasLeft: () => left,
    words: it.words,
    hears: (...events: ClientEvent[]) => {
      for (const event of events) take(it.hear(event, wall));
    },
    enters: (text: string) => {
      nonces += 1;
      take(it.enter(text, `nonce-${nonces}`, wall));
    },
    /** The lines since the last time. */
    shows: () => shown.splice(0),
    waits: (columns = 80) => it.waiting(columns, at).map(({ text }) => text),
    standing: () => it.standing(at),
  };
}

const online: ClientEvent = { type: "connection", connection: { state: "online" } };
const offline: ClientEvent = {
  type: "connection",
  connection: { state: "waiting", until: 3_500 as Millis, code: 1006, reason: "", failures: 1 },
};

function entry(from: string, message: string, more: Partial<MessageEntry> = {}): ClientEvent {
  const own = from === "alice";
  const facts = { kind: "message", conversation: "everyone", seq: 1, at: wall, sent: "", own } as const;
  return { type: "entry", entry: { ...facts, from, message, ...more } };
}

function people(names: readonly string[], more: { came?: string[]; left?: string[] } = {}): ClientEvent {
  return {
    type: "people",
    here: names,
    users: [],
    count: names.length,
    complete: true,
    came: [],
    left: [],
    ...more,
  };
}

function refusal(code: string, message: string, hint: string): ClientEvent {
  const deed = { type: "message", conversation: "everyone", message: "" } as const;
  return { type: "refused", nonce: "nonce-1", deed, error: { code, message, hint, retryable: false } };
}

test("a line shows when, who, and to whom if not to all", () => {
  const it = talk();
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
  const it = talk();
  it.hears(entry("bob", "one\ntwo"));
  expect(it.shows()).toEqual(["14:30  bob  one", "            two"]);
  it.hears(entry("bob", "\n".repeat(3_000).replaceAll("\n", "x\n")));
  expect(it.shows()).toHaveLength(40);
});

test("what was shown is said to be read", () => {
  const it = talk();
  it.hears(entry("bob", "Hello!", { seq: 7 }));
  expect(it.facts).toEqual([{ type: "read", conversation: "everyone", seq: 7 }]);
});

test("a line of another day is under that day, also in a history", () => {
  const it = talk();
  const yesterday = wall - 86_400_000;
  it.hears(entry("bob", "today"), entry("bob", "still"));
  expect(it.shows().filter((line) => line.startsWith("──"))).toEqual([]);
  const other = talk();
  other.hears(entry("bob", "late", { at: yesterday }), entry("bob", "early"));
  expect(other.shows().map((line) => line.slice(0, 2))).toEqual(["──", "14", "──", "14"]);
  const row = { message: "x", from: "bob", sent: "", conversation: "everyone", seq: 1 };
  const messages = [
    { ...row, at: yesterday },
    { ...row, at: wall },
  ];
  const page = { conversation: "everyone", messages, first: 1, head: 2, more: false };
  other.hears({ type: "answered", ask: 1, answer: { type: "history", ...page } });
  expect(other.shows().map((line) => line.slice(0, 2))).toEqual(["──", "──", "14", "──", "14", "──"]);
});

test("a name is spelled as the server spells it", () => {
  const it = talk();
  const facts = { kept: true, protocol: 1, auth: "open", durable: true, epoch: "e", at: wall } as const;
  const told = {
    limits: {} as WelcomePayload["limits"],
    features: [],
    here: 2,
    settings: { status: "online", text: "", reading: "shared" },
    conversations: [],
    more: false,
  } as const;
  it.hears({ type: "welcome", welcome: { username: "Alice", ...facts, ...told } }, online);
  expect(it.shows()).toEqual(["localhost:8001 as Alice, 2 people here. /help tells what you can type."]);
  it.hears(people(["Alice", "bob"], { came: ["Alice"] }));
  it.enters("/who");
  expect(it.shows()).toEqual(["14:30  2 here: you, bob"]);
});

test("what is entered waits above the prompt until it has its place", () => {
  const it = talk();
  it.enters("hello");
  it.enters("@bob psst");
  expect(it.facts).toEqual([
    { type: "said", nonce: "nonce-1", to: "everyone", message: "hello" },
    { type: "said", nonce: "nonce-2", to: "@bob", message: "psst" },
  ]);
  expect(it.waits()).toEqual(["… you  hello", "… you → bob  psst"]);
  expect(it.waits(12)).toEqual(["… you  hel…", "… you → bo…"]);
  it.hears({
    type: "acked",
    nonce: "nonce-1",
    deed: { type: "message", conversation: "everyone", message: "hello" },
    ack: { conversation: "everyone", seq: 1, at: wall },
    told: false,
  });
  expect(it.waits()).toEqual(["… you → bob  psst"]);
});

test("many waiting lines take four rows", () => {
  const it = talk();
  for (let line = 1; line <= 9; line += 1) it.enters(`line ${line}`);
  expect(it.waits()).toEqual(["… you  line 1", "… you  line 2", "… you  line 3", "… and 6 more"]);
});

test("a line that is refused is shown with the reason and a way out", () => {
  const it = talk();
  it.enters("@zed hi");
  it.hears(refusal("unknown_user", "nobody has this name", '{"type":"users"}'));
  expect(it.shows()).toEqual([
    "14:30  you → zed  hi",
    "       ✗ not sent: nobody has this name (/who tells who is here)",
  ]);
  expect(it.waits()).toEqual([]);
});

test("a line that is refused for now says until when it waits", () => {
  const it = talk();
  it.enters("hello");
  const error = { code: "storage_full", message: "the server is full", retryable: true };
  it.hears({ type: "delayed", nonce: "nonce-1", error, until: 4_000 as Millis });
  expect(it.waits()).toEqual(["… (the server is full; again in 3 s)  you  hello"]);
});

test("a private line to somebody who is away says so, under the line", () => {
  const it = talk();
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
  const it = talk();
  it.hears(people(["alice", "bob", "carol"], { came: ["alice", "bob", "carol"] }));
  it.hears(people(["alice"], { left: ["bob", "carol"] }));
  expect(it.shows()).toEqual(["14:30  bob and carol joined", "14:30  bob and carol left"]);
  const crowd = Array.from({ length: 41 }, (_, index) => `n${index}`);
  it.hears(people(crowd, { came: crowd }));
  expect(it.shows()).toEqual([]);
});

test("a loss and a return are told once; the prompt counts the seconds", () => {
  const it = talk();
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
  const it = talk();
  it.enters("/who");
  it.hears(online, people(["carol", "alice", "Bob"]));
  it.enters("/who");
  it.enters("/whom");
  it.enters("/who x");
  expect(it.shows()).toEqual([
    "14:30  not connected: nobody knows who is here",
    "14:30  3 here: you, Bob, carol",
    "14:30  there is no command /whom; see /help, or write //whom to say it",
    "14:30  it is /who",
  ]);
  it.enters("/help");
  expect(it.shows().join("\n")).toMatch(/@bob hello +said only to bob[\s\S]*\/history \[@name\] \[number\]/);
});

test("/history asks for what was said last, to all or with one person, and shows it between rules", () => {
  const it = talk();
  for (const command of ["/history", "/history 5", "/history @bob", "/history bob 999"]) it.enters(command);
  expect(it.facts.map((fact) => fact.type === "asked" && fact.question)).toEqual([
    { type: "history", conversation: "everyone", limit: 20 },
    { type: "history", conversation: "everyone", limit: 5 },
    { type: "history", conversation: "@bob", limit: 20 },
    { type: "history", conversation: "@bob", limit: 200 },
  ]);
  const message = { message: "old", from: "bob", sent: "", conversation: "everyone", seq: 1, at: wall };
  const page = { conversation: "everyone", messages: [message], first: 1, head: 1, more: false };
  it.hears({ type: "answered", ask: 1, answer: { type: "history", ...page } });
  expect(it.shows()).toEqual(["── the last 1 line said to everyone ──", "14:30  bob  old", "── now ──"]);
});

test("/quit leaves when everything is sent, or when it is said again", () => {
  const patient = talk();
  patient.hears(online);
  patient.enters("hello");
  patient.enters("/quit");
  expect(patient.shows()).toEqual(["14:30  1 line is sent first; /quit again leaves without"]);
  expect(patient.hasLeft()).toBe(false);
  patient.hears({
    type: "acked",
    nonce: "nonce-1",
    deed: { type: "message", conversation: "everyone", message: "hello" },
    ack: { conversation: "everyone", seq: 1, at: wall },
    told: false,
  });
  expect(patient.hasLeft()).toBe(true);

  const hasty = talk();
  hasty.enters("hello");
  hasty.enters("/quit");
  expect(hasty.shows()).toEqual(["14:30  1 line is not sent yet; /quit again leaves without"]);
  hasty.enters("/quit");
  expect(hasty.hasLeft()).toBe(true);
});

test("two slashes say one, and a text is said as it stands", () => {
  const it = talk();
  for (const text of ["//shrug", " @bob no", "a /who b", "@bob: hi", "@bob"]) it.enters(text);
  expect(it.facts.map((fact) => fact.type === "said" && `${fact.to} ${fact.message}`)).toEqual([
    "everyone /shrug",
    "everyone  @bob no",
    "everyone a /who b",
    "@bob hi",
  ]);
  expect(it.shows()).toEqual(["14:30  nothing is said to bob; write @bob hello"]);
});

test("Tab offers commands, then who spoke last, then who else is here", () => {
  const it = talk();
  it.hears(people(["alice", "bob", "carol", "dave"]), entry("carol", "hi"), entry("dave", "hi"));
  expect(it.words().slice(4)).toEqual(["dave", "@dave", "carol", "@carol", "bob", "@bob"]);
});

test("names and reasons of the server are as inert as messages", () => {
  const it = talk();
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
