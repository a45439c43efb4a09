// chat-cli as a person sees it in a terminal.

import { describe, expect, test } from "vitest";
import { openHouse } from "../support/house.js";
import { startServer, temporaryFolder } from "../support/server-process.js";
import type { PersonOptions } from "./person.js";
import { Person } from "./person.js";

const enter = "\r";
const family = "👨‍👩‍👧";

async function talkingHouse(more: Partial<PersonOptions> = {}) {
  const house = await openHouse();
  const state = temporaryFolder();
  return {
    house,
    sitsDown: (name: string, again: Partial<PersonOptions> = {}) =>
      Person.sitsDown(name, { url: house.url, state, ...more, ...again }),
  };
}

const send = (message: string): string => JSON.stringify({ type: "send_message", payload: { message } });

describe("typing", () => {
  test("what was typed before the program was ready is said, line by line", async () => {
    const { house, sitsDown } = await talkingHouse();
    const bob = await house.events("bob");
    sitsDown("alice").types("typed", enter, "ahead", enter);
    await bob.hears({ payload: { message: "typed", from: "alice" } }, { payload: { message: "ahead" } });
  });

  test("lines of others arrive above what is typed, wrapped and wide as it may be, and leave it as it is", async () => {
    const { house, sitsDown } = await talkingHouse();
    const bob = await house.events("bob");
    const alice = sitsDown("alice", { columns: 40 });
    await alice.isOnline();
    const parts = [
      "this goes on for longer than ",
      "one row of 40 has room, ",
      "你好 and ",
      `${family} and `,
      "the end",
    ];
    let typed = "";
    for (const [index, part] of parts.entries()) {
      for (let line = 0; line < 3; line += 1) bob.says(send(`line ${index}.${line}, while alice types`));
      alice.types(part);
      typed += part;
    }
    await alice.sees("bob  line 4.2, while alice types");
    await alice.until(
      () => alice.draft().replace(/\s/g, "") === `${typed.replace(/\s/g, "")}|`,
      "has lost her draft",
    );
    alice.types("\u001b[H", "\u001b[1;5C", "!");
    bob.says(send("another"));
    await alice.sees("bob  another");
    await alice.until(() => alice.draft().startsWith("this!|"), "has lost her cursor");
    alice.types(enter);
    await alice.sees("you  this! goes on for longer");
    const said = alice.talk().filter((line) => line.startsWith("bob  line"));
    expect(said).toEqual(
      parts.flatMap((_, part) => [0, 1, 2].map((line) => `bob  line ${part}.${line}, while alice types`)),
    );
    const heard = bob.transcript.filter((frame) => frame.includes(`"from":"alice"`));
    expect(heard.map((frame) => JSON.parse(frame).payload.message)).toEqual([typed.replace("this", "this!")]);
  });

  test("a paste of three lines is one message, sent by Enter", async () => {
    const { house, sitsDown } = await talkingHouse();
    const bob = await house.events("bob");
    const alice = sitsDown("alice");
    await alice.isOnline();
    alice.types("\u001b[200~one\rtwo\nthree\u001b[201~");
    await alice.until(() => alice.draft().startsWith("onetwothree"), "has no such draft");
    expect((await bob.heardSoFar()).map(({ type }) => type)).toEqual(["typing"]);
    alice.types(enter);
    await bob.hears({ type: "new_message", payload: { message: "one\ntwo\nthree" } });
    await alice.sees("you  one");
    expect(
      alice
        .lines()
        .slice(-4)
        .map((line) => line.trim()),
    ).toEqual(["two", "three", "┄ 2 here", "❯"]);
  });

  test("Tab completes a name, and what was written comes back with the up key", async () => {
    const { house, sitsDown } = await talkingHouse();
    await house.events("barbara");
    const alice = sitsDown("alice");
    await alice.isOnline();
    alice.types("/who", enter);
    await alice.sees("2 here: you, barbara");
    alice.types("@ba\t");
    await alice.hasDraft("@barbara |");
    alice.types("hi", enter);
    await alice.sees("you → barbara  hi");
    alice.types("\u001b[A");
    await alice.hasDraft("@barbara hi|");
  });

  test("a window that becomes narrower, and wider again, keeps the draft and every line", async () => {
    const { house, sitsDown } = await talkingHouse();
    const bob = await house.events("bob");
    const alice = sitsDown("alice", { columns: 80 });
    await alice.isOnline();
    const draft = "a draft of more than forty letters, so that it needs two rows then";
    alice.types(draft);
    await alice.hasDraft(`${draft}|`);
    for (const columns of [40, 24, 80]) {
      await alice.resizes(columns, 16);
      bob.says(send(`in ${columns}`));
      await alice.sees(`bob  in ${columns}`);
      await alice.until(
        () => alice.draft().replace(/\s/g, "") === `${draft.replace(/\s/g, "")}|`,
        "has lost her draft",
      );
    }
    expect(alice.lines().filter((line) => line.includes("draft"))).toHaveLength(1);
  });
});

