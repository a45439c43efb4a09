// The second seed, word for word: each event as its README shows it, and who gets what.

import { expect, test } from "vitest";
import type { ServerProcess } from "../support/server-process.js";
import { startServer, temporaryFolder } from "../support/server-process.js";
import type { Talker } from "../support/talker.js";

const start = (): Promise<ServerProcess> => startServer(temporaryFolder(), { flags: ["--store", "memory"] });

async function loggedIn(server: ServerProcess, username: string): Promise<Talker> {
  const talker = await server.connects("/ws", username);
  talker.says(`{
  "type": "login",
  "payload": {
    "username": "${username}"
  }
}`);
  await talker.hears({ type: "welcome", payload: { username } });
  return talker;
}

const place = { conversation: "everyone", seq: 1, at: expect.any(Number), sent: expect.any(String) };

test("Login, Public Message, New Message: everyone gets it, the sender too, with the same bytes", async () => {
  const server = await start();
  const ahmed = await loggedIn(server, "ahmed");
  const sara = await loggedIn(server, "sara");
  ahmed.says(`{
  "type": "send_message",
  "payload": {
    "message": "Hello everyone!",
    "from": "ahmed"
  }
}`);
  const heard = await sara.nextText();
  expect(heard).toMatch(
    /^\{"type":"new_message","payload":\{"message":"Hello everyone!","from":"ahmed","sent":"\d\d:\d\d:\d\d","conversation":"everyone","seq":1,"at":\d{13}\}\}$/,
  );
  expect(await ahmed.nextText()).toBe(heard);
});

test("Private Message: only sara gets it, and ahmed sees his own line", async () => {
  const server = await start();
  const ahmed = await loggedIn(server, "ahmed");
  const sara = await loggedIn(server, "sara");
  const omar = await loggedIn(server, "omar");
  ahmed.says(`{
  "type": "private_message",
  "payload": {
    "message": "Hey, how are you?",
    "from": "ahmed",
    "to": "sara"
  }
}`);
  const line = { message: "Hey, how are you?", from: "ahmed", to: "sara" };
  await sara.hearsExactly({ type: "new_message", payload: { ...place, ...line, conversation: "@ahmed" } });
  await ahmed.hearsExactly({ type: "new_message", payload: { ...place, ...line, conversation: "@sara" } });
  await omar.hearsNothing();
});

test("sent is the time of day, UTC, of the message", async () => {
  const server = await start();
  const ahmed = await loggedIn(server, "ahmed");
  ahmed.says('{"type":"send_message","payload":{"message":"Hello!"}}');
  const { payload } = (await ahmed.next()) as { payload: { sent: string; at: number } };
  expect(payload.sent).toBe(new Date(payload.at).toISOString().slice(11, 19));
});

test.each([
  ["send_message", '{"type":"send_message","payload":{"message":"Hello!","from":"sara"}}'],
  ["private_message", '{"type":"private_message","payload":{"message":"Hello!","from":"sara","to":"omar"}}'],
])("from in the payload of %s is not believed: the session says who speaks", async (_type, frame) => {
  const server = await start();
  const ahmed = await loggedIn(server, "ahmed");
  const omar = await loggedIn(server, "omar");
  await loggedIn(server, "sara");
  ahmed.says(frame);
  await omar.hears({ type: "new_message", payload: { message: "Hello!", from: "ahmed" } });
});

test("every user has a username of their own: a second one is refused, and may choose another", async () => {
  const server = await start();
  await loggedIn(server, "ahmed");
  const other = await server.connects("/ws", "another ahmed");
  other.says('{"type":"login","payload":{"username":"ahmed"}}');
  await other.hears({ type: "error", payload: { code: "name_taken", retryable: false } });
  other.says('{"type":"login","payload":{"username":"ahmed2"}}');
  await other.hears({ type: "welcome", payload: { username: "ahmed2" } });
});

test("the site is at http://localhost:…, on the same port", async () => {
  const server = await start();
  const answer = await fetch(`http://localhost:${server.port}`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toMatch(/^text\/html/);
  expect(await answer.text()).toMatch(/<!doctype html>/i);
});
