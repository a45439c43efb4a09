// When the store can't, and when the server is about to end: everybody is told, and nothing is promised.

import { describe, expect, test } from "vitest";
import { HubHouse } from "./hub-house.js";

const say = (id: number): string => `{"type":"send_message","id":${id},"payload":{"message":"hi"}}`;

describe.each(["unavailable", "storage_full"] as const)("a store that answers %s", (code) => {
  test("acks and delivers nothing; what is refused may be sent again", () => {
    const house = new HubHouse();
    const [alice, bob] = [house.enters("events", "alice"), house.enters("simple", "bob")];
    house.store.refusal = code;
    alice.says(say(1));
    bob.says('{"message":"hi","id":2}');
    expect(alice.heard()).toMatchObject([{ type: "error", id: 1, payload: { code, retryable: true } }]);
    expect(bob.heard()).toMatchObject([{ error: { id: 2, code, retryable: true } }]);
    house.store.refusal = undefined;
    alice.says(say(3));
    expect(alice.heard()).toMatchObject([
      { type: "ack", id: 3, payload: { seq: 1 } },
      { type: "new_message" },
    ]);
  });

  test("lets nobody in: an events client may try again, a simple one is told to come later", () => {
    const house = new HubHouse();
    house.store.refusal = code;
    const events = house.connects("events", { username: "alice" });
    const simple = house.connects("simple", { username: "bob" });
    expect(events.heard()).toMatchObject([{ type: "error", payload: { code } }]);
    expect(simple.heard()).toMatchObject([{ error: { code } }]);
    expect([events.closing, simple.closing]).toEqual([undefined, "tryLater"]);
    house.store.refusal = undefined;
    events.says('{"type":"login","id":1,"payload":{"username":"alice"}}');
    expect(events.heard()).toMatchObject([{ type: "welcome", id: 1 }]);
  });

  test("can't answer questions either: they are refused, and the connection lives", () => {
    const house = new HubHouse();
    const alice = house.enters("events", "alice");
    house.store.refusal = code;
    for (const [id, type, rest] of [
      [1, "history", ""],
      [2, "log", ',"after":0'],
      [3, "read", ',"seq":1'],
      [4, "conversations", ""],
    ] as const)
      alice.says(`{"type":"${type}","id":${id},"payload":{"conversation":"everyone"${rest}}}`);
    alice.says('{"type":"users","id":5}');
    expect(alice.heard().map(({ type, id }) => [type, id])).toEqual([
      ["error", 1],
      ["error", 2],
      ["error", 3],
      ["error", 4],
      ["users", 5],
    ]);
  });

  test("ends a replay with 1013: a hole would be worse", () => {
    const house = new HubHouse();
    const alice = house.enters("events", "alice");
    alice.says(say(1), say(2));
    house.isSlow = true;
    const bob = house.connects("events", { username: "bob", since: "everyone:0" });
    house.answers();
    house.answers();
    house.store.refusal = code;
    while (house.waiting.length > 0) house.answers();
    expect(bob.closing).toBe("tryLater");
  });
});

describe("a server that stops", () => {
  test("tells everyone when to come back, each a turn of their own", () => {
    const house = new HubHouse();
    const people = Array.from({ length: 1_500 }, (_, n) => house.enters("events", `person${n}`));
    const script = house.enters("simple", "script");
    house.feed({ type: "stopping" });
    const turns = people.map((wire) => Number(wire.heard().at(-1)?.payload?.["after_ms"]));
    expect(new Set(turns).size).toBe(people.length);
    expect(Math.min(...turns)).toBeGreaterThan(0);
    // 500 a second.
    expect(Math.max(...turns) - Math.min(...turns)).toBeGreaterThan(2_900);
    expect(script.heard()).toMatchObject([{ from: "server", note: "reconnect" }]);
  });

  test("reads on for nobody: who was in the middle of a resume goes on with it elsewhere", () => {
    const house = new HubHouse({ rates: undefined, pageRows: 2 });
    const alice = house.enters("events", "alice");
    alice.says(say(1), say(2), say(3), say(4), say(5));
    house.isSlow = true;
    const bob = house.connects("events", { username: "bob", since: "everyone:0" });
    while (!house.waiting.some(({ call }) => call.type === "read")) house.answers(1);
    house.feed({ type: "stopping" });
    house.answers();
    expect(house.waiting).toEqual([]);
    expect(bob.heardTypes().filter((type) => type === "new_message")).toHaveLength(2);
    house.feed({ type: "stopped" });
    expect(bob.closing).toBe("restarting");
  });

  test("acks what it had accepted, refuses what comes later, lets nobody in, and then ends all", () => {
    const house = new HubHouse();
    const [alice, bob] = [house.enters("events", "alice"), house.enters("events", "bob")];
    house.isSlow = true;
    alice.says(say(1));
    house.feed({ type: "stopping" });
    alice.says(say(2));
    const late = house.connects("events", { username: "late" });
    expect(late.closing).toBe("restarting");
    house.answers();
    expect(alice.heard()).toMatchObject([
      { type: "reconnect" },
      { type: "error", id: 2, payload: { code: "unavailable", retryable: true, retry_after_ms: 1_000 } },
      { type: "ack", id: 1 },
      { type: "new_message" },
    ]);
    expect(bob.heardTypes()).toEqual(["reconnect", "new_message"]);
    house.feed({ type: "stopped" });
    expect([alice.closing, bob.closing]).toEqual(["restarting", "restarting"]);
  });
});
