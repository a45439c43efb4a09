// What whoever runs the server does at the shell, while it runs and while it does not.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkoutNode } from "../../bin/setup.js";
import { runServer, startServer, temporaryFolder } from "../support/server-process.js";

const token = "a-secret-of-16-or-more";

function at(folder: string): (...words: string[]) => ReturnType<typeof runServer> {
  return (...words) => runServer([...words, "--data", folder]);
}

/** With a password on stdin, as a script gives it. */
async function withPassword(folder: string, password: string, ...words: string[]) {
  const door = join(import.meta.dirname, "../../packages/server/bin/chat-server.js");
  const child = spawn(checkoutNode, [door, ...words, "--data", folder], { stdio: ["pipe", "pipe", "pipe"] });
  let [out, err] = ["", ""];
  child.stdout.on("data", (chunk) => {
    out += String(chunk);
  });
  child.stderr.on("data", (chunk) => {
    err += String(chunk);
  });
  child.stdin.end(`${password}\n`);
  const [code] = await once(child, "close");
  return { code, out, err };
}

test("the house is kept in order while the server runs, and those who are here hear of it at once", async () => {
  const folder = temporaryFolder();
  const shell = at(folder);
  const server = await startServer(folder);
  expect(statSync(join(folder, "control.sock")).mode & 0o777).toBe(0o600);
  const alice = await server.connects(`/ws?username=alice&token=${token}`, "alice");
  const bob = await server.connects(`/ws?username=bob&token=${token}`, "bob");
  await Promise.all([alice.nextOf("welcome"), bob.nextOf("welcome")]);

  expect(await shell("admin", "grant", "alice")).toMatchObject({
    code: 0,
    out: "looks after the house now\n",
  });
  expect(await shell("admin", "announce", "noon: a restart")).toMatchObject({
    code: 0,
    out: "told (connections reached: 2)\n",
  });
  expect(await bob.nextOf("announcement")).toMatchObject({ payload: { message: "noon: a restart" } });
  expect(await shell("admin", "silence", "bob", "--for", "5m", "--reason", "too loud")).toMatchObject({
    code: 0,
  });
  bob.says('{"type":"send_message","id":1,"payload":{"message":"LOUD"}}');
  expect(await bob.nextOf("error")).toMatchObject({ payload: { code: "silenced" } });
  expect((await shell("admin", "silences")).out).toMatch(
    /^until \d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}bob {2}by \(shell\) {2}too loud\n$/,
  );
  expect(await shell("admin", "ban", "alice")).toMatchObject({
    code: 1,
    err: expect.stringContaining("look after the house too"),
  });
  expect(await shell("admin", "ban", "bob", "--for", "1h")).toMatchObject({ code: 0, out: "banned\n" });
  await bob.isClosed(4403);
  expect((await shell("admin", "stats")).out).toMatch(/^connections events: 1$/m);
  await server.ends("SIGTERM");
  expect(existsSync(join(folder, "control.sock"))).toBe(false);

  // Nobody serves: the same words, and the next server keeps to them.
  expect((await shell("admin", "bans")).out).toContain("  bob  by (shell)");
  expect(await shell("admin", "unban", "bob")).toMatchObject({ code: 0 });
  expect(await shell("admin", "read-only", "on", "--reason", "we move house")).toMatchObject({ code: 0 });
  expect(await shell("admin", "keep", "off")).toMatchObject({ code: 0 });
  expect(await shell("admin", "keep", "30d")).toMatchObject({ code: 0, out: "so it is in everyone\n" });
  expect(await shell("admin", "stats")).toMatchObject({ code: 1, err: expect.stringContaining("no server") });
  const audit = await shell("admin", "audit");
  expect(
    audit.out
      .trimEnd()
      .split("\n")
      .map((line) => line.split("  ")[2]),
  ).toEqual([
    "set_role",
    "announce",
    "silence",
    "ban",
    "unban",
    "read_only",
    "set_retention",
    "set_retention",
  ]);
  expect(audit.out).not.toContain("noon");
  const again = await startServer(folder);
  const back = await again.connects(`/ws?username=bob&token=${token}`, "bob");
  expect(await back.nextOf("welcome")).toMatchObject({ payload: { house: { keep_s: 30 * 86_400 } } });
  back.says('{"type":"private_message","id":1,"payload":{"to":"alice","message":"hi"}}');
  expect(await back.nextOf("error")).toMatchObject({ payload: { code: "read_only" } });
});

