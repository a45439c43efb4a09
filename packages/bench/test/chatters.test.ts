import { expect, test } from "vitest";
import { Chatters } from "../src/load/chatters.js";
import { standIn } from "./ws-stand-in.js";

/** What becomes of the n-th message: the payloads that everyone gets. */
type Delivers = (message: string, n: number) => readonly string[];

/** Three who say 100 a second to a server that delivers as it is told, for as long as `use` takes. */
async function chat<Result>(
  delivers: Delivers,
  use: (chatters: Chatters) => Promise<Result>,
): Promise<Result> {
  let messages = 0;
  const server = await standIn((client, others) => {
    client.on("message", (frame) => {
      const { payload } = JSON.parse(String(frame)) as { payload: { message: string } };
      const frames = delivers(payload.message, messages++).map((message) =>
        JSON.stringify({ type: "new_message", payload: { message } }),
      );
      for (const each of others) for (const one of frames) each.send(one);
    });
  });
  let fail: (error: Error) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  const plan = { port: server.port, members: 3, perSecond: 100 };
  const chatters = new Chatters(plan, fail);
  try {
    return await Promise.race([failed, chatters.start().then(() => use(chatters))]);
  } finally {
    chatters.end();
    server.end();
  }
}

/** Until so many deliveries were counted. */
async function upTo(chatters: Chatters, deliveries: number) {
  let count = 0;
  while (count < deliveries) count += (await chatters.take()).count;
}

test("every delivery of every message counts once, in the time in which it was sent", async () => {
  const counts = await chat(
    (message) => [message],
    async (chatters) => [await chatters.take(), await chatters.take(), await chatters.take()],
  );
  for (const { count } of counts) expect(count % 3).toBe(0);
});

test("a message that waits longer than the time in which it was sent still counts there", async () => {
  const held: string[] = [];
  const [late] = await chat(
    (message, n) => {
      held.push(message);
      return n % 10 === 9 ? held.splice(0) : [];
    },
    async (chatters) => [await chatters.take()],
  );
  // Nine of ten waited for the tenth, which comes 10 ms after the ninth.
  expect(late?.count).toBeGreaterThan(0);
  expect(late?.max).toBeGreaterThan(5);
});

test.each<[string, Delivers]>([
  ["a message that never comes", (message, n) => (n === 20 ? [] : [message])],
  ["one that comes twice", (message, n) => (n === 20 ? [message, message] : [message])],
])("%s fails the run", async (_, delivers) => {
  await expect(chat(delivers, (chatters) => upTo(chatters, 3 * 100))).rejects.toThrow(
    /a chatter got message \d+ instead of \d+/,
  );
});
