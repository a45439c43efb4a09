// What one does with an account: making it, its sessions, its password.

import { describe, expect, test } from "vitest";
import type { GateAnswer, GateCall, Name, NameKey, WallMillis } from "../src/index.js";
import { good, houseWith, no, oneAccount, token, verified } from "./gate-people.js";
import type { Asked, Wire } from "./hub-house.js";
import { HubHouse } from "./hub-house.js";

const wish = (payload: object, id = 1): string => JSON.stringify({ type: "register", id, payload });
const codes = (wire: Wire): unknown[] => wire.heard().map(({ payload }) => payload?.["code"]);
const done: GateAnswer = { ok: true };

test("help tells before the login what a login must show, and who may make an account", () => {
  const told = (["open", "password", "jwt"] as const).map((auth) => {
    const guest = houseWith(oneAccount, auth).connects("events");
    guest.says("help");
    const { auth: shown, registration } = guest.heard()[0]?.payload ?? {};
    return [shown, registration];
  });
  expect(told).toEqual([
    ["open", undefined],
    ["password", "closed"],
    ["jwt", undefined],
  ]);
});

const listed = {
  ok: true,
  logins: [
    { login: "first", since: 1_000 as WallMillis, until: undefined },
    { login: "elsewhere", since: 0 as WallMillis, until: 9_000 as WallMillis },
  ],
} as const;

describe("register", () => {
  test("makes an account and is answered as a login", () => {
    const house = houseWith((call) =>
      call.type === "register" && call.invite === "a-code-of-16-or-more" ? verified({ token }) : undefined,
    );
    const alice = house.connects("events");
    alice.says(wish({ username: "Alice", password: good, invite: "a-code-of-16-or-more" }));
    expect(alice.heard()).toMatchObject([
      { type: "welcome", id: 1, payload: { username: "Alice", kept: true, token } },
    ]);
    alice.says(wish({ username: "bob", password: good }));
    expect(codes(alice)).toEqual(["already_logged_in"]);
  });

  test("goes on as a login does: with what was said before, and into rooms", () => {
    const house = houseWith(() => verified({ token }));
    const alice = house.connects("events");
    alice.says(wish({ username: "alice", password: good, since: "everyone:-5", rooms: "nowhere" }));
    expect(alice.heard().map(({ type, payload }) => payload?.["code"] ?? type)).toEqual([
      "welcome",
      "unknown_conversation",
      "resumed",
    ]);
    const guest = house.connects("events");
    guest.says(wish({ username: "alice", password: good, since: "everyone" }));
    expect(codes(guest)).toEqual(["bad_since"]);
  });

  test.each(["name_taken", "registration_closed", "invite_needed", "weak_password", "too_many"] as const)(
    "%s: it may be tried again",
    (code) => {
      const house = houseWith(() => no(code));
      const guest = house.connects("events");
      guest.says(wish({ username: "alice", password: good }));
      expect(guest.heard()).toMatchObject([{ type: "error", id: 1, payload: { code } }]);
      expect(guest.closing).toBeUndefined();
    },
  );

  test("a name that is none is not asked for, and one user has so many connections", () => {
    const house = houseWith(() => verified());
    const guest = house.connects("events");
    guest.says(wish({ username: "not a name", password: good }));
    expect(codes(guest)).toEqual(["bad_name"]);
    for (let n = 0; n < 16; n += 1) house.connects("events", { token });
    guest.says(wish({ username: "alice", password: good }));
    expect(codes(guest)).toEqual(["limit_reached"]);
  });

  test("where there are no passwords nobody can make an account", () => {
    for (const auth of ["open", "jwt"] as const) {
      const guest = houseWith(() => verified(), auth).connects("events");
      guest.says(wish({ username: "alice", password: good }));
      expect(codes(guest)).toEqual(["registration_closed"]);
    }
  });

  test("of one address only so many are made", () => {
    const house = houseWith(() => no("weak_password"));
    const made = houseWith((call) => verified({ account: (call as { name: { key: string } }).name.key }));
    const tries = (where: HubHouse): unknown[] =>
      Array.from({ length: 52 }, () => {
        const guest = where.connects("events", {}, "192.0.2.1");
        guest.says(wish({ username: "alice", password: good }));
        guest.closes(true);
        return codes(guest)[0];
      });
    expect(tries(house)).not.toContain("rate_limited");
    expect(tries(made).slice(48)).toEqual([undefined, undefined, "rate_limited", "rate_limited"]);
  });
});