test("what others have said is printed as text: it moves nothing in the terminal, and makes no line of its own", async () => {
  const folder = temporaryFolder();
  const shell = at(folder);
  const server = await startServer(folder);
  const alice = await server.connects(`/ws?username=alice&token=${token}`, "alice");
  await alice.nextOf("welcome");
  expect(await shell("admin", "grant", "alice")).toMatchObject({ code: 0 });
  const mallory = await server.connects(`/ws?username=mallory&token=${token}`, "mallory");
  await mallory.nextOf("welcome");
  alice.says(
    '{"type":"ban","id":1,"payload":{"conversation":"everyone","username":"mallory","reason":"x\\u001b[31m\\n9999-12-31  alice\\u202e"}}',
  );
  await alice.nextOf("ack");
  for (const list of ["bans", "audit"]) {
    const { out } = await shell("admin", list);
    expect(out).toContain("x\\u{1b}[31m\\u{a}9999-12-31  alice\\u{202e}\n");
    expect(out).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
  }
});

test("accounts are made, changed and disabled; whoever is in by one is put out", async () => {
  const folder = temporaryFolder();
  const first = await startServer(folder);
  await first.ends("SIGTERM");
  // While nobody serves, and while somebody does.
  const made = await withPassword(folder, "correct horse battery", "user", "add", "Alice");
  expect(made).toEqual({ code: 0, out: "Alice can log in now\n", err: "" });
  const server = await startServer(folder, { flags: ["--auth", "password"] });
  expect(await withPassword(folder, "correct horse battery", "user", "add", "alice")).toMatchObject({
    code: 1,
    err: expect.stringContaining("there is an account of this name"),
  });
  for (const [name, code, why] of [
    ["aIice", 1, "looks like that of another account"],
    ["adrnin", 2, "looks like admin"],
    ["аlice", 2, "mixes Cyrillic and Latin"],
  ] as const) {
    expect(await withPassword(folder, "correct horse battery", "user", "add", name)).toMatchObject({
      code,
      err: expect.stringContaining(why),
    });
  }
  expect(await withPassword(folder, "short", "user", "add", "bob")).toMatchObject({
    code: 1,
    err: expect.stringContaining("too easy"),
  });
  const alice = await server.connects("/ws", "alice");
  alice.says('{"type":"login","payload":{"username":"Alice","password":"correct horse battery"}}');
  await alice.nextOf("welcome");
  expect(await withPassword(folder, "another horse battery", "user", "passwd", "alice")).toMatchObject({
    code: 0,
  });
  await alice.isClosed(4401);
  const again = await server.connects("/ws", "alice");
  again.says('{"type":"login","payload":{"username":"Alice","password":"another horse battery"}}');
  await again.nextOf("welcome");
  const shell = at(folder);
  expect(await shell("user", "disable", "alice")).toMatchObject({ code: 0 });
  await again.isClosed(4401);
  expect((await shell("user", "list")).out).toMatch(/^\d{4}-\d\d-\d\d {2}Alice {2}\(disabled\)\n$/);
  expect((await shell("user", "invite", "--uses", "2")).out).toMatch(/^[\w-]{16,}\n$/);
});

test.each([
  [["user"], 2, "Usage: chat-server user"],
  [["admin", "frob"], 2, "unknown command 'frob'"],
  [["admin", "slow-mode", "x"], 2, "A number from 0 to 21600"],
  [["admin", "read-only", "onn"], 2, "on, off"],
  [["admin", "keep", "30"], 2, "a duration looks like"],
  [["admin", "keep", "59s"], 2, "at least 1m"],
  [["admin", "ban", "bob", "--for", "soon"], 2, "7d"],
  [["admin", "ban", "bob", "--for", "0s"], 2, "A duration from 1s to 366d"],
  [["admin", "silence", "bob", "--for", "400d"], 2, "A duration from 1s to 366d"],
  [["admin", "ban"], 2, "name somebody, or give an --address"],
  [["admin", "ban", "--address"], 2, "name who is connected from it"],
  [["admin", "unban"], 2, "name somebody, or give an --address"],
  [["admin", "grant", "al ice"], 2, "can be nobody's name"],
  [["admin", "ban", "nobody"], 1, "unless they have an account (chat-server user list)"],
  [["user", "disable", "nobody"], 1, "there is no account of this name"],
] as const)("%j is told in a line or two, without a stack", async (words, code, said) => {
  const folder = temporaryFolder();
  const server = await startServer(folder);
  const ended = await runServer([...words, ...(words.length > 1 ? ["--data", folder] : [])]);
  expect(ended).toMatchObject({ code, out: "", err: expect.stringContaining(said) });
  expect(ended.err).not.toMatch(/\n +at /);
  await server.ends("SIGTERM");
});