describe("talking", () => {
  test("plain text is for all, @bob only for bob, and it shows", async () => {
    const { sitsDown } = await talkingHouse();
    const [alice, bob, carol] = [sitsDown("alice"), sitsDown("bob"), sitsDown("carol")];
    for (const person of [alice, bob, carol]) await person.isOnline();
    alice.types("hello all", enter);
    for (const person of [bob, carol]) await person.sees("alice  hello all");
    alice.types("@bob hi", enter);
    await bob.sees("alice → you  hi");
    bob.types("@alice hi yourself", enter);
    await alice.sees("you → bob  hi", "bob → you  hi yourself");
    bob.types("done", enter);
    await carol.sees("bob  done");
    expect(carol.talk().filter((line) => line.includes("hi"))).toEqual([]);
  });

  test("somebody new sees what was said last, and what waited for them alone", async () => {
    const { sitsDown } = await talkingHouse();
    const bob = sitsDown("bob");
    await bob.isOnline();
    bob.types("first", enter, "\u0004");
    await bob.ends(0);
    const alice = sitsDown("alice");
    await alice.sees("bob  first");
    alice.types("@bob for later", enter);
    await alice.sees("you → bob  for later", "bob is away and will find it on coming back");
    const again = sitsDown("bob");
    await again.sees("you  first", "alice → you  for later");
  });

  test("/help, /history and /quit do what they say, and a line to nobody says why it failed", async () => {
    const { house, sitsDown } = await talkingHouse();
    const bob = await house.events("bob");
    const alice = sitsDown("alice", { rows: 40 });
    await alice.isOnline();
    bob.says(send("one"), send("two"));
    await alice.sees("bob  one", "bob  two");
    alice.types("/help", enter, "/history 1", enter, "@nobody hi", enter, "/nothing", enter);
    await alice.sees("── the last lines said to everyone ──", "── /more goes on ──");
    await alice.reads("you → nobody hi ✗ not sent: nobody has this name (/who tells who is here)");
    await alice.reads("there is no command /nothing; see /help. To say it, write //nothing");
    expect(alice.lines().filter((line) => line.endsWith("bob  two"))).toHaveLength(2);
    alice.types("/quit", enter);
    await alice.ends(0);
  });

  test("nothing that others send reaches the terminal as anything but text", async () => {
    const { house, sitsDown } = await talkingHouse();
    const mallory = await house.events("mallory");
    const alice = sitsDown("alice", { env: { NO_COLOR: "1" } });
    await alice.isOnline();
    const attacks = [
      ..."\u001b]0;owned\u0007 \u001b]52;c;b3duZWQ=\u0007 \u001bP+q544e\u001b\\ \u001b[6n \u001b[2J \u009b2J \u009d0;x\u009c".split(
        " ",
      ),
      ...[
        "\u001b[31mred",
        "\u001b",
        "[2J",
        "over\rwritten",
        "\u0007\u0008\u007f",
        "a\u202eb\u2066c",
        `a${"\u0301".repeat(5_000)}`,
      ],
      ...[
        "\u001b]8;;http://evil.example\u001b\\link\u001b]8;;\u001b\\",
        "\u001b]50;?\u0007",
        "one\u001b[A\ntwo\u001b[A",
      ],
    ];
    for (const message of attacks) mallory.says(send(message));
    mallory.says(send("done"));
    await alice.sees("mallory  done");
    expect(alice.foreignBytes()).toEqual([]);
    expect(alice.usesColours()).toBe(false);
    await alice.isOnline();
  });
});

