// chat-cli as a script uses it: lines in, lines out, and an exit code to rely on.

import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { WebSocketServer } from "ws";
import { openHouse, rates } from "../support/house.js";
import { startServer, temporaryFolder } from "../support/server-process.js";
import { Piped } from "./program.js";

const send = (message: string): string => JSON.stringify({ type: "send_message", payload: { message } });

const isAck = (line: string): boolean => line.startsWith('{"type":"ack"');

interface Setting {
  readonly url: string;
}

/** Runs chat-cli for this name against that server. */
function runs({ url }: Setting, name: string, ...more: readonly string[]): Piped {
  return new Piped(["--username", name, "--url", url, ...more], temporaryFolder());
}

/** What was said to everyone, oldest first. */
async function said(house: Awaited<ReturnType<typeof openHouse>>): Promise<readonly string[]> {
  const reader = await house.events("reader");
  reader.says(`{"type":"history","id":1,"payload":{"conversation":"everyone","limit":1000}}`);
  for (;;) {
    const frame = (await reader.next()) as { type: string; payload: { messages: { message: string }[] } };
    if (frame.type === "history") return frame.payload.messages.map(({ message }) => message);
  }
}

describe("saying", () => {
  test("each line is said, in order; it ends with 0 after the last ack and prints nothing", async () => {
    const house = await openHouse();
    const ended = await runs(house, "alice").endsInput("one\r\n\n  two\n/three\nlast without an end");
    expect(ended).toEqual({ code: 0, out: [], notes: [] });
    expect(await said(house)).toEqual(["one", "  two", "/three", "last without an end"]);
  });

  test("it slows down when it is limited, and every line arrives once and in order", async () => {
    const house = await openHouse({
      limits: { rates: rates({ messagesPerSecond: 40, messagesBurst: 5 }) },
    });
    const lines = Array.from({ length: 60 }, (_, index) => `line ${index}`);
    const ended = await runs(house, "alice").endsInput(`${lines.join("\n")}\n`);
    expect(ended).toEqual({ code: 0, out: [], notes: [] });
    expect(await said(house)).toEqual(lines);
  });

  test("@bob makes a line private to bob", async () => {
    const house = await openHouse();
    const bob = await house.events("bob");
    expect(await runs(house, "alice").endsInput("@bob for you\n")).toMatchObject({ code: 0 });
    await bob.hears({ type: "new_message", payload: { message: "for you", conversation: "@alice" } });
    expect(await said(house)).toEqual([]);
  });

  test("--to says every line in a room, which is joined on the way in; #room is one only if it was named", async () => {
    const house = await openHouse({ store: "sqlite" });
    const alice = await house.events("alice", "&token=a-secret-of-alices");
    for (const room of ["dev", "ops"]) {
      alice.says(`{"type":"create_room","id":1,"payload":{"conversation":"#${room}"}}`);
      await alice.hears({ type: "ack" }, { type: "member_joined" });
    }
    const input = "hi\n#ops down again\n#include <stdio.h>\n# a heading\n@alice psst\n";
    const ended = await runs(house, "bot", "--to", "#Dev", "--room", "ops").endsInput(input);
    expect(ended).toEqual({ code: 0, out: [], notes: [] });
    const heard = (await alice.heardSoFar()) as { type: string; payload: Record<string, unknown> }[];
    const lines = heard.filter(({ type }) => type === "new_message").map(({ payload }) => payload);
    expect(lines.map(({ conversation, message }) => [conversation, message])).toEqual([
      ["#dev", "hi"],
      ["#ops", "down again"],
      ["#dev", "#include <stdio.h>"],
      ["#dev", "# a heading"],
      ["@bot", "psst"],
    ]);
  });

  test("a room that is not there: each line is refused in words, and it ends with 1", async () => {
    const house = await openHouse();
    const { code, notes } = await runs(house, "bot", "--to", "#nowhere").endsInput("hi\n");
    expect(code).toBe(1);
    expect(notes).toContain("not sent: there is no such conversation: hi");
  });

  test("a line that is refused is noted, the others are said, and it ends with 1", async () => {
    const house = await openHouse();
    const ended = await runs(house, "alice").endsInput(
      `one\n@nobody psst\n${"x".repeat(10_001)}\n@bob\ntwo\n`,
    );
    expect(ended).toMatchObject({ code: 1, out: [] });
    expect(ended.notes.map((note) => note.replace(/ \(.*$/, ""))).toEqual([
      "not sent: nothing is said to bob; write @bob hello: @bob",
      "not sent: nobody has this name: @nobody psst",
      "not sent: a message has at most 10000 characters",
    ]);
    expect(await said(house)).toEqual(["one", "two"]);
  });

  test("who only speaks leaves unread what others said", async () => {
    const house = await openHouse();
    const state = temporaryFolder();
    const args = ["--username", "alice", "--url", house.url];
    expect(await new Piped(args, state).endsInput("hello\n")).toMatchObject({ code: 0 });
    const bob = await house.events("bob");
    bob.says(
      JSON.stringify({ type: "private_message", id: 1, payload: { to: "alice", message: "for you" } }),
    );
    await bob.hears({ type: "ack" });
    const again = await new Piped([...args, "--json"], state).endsInput();
    const welcome = again.out.map((line) => JSON.parse(line)).find(({ type }) => type === "welcome");
    expect(welcome.conversations).toContainEqual({
      conversation: "@bob",
      head: 1,
      read: 0,
      unread: 1,
      mentions: 0,
    });
  });

  test("a server that is killed and comes back gets every line once and in order", {
    timeout: 40_000,
  }, async () => {
    const folder = temporaryFolder();
    const flags = ["--limits", "off"];
    const first = await startServer(folder, { flags });
    const alice = runs(first, "alice", "--json");
    const lines = Array.from({ length: 400 }, (_, index) => `line ${index}`);
    alice.gets(`${lines.slice(0, 300).join("\n")}\n`);
    await alice.prints((out) => out.filter(isAck).length >= 50);
    await first.ends("SIGKILL");
    const ended = alice.endsInput(lines.slice(300).join("\n"));
    const second = await startServer(folder, { flags: [...flags, "--port", String(first.port)] });
    expect(await ended).toMatchObject({ code: 0, notes: [] });
    const reader = await second.connects("/ws?username=reader");
    await reader.hears({ type: "welcome" });
    reader.says(`{"type":"log","id":1,"payload":{"conversation":"everyone","after":0,"limit":1000}}`);
    const { payload } = (await reader.next()) as {
      payload: { entries: { payload: { message: string } }[] };
    };
    expect(payload.entries.map((entry) => entry.payload.message)).toEqual(lines);
  });
});

describe("listening", () => {
  test("--follow prints what is said, also after the end of the input, until it is told to stop", async () => {
    const house = await openHouse();
    const bob = await house.events("bob");
    const alice = runs(house, "alice", "--follow");
    const ended = alice.endsInput("hello\n");
    await bob.hears({ type: "new_message" });
    bob.says(send("one\ntwo \u001b[31mred"));
    await alice.prints((out) => out.length >= 3);
    alice.signal("SIGINT");
    const { code, out, notes } = await ended;
    expect([code, notes]).toEqual([130, []]);
    expect(out.map((line) => line.replace(/^\d\d:\d\d/, "hh:mm"))).toEqual([
      "hh:mm  you  hello",
      "hh:mm  bob  one",
      "            two [31mred",
    ]);
  });

  test("--json prints one event a line, inert for a terminal, and notes go to stderr", async () => {
    const house = await openHouse();
    const ended = await runs(house, "alice", "--json").endsInput("a\u009b31m\n@nobody hi\n");
    expect(ended.code).toBe(1);
    expect(ended.notes).toHaveLength(1);
    expect(ended.out.join("\n")).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    const events = ended.out.map((line) => JSON.parse(line));
    expect(events).toContainEqual(expect.objectContaining({ type: "connection", state: "online" }));
    expect(events).toContainEqual(expect.objectContaining({ type: "ack", conversation: "everyone", seq: 1 }));
    expect(events).toContainEqual(
      expect.objectContaining({ type: "new_message", message: "a\u009b31m", own: true }),
    );
    expect(events).toContainEqual(expect.objectContaining({ type: "error", code: "unknown_user" }));
  });

  test("--json tells all that is done, by the types and in the fields of the server's frames", async () => {
    const house = await openHouse({ store: "sqlite" });
    const alice = await house.events("alice", "&token=a-secret-of-alices");
    alice.says(`{"type":"create_room","id":1,"payload":{"conversation":"#dev"}}`);
    await alice.hears({ type: "ack" }, { type: "member_joined" });
    const watcher = runs(house, "watcher", "--room", "dev", "--follow", "--json");
    // Whoever is not live yet is read from the log, where nobody is typing.
    await watcher.prints((out) => out.some((line) => line.startsWith('{"type":"member_joined"')));
    await alice.hears({ type: "member_joined" });
    const about = `"conversation":"#dev","message_seq":3`;
    alice.says(
      `{"type":"typing","payload":{"conversation":"#dev"}}`,
      `{"type":"send_message","payload":{"conversation":"#dev","message":"hi @watcher"}}`,
      `{"type":"edit_message","payload":{${about},"message":"hello @watcher"}}`,
      `{"type":"react","payload":{${about},"emoji":"👍"}}`,
      `{"type":"pin","payload":{${about}}}`,
      `{"type":"set_topic","payload":{"conversation":"#dev","topic":"code\u009b2J"}}`,
      `{"type":"delete_message","payload":{${about}}}`,
      `{"type":"kick","payload":{"conversation":"#dev","username":"watcher"}}`,
    );
    await watcher.prints((out) => out.some((line) => line.includes('"departed"')));
    watcher.signal("SIGINT");
    const { code, out, notes } = await watcher.ended;
    expect([code, notes]).toEqual([130, []]);
    const events = out.map((line) => JSON.parse(line) as Record<string, unknown>);
    const done = events.filter(({ seq, from }) => Number(seq) > 2 && from === "alice");
    const place = { conversation: "#dev", from: "alice", own: false };
    expect(done).toMatchObject([
      {
        ...place,
        type: "new_message",
        seq: 3,
        message: "hi @watcher",
        mentions: ["watcher"],
        mentioned: true,
      },
      { ...place, type: "message_edited", seq: 4, message_seq: 3, message: "hello @watcher", version: 2 },
      { ...place, type: "reaction", seq: 5, message_seq: 3, emoji: "👍", on: true },
      { ...place, type: "message_pinned", seq: 6, message_seq: 3, on: true },
      { ...place, type: "room_updated", seq: 7, topic: "code\u009b2J" },
      { ...place, type: "message_deleted", seq: 8, message_seq: 3 },
      { ...place, type: "member_left", seq: 9, username: "watcher", why: "kicked" },
    ]);
    expect(events).toContainEqual({ type: "typing", conversation: "#dev", usernames: ["alice"] });
    expect(events).toContainEqual({ type: "departed", conversation: "#dev", why: "kicked" });
    expect(out.join("\n")).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });

  test("--since shows what was said before, as the protocol counts it", async () => {
    const house = await openHouse();
    const bob = await house.events("bob");
    bob.says(send("one"), send("two"), send("three"));
    await bob.hears({ type: "new_message" }, { type: "new_message" }, { type: "new_message" });
    const alice = runs(house, "alice", "--follow", "--since", "everyone:-2");
    await alice.prints((out) => out.length >= 2);
    alice.signal("SIGINT");
    expect((await alice.ended).out.map((line) => line.slice(7))).toEqual(["bob  two", "bob  three"]);
  });

  test("a reader that goes away, as head does, ends it without a word", async () => {
    const house = await openHouse();
    const bob = await house.events("bob");
    const alice = runs(house, "alice", "--follow");
    alice.gets("hello\n");
    await alice.prints((out) => out.length > 0);
    alice.stopsReading();
    bob.says(send("one"), send("two"));
    expect(await alice.ended).toMatchObject({ code: 0, notes: [] });
  });
});

describe("ending", () => {
  test("nothing listens there: one line, exit 3", async () => {
    const { code, out, notes } = await runs({ url: "ws://127.0.0.1:9" }, "alice").endsInput("hello\n");
    expect([code, out]).toEqual([3, []]);
    expect(notes).toEqual([
      "can't connect to ws://127.0.0.1:9/ws: nothing listens there. Start a server with: npx chat-server --port 9; 1 line was not acknowledged",
    ]);
  });

  test("something else answers there: exit 3, and it says so", async () => {
    const house = await openHouse();
    const { code, notes } = await runs({ url: `${house.url}/elsewhere` }, "alice").endsInput();
    expect(code).toBe(3);
    expect(notes.join()).toMatch(/it answered 404 and opened no WebSocket\. Is there a chat-server behind/);
  });

  test("a name that is taken, and one that is none: exit 4, with what the server said", async () => {
    const house = await openHouse();
    await house.events("alice");
    const taken = await runs(house, "alice").endsInput();
    expect([taken.code, taken.notes.length]).toEqual([4, 1]);
    expect(taken.notes[0]).toMatch(/^alice is not let in: somebody else has this name \(choose another name/);
    const bad = await runs(house, "a b").endsInput();
    expect([bad.code, bad.notes.length]).toEqual([4, 1]);
  });

  test.each([
    [["--username"], /option '--username <name>' argument missing/],
    [[], /^who are you\? Say it with --username NAME/],
    [["--username", "a", "--folow"], /unknown option '--folow'/],
    [["--username", "a", "--url", "ftp://x"], /begins with ws:\/\/ or wss:\/\//],
    [["--username", "a", "--token-file", "/does/not/exist"], /no such file/],
    [["--username", "a", "--timeout", "soon"], /a number of seconds/i],
    [["--username", "a", "surplus"], /too many arguments/],
  ])("%j is a wrong way to call it: exit 2", async (args, reason) => {
    const { code, out, notes } = await new Piped(args, temporaryFolder()).endsInput();
    expect([code, out]).toEqual([2, []]);
    expect(notes[0]).toMatch(reason);
  });

  test("who and where may stand in the environment", async () => {
    const house = await openHouse();
    const env = { CHAT_USERNAME: "alice", CHAT_URL: house.url };
    expect(await new Piped([], temporaryFolder(), env).endsInput("hello\n")).toMatchObject({ code: 0 });
    expect(await said(house)).toEqual(["hello"]);
  });

  test("a server that closes for good: exit 5, with its reason", async () => {
    const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
    onTestFinished(() => server.close());
    await once(server, "listening");
    server.on("connection", (socket) => socket.close(4403, "banned"));
    const { port } = server.address() as AddressInfo;
    const { code, notes } = await runs({ url: `ws://127.0.0.1:${port}` }, "alice", "--follow").ended;
    expect([code, notes]).toEqual([5, ["the server closed the connection: banned (4403)"]]);
  });

  test("a server that stays away longer than --timeout: exit 5, and what was not acknowledged", async () => {
    const server = await startServer(temporaryFolder());
    const alice = runs(server, "alice", "--json", "--timeout", "1");
    alice.gets("one\n");
    await alice.prints((out) => out.some(isAck));
    await server.ends("SIGKILL");
    const { code, notes } = await alice.endsInput("two\n");
    expect([code, notes]).toEqual([5, ["the server has been gone for 1 s; 1 line was not acknowledged"]]);
  });

  test("Ctrl-C: exit 130", async () => {
    const house = await openHouse();
    const alice = runs(house, "alice", "--json");
    await alice.prints((out) => out.some((line) => line.includes('"online"')));
    alice.signal("SIGINT");
    expect(await alice.ended).toMatchObject({ code: 130, notes: [] });
  });
});

test.each([
  [["--room", "a b"], "'a b'"],
  [["--to", "bob"], "say #dev, @bob or everyone"],
  [["--since", "yesterday"], "is not conversation:seq"],
  [["--rooms", "dev"], "Did you mean --room?"],
])("%j is a wrong call: one line that says why, and exit 2", async (flags, why) => {
  const { code, out, notes } = await runs({ url: "ws://127.0.0.1:9" }, "alice", ...flags).endsInput();
  expect([code, out]).toEqual([2, []]);
  expect(notes.join(" ")).toContain(why);
});

test("the secret that holds a name is never in the arguments, in what is printed, or in another's hands", async () => {
  const house = await openHouse();
  const state = temporaryFolder();
  const args = ["--username", "alice", "--url", house.url];
  const first = await new Piped([...args, "--json"], state).endsInput("one\n");
  expect(first.out.join("\n")).not.toContain("token");
  expect(await new Piped(args, state).endsInput("two\n")).toMatchObject({ code: 0 });
  expect(await new Piped(args, temporaryFolder()).endsInput("three\n")).toMatchObject({ code: 4 });
});
