// How often one may guess: what is looked at together, what waits its turn, and who pays for what failed.

import { expect, test } from "vitest";
import type { Name } from "../src/index.js";
import { byPassword, good, houseWith, login, no, oneAccount, token, verified } from "./gate-people.js";
import type { HubHouse, Wire } from "./hub-house.js";

const wish = (payload: object, id = 1): string => JSON.stringify({ type: "register", id, payload });
const codes = (wire: Wire): unknown[] => wire.heard().map(({ payload }) => payload?.["code"]);

const guess = (house: HubHouse, username: string, address?: string): string => {
  const guest = house.connects("events", {}, address);
  guest.says(byPassword("a wrong one", username));
  const [first] = guest.heard();
  guest.closes(true);
  return String(first?.payload?.["code"]);
};
const times = (count: number, act: () => string): string[] => Array.from({ length: count }, act);

test("ten wrong passwords for a name, from anywhere; then one a minute, and the right one waits too", () => {
  const house = houseWith();
  const far = times(12, () => guess(house, "alice"));
  expect(far).toEqual([...times(10, () => "not_let_in"), "rate_limited", "rate_limited"]);
  const alice = house.connects("events");
  alice.says(byPassword(good));
  expect(alice.heard()).toMatchObject([
    { type: "error", payload: { code: "rate_limited", retryable: true, retry_after_ms: 60_000 } },
  ]);
  expect(house.connects("simple", { username: "alice", password: good }).closing).toBe("guessing");
  // A token is not guessed.
  expect(house.connects("events", { token }).heardTypes()).toEqual(["welcome"]);
  expect(guess(house, "bob")).toBe("not_let_in");
  house.passes(60_000);
  alice.closes(true);
  expect([guess(house, "alice"), guess(house, "alice")]).toEqual(["not_let_in", "rate_limited"]);
  house.passes(600_000);
  expect(times(11, () => guess(house, "alice"))).toEqual(far.slice(0, 11));
});

test("no more are looked at together than are left; the others have their turn, and what was right is no guess", () => {
  const house = houseWith(() => undefined);
  const many = Array.from({ length: 16 }, () =>
    house.connects("simple", { username: "alice", password: good }),
  );
  expect(house.atGate).toHaveLength(10);
  house.gateAnswers(verified());
  expect(house.atGate).toHaveLength(10);
  for (let n = 1; n < 16; n += 1) house.gateAnswers(verified());
  for (const wire of many) wire.says('{"message":"hi","id":1}');
  expect(many.map((wire) => wire.heard().filter((frame) => "ack" in frame).length)).toEqual(
    many.map(() => 1),
  );
  house.gate = oneAccount;
  expect(times(11, () => guess(house, "alice"))).toEqual([...times(10, () => "not_let_in"), "rate_limited"]);
});

test("whoever waits is refused once those before them have failed, and is heard again", () => {
  const house = houseWith(() => undefined);
  const many = Array.from({ length: 11 }, () => house.connects("events"));
  for (const guest of many) guest.says(byPassword("a wrong one"));
  const last = many.at(-1) as Wire;
  last.says(login({ token }, 2));
  for (let n = 0; n < 10; n += 1) house.gateAnswers(no("not_let_in"));
  expect(last.heard()).toMatchObject([{ id: 1, payload: { code: "rate_limited", retry_after_ms: 60_000 } }]);
  house.gateAnswers(verified());
  expect(last.heard()).toMatchObject([{ type: "welcome", id: 2 }]);
});

test("whoever has gone, or has waited for too long, has no turn", () => {
  const house = houseWith(() => undefined);
  for (let n = 0; n < 10; n += 1) house.connects("events").says(byPassword(good));
  const gone = house.connects("events");
  gone.says(byPassword(good));
  house.passes(30_000);
  expect(gone.closing).toBe("loginDeadline");
  gone.heard();
  house.gateAnswers(verified());
  expect(house.atGate).toHaveLength(9);
  for (let n = 0; n < 9; n += 1) house.gateAnswers(no("not_let_in"));
  house.connects("events").says(byPassword("a wrong one"));
  house.gateAnswers(no("not_let_in"));
  expect(house.atGate).toEqual([]);
  expect(gone.heard()).toEqual([]);
  house.passes(60_000);
  house.connects("events").says(byPassword(good));
  expect(house.atGate).toHaveLength(1);
});

test("four of an address are looked at together, whoever they say they are; others don't wait for it", () => {
  const house = houseWith(() => undefined);
  const here = "192.0.2.1";
  for (let n = 0; n < 200; n += 1) house.connects("events", {}, here).says(byPassword("wrong", `guest${n}`));
  expect(house.atGate).toHaveLength(4);
  house.connects("events", {}, "192.0.2.2").says(byPassword(good));
  expect(house.atGate).toHaveLength(5);
  for (let n = 0; n < 60; n += 1) if (house.atGate.length > 0) house.gateAnswers(no("not_let_in"));
  // Fifty of the one, and hers.
  expect(house.atGate).toEqual([]);
  expect(house.census().refusals).toMatchObject({ not_let_in: 51, rate_limited: 150 });
});

