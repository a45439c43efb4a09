// The gate for passwords: who is let in by what, for how long, and what is kept of it.

import type { Gate, GateAnswer, GateCall, Name, Registration, UserId, WallMillis } from "chat-hub";
import { defaultLimits, parseName } from "chat-hub";
import { beforeEach, describe, expect, test } from "vitest";
import { addAccount, makeInvite, setAccountDisabled, setAccountPassword } from "../dist/gates/accounts.js";
import { Hashes } from "../dist/gates/password/hashes.js";
import { openPasswordGate } from "../dist/gates/password.js";
import { FewRecords } from "./few-records.js";

const start = 1_795_357_825_000;
const day = 86_400_000;
const password = "four words nobody guesses";
const other = "and quite another one";

function named(text: string): Name {
  const name = parseName(text, defaultLimits);
  if (!name.ok) throw new Error(name.fault);
  return name.value;
}
const alice = named("Alice");

type Verified = Extract<GateAnswer, { account: string }>;

class Gatehouse {
  readonly records = new FewRecords();
  readonly hashes = new Hashes({ ln: 4, r: 8, p: 1 });
  readonly ended: string[] = [];
  at = start as WallMillis;
  readonly gate: Gate<(answer: GateAnswer) => void>;

  constructor(registration: Registration = "closed") {
    this.gate = openPasswordGate(
      { registration, loginLifeMs: 30 * day },
      {
        records: this.records.ask,
        hashes: this.hashes,
        answer: (ask, answer) => ask(answer),
        ended: (account, login) => this.ended.push(`${account} ${login}`),
      },
    );
  }

  async add(name = alice): Promise<void> {
    expect(await addAccount(this.records.ask, this.hashes, { name, password, at: this.at })).toEqual({
      ok: true,
    });
  }

  asks<Answer = GateAnswer>(call: GateCall): Promise<Answer> {
    return new Promise((resolve) => this.gate.ask((answer) => resolve(answer as Answer), call));
  }

  shows(shown: string, name: Name | undefined = alice, exchange = true): Promise<Verified> {
    const proof = { kind: "password", password: shown } as const;
    return this.asks({ type: "verify", name, proof, exchange, address: undefined, at: this.at });
  }

  comesBy(token: string | undefined, name?: Name): Promise<Verified> {
    const proof = { kind: "token", token: token ?? "" } as const;
    return this.asks({ type: "verify", name, proof, exchange: false, address: undefined, at: this.at });
  }

  registers(name: Name, invite?: string): Promise<Verified> {
    return this.asks({ type: "register", name, password, invite, address: undefined, at: this.at });
  }

  async logins(): Promise<string[]> {
    const call = { type: "logins", account: "alice", at: this.at } as const;
    const listed = await this.asks<{ logins: readonly { login: string }[] }>(call);
    return listed.logins.map(({ login }) => login);
  }
}

const notLetIn = { ok: false, code: "not_let_in" };
let house: Gatehouse;
beforeEach(async () => {
  house = new Gatehouse();
  await house.add();
});

describe("a password", () => {
  test("is exchanged for a token, by which the account comes back, under the name it has", async () => {
    const first = await house.shows(password, named("ALICE"));
    expect(first).toEqual({
      ok: true,
      account: "alice",
      name: alice,
      admin: false,
      login: expect.stringMatching(/^[\w-]{24}$/),
      until: start + 30 * day,
      token: expect.stringMatching(/^[\w-]{24}\.[\w-]{43}$/),
    });
    const { token, ...rest } = first;
    expect(await house.comesBy(token)).toEqual(rest);
    expect(await house.comesBy(token, alice)).toEqual(rest);
    expect(await house.comesBy(token, named("bob"))).toEqual(notLetIn);
  });

  test("is not exchanged where nobody could be told the token", async () => {
    expect(await house.shows(password, alice, false)).not.toHaveProperty("token");
    expect([...house.records.kept.keys()].filter((key) => key.startsWith("login"))).toEqual([]);
  });

  test("neither it nor the token is kept, nor anything that begins with one", async () => {
    const { token = "" } = await house.shows(password);
    const kept = JSON.stringify([...house.records.kept]);
    expect(kept).not.toContain(password);
    expect(kept).not.toContain(token.split(".")[1]);
    expect(kept).not.toContain(token);
  });

  test("a wrong one and an unknown account are answered alike, after one hash each", async () => {
    const before = house.hashes.computed;
    const wrong = await house.shows(other);
    const afterWrong = house.hashes.computed;
    const unknown = await house.shows(other, named("nobody"));
    expect([wrong, unknown]).toEqual([notLetIn, notLetIn]);
    expect([afterWrong - before, house.hashes.computed - afterWrong]).toEqual([1, 1]);
    await setAccountDisabled(house.records.ask, { key: alice.key, disabled: true, at: house.at });
    expect(await house.shows(password)).toEqual(notLetIn);
    expect(house.hashes.computed - afterWrong).toBe(2);
  });

  test("many at once: some are told to come again, nobody is let in by a wrong one", async () => {
    const answers = await Promise.all(Array.from({ length: 80 }, () => house.shows(other)));
    const codes = answers.map((answer) => (answer as { code?: string }).code);
    expect(new Set(codes)).toEqual(new Set(["not_let_in", "too_many"]));
    expect(codes.filter((code) => code === "too_many")).toHaveLength(14);
  });

  test("an account that is disabled while its password is looked at is not let in", async () => {
    for (const exchange of [true, false]) {
      const coming = house.shows(password, alice, exchange);
      await setAccountDisabled(house.records.ask, { key: alice.key, disabled: true, at: house.at });
      expect(await coming).toEqual(notLetIn);
      await setAccountDisabled(house.records.ask, { key: alice.key, disabled: false, at: house.at });
    }
  });
});

