// Where a gate is asked: who is let in, who is not, and what waits meanwhile.

import { expect, test } from "vitest";
import type { GateAnswer, Name, WallMillis } from "../src/index.js";
import { byPassword, good, houseWith, login, no, token, verified } from "./gate-people.js";
import { beginning } from "./hub-house.js";

test("a password is exchanged for a token, which welcome tells once; its account keeps the name", () => {
  const house = houseWith();
  const alice = house.connects("events", { username: "ALICE", password: good });
  expect(alice.heard()).toMatchObject([
    {
      type: "welcome",
      payload: { username: "Alice", kept: true, auth: "password", session: "first", token },
    },
  ]);
  expect(house.calls.find(({ type }) => type === "identify")).toMatchObject({ account: "alice" });
  const again = house.connects("events", { token });
  const [{ payload } = {}] = again.heard();
  expect(payload).toMatchObject({ username: "Alice", session: "first" });
  expect(payload).not.toHaveProperty("token");
});

test("what is shown may come with the upgrade, in the URL or by login; the simple dialect too", () => {
  const house = houseWith();
  const basic = { kind: "password", name: "Alice", password: good } as const;
  const bearer = { kind: "token", token } as const;
  expect(house.connects("events", {}, undefined, basic).heardTypes()).toEqual(["welcome"]);
  expect(house.connects("events", {}, undefined, bearer).heardTypes()).toEqual(["welcome"]);
  expect(house.connects("events", { token }).heardTypes()).toEqual(["welcome"]);
  const simple = house.connects("simple", {}, undefined, bearer);
  simple.says('{"message":"hi","id":1}');
  expect(simple.heard()).toMatchObject([{ ack: { id: 1 } }]);
  const byFrame = house.connects("events");
  byFrame.says(byPassword(good));
  expect(byFrame.heardTypes()).toEqual(["welcome"]);
});

test("a dialect that could not tell a token wants none for its password", () => {
  const house = houseWith(() => undefined);
  house.connects("simple", { username: "alice", password: good });
  house.connects("events", { username: "alice", password: good });
  house.connects("events", { username: "alice", token });
  expect(house.atGate.map(({ call }) => "exchange" in call && call.exchange)).toEqual([false, true, false]);
});

test("an unknown account and a wrong password are refused in the same bytes, and closed alike", () => {
  const house = houseWith();
  const [known, unknown] = ["alice", "nobody"].map((username) => {
    const guest = house.connects("events");
    guest.says(byPassword("a wrong one", username));
    return guest;
  });
  const heard = known?.heard();
  expect(heard).toMatchObject([{ type: "error", id: 1, payload: { code: "not_let_in", retryable: false } }]);
  expect(JSON.stringify(unknown?.heard())).toBe(JSON.stringify(heard));
  expect([known?.closing, unknown?.closing]).toEqual([undefined, undefined]);
  const simple = ["alice", "nobody"].map((username) =>
    house.connects("simple", { username, password: "a wrong one" }),
  );
  expect(simple.map(({ closing }) => closing)).toEqual(["notLetIn", "notLetIn"]);
  expect(simple[0]?.heard()).toEqual(simple[1]?.heard());
});

test("five refused logins are all, also where a gate refuses them", () => {
  const house = houseWith();
  const guest = house.connects("events");
  for (let n = 1; n <= 4; n += 1) guest.says(byPassword("a wrong one"));
  expect(guest.closing).toBeUndefined();
  guest.says(byPassword("a wrong one"));
  expect(guest.closing).toBe("notLetIn");
});

test.each([
  ["login_expired", "loginEnded"],
  ["too_many", "tryLater"],
  ["unavailable", "tryLater"],
] as const)("%s is told as such", (code, closing) => {
  const house = houseWith(() => no(code));
  const events = house.connects("events", { token });
  expect(events.heard()).toMatchObject([{ type: "error", payload: { code } }]);
  expect(events.closing).toBeUndefined();
  expect(house.connects("simple", { token }).closing).toBe(closing);
});

