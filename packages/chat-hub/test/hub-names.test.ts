// Names that nobody new is given: what looks like another's, and what is made of several scripts. Whoever had one
// before keeps it.

import { describe, expect, test } from "vitest";
import { good, houseWith, verified } from "./gate-people.js";
import type { Wire } from "./hub-house.js";
import { HubHouse } from "./hub-house.js";

const login = (username: string, id: number): string =>
  JSON.stringify({ type: "login", id, payload: { username } });
const last = (wire: Wire) => wire.heard().at(-1)?.payload;
const token = "a-token-of-16-or-more";

test("a name that looks like somebody's is refused, and may be tried again under another", () => {
  const house = new HubHouse();
  house.enters("events", "Alice");
  const guest = house.connects("events", { username: "aIice" });
  expect(last(guest)).toMatchObject({
    code: "looks_alike",
    message: "this name looks like Alice, which somebody else has",
    retryable: false,
  });
  guest.says(login("a1ice", 1), login("alina", 2));
  expect(guest.heard()).toMatchObject([
    { type: "error", id: 1, payload: { code: "looks_alike" } },
    { type: "welcome", id: 2, payload: { username: "alina" } },
  ]);
});

test("the simple dialect is closed by it, as by a name that is taken", () => {
  const house = new HubHouse();
  house.enters("events", "alice");
  const script = house.connects("simple", { username: "aIice" });
  expect(script.heard()).toMatchObject([{ error: { code: "looks_alike" } }]);
  expect(script.closing).toBe("nameTaken");
});

test("of a name that nobody new is given it is said why", () => {
  const house = new HubHouse();
  const guest = house.connects("events", { username: "аdmin" });
  expect(last(guest)).toMatchObject({
    code: "bad_name",
    message: "a name has letters of one script; this one mixes Cyrillic and Latin",
  });
  guest.says(login("adrnin", 1));
  expect(last(guest)).toMatchObject({
    code: "bad_name",
    message: "this name looks like admin, which is reserved",
  });
  const script = house.connects("simple", { username: "田中Ken" });
  expect(script.closing).toBe("badLogin");
});

test("it is asked for whoever may hold it from before: nobody else", () => {
  const house = new HubHouse();
  const asked = house.connects("events", { username: "田中Ken", token });
  expect(last(asked)).toMatchObject({ code: "bad_name" });
  house.store.carryOut({
    type: "identify",
    key: "田中ken" as never,
    name: "田中Ken",
    token,
    at: 0 as never,
  });
  const ken = house.connects("events", { username: "田中Ken", token });
  expect(last(ken)).toMatchObject({ username: "田中Ken", kept: true });
  expect(last(house.connects("events", { username: "田中ken" }))).toMatchObject({ code: "name_taken" });
  const alice = house.enters("events", "alice");
  alice.says('{"type":"private_message","id":1,"payload":{"message":"hi","to":"田中ken"}}');
  expect(alice.heardTypes()).toContain("ack");
});

describe("an account", () => {
  test("is not made under a name that nobody new is given: the gate is not asked", () => {
    const house = houseWith(() => verified());
    const guest = house.connects("events");
    guest.says(JSON.stringify({ type: "register", id: 1, payload: { username: "adrnin", password: good } }));
    expect(last(guest)).toMatchObject({
      code: "bad_name",
      message: expect.stringContaining("looks like admin"),
    });
  });

  test("is not made if it looks like another, as the gate says", () => {
    const house = houseWith(() => ({ ok: false, code: "looks_alike" }));
    const guest = house.connects("events");
    guest.says(JSON.stringify({ type: "register", id: 1, payload: { username: "aIice", password: good } }));
    expect(guest.heard()).toMatchObject([{ type: "error", id: 1, payload: { code: "looks_alike" } }]);
    expect(guest.closing).toBeUndefined();
  });
});