describe("losing the server", () => {
  test("what is written meanwhile is kept and sent, and nothing is lost or doubled for anybody", {
    timeout: 40_000,
  }, async () => {
    const folder = temporaryFolder();
    const state = temporaryFolder();
    const first = await startServer(folder);
    const person = (name: string) => Person.sitsDown(name, { url: first.url, state });
    const [alice, bob] = [person("alice"), person("bob")];
    for (const one of [alice, bob]) await one.isOnline();
    alice.types("before", enter);
    await bob.sees("alice  before");
    await first.ends("SIGKILL");
    await alice.reads("connection lost; what you write is kept and sent later");
    alice.types("while away", enter, "and more", enter, "@bob and this", enter, "half a dra");
    await alice.until(
      () => alice.lines().some((line) => line.startsWith("… you → bob  and this")),
      "shows no waiting line",
    );
    await alice.until(() => alice.lines().at(-1)?.includes("❯ half a dra") === true, "has lost her draft");
    await startServer(folder, { flags: ["--port", String(first.port)] });
    await bob.sees("alice  while away", "alice  and more", "alice → you  and this");
    await alice.sees("back online", "you → bob  and this");
    await alice.hasDraft("half a dra|");
    for (const line of ["before", "while away", "and more"]) {
      expect([alice.count(`you  ${line}`), bob.count(`alice  ${line}`)]).toEqual([1, 1]);
    }
    expect(bob.talk().filter((line) => line.startsWith("alice  "))).toEqual([
      "alice  before",
      "alice  while away",
      "alice  and more",
    ]);
  });

  test("who was never connected is told so in one line: exit 3", async () => {
    const alice = Person.sitsDown("alice", { url: "ws://127.0.0.1:9", state: temporaryFolder() });
    await alice.ends(3);
    const note =
      /^chat-cli: can't connect to ws:\/\/127\.0\.0\.1:9\/ws: nothing listens there\. Start a server with: npx chat-server --port 9$/;
    await alice.until(() => note.test(alice.lines().join("")), "is told something else");
  });
});

describe("leaving", () => {
  test("Ctrl-C leaves with 130, Ctrl-D on an empty line with 0", async () => {
    const { sitsDown } = await talkingHouse();
    const alice = sitsDown("alice");
    await alice.isOnline();
    alice.types("half", "\u0003");
    await alice.ends(130);
    const bob = sitsDown("bob");
    await bob.isOnline();
    bob.types("x", "\u0004", "\u007f", "\u0004");
    await bob.ends(0);
  });

  test("a name that somebody else holds is refused with the way out: exit 4", async () => {
    const { house, sitsDown } = await talkingHouse();
    await house.events("alice");
    const alice = sitsDown("alice");
    await alice.ends(4);
    expect(alice.lines().join("")).toContain(
      "alice is not let in: somebody else has this name (choose another name",
    );
  });

  test("lines that were not sent are named at the end", async () => {
    const folder = temporaryFolder();
    const server = await startServer(folder);
    const alice = Person.sitsDown("alice", { url: server.url, state: temporaryFolder() });
    await alice.isOnline();
    await server.ends("SIGKILL");
    await alice.reads("connection lost; what you write is kept and sent later");
    alice.types("lost", enter, "\u0003");
    await alice.ends(130);
    await alice.until(() => alice.lines().at(-1) === "chat-cli: 1 line was not sent", "is not told");
  });

  test("the same name has a colour of its own, unless there are to be no colours", async () => {
    const { sitsDown } = await talkingHouse();
    const alice = sitsDown("alice");
    await alice.isOnline();
    expect(alice.usesColours()).toBe(true);
    const bob = sitsDown("bob", { env: { NO_COLOR: "1" } });
    await bob.isOnline();
    expect(bob.usesColours()).toBe(false);
  });
});
