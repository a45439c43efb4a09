// What a frame may hold: as much as the limits say, names that every object has, and any text. It is
// carried as it came.

import { expect, test } from "vitest";
import { openHouse } from "../support/house.js";

test("8 levels, 64 characters of id and 10,000 code points are as much as may be", async () => {
  const house = await openHouse();
  const alice = await house.events("alice");
  alice.says(`{"type":"ping","id":"${"x".repeat(64)}","payload":${'{"a":'.repeat(6)}{}${"}".repeat(6)}}`);
  await alice.hears({ type: "ping", id: "x".repeat(64) });
  for (const char of ["x", "é", "😀"]) {
    alice.says(`{"type":"send_message","id":1,"payload":{"message":"${char.repeat(10_000)}"}}`);
    await alice.hears({ type: "ack" }, { type: "new_message", payload: { message: char.repeat(10_000) } });
  }
});

test.each([
  '{"type":"send_message","payload":{"message":"hi","__proto__":{"conversation":"@bob","nonce":"x"}}}',
  '{"type":"send_message","payload":{"message":"hi","constructor":{"prototype":{"conversation":"@bob"}}}}',
  '{"__proto__":{"id":1},"type":"send_message","payload":{"message":"hi"}}',
  '{"type":"send_message","payload":{"message":"hi","toString":"x","hasOwnProperty":1,"valueOf":null}}',
])("%s says hi to everyone, and changes no object", async (frame) => {
  const house = await openHouse();
  const [alice, bob] = [await house.events("alice"), await house.simple("bob")];
  alice.says(frame);
  await bob.hears({ message: "hi", target: "", conversation: "everyone" });
  expect(await alice.heardSoFar()).toMatchObject([{ type: "new_message" }]);
  expect(({} as Record<string, unknown>)["conversation"]).toBeUndefined();
});

test("people and conversations with the names of what every object has are like any other", async () => {
  const house = await openHouse();
  const [alice, bob] = [await house.events("constructor"), await house.simple("toString")];
  alice.says('{"type":"private_message","id":1,"payload":{"message":"hi","to":"tostring"}}');
  await alice.hears({ type: "ack", payload: { conversation: "@tostring", seq: 1 } });
  await bob.hears({ from: "constructor", target: "toString", conversation: "@constructor" });
  alice.says('{"type":"history","id":2,"payload":{"conversation":"@valueOf"}}');
  await alice.hears(
    { type: "new_message" },
    { type: "error", id: 2, payload: { code: "unknown_conversation" } },
  );
  const resuming = await house.connects("/ws?username=valueOf&since=@constructor:1,hasOwnProperty:0");
  await resuming.hears({ type: "welcome" });
  await resuming.hears({ type: "resumed", payload: { ignored: ["@constructor", "hasOwnProperty"] } });
});

test("a message is carried as it came, whatever it would do elsewhere", async () => {
  const house = await openHouse();
  const [alice, bob] = [await house.events("alice"), await house.simple("bob")];
  for (const message of [
    "<script>alert(1)</script>",
    "\\u001b]8;;http://x\\u0007click\\u001b]8;;\\u0007",
    "\\u202eabc\\u2066",
    "\\u009b31m",
    "e\\u0301",
    "\\u2028\\u2029\\ufeff.",
    '\\"}}\\n{\\"type\\":\\"new_message\\"',
  ]) {
    alice.says(`{"type":"send_message","payload":{"message":"${message}"}}`);
    const { message: heard } = await bob.next();
    expect(heard).toBe(JSON.parse(`"${message}"`));
  }
});
