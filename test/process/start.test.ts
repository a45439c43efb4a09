// Starting the server: what it prints, and how it says that it can't.

import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import { runServer, startServer, temporaryFolder } from "../support/server-process.js";
import type { Ended } from "../support/server-start.js";

/** One line for people on stderr, nothing on stdout, no stack. */
function saidInOneLine({ out, err }: { out: string; err: string }): string {
  expect(out).toBe("");
  expect(err).toMatch(/^chat-server: [^\n]+\n$/);
  expect(err).not.toMatch(/\bat .*:\d+|Error:|node:/);
  return err;
}

async function takenPort(): Promise<number> {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void other.close());
  return (other.address() as { port: number }).port;
}

test("it prints its port first, then where to point a browser, the terminal client and websocat", async () => {
  const folder = temporaryFolder();
  const server = await startServer(folder);
  const { code, out, err } = await server.ends("SIGTERM");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  const { port } = server;
  expect(out.split("\n")).toEqual([
    `Server running on port: ${port}`,
    expect.stringContaining(`http://localhost:${port}`),
    expect.stringContaining(`npx chat-cli --username alice --url ws://localhost:${port}`),
    expect.stringContaining(`websocat 'ws://localhost:${port}/v1/ws?username=bob'`),
    expect.stringContaining(folder),
    "",
  ]);
});

test("with the memory store it says that nothing is kept", async () => {
  const server = await startServer(temporaryFolder(), { flags: ["--store", "memory"] });
  const { out } = await server.ends("SIGTERM");
  expect(out).toMatch(/in memory only/);
});

test("a taken port is named, with the way out, and exit 1", async () => {
  const port = await takenPort();
  const ended = await runServer(["--port", `${port}`, "--data", temporaryFolder()]);
  expect(ended.code).toBe(1);
  expect(saidInOneLine(ended)).toMatch(new RegExp(`port ${port} is taken.*--port`));
});

test("an address that is not this machine's: exit 1", async () => {
  const ended = await runServer(["--port", "0", "--host", "192.0.2.1", "--yes-open", "--store", "memory"]);
  expect(ended.code).toBe(1);
  expect(saidInOneLine(ended)).toContain("192.0.2.1");
});

test("a data directory that can't be made or is a file is named: exit 1", async () => {
  const file = join(temporaryFolder(), "file");
  writeFileSync(file, "");
  for (const folder of [file, join(file, "below"), "/sys/chat"]) {
    const ended = await runServer(["--port", "0", "--data", folder]);
    expect(ended.code).toBe(1);
    expect(saidInOneLine(ended)).toContain(folder);
  }
});

test("a database of a newer version is left alone: exit 1", async () => {
  const folder = temporaryFolder();
  await (await startServer(folder)).ends("SIGTERM");
  const database = new Database(join(folder, "chat.db"));
  database.pragma("user_version = 99");
  database.close();
  const ended = await runServer(["--port", "0", "--data", folder]);
  expect(ended.code).toBe(1);
  expect(saidInOneLine(ended)).toMatch(/newer version/);
});

test("a second server on the same data does not start, and the first goes on: exit 1", async () => {
  const folder = temporaryFolder();
  const first = await startServer(folder);
  const ended = await runServer(["--port", "0", "--data", folder]);
  expect(ended.code).toBe(1);
  expect(saidInOneLine(ended)).toMatch(/another server is using it/);
  const alice = await first.connects("/ws?username=alice");
  alice.says('{"type":"send_message","id":1,"payload":{"message":"hi"}}');
  await alice.hears({ type: "welcome" }, { type: "ack", id: 1 });
});

test("a mistake in the command line is told in a line or two, without a stack: exit 2", async () => {
  const mistakes: [args: string[], why: RegExp][] = [
    [["--prot", "1"], /--prot.*[\s\S]*--port/],
    [["--port"], /--port/],
    [["--port", "x"], /--port.*0 to 65535/],
    [["--port", "65536"], /--port.*0 to 65535/],
    [["--store", "papyrus"], /--store.*sqlite, memory/],
    [["--limits", "few"], /--limits.*on, off/],
    [["--origin", "chat.example"], /--origin.*https:\/\/chat\.example/],
    [["--origin", "https://chat.example/"], /--origin/],
    [["--name-hold", "soon"], /--name-hold.*7d/],
    [["--keep", "30s"], /--keep.*at least 1m/],
    [["8001"], /there is no command "8001"/],
  ];
  const ends = await Promise.all(mistakes.map(([args]) => runServer(args)));
  for (const [index, [args, why]] of mistakes.entries()) {
    const { code, out, err } = ends[index] as Ended;
    expect({ args, code, out }).toEqual({ args, code: 2, out: "" });
    expect(err).toMatch(/^chat-server: /);
    expect(err).toMatch(why);
    expect(err.trimEnd().split("\n").length).toBeLessThanOrEqual(2);
  }
});

test("a mistake in the environment is one as well, and names the variable", async () => {
  const { code, err } = await runServer([], { env: { CHAT_PORT: "many" } });
  expect(code).toBe(2);
  expect(err).toMatch(/^chat-server: .*CHAT_PORT/);
});

test("--help and --version go to stdout, with exit 0", async () => {
  const help = await runServer(["--help"]);
  expect({ code: help.code, err: help.err }).toEqual({ code: 0, err: "" });
  for (const flag of [
    "--port",
    "--host",
    "--data",
    "--store",
    "--limits",
    "--origin",
    "--name-hold",
    "--record",
  ])
    expect(help.out).toContain(flag);
  expect(await runServer(["--version"])).toEqual({
    code: 0,
    err: "",
    out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  });
});