describe("sessions", () => {
  test("are what the gate knows of and who is here, the asking one marked", () => {
    const house = houseWith((call) => (call.type === "logins" ? listed : oneAccount(call)));
    const alice = house.connects("events", { token });
    house.connects("events", { token });
    house.gate = () => verified({ login: "kept by nobody" });
    house.connects("simple", { username: "alice", password: good });
    house.gate = (call) => (call.type === "logins" ? listed : undefined);
    alice.heard();
    alice.says('{"type":"sessions","id":1}');
    expect(alice.heard()).toEqual([
      {
        type: "sessions",
        id: 1,
        payload: {
          sessions: [
            { session: "first", since: 1_000, here: 2, current: true },
            { session: "elsewhere", until: 9_000, here: 0 },
            { session: "kept by nobody", since: 1_795_357_825_000, here: 1 },
          ],
          more: false,
        },
      },
    ]);
  });

  test("one that is ended closes its connections, whether the gate kept it or not; others stay", () => {
    const house = houseWith();
    const alice = house.connects("events", { token });
    house.gate = () => verified({ login: "second" });
    const other = house.connects("events", { token });
    house.gate = (call) => (call.type === "endLogin" ? no("unknown_session") : undefined);
    alice.heard();
    alice.says('{"type":"end_session","id":1,"payload":{"session":"second"}}');
    expect(alice.heard()).toMatchObject([{ type: "ack", id: 1 }]);
    expect([alice.closing, other.closing]).toEqual([undefined, "loginEnded"]);
    alice.says('{"type":"end_session","id":2,"payload":{"session":"second"}}');
    expect(codes(alice)).toEqual(["unknown_session"]);
    house.gate = () => no("unavailable");
    alice.says('{"type":"end_session","id":3,"payload":{"session":"first"}}');
    expect(codes(alice)).toEqual(["unavailable"]);
    house.gate = () => done;
    alice.says('{"type":"end_session","id":4,"payload":{"session":"first"}}');
    expect(alice.heard()).toMatchObject([{ type: "ack", id: 4 }]);
    expect(alice.closing).toBe("loginEnded");
  });
});

