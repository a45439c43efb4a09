import type { ChildProcess } from "node:child_process";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Page } from "chat-hub";
import { expect, test } from "vitest";
import { houseIn, newDirectory } from "./sqlite-place.js";
import type { Guest } from "./store-house.js";
import { aliceToken, day, nameHoldMs } from "./store-house.js";

const appender = fileURLToPath(new URL("sqlite-appender.ts", import.meta.url));

test("everything is there after a restart: people, logs, cursors and nonces", async () => {
  const directory = newDirectory();
  const before = houseIn(directory);
  const alice = await before.enters("Alice", aliceToken);
  const bob = await before.enters("Bob", "bobs-long-secret-0");
  const nonce = "nonce-0123456789";
  const first = await alice.writes("hi", { to: "@bob", nonce, at: 5 });
  await alice.writes("anyone?");
  await alice.writes("are you there?", { to: "@bob", replyTo: 1 });
  await bob.got(first.conversation, { delivered: 2, read: 1 });
  const page = await alice.reads("@bob");
  await before.close();

  const after = houseIn(directory);
  expect(after.store.facts).toMatchObject({ durable: true, epoch: before.store.facts.epoch, head: 1 });
  const again = await after.enters("alice", aliceToken);
  expect(again).toMatchObject({ user: alice.user, name: "Alice", fresh: false, kept: true });
  expect(await again.reads("@bob")).toEqual(page);
  expect(await again.says("hi", { to: "@bob", nonce, at: 99 })).toEqual({ ...first, duplicate: true });
  expect(await again.says("ho", { to: "@bob", nonce })).toEqual({ ok: false, code: "nonce_reused" });
  const bobAgain = await after.enters("bob", "bobs-long-secret-0");
  expect((await bobAgain.standsIn("@alice")).standings[0]).toMatchObject({
    delivered: 2,
    read: 1,
    unread: 1,
  });
  expect((await again.writes("next")).seq).toBe(2);
  await after.close();
});

test("the numbers of a name go on over a restart, and one's own lines stay read", async () => {
  const directory = newDirectory();
  const before = houseIn(directory);
  const alice = await before.enters("alice", aliceToken);
  await before.enters("bob");
  await alice.writes("for the first", { to: "@bob" });
  await before.close();

  const between = houseIn(directory);
  const again = await between.enters("alice", aliceToken);
  const bob = await between.enters("bob", "bobs-long-secret-0");
  expect((await again.writes("for the second", { to: "@bob" })).seq).toBe(1_000_001);
  await bob.writes("thanks", { to: "@alice" });
  await between.close();

  const after = houseIn(directory);
  const back = await after.enters("alice", aliceToken);
  expect((await back.standsIn("@bob", "@bob~1")).standings).toMatchObject([
    { read: 1_000_001, unread: 1 },
    { read: 1, unread: 0 },
  ]);
  expect(await back.says("what?", { to: "@bob", replyTo: 1 })).toMatchObject({ code: "unknown_message" });
  expect((await back.writes("welcome", { to: "@bob" })).seq).toBe(1_000_003);
  await after.close();
});

test("a restart frees the names of those without a token, and begins the hold of the others", async () => {
  const directory = newDirectory();
  const before = houseIn(directory);
  const bob = await before.enters("bob");
  await before.enters("alice", aliceToken);
  await before.close();

  const after = houseIn(directory);
  expect((await after.enters("bob")).user).not.toBe(bob.user);
  expect(await after.knocks("alice", undefined, Date.now() + nameHoldMs - day)).toMatchObject({ ok: false });
  expect(await after.knocks("alice", undefined, Date.now() + nameHoldMs + day)).toMatchObject({ ok: true });
  await after.close();
});

test("what was answered is there once, in its place, however often the server is killed", async () => {
  const directory = newDirectory();
  const answered = new Map<string, number>();
  for (let run = 1; run <= 5; run++) {
    const { signal, answered: more } = await append(directory, run, (child) => {
      void setTimeout(40 * run).then(() => child.kill("SIGKILL"));
    });
    expect(signal).toBe("SIGKILL");
    for (const [nonce, seq] of more) answered.set(nonce, seq);
    const house = houseIn(directory);
    const ada = await house.enters("ada", "ada-has-a-long-secret", Date.now());
    const nonces = await wholeLog(ada);
    expect(new Set(nonces).size).toBe(nonces.length);
    for (const [nonce, seq] of answered) expect(nonces[seq - 1]).toBe(nonce);
    for (const [nonce, seq] of [...answered].slice(-20))
      expect(await ada.says(nonce, { nonce })).toMatchObject({ seq, duplicate: true });
    await house.close();
  }
  expect(answered.size).toBeGreaterThan(1_000);
}, 60_000);

const failingDisk = ["strace", "-f", "-o", "/dev/null", "-e"];
const canFail = spawnSync("strace", ["-V"]).status === 0;

test.for([
  ["once", "30"],
  ["for ever", "30+"],
] as const)(
  "a disk that fails %s ends the server; what was answered before is there",
  async ([, when], { skip }) => {
    skip(!canFail, "strace, which makes the disk fail, is not installed");
    // The appender runs into it by itself: it makes that many commits soon.
    const fault = `inject=fsync,fdatasync:error=EIO:when=${when}`;
    const directory = newDirectory();
    const { code, answered } = await append(directory, 1, () => {}, [...failingDisk, fault]);
    expect(code).toBe(1);
    expect(answered.length).toBeGreaterThan(0);
    const house = houseIn(directory);
    const nonces = await wholeLog(await house.enters("ada", "ada-has-a-long-secret", Date.now()));
    for (const [nonce, seq] of answered) expect(nonces[seq - 1]).toBe(nonce);
    await house.close();
  },
);

/** Starts the appender, lets it print into a file, and tells how it ended and what it had printed. */
async function append(
  directory: string,
  run: number,
  end: (child: ChildProcess) => void,
  under: string[] = [],
) {
  const printed = join(directory, `printed-${run}`);
  const file = openSync(printed, "w");
  const [command = process.execPath, ...options] = [
    ...under,
    process.execPath,
    appender,
    directory,
    `${run}`,
  ];
  const child = spawn(command, options, { stdio: ["ignore", file, "ignore"] });
  closeSync(file);
  while (statSync(printed).size === 0) await setTimeout(5);
  end(child);
  const [code, signal] = await once(child, "close");
  const lines = readFileSync(printed, "utf8").split("\n").slice(0, -1);
  const answered = lines.map((line) => [line.split(" ")[0] ?? "", Number(line.split(" ")[1])] as const);
  return { code, signal, answered };
}

/** The nonces of everyone's log from its first entry to its head, after checking that no seq is missing. */
async function wholeLog(reader: Guest): Promise<string[]> {
  const nonces: string[] = [];
  for (let more = true; more; ) {
    const page = await reader.reads("everyone", { after: nonces.length }, 1_000);
    for (const entry of page.entries) expect(nonces.push(nonceOf(entry))).toBe(entry.seq);
    more = page.more;
  }
  return nonces;
}

function nonceOf(entry: Page["entries"][number]): string {
  return entry.type === "message" ? (entry.nonce ?? "") : "";
}