test("the environment says what no flag says: CHAT_PORT before PORT, flags before both", async () => {
  const [taken, folder] = [await takenPort(), temporaryFolder()];
  const env = {
    CHAT_PORT: "0",
    PORT: `${taken}`,
    CHAT_DATA: folder,
    CHAT_STORE: "memory",
    CHAT_HOST: "127.0.0.1",
  };
  const other = await runServer([], { env: { ...env, CHAT_PORT: "" } });
  expect(other.err).toContain(`port ${taken} is taken`);
  const flag = await runServer(["--port", `${taken}`], { env });
  expect(flag.err).toContain(`port ${taken} is taken`);
  const host = await runServer([], { env: { ...env, CHAT_HOST: "192.0.2.1" } });
  expect(host.err).toContain("192.0.2.1");
  const store = await runServer([], { env: { ...env, CHAT_STORE: "sqlite", CHAT_DATA: "/sys/chat" } });
  expect(store.err).toContain("/sys/chat");
});

test("what the flags say holds: limits lifted, origins let in, names held as long as was said", async () => {
  const flags = [
    "--limits",
    "off",
    "--origin",
    "https://chat.example",
    "http://localhost:5173",
    "--name-hold",
    "12h",
  ];
  const server = await startServer(temporaryFolder(), {
    flags: ["--store", "memory", ...flags],
    env: { CHAT_LOG_LEVEL: "info" },
  });
  for (const origin of ["https://chat.example", "http://localhost:5173"]) {
    const page = await server.connects("/ws?username=alice&token=alice-has-a-long-secret", origin, {
      origin,
    });
    const { payload } = (await page.next()) as { payload: { limits: Record<string, unknown> } };
    expect(payload.limits).not.toHaveProperty("messages_per_second");
  }
  const evil = server.connects("/ws", "evil", { origin: "https://evil.example" });
  await expect(evil).rejects.toThrow("403");
  const other = await server.connects("/ws?username=alice");
  await other.hears({ payload: { code: "name_taken", hint: expect.stringContaining("0.5 days") } });
  const { err } = await server.ends("SIGTERM");
  const lines = err.trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line) as unknown)).toContainEqual(
    expect.objectContaining({ msg: expect.stringContaining("--origin"), origin: "https://evil.example" }),
  );
});

test("--check says all that is wrong and starts nothing; --print-config prints a file that starts the same", async () => {
  const folder = temporaryFolder();
  const config = join(folder, "chat.toml");
  writeFileSync(config, `store = "memory"\nport = 0\norigin = ["https://chat.example"]\n`);
  const right = await runServer(["--config", config, "--check"]);
  expect(right).toMatchObject({ code: 0, err: "", out: expect.stringContaining("Nothing was started") });
  const printed = await runServer(["--print-config"], { env: { CHAT_CONFIG: config } });
  expect(printed).toMatchObject({ code: 0, err: "" });
  const again = join(folder, "again.toml");
  writeFileSync(again, printed.out);
  const server = await startServer(folder, { flags: ["--config", again] });
  const page = await server.connects("/ws?username=alice", "page", { origin: "https://chat.example" });
  await page.hears({ type: "welcome", payload: { durable: false } });

  const file = join(folder, "file");
  writeFileSync(file, "");
  const wrong = await runServer(["--check", "--data", join(file, "below"), "--record", file]);
  expect({ code: wrong.code, out: wrong.out }).toEqual({ code: 2, out: "" });
  expect(wrong.err.split("\n")).toEqual([
    expect.stringMatching(/^chat-server: .*file is a file: .*--data$/),
    expect.stringMatching(/^chat-server: .*file is there already: .*--record$/),
    "",
  ]);
});

test("a config file that is wrong starts nothing either: a line each, exit 2", async () => {
  const config = join(temporaryFolder(), "chat.toml");
  writeFileSync(config, "prot = 1\nlimits = false\n");
  const { code, out, err } = await runServer(["--config", config, "--store", "memory", "--port", "0"]);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err.split("\n")).toEqual([
    expect.stringMatching(/^chat-server: prot in .*: .*did you mean port\?$/),
    "",
  ]);
});

test("the help is grouped, names every option, and fits 80 columns", async () => {
  const { out } = await runServer(["--help"]);
  for (const heading of ["Where it is reached:", "What is kept:", "Who may come in:", "Configuration:"])
    expect(out).toContain(`\n${heading}\n`);
  for (const line of out.split("\n")) expect(line.length, line).toBeLessThanOrEqual(80);
});

test("an upgrade elsewhere is told where the WebSockets are", async () => {
  const server = await startServer(temporaryFolder(), { flags: ["--store", "memory"] });
  await expect(server.connects("/elsewhere")).rejects.toThrow("404");
});

test("--history since_join: who comes later reads nothing of before, and all from then on", async () => {
  const flags = ["--store", "memory", "--history", "since_join"];
  const server = await startServer(temporaryFolder(), { flags });
  const alice = await server.connects("/ws?username=alice");
  await alice.hears({ type: "welcome" });
  alice.says('{"type":"send_message","id":1,"payload":{"message":"before"}}');
  await alice.hears({ type: "ack" });
  const bob = await server.connects("/ws?username=bob");
  await bob.hears({ type: "welcome" });
  bob.says(
    '{"type":"send_message","id":1,"payload":{"message":"after"}}',
    '{"type":"history","id":2,"payload":{"conversation":"everyone"}}',
  );
  await bob.hears(
    { type: "ack", payload: { seq: 2 } },
    { type: "new_message", payload: { seq: 2 } },
    { type: "history", payload: { messages: [{ seq: 2, message: "after" }], first: 2, head: 2 } },
  );
  expect((await server.ends("SIGTERM")).err).toBe("");
});
