// A bug report that becomes a test: a server as a person starts it is recorded, and what it did is done
// again, effect for effect, by `npm run replay`, which says where something is not as it was.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Effect, Input } from "chat-hub";
import { expect, test } from "vitest";
import type { CommandEnded } from "../support/command.js";
import { runCommand } from "../support/command.js";
import { eventually } from "../support/eventually.js";
import { dialWebSocket, frame } from "../support/raw-socket.js";
import type { ServerProcess } from "../support/server-process.js";
import { startServer, temporaryFolder } from "../support/server-process.js";
import { replay as command } from "./command.ts";

/** What the command says, in this process; that it is one is tried once. */
async function replay(...args: string[]): Promise<CommandEnded> {
  const [told, complained]: [string[], string[]] = [[], []];
  const code = await command(args, {
    tell: (line) => told.push(...line.split("\n")),
    complain: (line) => complained.push(`${line}\n`),
  });
  return { code, told, complained: complained.join("") };
}

function newRecord(): string {
  return join(temporaryFolder(), "record.jsonl");
}

/** Two dialects, a room, private words, a cut and a resume, and a reader who is slow for a while. */
async function traffic(server: ServerProcess, file: string): Promise<void> {
  const token = "token=alice-has-a-long-secret";
  const alice = await server.connects(`/ws?username=alice&${token}`, "alice");
  await alice.hears({ type: "welcome" });
  alice.says(
    '{"type":"create_room","id":1,"payload":{"conversation":"#dev","topic":"the \\ud83d\\ude80"}}',
    '{"type":"send_message","id":2,"payload":{"conversation":"#dev","message":"line\\u2028separator"}}',
    '{"type":"react","id":3,"payload":{"conversation":"#dev","message_seq":2,"emoji":"👍"}}',
    '{"type":"search","id":4,"payload":{"query":"separator"}}',
  );
  await alice.heardSoFar();
  const bob = await server.connects("/v1/ws?username=bob&rooms=dev", "bob");
  bob.says('{"message":"psst","target":"alice","id":1}', "no JSON", Buffer.from([1, 2, 3]));
  await bob.heardSoFar();
  alice.breaks();
  const again = await server.connects(`/ws?username=alice&${token}&since=%23dev:1,@bob:0`, "alice");
  await again.hears({ type: "welcome" });
  // Whoever has a name without a token is asked by a ping whether they live, when somebody else wants it.
  const other = await server.connects("/v1/ws?username=bob", "not bob");
  await other.isClosed(4409);

  const slow = await dialWebSocket(server.port, "/v1/ws?username=slow");
  slow.stopsReading();
  const long = "x".repeat(9_900);
  while (!readFileSync(file, "utf8").includes('"type":"congested"')) {
    for (let said = 0; said < 100; said += 1)
      again.says(`{"type":"send_message","payload":{"message":"${said} ${long}"}}`);
    await again.heardSoFar();
  }
  slow.readsOn();
  slow.writes(frame("", { opcode: 9 }));
  await eventually(() => readFileSync(file, "utf8")).toContain('"type":"drained"');
  again.says('{"type":"typing","payload":{"conversation":"#dev","on":true}}');
  await again.leaves();
}

const allInputs: readonly Input["type"][] = [
  ...(["connected", "received", "closed", "congested", "drained"] as const),
  ...(["pinged", "ponged", "prodded", "answered", "elapsed", "stopping", "stopped"] as const),
];
const allEffects: readonly Effect["type"][] = [
  ...(["send", "share", "subscribe", "unsubscribe", "publish", "close", "ping", "ask"] as const),
];

test("what a server did, with every kind of input, is done again, effect for effect", async () => {
  const file = newRecord();
  const flags = ["--limits", "off", "--record", file];
  const server = await startServer(temporaryFolder(), { flags });
  await traffic(server, file);
  const { code, out, err } = await server.ends("SIGTERM");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toContain(`recorded in ${file}`);

  const played = await replay(file, "--json");
  expect({ code: played.code, complained: played.complained }).toEqual({ code: 0, complained: "" });
  const lines = played.told.map((line) => JSON.parse(line) as { input: Input; effects: Effect[] });
  expect(new Set(lines.map(({ input }) => input.type))).toEqual(new Set(allInputs));
  const types = new Set(lines.flatMap(({ effects }) => effects.map(({ type }) => type)));
  expect(types).toEqual(new Set(allEffects));
  const quiet = await runCommand(new URL("main.ts", import.meta.url), [file, "--quiet"]);
  const effects = lines.reduce((sum, line) => sum + line.effects.length, 0);
  expect(quiet).toEqual({
    code: 0,
    told: [`${lines.length} inputs, ${effects} effects, all as recorded`],
    complained: "",
  });
});