describe("a token", () => {
  test("that is over is told so, for a while; one that never was is not", async () => {
    const { token = "" } = await house.shows(password);
    house.at = (start + 30 * day - 1) as WallMillis;
    expect(await house.comesBy(token)).toMatchObject({ ok: true });
    house.at = (start + 30 * day) as WallMillis;
    expect(await house.comesBy(token)).toEqual({ ok: false, code: "login_expired" });
    const forged = `${token.slice(0, -2)}${token.endsWith("AA") ? "BB" : "AA"}`;
    for (const wrong of [forged, token.split(".")[0], "x".repeat(68), `${"x".repeat(24)}.${"y".repeat(43)}`])
      expect(await house.comesBy(wrong)).toEqual(notLetIn);
    house.at = (start + 60 * day) as WallMillis;
    expect(await house.comesBy(token)).toEqual(notLetIn);
  });

  test("is no good any more once its login was ended, its account disabled or its password changed elsewhere", async () => {
    const { token, login } = await house.shows(password);
    const elsewhere = await house.shows(password);
    const end = { type: "endLogin", account: "alice", login, at: house.at } as const;
    expect(await house.asks({ ...end, account: "bob" })).toEqual({ ok: false, code: "unknown_session" });
    expect(await house.asks(end)).toEqual({ ok: true });
    expect(await house.asks(end)).toEqual({ ok: false, code: "unknown_session" });
    expect(await house.comesBy(token)).toEqual(notLetIn);
    expect(await house.comesBy(elsewhere.token)).toMatchObject({ ok: true });
    await setAccountDisabled(house.records.ask, { key: alice.key, disabled: true, at: house.at });
    await setAccountDisabled(house.records.ask, { key: alice.key, disabled: false, at: house.at });
    expect(await house.comesBy(elsewhere.token)).toEqual(notLetIn);
    const third = await house.shows(password);
    await setAccountPassword(house.records.ask, house.hashes, {
      key: alice.key,
      password: other,
      at: house.at,
    });
    expect(await house.comesBy(third.token)).toEqual(notLetIn);
    expect(await house.shows(password)).toEqual(notLetIn);
    expect(await house.shows(other)).toMatchObject({ ok: true });
  });

  test("is not ended by whoever may not when it is kept", async () => {
    const { token, login } = await house.shows(password);
    const end = { type: "endLogin", account: "alice", login, at: house.at } as const;
    const requires = [{ what: "admin", user: 99 as UserId }] as const;
    expect(await house.asks({ ...end, requires })).toEqual({ ok: false, code: "forbidden" });
    expect(await house.comesBy(token)).toMatchObject({ ok: true });
    expect(await house.asks(end)).toEqual({ ok: true });
    expect(await house.comesBy(token)).toEqual(notLetIn);
  });

  test("is renewed by a refresh; the old one is good until it would have ended, if the answer is lost", async () => {
    const { token, login } = await house.shows(password);
    house.at = (start + 10 * day) as WallMillis;
    const refresh = { type: "refresh", account: "alice", login, proof: undefined } as const;
    const newer = await house.asks<Verified>({ ...refresh, at: house.at });
    expect(newer).toMatchObject({ ok: true, account: "alice", login, until: start + 40 * day });
    expect(newer.token).not.toBe(token);
    expect(await house.comesBy(token)).toMatchObject({ ok: true, login, until: start + 30 * day });
    expect(await house.comesBy(newer.token)).toMatchObject({ ok: true, login, until: start + 40 * day });
    house.at = (start + 30 * day) as WallMillis;
    expect(await house.comesBy(token)).toEqual({ ok: false, code: "login_expired" });
    expect(await house.comesBy(newer.token)).toMatchObject({ ok: true });
    expect(await house.asks({ ...refresh, account: "bob", at: house.at })).toEqual(notLetIn);
    house.at = (start + 40 * day) as WallMillis;
    expect(await house.asks({ ...refresh, at: house.at })).toEqual({ ok: false, code: "login_expired" });
  });

  test("logins are listed, a hundred of them; one more ends the one that ends first", async () => {
    const first = await house.shows(password);
    for (let n = 1; n < 100; n += 1) {
      house.at = (house.at + 1) as WallMillis;
      await house.shows(password);
    }
    expect(await house.logins()).toHaveLength(100);
    expect(house.ended).toEqual([]);
    await house.shows(password);
    expect(house.ended).toEqual([`alice ${first.login}`]);
    const left = await house.logins();
    expect([left.length, left.includes(first.login)]).toEqual([100, false]);
    expect(await house.comesBy(first.token)).toEqual(notLetIn);
  });
});

