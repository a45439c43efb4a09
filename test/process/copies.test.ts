// Copies of what is kept, as whoever runs the server makes them at the shell.

import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runServer, startServer, temporaryFolder } from "../support/server-process.js";

test("a backup while the server runs, a restore when it has stopped: what was acked before is there", async () => {
  const [folder, place] = [temporaryFolder(), temporaryFolder()];
  const server = await startServer(folder);
  const alice = await server.connects("/ws?username=alice", "alice");
  const { epoch } = (await alice.nextOf("welcome"))["payload"] as { epoch: string };
  for (const message of ["one", "two"]) {
    alice.says(`{"type":"send_message","id":1,"payload":{"message":"${message}"}}`);
    await alice.nextOf("ack");
  }
  const file = join(place, "friday.db");
  const made = await runServer(["backup", file, "--data", folder]);
  expect(made).toMatchObject({ code: 0, out: "" });
  expect(made.err).toMatch(/^.*friday\.db: 2 messages of 1 user, \d+ KiB, looked through and whole\n$/);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const early = await runServer(["restore", file], { env: { CHAT_DATA: folder } });
  expect(early).toMatchObject({ code: 1, err: expect.stringContaining("another server is using it") });
  alice.says('{"type":"send_message","id":1,"payload":{"message":"too new"}}');
  await alice.nextOf("ack");
  await server.ends("SIGTERM");

  const restored = await runServer(["restore", file, "--data", folder]);
  expect(restored).toMatchObject({ code: 0 });
  expect(restored.err).toMatch(/2 messages of 1 user\nwhat was there is in .*chat-before-\d{8}-\d{6}\.db\n$/);
  const again = await startServer(folder);
  const back = await again.connects(`/ws?username=alice&since=everyone:3&epoch=${epoch}`, "alice");
  expect(await back.nextOf("resumed")).toMatchObject({ payload: { reset: ["everyone"] } });
  back.says('{"type":"history","id":7,"payload":{"conversation":"everyone"}}');
  expect(await back.nextOf("history")).toMatchObject({
    payload: { messages: [{ message: "one" }, { message: "two" }], head: 2 },
  });
});

test("an export goes through a pipe, and an import of it into a new directory serves", async () => {
  const [folder, place] = [temporaryFolder(), temporaryFolder()];
  const server = await startServer(folder);
  const alice = await server.connects("/ws?username=alice", "alice");
  await alice.nextOf("welcome");
  alice.says('{"type":"send_message","id":1,"payload":{"message":"hé"}}');
  await alice.nextOf("ack");
  const { code, out } = await runServer(["export", "-", "--data", folder]);
  expect(code).toBe(0);
  expect(
    out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line)),
  ).toContainEqual(
    expect.objectContaining({ table: "entries", row: expect.objectContaining({ message: "hé" }) }),
  );
  const file = join(place, "all.jsonl");
  await runServer(["export", file, "--data", folder]);
  expect(readFileSync(file, "utf8").split("\n").slice(1).sort()).toEqual(out.split("\n").slice(1).sort());
  const elsewhere = join(place, "new");
  expect(await runServer(["import", file, "--data", elsewhere])).toMatchObject({ code: 0, out: "" });
  const again = await startServer(elsewhere);
  const back = await again.connects("/ws?username=alice&since=everyone:0", "alice");
  expect(await back.nextOf("new_message")).toMatchObject({ payload: { message: "hé", seq: 1 } });
});

test.each([
  [["bakup"], 'chat-server: there is no command "bakup": did you mean backup?\n'],
  [["\u001b[2J"], 'chat-server: there is no command "\\u001b[2J": --help lists them\n'],
  [["backup"], "chat-server: missing required argument 'file'\n"],
  [["backup", "x", "y"], "chat-server: too many arguments"],
])("%j says what is wrong in a line, and the exit code is 2", async (args, err) => {
  expect(await runServer(args)).toMatchObject({ code: 2, out: "", err: expect.stringContaining(err) });
});