/** A record of a server to which somebody has said something, ended in order. */
async function smallRecord(): Promise<string> {
  const file = newRecord();
  const server = await startServer(temporaryFolder(), { flags: ["--store", "memory", "--record", file] });
  const alice = await server.connects("/ws?username=alice", "alice");
  await alice.hears({ type: "welcome" });
  alice.says('{"type":"send_message","id":1,"payload":{"message":"the answer is 41"}}');
  await alice.hears({ type: "ack" });
  await server.ends("SIGTERM");
  return file;
}

function edit(file: string, change: (text: string) => string): void {
  const [before, after] = [readFileSync(file, "utf8"), change(readFileSync(file, "utf8"))];
  expect(after).not.toBe(before);
  writeFileSync(file, after);
}

test("where it is not as it was, the line is named, with what comes of it now: exit 1", async () => {
  const file = await smallRecord();
  const lines = readFileSync(file, "utf8").split("\n");
  const changed = lines.findIndex((line) => line.includes("the answer is 41")) + 1;
  edit(file, (text) => text.replace("the answer is 41", "the answer is 42"));
  const { code, told, complained } = await replay(file);
  expect({ code, complained }).toEqual({ code: 1, complained: "" });
  const difference = told.slice(told.indexOf(`DIFFERENT at line ${changed}`));
  expect(difference).toEqual([
    `DIFFERENT at line ${changed}`,
    expect.stringMatching(/^\d+ {2}\d\.\d{3} s {2}received \d+ .*the answer is 42/),
    expect.stringMatching(/^ {4}→ ask 3 .*"type":"append".*the answer is 42/),
    expect.stringMatching(/^ {4}as recorded: ask 3 append \([\w-]{12}\)$/),
    expect.stringMatching(/^ {4}now: {9}ask 3 append \([\w-]{12}\)$/),
    expect.stringMatching(/^\d+ inputs, \d+ effects, as recorded until line \d+$/),
  ]);
  const json = await replay(file, "--json");
  expect(json.code).toBe(1);
  expect(JSON.parse(json.told.at(-1) ?? "")).toMatchObject({ line: changed, recorded: {}, outcome: {} });
});

test("where the hub throws, what it threw is shown with its stack", async () => {
  const file = await smallRecord();
  edit(file, (text) => text.replace(/"ask":3,"answer":\{[^}]*\}/, '"ask":3,"answer":null'));
  const { code, told } = await replay(file);
  expect(code).toBe(1);
  expect(told).toContainEqual(expect.stringMatching(/^ {4}→ THREW TypeError: /));
  expect(told).toContainEqual(expect.stringMatching(/^ +at .*\/hub\/hub\.[jt]s/));
  expect(told).toContainEqual(expect.stringMatching(/^ {4}now: {9}THREW TypeError: /));
});

test("--from and --to show a part, and --quiet the end only", async () => {
  const file = await smallRecord();
  const part = await replay(file, "--from", "3", "--to", "3");
  expect(part.told[0]).toMatch(/^3 {2}\d\.\d{3} s {2}answered /);
  expect(part.told.filter((line) => /^\d+ {2}/.test(line))).toHaveLength(1);
  expect(part.told.at(-1)).toBe("2 inputs, 2 effects, all as recorded; the rest was not played");
  expect((await replay(file, "--quiet")).told).toHaveLength(1);
});

test("a server that is killed leaves what it did; a line that is not whole is told, and no more", async () => {
  const file = newRecord();
  const server = await startServer(temporaryFolder(), { flags: ["--record", file] });
  const alice = await server.connects("/ws?username=alice", "alice");
  alice.says('{"type":"send_message","id":1,"payload":{"message":"hi"}}');
  await alice.hears({ type: "welcome" }, { type: "ack" });
  // What was told is written by the end of the turn in which it was.
  await eventually(() => readFileSync(file, "utf8")).toContain('"answered","ask":3');
  await server.ends("SIGKILL");
  const killed = await replay(file, "--quiet");
  expect(killed.code).toBe(0);
  expect(killed.told[0]).toMatch(/, all as recorded; it does not say that the server ended$/);
  edit(file, (text) => text.slice(0, -10));
  const torn = await replay(file, "--quiet");
  expect(torn.code).toBe(0);
  expect(torn.told[0]).toMatch(/, all as recorded; its last line was not written to its end$/);
});