describe("another password", () => {
  const change = (login: string, old: string, newer: string) =>
    house.asks({
      type: "setPassword",
      account: "alice",
      key: alice.key,
      login,
      old,
      password: newer,
      at: house.at,
    });

  test("is taken from who knows the old one: this login goes on, all others have ended", async () => {
    const [own, thief] = [await house.shows(password), await house.shows(password)];
    expect(await change(own.login, "not the old one", other)).toEqual(notLetIn);
    expect(await change(own.login, password, "alicealice")).toEqual({ ok: false, code: "weak_password" });
    expect(await change(own.login, password, other)).toEqual({ ok: true });
    expect(await house.comesBy(own.token)).toMatchObject({ ok: true });
    expect(await house.comesBy(thief.token)).toEqual(notLetIn);
    expect(await house.shows(password)).toEqual(notLetIn);
    expect(await house.logins()).toEqual([own.login]);
  });
});

describe("an account of one's own", () => {
  test("closed: nobody makes one", async () => {
    expect(await house.registers(named("bob"))).toEqual({ ok: false, code: "registration_closed" });
  });

  test("open: anybody, once for a name, by a password that is not weak", async () => {
    const open = new Gatehouse("open");
    const bob = await open.registers(named("Bob"));
    expect(bob).toMatchObject({ ok: true, account: "bob", name: { spelling: "Bob" } });
    expect(await open.comesBy(bob.token)).toMatchObject({ ok: true, account: "bob" });
    expect(await open.shows(password, named("bob"))).toMatchObject({ ok: true });
    expect(await open.registers(named("BOB"))).toEqual({ ok: false, code: "name_taken" });
    const call = { type: "register", invite: undefined, address: undefined, at: open.at } as const;
    expect(await open.asks({ ...call, name: alice, password: "alicealice" })).toEqual({
      ok: false,
      code: "weak_password",
    });
  });

  test("nobody makes one that looks like another, were they made at once", async () => {
    const open = new Gatehouse("open");
    await open.registers(named("Mary"));
    expect(await open.registers(named("rnary"))).toEqual({ ok: false, code: "looks_alike" });
    const both = await Promise.all([open.registers(named("bob")), open.registers(named("b0b"))]);
    expect(both.map((answer) => ("code" in answer ? answer.code : "made")).sort()).toEqual([
      "looks_alike",
      "made",
    ]);
  });

  test("invite: whoever has a code, as often as it says and as long as it is good", async () => {
    const closed = new Gatehouse("invite");
    const { at } = closed;
    const made = await makeInvite(closed.records.ask, { uses: 2, until: (at + day) as WallMillis, at });
    const { code } = made as { code: string };
    const needed = { ok: false, code: "invite_needed" };
    expect(await closed.registers(named("bob"))).toEqual(needed);
    expect(await closed.registers(named("bob"), "another-code-of-chance")).toEqual(needed);
    expect(await closed.registers(named("bob"), code)).toMatchObject({ ok: true });
    expect(await closed.registers(named("bob"), code)).toEqual({ ok: false, code: "name_taken" });
    closed.at = (at + day) as WallMillis;
    expect(await closed.registers(named("carl"), code)).toEqual(needed);
    closed.at = at;
    expect(await closed.registers(named("carl"), code)).toMatchObject({ ok: true });
    expect(await closed.registers(named("dora"), code)).toEqual(needed);
  });

  test("two at once for one name, or by one use of a code: one is made", async () => {
    const open = new Gatehouse("open");
    const both = await Promise.all([open.registers(named("bob")), open.registers(named("bob"))]);
    expect(both.map((answer) => ("code" in answer ? answer.code : "made")).sort()).toEqual([
      "made",
      "name_taken",
    ]);
    const closed = new Gatehouse("invite");
    const made = await makeInvite(closed.records.ask, { uses: 1, at: closed.at });
    const { code } = made as { code: string };
    const two = await Promise.all([
      closed.registers(named("bob"), code),
      closed.registers(named("carl"), code),
    ]);
    expect(two.map((answer) => ("code" in answer ? answer.code : "made")).sort()).toEqual([
      "invite_needed",
      "made",
    ]);
  });
});

test("a store that is down, and a gate that closes, answer all that was asked", async () => {
  house.records.isDown = true;
  expect(await house.shows(password)).toEqual({ ok: false, code: "unavailable" });
  expect(await house.comesBy(`${"x".repeat(24)}.${"y".repeat(43)}`)).toEqual({
    ok: false,
    code: "unavailable",
  });
  house.records.isDown = false;
  const asked = Array.from({ length: 20 }, () => house.shows(other));
  await house.gate.close();
  const codes = (await Promise.all(asked)).map((answer) => (answer as { code?: string }).code);
  expect(codes).toContain("too_many");
});
