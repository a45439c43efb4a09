// Bytes that are no good WebSocket (FAULTS 20, 21): closed with the code of RFC 6455, and all others
// don't notice.

import { describe, expect, test } from "vitest";
import { brokenFrames, goodbye } from "../support/broken-frames.ts";
import { eventually } from "../support/eventually.js";
import { openHouse } from "../support/house.js";
import { dial, dialWebSocket, frame, upgradeTo } from "../support/raw-socket.js";

const [text, ping, pong, more] = [1, 9, 10, 0];
const hi = '{"message":"hi"}';

describe.each(["/v1/ws?username=mallory", "/ws?username=mallory", "/ws"])("on %s", (path) => {
  test.each<[what: string, code: number, ...bytes: Buffer[]]>(brokenFrames)(
    "%s ends with %i, and the server goes on",
    async (_what, code, ...bytes) => {
      const house = await openHouse();
      const alice = await house.events("alice");
      const mallory = await dialWebSocket(house.port, path);
      mallory.writes(...bytes);
      expect(await mallory.closeCode()).toBe(code);
      alice.says('{"type":"send_message","id":1,"payload":{"message":"hi"}}');
      await alice.hears({ type: "ack", id: 1 });
    },
  );
});

test.each([
  ["at once", (bytes: Buffer) => [bytes]],
  ["byte by byte", (bytes: Buffer) => Array.from(bytes, (_, index) => bytes.subarray(index, index + 1))],
])(
  "good frames that come %s are obeyed the same: in pieces, with a ping among them, and as long as may be",
  async (_how, cut) => {
    const house = await openHouse();
    const bob = await house.simple("bob");
    const alice = await dialWebSocket(house.port, "/v1/ws?username=alice");
    const long = "x".repeat(1_000);
    const bytes = Buffer.concat([
      frame('{"mess', { fin: false }),
      frame("are you there?", { opcode: ping }),
      frame('age":"\u0633', { opcode: more, fin: false }),
      frame("", { opcode: more, fin: false }),
      frame('\u0644"}', { opcode: more }),
      frame(`{"message":"${long}"}`),
    ]);
    for (const part of cut(bytes)) alice.writes(part);
    const answer = await alice.frame();
    expect({ opcode: answer?.opcode, text: answer?.payload.toString() }).toEqual({
      opcode: pong,
      text: "are you there?",
    });
    await bob.hears({ message: "سل" }, { message: long });
  },
);

test("a frame of exactly 64 KiB and one of 256 pieces are read", async () => {
  const house = await openHouse();
  const bob = await house.simple("bob");
  const alice = await dialWebSocket(house.port, "/v1/ws?username=alice");
  const [before, after] = ['{"message":"long","more":"', '"}'];
  alice.writes(frame(before + "x".repeat(65_536 - before.length - after.length) + after));
  const pieces = [...'{"message":"pieces"}'.padEnd(256)];
  alice.writes(
    ...pieces.map((char, index) => frame(char, { opcode: index === 0 ? text : more, fin: index === 255 })),
  );
  await bob.hears({ message: "long" }, { message: "pieces" });
});

test("compression is not agreed to, whatever is offered", async () => {
  const house = await openHouse();
  const client = await dial(house.port);
  client.writes(
    upgradeTo("/ws?username=alice", "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits"),
  );
  const head = await client.head();
  expect(head).toMatch(/^HTTP\/1\.1 101 /);
  expect(head.toLowerCase()).not.toContain("extensions");
});

test("a flood of pings whose pongs nobody takes is cut off, not kept in the heap", async () => {
  const house = await openHouse();
  const alice = await house.events("alice");
  const mallory = await dialWebSocket(house.port, "/ws?username=mallory");
  mallory.stopsReading();
  const pings = Buffer.concat(Array.from({ length: 2_000 }, () => frame("x".repeat(125), { opcode: ping })));
  const flooding = setInterval(() => mallory.unsent < 8_000_000 && mallory.writes(pings), 1);
  await mallory.untilEnd();
  clearInterval(flooding);
  alice.says('{"type":"ping","id":1}');
  await alice.hears({ type: "ping", id: 1 });
});

test("half a handshake, half a frame and half a goodbye leave nothing behind", async () => {
  const house = await openHouse({ limits: { loginMs: 100, graceMs: 1, presenceMs: 1 } });
  const alice = await house.events("alice");
  for (const bytes of [frame(hi).subarray(0, 7), goodbye(1000).subarray(0, 3), Buffer.alloc(0)]) {
    const mallory = await dialWebSocket(house.port, "/ws?username=mallory");
    mallory.writes(bytes);
    mallory.breaks();
    await eventually(async () => {
      alice.says('{"type":"users","id":1}');
      return (await alice.heardSoFar()).at(-1);
    }).toMatchObject({ type: "users", payload: { count: 1 } });
  }
});