test("accounts are made before a server first starts, and one of them looks after the house from its first login", async () => {
  const folder = join(temporaryFolder(), "not there yet");
  const shell = at(folder);
  const made = await withPassword(folder, "correct horse battery", "user", "add", "Alice");
  expect(made).toEqual({ code: 0, out: "Alice can log in now\n", err: "" });
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect((await shell("user", "invite")).out).toMatch(/^[\w-]{16,}\n$/);
  expect(await shell("admin", "grant", "bob")).toMatchObject({ code: 1 });
  expect(await shell("admin", "grant", "alice")).toMatchObject({
    code: 0,
    out: "looks after the house now\n",
  });
  // In open mode the name is kept for its owner, who has never been here.
  const open = await startServer(folder);
  const thief = await open.connects(`/ws?username=alice&token=${token}`, "thief");
  expect(await thief.nextOf("error")).toMatchObject({ payload: { code: "name_taken" } });
  await open.ends("SIGTERM");
  const server = await startServer(folder, { flags: ["--auth", "password"] });
  const alice = await server.connects("/ws", "alice");
  alice.says('{"type":"login","payload":{"username":"alice","password":"correct horse battery"}}');
  expect(await alice.nextOf("welcome")).toMatchObject({ payload: { username: "Alice", role: "admin" } });
  // While she is here, and while a server runs, it is the same.
  expect(await shell("admin", "grant", "alice")).toMatchObject({ code: 0 });
  expect(await withPassword(folder, "correct horse battery", "user", "add", "bob")).toMatchObject({
    code: 0,
  });
  expect(await shell("admin", "grant", "bob")).toMatchObject({ code: 0 });
  const bob = await server.connects("/ws", "bob");
  bob.says('{"type":"login","payload":{"username":"bob","password":"correct horse battery"}}');
  expect(await bob.nextOf("welcome")).toMatchObject({ payload: { username: "bob", role: "admin" } });
  // An admin on the wire bans somebody who has yet to come.
  expect(await withPassword(folder, "correct horse battery", "user", "add", "carol")).toMatchObject({
    code: 0,
  });
  bob.says('{"type":"ban","id":1,"payload":{"conversation":"everyone","username":"carol"}}');
  await bob.nextOf("ack");
  const carol = await server.connects("/ws", "carol");
  carol.says('{"type":"login","payload":{"username":"carol","password":"correct horse battery"}}');
  await carol.isClosed(4403);
});

test("a server that changes between open and accounts gives nobody's name and nobody's past to somebody else", async () => {
  const folder = temporaryFolder();
  const secret = (name: string) => `username=${name}&token=${name}-has-a-long-secret`;
  const first = await startServer(folder);
  const alice = await first.connects(`/ws?${secret("alice")}`, "alice");
  const bob = await first.connects(`/ws?${secret("bob")}`, "bob");
  await Promise.all([alice.nextOf("welcome"), bob.nextOf("welcome")]);
  alice.says('{"type":"private_message","id":1,"payload":{"to":"bob","message":"our secret"}}');
  await bob.nextOf("new_message");
  await first.ends("SIGTERM");

  // Somebody else makes an account of her name.
  await withPassword(folder, "correct horse battery", "user", "add", "alice");
  const second = await startServer(folder, { flags: ["--auth", "password"] });
  const other = await second.connects("/ws", "the other alice");
  other.says('{"type":"login","payload":{"username":"alice","password":"correct horse battery"}}');
  expect(await other.nextOf("welcome")).toMatchObject({
    payload: { conversations: [{ conversation: "everyone" }] },
  });
  other.says('{"type":"history","id":2,"payload":{"conversation":"@bob"}}');
  expect(await other.nextOf("error")).toMatchObject({ payload: { code: "unknown_conversation" } });
  other.says('{"type":"search","id":3,"payload":{"query":"secret"}}');
  expect(await other.nextOf("search")).toMatchObject({ payload: { hits: [] } });
  await second.ends("SIGTERM");

  const third = await startServer(folder);
  for (const query of [secret("alice"), "username=alice", `username=ALICE&token=${token}`]) {
    const guest = await third.connects(`/ws?${query}`, query);
    expect(await guest.nextOf("error")).toMatchObject({ payload: { code: "name_taken" } });
  }
  // bob, who never had an account, has his name and what was said to him.
  const again = await third.connects(`/ws?${secret("bob")}`, "bob");
  await again.nextOf("welcome");
  again.says('{"type":"history","id":4,"payload":{"conversation":"@alice~1"}}');
  expect(await again.nextOf("history")).toMatchObject({ payload: { messages: [{ message: "our secret" }] } });
});

test("a directory in which no server ever was is said to be none, and not made", async () => {
  const folder = join(temporaryFolder(), "nothing");
  expect(await runServer(["user", "list", "--data", folder])).toMatchObject({
    code: 1,
    err: expect.stringContaining("start it once, or name its directory with --data"),
  });
  expect(existsSync(folder)).toBe(false);
});