describe("somebody else's sessions", () => {
  const keeper = { username: "alice", by: "", reason: "", account: "alice" };
  const bob = { username: "bob", key: "bob" as NameKey };

  /** alice looks after the house; bob has an account, and was here. */
  function houseOfTwo(gate: (call: GateCall) => GateAnswer | undefined) {
    const minded = [{ kind: "admin", key: "user:1", value: JSON.stringify(keeper) } as const];
    const house = new HubHouse({}, "password", minded);
    house.gate = oneAccount;
    const alice = house.connects("events", { token });
    house.gate = () => verified({ account: "bob", name: { spelling: "Bob", key: bob.key } as Name });
    house.connects("events", { token }).closes(true);
    house.gate = gate;
    alice.heard();
    return { house, alice };
  }

  test("are listed and ended by an admin, also while they are not here; what is ended and its audit line are one call", () => {
    const asked: GateCall[] = [];
    const { house, alice } = houseOfTwo((call) => {
      asked.push(call);
      return call.type === "logins" ? listed : done;
    });
    alice.says('{"type":"sessions","id":1,"payload":{"username":"bob"}}');
    expect(alice.heard()).toMatchObject([
      { type: "sessions", payload: { sessions: [{ session: "first", here: 0 }, { session: "elsewhere" }] } },
    ]);
    alice.says('{"type":"end_session","id":2,"payload":{"username":"bob","session":"elsewhere"}}');
    expect(alice.heard()).toMatchObject([{ type: "ack", id: 2, payload: { conversation: "everyone" } }]);
    const audit = { by: "Alice", action: "end_session", about: "Bob", detail: "everyone, session elsewhere" };
    expect(asked).toMatchObject([
      { type: "logins", account: "bob" },
      { type: "endLogin", account: "bob", login: "elsewhere", audit },
    ]);
    expect(house.store.records.lines).toEqual([]);
    alice.says('{"type":"sessions","id":3,"payload":{"username":"nobody"}}');
    expect(codes(alice)).toEqual(["unknown_user"]);
  });

  test("of a login that the gate does not keep nobody is put out before the audit log has it", () => {
    const { house, alice } = houseOfTwo((call) =>
      call.type === "endLogin" ? no("unknown_session") : undefined,
    );
    house.gate = () =>
      verified({ account: "bob", login: "basic", name: { spelling: "Bob", key: bob.key } as Name });
    const here = house.connects("simple", { username: "bob", password: good });
    house.gate = () => no("unknown_session");
    house.isSlow = true;
    alice.says('{"type":"end_session","id":2,"payload":{"username":"bob","session":"basic"}}');
    house.answers();
    const [asked] = house.waiting.splice(0) as [Asked];
    expect(asked.call).toMatchObject({ type: "keep", audit: { action: "end_session", about: "Bob" } });
    expect([here.closing, alice.heard()]).toEqual([undefined, []]);
    house.feed({ type: "answered", ask: asked.ask, answer: { ok: false, code: "storage_full" } });
    expect([here.closing, codes(alice)]).toEqual([undefined, ["storage_full"]]);
    alice.says('{"type":"end_session","id":4,"payload":{"username":"bob","session":"basic"}}');
    house.answers();
    const [refused] = house.waiting.splice(0) as [Asked];
    // Who has ordered it is an admin no more when it is kept.
    house.feed({ type: "answered", ask: refused.ask, answer: { ok: true, kept: false, lacks: 0 } });
    expect([here.closing, codes(alice)]).toEqual([undefined, ["forbidden"]]);
    alice.says('{"type":"end_session","id":3,"payload":{"username":"bob","session":"basic"}}');
    house.answers();
    house.answers();
    expect(here.closing).toBe("loginEnded");
    expect(alice.heard()).toMatchObject([{ type: "ack", id: 3 }]);
  });

  test("whoever comes in by a login that is ended at that moment is put out", () => {
    const { house, alice } = houseOfTwo(() => undefined);
    house.gate = () =>
      verified({ account: "bob", login: "lost", name: { spelling: "Bob", key: bob.key } as Name });
    house.isSlow = true;
    const thief = house.connects("events", { token });
    house.gate = () => undefined;
    alice.says('{"type":"end_session","id":1,"payload":{"username":"bob","session":"lost"}}');
    // The store has not said yet whose name it is when the gate has ended the login.
    const identify = house.waiting.shift() as Asked;
    house.answers();
    house.gateAnswers(done);
    expect(thief.closing).toBe("loginEnded");
    house.waiting.unshift(identify);
    house.answers();
    expect(thief.heard().map(({ type }) => type)).not.toContain("welcome");
  });
});

describe("set_password", () => {
  const change =
    '{"type":"set_password","id":5,"payload":{"old":"what alice was given","password":"another"}}';

  test("puts out whoever is here by another login, and nobody else", () => {
    const asked: GateCall[] = [];
    const house = houseWith();
    const alice = house.connects("events", { token });
    const tab = house.connects("events", { token });
    house.gate = () => verified({ login: "second" });
    const thief = house.connects("events", { token });
    house.gate = (call) => {
      asked.push(call);
      return done;
    };
    alice.heard();
    alice.says(change);
    expect(asked).toMatchObject([{ type: "setPassword", account: "alice", login: "first", old: good }]);
    expect(alice.heard()).toMatchObject([{ type: "ack", id: 5 }]);
    expect([alice.closing, tab.closing, thief.closing]).toEqual([undefined, undefined, "loginEnded"]);
  });

  test("with a wrong old one it is refused, and so often only", () => {
    const house = houseWith((call) => (call.type === "verify" ? verified() : no("not_let_in")));
    const alice = house.connects("events", { token });
    alice.heard();
    for (let n = 0; n < 12; n += 1) alice.says(change);
    const expected = [...Array.from({ length: 10 }, () => "not_let_in"), "rate_limited", "rate_limited"];
    expect(codes(alice)).toEqual(expected);
    const other = house.connects("events", { username: "alice", password: good });
    expect(codes(other)).toEqual(["rate_limited"]);
  });

  test("a password that is weak, or kept elsewhere, is not taken", () => {
    const house = houseWith((call) => (call.type === "verify" ? verified() : no("weak_password")));
    const alice = house.connects("events", { token });
    alice.heard();
    alice.says(change);
    expect(codes(alice)).toEqual(["weak_password"]);
    const elsewhere = houseWith(() => verified(), "jwt").connects("events", { token });
    elsewhere.heard();
    elsewhere.says(change);
    expect(codes(elsewhere)).toEqual(["forbidden"]);
  });
});