test("nothing is asked where nothing is shown, nor what can't be right", () => {
  const house = houseWith(() => undefined);
  const guest = house.connects("events");
  guest.says(login({ username: "alice" }));
  guest.says(login({ password: good }));
  guest.says(login({ username: "alice", password: good, token }));
  guest.says(login({ username: "not a name", password: good }));
  expect(guest.heard().map(({ payload }) => [payload?.["code"], payload?.["message"]])).toEqual([
    ["not_let_in", "this server asks for a password"],
    ["malformed", "login.username is missing: a string"],
    ["malformed", "a login takes a token or a password, not both"],
    ["bad_name", "a name has only letters and digits, of any script, and _ . -"],
  ]);
  expect(house.atGate).toEqual([]);
});

test("a login that is refused is told the way out that there is where it knocks", () => {
  const refused = (mode: "password" | "jwt", gate: GateAnswer, frame: string): Record<string, unknown> => {
    const guest = houseWith(() => gate, mode).connects("events");
    guest.says(frame);
    return guest.heard()[0]?.payload ?? {};
  };
  const byToken = login({ token });
  for (const code of ["login_expired", "not_let_in", "unavailable", "too_many"] as const) {
    const { hint, example } = refused("jwt", no(code), byToken);
    expect(`${hint} ${example}`, code).not.toMatch(/password|nonce|close some/);
  }
  expect(refused("jwt", no("login_expired"), byToken)).toMatchObject({
    hint: "log in with a newer token",
    example: expect.stringContaining('"token"'),
  });
  expect(refused("password", no("login_expired"), byToken)["hint"]).toContain("your password");
  expect(refused("password", no("unavailable"), byPassword(good))).toMatchObject({
    message: "nothing can be looked at for now",
    hint: "try again later",
  });
  expect(refused("jwt", no("not_let_in"), login({}))).toMatchObject({
    code: "not_let_in",
    message: "this server asks for a token",
    example: expect.stringContaining('"token"'),
  });
  expect(refused("jwt", no("not_let_in"), byPassword(good))["message"]).toBe(
    "this server knows no passwords: give the token that you get where you log in",
  );
  for (const mode of ["password", "jwt"] as const)
    expect(
      refused(mode, no("not_let_in"), '{"type":"send_message","payload":{"message":"hi"}}'),
    ).toMatchObject({
      code: "login_first",
      example: expect.stringContaining(mode === "jwt" ? '"token"' : '"password"'),
    });
  const simple = houseWith(() => no("login_expired"), "jwt").connects("simple", { token });
  expect(simple.heard()).toMatchObject([
    { error: { hint: "log in with a newer token", example: expect.stringMatching(/^\/v1\/ws\?token=/) } },
  ]);
});

test("where tokens are signed they say the name, and one that is given must be theirs", () => {
  const signed = `${"x".repeat(2_000)}.signed.elsewhere`;
  const house = houseWith(
    (call) =>
      call.type === "verify" && call.proof.kind === "token" && call.proof.token === signed
        ? verified()
        : no("not_let_in"),
    "jwt",
  );
  const nameless = house.connects("events");
  nameless.says(login({ token: signed }));
  expect(nameless.heard()).toMatchObject([{ type: "welcome", payload: { username: "Alice", auth: "jwt" } }]);
  expect(house.connects("events", { username: "alice", token: signed }).heardTypes()).toEqual(["welcome"]);
  const other = house.connects("events", { username: "bob", token: signed });
  expect(other.heard()).toMatchObject([{ type: "error", payload: { code: "not_let_in" } }]);
  other.says(byPassword(good));
  expect(other.heard()).toMatchObject([{ type: "error", payload: { code: "malformed" } }]);
});

test("frames that come while the gate looks wait, and are obeyed in order behind the login", () => {
  const house = houseWith(() => undefined);
  const alice = house.connects("events");
  alice.says(byPassword(good), '{"type":"ping","id":2}', byPassword(good), '{"type":"ping","id":4}');
  expect(alice.heard()).toEqual([]);
  house.gateAnswers(verified());
  expect(alice.heard().map(({ type, id }) => [type, id])).toEqual([
    ["welcome", 1],
    ["ping", 2],
    ["error", 1],
    ["ping", 4],
  ]);
});

