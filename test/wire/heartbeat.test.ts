// Who is alive: a WebSocket pong or any other byte; and what becomes of whoever is not.

import { expect, test } from "vitest";
import { eventually } from "../support/eventually.js";
import { openHouse } from "../support/house.js";
import { dialWebSocket, frame } from "../support/raw-socket.js";

const pingMs = 60;

test("a peer that answers no ping is closed with 4408, and counts as gone", async () => {
  const house = await openHouse({ limits: { pingMs, graceMs: 50, presenceMs: 1 } });
  const alice = await house.events("alice");
  const dead = await dialWebSocket(house.port, "/v1/ws?username=bob");
  await alice.hearsPresence({ payload: { users: [{ username: "alice", status: "online" }] } });
  await alice.hearsPresence({ payload: { users: [{ username: "bob", status: "online" }], count: 2 } });
  const [ping, close] = [9, 8];
  for (const opcode of [ping, ping, ping]) expect(await dead.frame()).toMatchObject({ opcode });
  const last = await dead.frame();
  expect({ opcode: last?.opcode, code: last?.payload.readUInt16BE(0) }).toEqual({
    opcode: close,
    code: 4408,
  });
  await alice.hearsPresence({ payload: { users: [{ username: "bob", status: "offline" }], count: 1 } });
});

test("messages that are sent to a dead peer don't keep it alive", async () => {
  const house = await openHouse({ limits: { pingMs, rates: undefined } });
  const alice = await house.events("alice");
  const dead = await dialWebSocket(house.port, "/v1/ws?username=bob");
  const talking = setInterval(() => {
    alice.says('{"type":"send_message","payload":{"message":"hi"}}');
    alice.says('{"type":"private_message","payload":{"message":"hi","to":"bob"}}');
  }, 10);
  expect(await dead.closeCode()).toBe(4408);
  clearInterval(talking);
});

test.each([
  ["a pong", frame("", { opcode: 10 })],
  ["a message", frame('{"message":"hi"}')],
  ["a ping", frame("", { opcode: 9 })],
  ["a piece of a frame", Buffer.from([0x81])],
])("%s is a sign of life", async (_what, bytes) => {
  const house = await openHouse({ limits: { pingMs, rates: undefined } });
  const bob = await dialWebSocket(house.port, "/v1/ws?username=bob");
  const start = performance.now();
  if (bytes.length === 1) bob.writes(Buffer.from([0x81, 0xff]), Buffer.alloc(8), Buffer.alloc(4));
  let ended = false;
  const living = setInterval(() => bob.writes(bytes), pingMs / 3);
  void bob.closeCode().then(() => {
    ended = true;
  });
  await eventually(() => performance.now() - start > 8 * pingMs).toBe(true);
  expect(ended).toBe(false);
  clearInterval(living);
  await eventually(() => ended).toBe(true);
});

test("a frame that never ends is life only as long as bytes of it come", async () => {
  const house = await openHouse({ limits: { pingMs } });
  const slow = await dialWebSocket(house.port, "/v1/ws?username=slow");
  slow.writes(frame("", { length: 60_000 }));
  const dripping = setInterval(() => slow.writes("x"), pingMs / 3);
  await house.simple("bob");
  setTimeout(() => clearInterval(dripping), 6 * pingMs);
  const start = performance.now();
  expect(await slow.closeCode()).toBe(4408);
  expect(performance.now() - start).toBeGreaterThan(6 * pingMs);
});

test("ping is answered for those who can't see WebSocket pings", async () => {
  const house = await openHouse();
  const alice = await house.events("alice");
  alice.says('{"type":"ping","id":"p"}');
  await alice.hearsExactly({ type: "ping", id: "p", payload: { at: expect.any(Number) } });
});

test("a silent holder of a name without a token gives way to whoever asks for it again", async () => {
  const house = await openHouse({ limits: { yieldMs: 80 } });
  const dead = await dialWebSocket(house.port, "/v1/ws?username=bob");
  await eventually(async () => {
    const bob = await house.connects("/ws?username=bob");
    return (await bob.next())["type"];
  }).toBe("welcome");
  expect(await dead.closeCode()).toBe(4408);
});

test("a holder who answers keeps the name, however often it is asked for", async () => {
  const house = await openHouse({ limits: { yieldMs: 30, rates: undefined } });
  const bob = await house.simple("bob");
  const until = performance.now() + 300;
  while (performance.now() < until) {
    const other = await house.connects("/v1/ws?username=bob");
    await other.hears({ error: { code: "name_taken" } });
    await other.isClosed(4409);
  }
  await bob.hearsNothing();
});
