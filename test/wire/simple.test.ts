// The simple dialect: what reaches whom, what is answered, and what a refusal leaves as it was.

import { expect, test } from "vitest";
import { openHouse } from "../support/house.js";

test("a broadcast reaches every connection but the one that sent it, also the sender's other one", async () => {
  const house = await openHouse();
  const phone = await house.simple("alice", "&token=alice-has-a-long-secret");
  const laptop = await house.simple("alice", "&token=alice-has-a-long-secret");
  const bob = await house.simple("bob");
  phone.says('{"message":"hi"}');
  await bob.hears({ from: "alice", message: "hi", target: "" });
  await laptop.hears({ from: "alice", message: "hi", target: "" });
  await phone.hearsNothing();
});

test.each(['""', "null", '"everyone"'])("target %s means all, like no target", async (target) => {
  const house = await openHouse();
  const [alice, bob] = [await house.simple("alice"), await house.simple("bob")];
  alice.says(`{"message":"hi","target":${target}}`);
  await bob.hears({ message: "hi", target: "", conversation: "everyone" });
});

test.each(["bob", "@bob", "BOB"])(
  "target %s means bob, on all his connections and in his spelling",
  async (target) => {
    const house = await openHouse();
    const alice = await house.simple("Alice");
    const carol = await house.simple("carol");
    const phone = await house.simple("Bob", "&token=bob-has-a-long-secret");
    const laptop = await house.events("Bob", "&token=bob-has-a-long-secret");
    alice.says(`{"message":"psst","target":"${target}"}`);
    await phone.hears({ from: "Alice", message: "psst", target: "Bob", conversation: "@alice", seq: 1 });
    await laptop.hears({
      payload: { from: "Alice", message: "psst", to: "Bob", conversation: "@alice", seq: 1 },
    });
    await alice.hearsNothing();
    await carol.hearsNothing();
  },
);

test("a private line to oneself comes once to each connection", async () => {
  const house = await openHouse();
  const phone = await house.simple("alice", "&token=alice-has-a-long-secret");
  const laptop = await house.simple("alice", "&token=alice-has-a-long-secret");
  phone.says('{"message":"remember the milk","target":"alice"}');
  for (const each of [phone, laptop]) {
    await each.hears({
      from: "alice",
      message: "remember the milk",
      target: "alice",
      conversation: "@alice",
    });
    await each.hearsNothing();
  }
});

test("an id asks for an ack, which names the place; a nonce too", async () => {
  const house = await openHouse();
  const [alice] = [await house.simple("alice"), await house.simple("bob")];
  alice.says(
    '{"message":"one","id":"a"}',
    '{"message":"two","id":7,"target":"bob"}',
    '{"message":"three","nonce":"0192f0c1-2345-7000"}',
    '{"message":"four"}',
  );
  const at = expect.any(Number);
  await alice.hearsExactly(
    { ack: { id: "a", conversation: "everyone", seq: 1, at } },
    { ack: { id: 7, conversation: "@bob", seq: 1, at, recipient: "here" } },
    { ack: { conversation: "everyone", seq: 2, at, nonce: "0192f0c1-2345-7000" } },
  );
  await alice.hearsNothing();
});

test.each([
  ['{"message":"hi","target":"nobody","id":1}', { id: 1, code: "unknown_user", retryable: false }],
  ['{"message":"hi","target":"#dev","id":2}', { id: 2, code: "unknown_conversation" }],
  ['{"message":"hi","target":"no one","id":3}', { id: 3, code: "bad_name" }],
  [
    '{"message":"hi","target":7,"id":4}',
    { id: 4, code: "malformed", message: "target is a number, not a string" },
  ],
  ['{"target":"bob","id":5}', { id: 5, code: "malformed", message: "message is missing: a string" }],
  ['{"message":"  ","id":6}', { id: 6, code: "empty_message" }],
])("%s is refused in words, and the connection lives", async (frame, error) => {
  const house = await openHouse();
  const [alice, bob] = [await house.simple("alice"), await house.simple("bob")];
  alice.says(frame);
  await alice.hears({ error: { message: expect.any(String), hint: expect.any(String), ...error } });
  alice.says('{"message":"hi"}');
  await bob.hears({ message: "hi", seq: 1 });
});

test("every example in a refusal is a frame that this dialect obeys, or a URL", async () => {
  const house = await openHouse();
  const [alice] = [await house.simple("alice"), await house.simple("bob")];
  alice.says("{", '{"message":""}', '{"message":"hi","target":"?"}', '{"message":"hi","target":"nobody"}');
  alice.says(Buffer.from("binary"), '{"type":"send_message","payload":{"message":"hi"}}');
  const refused = await alice.heardSoFar();
  expect(refused).toHaveLength(6);
  for (const { error } of refused as { error: { example?: string } }[]) {
    if (error.example === undefined || error.example.startsWith("/v1/ws?")) continue;
    alice.says(error.example);
    expect(await alice.heardSoFar(), error.example).toEqual([]);
  }
});

test("help is a line from the server", async () => {
  const house = await openHouse();
  const alice = await house.simple("alice");
  alice.says("help");
  await alice.hears({
    from: "server",
    note: "help",
    target: "",
    message: expect.stringContaining('{"message":'),
  });
});

test.each([
  ["/v1/ws", "bad_name", 4400],
  ["/v1/ws?username=", "bad_name", 4400],
  ["/v1/ws?username=%D8", "bad_name", 4400],
  ["/v1/ws?username=server", "bad_name", 4400],
  ["/v1/ws?username=alice&token=short", "malformed", 4400],
  ["/v1/ws?username=alice&since=soon", "bad_since", 4400],
  ["/v1/ws?username=bob", "name_taken", 4409],
])(
  "%s is told why it is not let in, and closed; what it sent meanwhile is discarded",
  async (path, code, closing) => {
    const house = await openHouse();
    const bob = await house.simple("bob");
    const refused = await house.connects(path);
    refused.says('{"message":"hi"}');
    await refused.hears({ error: { code } });
    await refused.isClosed(closing);
    await bob.hearsNothing();
  },
);