test("a script that says its line and goes is obeyed, also if the gate looks long", () => {
  const house = houseWith((call) =>
    call.type === "verify" && call.proof.kind === "token" ? verified({ account: "bob" }) : undefined,
  );
  const bob = house.connects("events", { token });
  bob.heard();
  const script = house.connects("simple", { username: "alice", password: good });
  script.says('{"message":"one"}', '{"message":"two"}');
  script.closes(true);
  house.gateAnswers(verified({ name: { spelling: "Carl", key: "carl" } as Name, account: "carl" }));
  expect(bob.heard().flatMap(({ payload }) => payload?.["message"] ?? [])).toEqual([]);
  const other = houseWith(() => undefined);
  const listener = other.connects("events", { username: "bob", password: good });
  other.gateAnswers(verified({ name: { spelling: "bob", key: "bob" } as Name, account: "bob" }));
  listener.heard();
  const quick = other.connects("simple", { username: "alice", password: good });
  quick.says('{"message":"one"}', '{"message":"two"}');
  quick.closes(true);
  other.gateAnswers(verified());
  expect(listener.heard().flatMap(({ payload }) => payload?.["message"] ?? [])).toEqual(["one", "two"]);
});

test("a login whose deadline comes while the gate looks is ended, and its answer leaves no trace", () => {
  const house = houseWith(() => undefined);
  const alice = house.connects("events", { username: "alice", password: good });
  house.passes(30_000);
  expect(alice.closing).toBe("loginDeadline");
  house.gateAnswers(verified());
  expect(house.calls.map(({ type }) => type)).not.toContain("identify");
});

test("the answer for another name than was asked for lets nobody in", () => {
  const house = houseWith(() => verified());
  const guest = house.connects("events", { username: "bob", password: good });
  expect(guest.heard()).toMatchObject([{ type: "error", payload: { code: "not_let_in" } }]);
});

test("a connection ends with its login, within a second, however far away the end was", () => {
  const day = 24 * 3_600_000;
  const until = (beginning + day + 90_500) as WallMillis;
  const house = houseWith(() => verified({ until }));
  const [events, simple] = [
    house.connects("events", { token }),
    house.connects("simple", { username: "alice", token }),
  ];
  expect(events.heard()).toMatchObject([{ type: "welcome", payload: { token_until: until } }]);
  house.passes(day + 90_499);
  expect([events.closing, simple.closing]).toEqual([undefined, undefined]);
  house.passes(1_001);
  expect([events.closing, simple.closing]).toEqual(["loginEnded", "loginEnded"]);
  expect(events.heard().at(-1)).toMatchObject({ type: "error", payload: { code: "login_expired" } });
});

test("refreshed, it goes on; its answer has the new token, and the other devices of the login go on too", () => {
  const until = (beginning + 10_000) as WallMillis;
  const later = (beginning + 3_600_000) as WallMillis;
  const house = houseWith((call) =>
    call.type === "refresh"
      ? verified({ until: later, token: "a-newer-token-of-alice" })
      : verified({ until }),
  );
  const [phone, tab] = [house.connects("events", { token }), house.connects("events", { token })];
  phone.heard();
  phone.says('{"type":"refresh","id":7}');
  expect(phone.heard()).toEqual([
    {
      type: "refresh",
      id: 7,
      payload: { session: "first", token: "a-newer-token-of-alice", token_until: later },
    },
  ]);
  house.passes(60_000);
  expect([phone.closing, tab.closing]).toEqual([undefined, undefined]);
  house.passes(3_540_000 + 1_000);
  expect([phone.closing, tab.closing]).toEqual(["loginEnded", "loginEnded"]);
});

test("a refresh may not change who it is: it is refused, and the connection stays until its end", () => {
  const until = (beginning + 10_000) as WallMillis;
  const house = houseWith(
    (call) =>
      call.type === "refresh"
        ? verified({ account: "mallory", until: (beginning + 9e9) as WallMillis })
        : verified({ until }),
    "jwt",
  );
  const alice = house.connects("events", { token });
  alice.heard();
  alice.says('{"type":"refresh","id":1}', `{"type":"refresh","id":2,"payload":{"token":"${token}"}}`);
  expect(alice.heard().map(({ id, payload }) => [id, payload?.["code"]])).toEqual([
    [1, "malformed"],
    [2, "not_let_in"],
  ]);
  house.passes(9_999);
  expect(alice.closing).toBeUndefined();
  house.passes(1_001);
  expect(alice.closing).toBe("loginEnded");
});