test("accounts of an address are made one after the other, and no more than fifty together", () => {
  const house = houseWith(() => undefined);
  const many = Array.from({ length: 60 }, (_, n) => {
    const guest = house.connects("events", {}, "192.0.2.1");
    guest.says(wish({ username: `guest${n}`, password: good }));
    return guest;
  });
  expect(house.atGate).toHaveLength(4);
  for (let n = 0; house.atGate.length > 0; n += 1)
    house.gateAnswers(
      verified({ account: `guest${n}`, name: { spelling: `guest${n}`, key: `guest${n}` } as Name }),
    );
  const heard = many.map((guest) => guest.heard()[0]);
  expect(heard.filter((frame) => frame?.["type"] === "welcome")).toHaveLength(50);
  expect(heard.filter((frame) => frame?.payload?.["code"] === "rate_limited")).toHaveLength(10);
});

test("only so many wait; one more comes again in a second, and is not told that it failed", () => {
  const house = houseWith(() => undefined);
  for (let n = 0; n < 1_010; n += 1) house.connects("events").says(byPassword(good));
  const late = house.connects("events");
  for (let n = 1; n <= 4; n += 1) late.says(byPassword(good));
  expect(late.heard()[0]).toMatchObject({
    payload: {
      code: "too_many",
      message: "too many logins at once",
      retry_after_ms: 1_000,
      retryable: true,
    },
  });
  expect(late.closing).toBeUndefined();
  late.says(byPassword(good));
  expect(late.closing).toBe("tryLater");
  expect(house.connects("simple", { username: "alice", password: good }).closing).toBe("tryLater");
});

test("whoever guesses elsewhere keeps no owner out: each address has tries of its own", () => {
  const house = houseWith();
  for (let n = 0; n < 10; n += 1) guess(house, "alice", `198.51.100.${n}`);
  const far = times(4, () => guess(house, "alice", "198.51.100.1"));
  expect(far).toEqual([...times(3, () => "not_let_in"), "rate_limited"]);
  const home = "192.0.2.1";
  for (let n = 0; n < 5; n += 1)
    expect(house.connects("simple", { username: "alice", password: good }, home).closing).toBeUndefined();
  // It is no other for a name that nobody has.
  const nobody = [
    ...times(10, () => guess(house, "nobody")),
    ...times(4, () => guess(house, "nobody", home)),
  ];
  expect(nobody).toEqual([...times(13, () => "not_let_in"), "rate_limited"]);
  const mistyped = times(4, () => guess(house, "alice", home));
  expect(mistyped).toEqual([...times(3, () => "not_let_in"), "rate_limited"]);
  const waits = house.connects("events", {}, home);
  waits.says(byPassword(good));
  expect(waits.heard()).toMatchObject([{ payload: { code: "rate_limited", retry_after_ms: 60_000 } }]);
  house.passes(60_000);
  guess(house, "alice", "198.51.100.9");
  expect(guess(house, "alice", home)).toBe("rate_limited");
  for (let n = 1; n < 60; n += 1) {
    house.passes(60_000);
    guess(house, "alice", `203.0.113.${n}`);
  }
  expect(house.connects("simple", { username: "alice", password: good }, home).closing).toBeUndefined();
});

test("fifty wrong passwords from an address; others don't wait for it, nor does a token from there", () => {
  const house = houseWith();
  const here = "192.0.2.1";
  for (let n = 0; n < 50; n += 1) guess(house, `guest${n}`, here);
  expect(guess(house, "carl", here)).toBe("rate_limited");
  expect(guess(house, "carl", "192.0.2.2")).toBe("not_let_in");
  expect(house.connects("events", { token }, here).heardTypes()).toEqual(["welcome"]);
  house.passes(10_000);
  expect(guess(house, "carl", here)).toBe("not_let_in");
});

test("however many wrong tokens come from an address, it may log in by a password and by a token", () => {
  const house = houseWith();
  const here = "192.0.2.1";
  for (let n = 0; n < 200; n += 1) {
    const wrong = house.connects("events", { token: `somebody-elses-token-${n}` }, here);
    expect(codes(wrong)).toEqual(["not_let_in"]);
    wrong.closes(true);
  }
  for (const shown of [{ token }, { username: "alice", password: good }])
    expect(house.connects("events", shown, here).heardTypes()).toEqual(["welcome"]);
});

test("what came back is forgotten, and of too many names the oldest go", () => {
  const house = houseWith();
  for (let n = 0; n < 10; n += 1) guess(house, "alice");
  for (let n = 0; n < 9_999; n += 1) guess(house, `guest${n}`);
  expect(guess(house, "alice")).toBe("rate_limited");
  guess(house, "one-more");
  expect(guess(house, "alice")).toBe("not_let_in");
  house.passes(600_000);
  expect(times(10, () => guess(house, "alice"))).toEqual(times(10, () => "not_let_in"));
});
