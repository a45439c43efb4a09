// Frames of people in a hurry: sent before the login is decided, or just before they go.

import { describe, expect, test } from "vitest";
import { eventually } from "../support/eventually.js";
import type { StoreName } from "../support/house.js";
import { openHouse } from "../support/house.js";
import { dial, dialWebSocket, frame, upgradeTo } from "../support/raw-socket.js";

const goodbye = frame(Buffer.from([3, 232]), { opcode: 8 });

describe.each<StoreName>(["memory", "sqlite"])("%s", (store) => {
  test("lines that come in one piece with the handshake are all said, in order", async () => {
    const house = await openHouse({ store });
    const bob = await house.events("bob");
    const hasty = await dial(house.port);
    const lines = Array.from({ length: 20 }, (_, n) => `line ${n}`);
    const frames = lines.map((line) => frame(`{"message":"${line}"}`));
    hasty.writes(Buffer.concat([Buffer.from(upgradeTo("/v1/ws?username=hasty")), ...frames]));
    for (const message of lines)
      await bob.hears({ type: "new_message", payload: { message, from: "hasty" } });
  });

  test("commands behind a login are obeyed in order, once it is decided", async () => {
    const house = await openHouse({ store });
    const guest = await house.connects("/ws");
    guest.says(
      '{"type":"login","id":1,"payload":{"username":"guest"}}',
      '{"type":"send_message","id":2,"payload":{"message":"one"}}',
      '{"type":"send_message","id":3,"payload":{"message":"two"}}',
      '{"type":"login","id":4,"payload":{"username":"other"}}',
      '{"type":"send_message","id":5,"payload":{"message":"three"}}',
    );
    await guest.hears({ type: "welcome", id: 1, payload: { username: "guest" } });
    const heard = await guest.heardSoFar();
    const acks = heard.filter(({ type }) => type === "ack");
    expect(acks.map(({ id, payload }) => [id, (payload as { seq: number }).seq])).toEqual([
      [2, 1],
      [3, 2],
      [5, 3],
    ]);
    expect(heard).toContainEqual(expect.objectContaining({ type: "error", id: 4 }));
  });

  test("what waits behind a refused login is refused, and the login behind that is obeyed", async () => {
    const house = await openHouse({ store });
    await house.events("bob");
    const guest = await house.connects("/ws");
    guest.says(
      '{"type":"login","id":1,"payload":{"username":"bob"}}',
      '{"type":"send_message","id":2,"payload":{"message":"hi"}}',
      '{"type":"login","id":3,"payload":{"username":"guest"}}',
      '{"type":"send_message","id":4,"payload":{"message":"hi"}}',
    );
    await guest.hears(
      { type: "error", id: 1, payload: { code: "name_taken" } },
      { type: "error", id: 2, payload: { code: "login_first" } },
      { type: "welcome", id: 3 },
      { type: "ack", id: 4 },
    );
  });

  test.each([
    ["a goodbye", [goodbye]],
    ["nothing, and half closes", []],
  ])("lines before %s are said", async (_what, last) => {
    const house = await openHouse({ store });
    const bob = await house.events("bob");
    const script = await dialWebSocket(house.port, "/v1/ws?username=script");
    script.writes(
      frame('{"message":"one"}'),
      frame('{"message":"two","target":"bob"}'),
      frame('{"message":"three"}'),
    );
    script.writes(...last);
    script.halfCloses();
    const heard = new Set<unknown>();
    while (heard.size < 3) heard.add(((await bob.next())["payload"] as { message: string }).message);
    expect(heard).toEqual(new Set(["one", "two", "three"]));
  });

  test("handshake, line and goodbye in one piece: the line is said, and the name is free again", async () => {
    const house = await openHouse({ store });
    const bob = await house.events("bob");
    const once = await dial(house.port);
    const line = frame('{"message":"hi and bye"}');
    once.writes(Buffer.concat([Buffer.from(upgradeTo("/v1/ws?username=once")), line, goodbye]));
    await bob.hears({ type: "new_message", payload: { message: "hi and bye", from: "once" } });
    await eventually(async () => (await (await house.connects("/ws?username=once")).next())["type"]).toBe(
      "welcome",
    );
  });
});
