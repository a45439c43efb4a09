// What whoever looks after the house says and orders, from the wire and from the shell, and how people come in by
// accounts: in no log, no figure, no list of processes, and in no frame of anybody whom it is not for.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describedOptions } from "chat-server";
import { expect, test } from "vitest";
import { checkoutNode } from "../../bin/setup.js";
import { eventually } from "../support/eventually.js";
import { runServer, startServer, temporaryFolder } from "../support/server-process.js";
import type { Frame, Talker } from "../support/talker.js";

/** Each is shown or said in one way; all are told apart. */
const secrets = {
  password: "canary-password-0123456789",
  wrong: "canary-wrong-0123456789",
  next: "canary-next-0123456789",
  message: "canary-message",
  pair: "canary-pair",
  topic: "canary-topic",
  announced: "canary-announced",
  shell: "canary-shell",
  emoji: "🗝",
} as const;
const door = join(import.meta.dirname, "../../packages/server/bin/chat-server.js");

/** With something on stdin, as a script gives it; with what the system shows of it meanwhile. */
async function withStdin(text: string, ...words: string[]) {
  const child = spawn(checkoutNode, [door, ...words], { stdio: ["pipe", "pipe", "pipe"] });
  const [shown, environment] = ["cmdline", "environ"].map((file) => {
    return readFileSync(`/proc/${child.pid}/${file}`, "utf8");
  });
  let told = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => {
      told += String(chunk);
    });
  child.stdin.end(`${text}\n`);
  const [code] = await once(child, "close");
  return { code, told, shown: `${shown} ${environment}` };
}

async function does(who: Talker, type: string, payload: object): Promise<Frame> {
  who.says(JSON.stringify({ type, id: type, payload }));
  for (;;) {
    const frame = await who.next();
    if (frame["id"] === type) return frame["payload"] as Frame;
  }
}

test("what is ordered, and what is told one person, is nowhere else", async () => {
  const folder = temporaryFolder();
  const flags = ["--auth", "password", "--registration", "invite", "--admin-port", "0"];
  const talkative = ["--log-level", "debug", "--log-format", "json"];
  const server = await startServer(folder, { flags: [...flags, ...talkative] });
  await eventually(() => server.out()).toContain("/metrics\n");
  const [, admin] = /metrics +http:\/\/localhost:(\d+)\/metrics\n/.exec(server.out()) ?? [];

  const added = await withStdin(secrets.password, "user", "add", "alice", "--data", folder);
  expect(added).toMatchObject({ code: 0 });
  for (const said of [added.told, added.shown]) expect(said).not.toContain(secrets.password);
  const invited = await runServer(["user", "invite", "--data", folder]);
  const [code = ""] = /[\w-]{12,}/.exec(invited.out) ?? [];
  expect(code).not.toBe("");
  expect(await runServer(["admin", "grant", "alice", "--data", folder])).toMatchObject({ code: 0 });

  const bystander = await server.connects("/ws", "bystander");
  bystander.says(
    JSON.stringify({
      type: "register",
      id: 1,
      payload: { username: "bob", password: secrets.next, invite: code },
    }),
  );
  const { token: bobs } = (await bystander.nextOf("welcome"))["payload"] as { token: string };
  const wrong = await server.connects(`/ws?username=alice&password=${secrets.wrong}`, "wrong");
  await wrong.hears({ type: "error", payload: { code: "not_let_in" } });
  const alice = await server.connects("/ws", "alice");
  alice.says(JSON.stringify({ type: "login", payload: { username: "alice", password: secrets.password } }));
  const { token } = (await alice.nextOf("welcome"))["payload"] as { token: string };
  await does(alice, "create_room", { conversation: "#den", visibility: "private" });
  await does(alice, "set_topic", { conversation: "#den", topic: secrets.topic });
  await does(alice, "send_message", { conversation: "#den", message: secrets.message });
  await does(alice, "react", { conversation: "#den", message_seq: 3, emoji: secrets.emoji });
  await does(alice, "send_message", { conversation: "@alice", message: secrets.pair });
  await does(alice, "announce", { message: secrets.announced });
  const announced = await runServer(["admin", "announce", secrets.shell, "--data", folder]);
  expect(announced.code).toBe(0);
  for (const word of [secrets.announced, secrets.shell])
    expect(await bystander.nextOf("announcement")).toMatchObject({ payload: { message: word } });
  await does(alice, "set_password", { old: secrets.password, password: `${secrets.next}-x` });
  const audit = JSON.stringify(await does(alice, "audit", {}));
  expect(audit).toContain('"announce"');
  await bystander.heardSoFar();

  const figures = await (await fetch(`http://127.0.0.1:${admin}/metrics`)).text();
  expect(figures).toContain("chat_");
  const { code: ended, out, err } = await server.ends("SIGTERM");
  expect(ended).toBe(0);
  expect(err).toContain("logged in");
  const all = [...Object.values(secrets), token, bobs, code];
  const found = (text: string) => all.filter((secret) => text.includes(secret));
  expect({ log: found(out + err), figures: found(figures), audit: found(audit) }).toEqual({
    log: [],
    figures: [],
    audit: [],
  });
  // Others hear what is said to all, and what was given to themselves.
  expect(found(bystander.transcript.join("\n"))).toEqual([secrets.announced, secrets.shell, bobs]);
  expect(found(wrong.transcript.join("\n"))).toEqual([]);
  // alice hears what she said, and neither her passwords nor anybody else's token.
  expect(found(alice.transcript.join("\n")).sort()).toEqual(
    [
      secrets.message,
      secrets.pair,
      secrets.topic,
      secrets.announced,
      secrets.shell,
      secrets.emoji,
      token,
    ].sort(),
  );
});

test("no option takes a secret: what is secret stands in a file, or is asked for", async () => {
  const named = describedOptions().filter(({ flag = "" }) => /^--\S*(secret|token|password|key)/.test(flag));
  expect(named.length).toBeGreaterThan(2);
  for (const { flag } of named) expect(flag).toMatch(/<file>|<url>$/);
  for (const words of [
    ["user", "add", "alice", "--password", secrets.password],
    ["user", "add", "alice", secrets.password],
    ["user", "passwd", "alice", secrets.password],
    ["--jwt-secret", secrets.password],
  ]) {
    const { code } = await withStdin("", ...words, "--data", temporaryFolder());
    expect([code, words.join(" ")]).toEqual([2, words.join(" ")]);
  }
});
