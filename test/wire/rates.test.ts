// Rates over real sockets: who is too fast is read more slowly, and nobody else notices.

import { expect, test } from "vitest";
import { openHouse, rates } from "../support/house.js";
import { dialWebSocket, frame } from "../support/raw-socket.js";

const say = (id: number): string => `{"type":"send_message","id":${id},"payload":{"message":"${id}"}}`;

test("a burst of 30 messages is acked at once, what is more at 10 a second, in order, and none is lost", async () => {
  const house = await openHouse();
  const alice = await house.events("alice");
  const start = performance.now();
  for (let id = 1; id <= 38; id += 1) alice.says(say(id));
  const acked: unknown[] = [];
  while (acked.length < 38) {
    const { type, id } = await alice.next();
    if (type === "ack") acked.push(id);
  }
  expect(acked).toEqual(Array.from({ length: 38 }, (_, n) => n + 1));
  // 8 tokens at 10 a second, of which the burst may have earned some.
  expect(performance.now() - start).toBeGreaterThan(600);
});

test("frames past those that wait are refused with retry_after_ms: each that has an id, all others by one answer", async () => {
  const house = await openHouse({
    limits: { rates: rates({ messagesBurst: 2, messagesPerSecond: 1 }), pauseMs: 300 },
  });
  const alice = await house.events("alice");
  const bob = await house.events("bob");
  // In one piece, so that pausing the reader comes too late for all of them.
  const flooder = await dialWebSocket(house.port, "/v1/ws?username=flooder");
  const frames = Array.from({ length: 2 + 16 + 50 }, (_, n) =>
    frame(`{"message":"${n}"${n % 10 === 9 ? `,"id":${n}` : ""}}`),
  );
  flooder.writes(Buffer.concat(frames));
  const errors: { id?: number; refused?: number }[] = [];
  while (errors.every(({ refused }) => refused === undefined)) {
    const answer = await flooder.frame();
    if (answer?.opcode !== 1) continue;
    const { error } = JSON.parse(answer.payload.toString()) as { error?: (typeof errors)[number] };
    if (error !== undefined) errors.push(error);
  }
  const told = { code: "rate_limited", retryable: true, retry_after_ms: 300 };
  expect(errors).toMatchObject([
    ...[19, 29, 39, 49, 59].map((id) => ({ id, ...told })),
    { ...told, refused: 45 },
  ]);
  expect(errors.at(-1)).not.toHaveProperty("id");
  bob.says(say(1));
  await bob.hears({ payload: { message: "0" } }, { payload: { message: "1" } }, { type: "ack", id: 1 });
  await alice.hears({ payload: { message: "0" } });
});

test("a flood that goes on is closed with 4429; what was sent before is kept, and others go on", async () => {
  const house = await openHouse({
    limits: { rates: rates({ messagesBurst: 5, messagesPerSecond: 1, floodFrames: 100 }), pauseMs: 20 },
  });
  const alice = await house.events("alice");
  const flooder = await dialWebSocket(house.port, "/v1/ws?username=flooder");
  const piece = Buffer.concat(Array.from({ length: 300 }, () => frame('{"message":"x"}')));
  const flood = setInterval(() => flooder.writes(piece), 5);
  expect(await flooder.closeCode()).toBe(4429);
  clearInterval(flood);
  alice.says(say(1));
  const heard = await alice.heardSoFar();
  expect(heard.slice(0, 5)).toMatchObject([1, 2, 3, 4, 5].map((seq) => ({ payload: { message: "x", seq } })));
  expect(heard).toContainEqual(expect.objectContaining({ type: "ack", id: 1 }));
});

test("a flooder is not read while it is paused: its bytes stay on its side", async () => {
  const house = await openHouse({
    limits: { rates: rates({ messagesBurst: 1, messagesPerSecond: 1, floodFrames: 1e9 }), pauseMs: 60_000 },
  });
  const alice = await house.events("alice");
  const flooder = await dialWebSocket(house.port, "/v1/ws?username=flooder");
  const piece = Buffer.concat(
    Array.from({ length: 1_000 }, () => frame(`{"message":"${"x".repeat(1_000)}"}`)),
  );
  for (let n = 0; n < 30; n += 1) flooder.writes(piece);
  const before = process.memoryUsage().rss;
  for (let id = 1; id <= 20; id += 1) {
    alice.says(`{"type":"ping","id":${id}}`);
    while ((await alice.next())["id"] !== id) {}
  }
  expect(flooder.unsent).toBeGreaterThan(10_000_000);
  expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
});

test("a flooder who goes on after the goodbye is read slowly until it is cut off", async () => {
  const house = await openHouse({
    limits: { rates: rates({ messagesBurst: 1, messagesPerSecond: 1, floodFrames: 10 }), pauseMs: 1 },
  });
  const alice = await house.events("alice");
  const flooder = await dialWebSocket(house.port, "/v1/ws?username=flooder");
  const piece = Buffer.concat(
    Array.from({ length: 1_000 }, () => frame(`{"message":"${"x".repeat(1_000)}"}`)),
  );
  for (let n = 0; n < 30; n += 1) flooder.writes(piece);
  expect(await flooder.closeCode()).toBe(4429);
  let [unsent, isOpen] = [0, true];
  void flooder.untilEnd().then(() => {
    isOpen = false;
  });
  for (let id = 1; isOpen; id += 1) {
    unsent = flooder.unsent;
    alice.says(`{"type":"ping","id":${id}}`);
    while ((await alice.next())["id"] !== id) {}
  }
  expect(unsent).toBeGreaterThan(10_000_000);
});

test("--limits off lifts the rates: ten thousand messages go through, and welcome tells no rate", async () => {
  const house = await openHouse({ limits: { rates: undefined } });
  const alice = await house.connects("/ws?username=alice");
  const { payload } = (await alice.next()) as { payload: { limits: Record<string, unknown> } };
  expect(payload.limits).not.toHaveProperty("messages_per_second");
  for (let id = 1; id <= 10_000; id += 1) alice.says(say(id));
  const heard = await alice.heardSoFar();
  expect(heard.filter(({ type }) => type === "ack")).toHaveLength(10_000);
  expect(heard.filter(({ type }) => type === "error")).toEqual([]);
});

test("loopback is free of the count of connections per address", async () => {
  const house = await openHouse({ limits: { rates: rates({ connectionsPerAddress: 3 }) } });
  for (let n = 0; n < 8; n += 1) await house.events(`guest${n}`);
});