test("an error that nobody caught ends the process, and not the record before it", async () => {
  const file = newRecord();
  const planted = "data:text/javascript,process.on('SIGUSR2',()=>{throw new RangeError('planted')})";
  const server = await startServer(temporaryFolder(), {
    flags: ["--record", file],
    nodeFlags: ["--import", planted],
  });
  const alice = await server.connects("/ws?username=alice", "alice");
  await alice.hears({ type: "welcome" });
  expect((await server.ends("SIGUSR2")).err).toContain("RangeError");
  const { code, told } = await replay(file);
  expect(code).toBe(0);
  expect(told.some((line) => line.includes('"type":"welcome"'))).toBe(true);
});

test("no token comes into a record, however it was sent, and whatever became of it", async () => {
  const file = newRecord();
  const server = await startServer(temporaryFolder(), { flags: ["--store", "memory", "--record", file] });
  const canary = "canary-in-a-mine";
  const escaped = [...canary]
    .map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
  const owner = await server.connects(`/ws?username=alice&token=${canary}&key=${canary}`, "alice");
  await owner.hears({ type: "welcome" });
  const frames = [
    `{"type":"login","payload":{"username":"alice","token":"${canary}"}}`,
    `{"type":"login","payload":{"username":"alice","tok\\u0065n":"${escaped}"}}`,
    `{"type":"login","payload":{"username":"alice","token":["${canary}"]}}`,
    `{"type":"login","payload":{"username":"alice","tokne":"${canary}"}}`,
    `{"type":"login","payload":{"username":"alice","token":"${canary} is not visible"}}`,
    `{"type":"signin","payload":{"token":"${canary}"}}`,
    `{"type":"login","payload":{"username":"alice","token":"${canary}"`,
  ];
  for (const frame of frames) {
    const other = await server.connects("/ws", frame);
    other.says(frame);
    await other.next();
    // Once more when somebody is logged in already.
    owner.says(frame);
    expect((await owner.next())["type"]).toBe("error");
  }
  const simple = await server.connects(`/v1/ws?username=bob&token=${canary}-of-bob`, "bob");
  simple.says(`{"message":"hi","token":"${canary}"}`, `token ${canary}`);
  await simple.heardSoFar();
  await server.ends("SIGTERM");

  const text = readFileSync(file, "utf8");
  const readOut = text.replace(/\\+u([\da-f]{4})/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  expect(text).toContain('"alice"');
  expect(readOut).not.toMatch(/canary|a-mine/);
  expect(await replay(file, "--quiet")).toMatchObject({
    code: 0,
    told: [expect.stringMatching(/ all as recorded$/)],
  });
});

test.each([
  ["no file", [], "one file is played at a time"],
  ["two files", ["a", "b"], "one file is played at a time"],
  ["an option that it has not", ["a", "--loud"], "Unknown option '--loud'"],
  ["a line that is none", ["a", "--from", "half"], "--from is a whole number from 1 on, not half"],
])("%s is wrong usage: exit 2", async (_, args, why) => {
  const { code, told, complained } = await replay(...args);
  expect({ code, told }).toEqual({ code: 2, told: [] });
  expect(complained.split("\n").slice(0, 2)).toEqual([why, "usage: npm run replay -- FILE"]);
});

test("what is no record, or none that it can read, is told in one line: exit 2", async () => {
  const file = newRecord();
  const reasons: [text: string | undefined, why: RegExp][] = [
    [undefined, /no such file/],
    ["", /it is no record/],
    ["null\n", /it is no record/],
    ["an essay\nof two lines\n", /it is no record/],
    ['{"chatRecord":99}\n', /format 99; this program reads format 1/],
  ];
  for (const [text, why] of reasons) {
    if (text !== undefined) writeFileSync(file, text);
    const { code, told, complained } = await replay(file);
    expect({ code, told }).toEqual({ code: 2, told: [] });
    expect(complained).toMatch(/^replay: [^\n]+\n$/);
    expect(complained).toMatch(why);
  }
  const record = await smallRecord();
  const whole = readFileSync(record, "utf8");
  for (const line of ["{input", "null", '{"input":{"type":"elapsed"},"outcome":{}}', '{"end":"happy"}']) {
    writeFileSync(record, whole.replace("\n", `\n${line}\n`));
    const { code, complained } = await replay(record);
    expect({ code, complained }).toEqual({
      code: 2,
      complained: expect.stringMatching(/line 2 is no line of a record\n$/),
    });
  }
});

test("a record of another version says so, and is played", async () => {
  const file = await smallRecord();
  edit(file, (text) => text.replace(/"version":"[^"]+"/, '"version":"0.0.1"'));
  const { code, told } = await replay(file, "--quiet");
  expect(code).toBe(0);
  expect(told).toEqual([
    expect.stringMatching(/^recorded by chat-server 0\.0\.1, played by \d+\.\d+\.\d+$/),
    expect.stringMatching(/all as recorded$/),
  ]);
});