test("a login that the gate ends closes its connections, and those that are about to be here by it", () => {
  const house = houseWith((call) =>
    call.type === "verify" && call.proof.kind === "token" ? verified({ login: call.proof.token }) : undefined,
  );
  const [one, other] = ["the-first-of-two-logins", "the-second-of-two-logins"].map((token) =>
    house.connects("events", { token }),
  );
  house.feed({ type: "loginEnded", account: "alice", login: "the-first-of-two-logins" });
  expect([one?.closing, other?.closing]).toEqual(["loginEnded", undefined]);
  house.isSlow = true;
  const coming = house.connects("events", { token: "the-third-of-her-logins" });
  house.feed({ type: "loginEnded", account: "bob", login: undefined });
  expect([other?.closing, coming.closing]).toEqual([undefined, undefined]);
  house.feed({ type: "loginEnded", account: "alice", login: undefined });
  expect([other?.closing, coming.closing]).toEqual(["loginEnded", "loginEnded"]);
  house.answers();
  expect(coming.heard()).toEqual([]);
});

test("a login that ends while the store is asked lets nobody in", () => {
  const house = houseWith(() => verified({ until: (beginning + 1_000) as WallMillis }));
  house.isSlow = true;
  const [events, simple] = [
    house.connects("events", { token }),
    house.connects("simple", { username: "alice", token }),
  ];
  house.passes(1_000);
  house.answers();
  expect(events.heard()).toMatchObject([{ type: "error", payload: { code: "login_expired" } }]);
  expect([events.closing, simple.closing]).toEqual([undefined, "loginEnded"]);
});

test("a name that another account has is refused with the way out, which is no token", () => {
  const house = houseWith((call) =>
    call.type === "verify"
      ? verified({ account: call.proof.kind === "token" ? "one" : "another" })
      : undefined,
  );
  expect(house.connects("events", { token }).heardTypes()).toEqual(["welcome"]);
  const other = house.connects("events", { username: "alice", password: good });
  const [{ payload } = {}] = other.heard();
  expect(payload).toMatchObject({
    code: "name_taken",
    hint: expect.stringMatching(/ask whoever runs the server/),
  });
});

test.each([
  ["all logins of the account", undefined],
  ["the login", "first"],
])("nobody comes in by an answer that was asked for before %s ended", (_what, login) => {
  const house = houseWith(() => undefined);
  const [before, other] = ["events", "simple"].map((dialect) =>
    house.connects(dialect as "events", { username: "alice", password: good }),
  );
  house.feed({ type: "loginEnded", account: "alice", login });
  house.gateAnswers(verified());
  house.gateAnswers(verified());
  expect(before?.heard()).toMatchObject([{ type: "error", payload: { code: "not_let_in" } }]);
  expect(other?.closing).toBe("notLetIn");
  const after = house.connects("events", { username: "alice", password: good });
  house.gateAnswers(verified());
  expect(after.heardTypes()).toEqual(["welcome"]);
});

test("whoever was about to come in when the password became another is put out, and who has changed it stays", () => {
  const logins = ["the-first-login", "the-stolen-one"];
  const house = houseWith((call) => (call.type === "setPassword" ? { ok: true } : undefined));
  const alice = house.connects("events", { username: "alice", password: good });
  house.gateAnswers(verified({ login: logins[0] as string }));
  const mallory = house.connects("events", { username: "alice", token });
  alice.says(
    JSON.stringify({ type: "set_password", id: 1, payload: { old: good, password: "another good one" } }),
  );
  house.gateAnswers(verified({ login: logins[1] as string }));
  expect(mallory.heard()).toMatchObject([{ type: "error", payload: { code: "not_let_in" } }]);
  expect([alice.closing, alice.heardTypes().at(-1)]).toEqual([undefined, "ack"]);
});

test("a login does not go on as one that ended while the gate looked at it", () => {
  const house = houseWith((call) => (call.type === "verify" ? verified({ login: "one" }) : undefined), "jwt");
  const alice = house.connects("events", { token });
  alice.heard();
  alice.says(JSON.stringify({ type: "refresh", id: 1, payload: { token: `${token}-newer` } }));
  house.feed({ type: "loginEnded", account: "alice", login: "another" });
  house.gateAnswers(verified({ login: "another" }));
  expect(alice.heard()).toMatchObject([{ type: "error", id: 1, payload: { code: "not_let_in" } }]);
  expect(alice.closing).toBeUndefined();
});
