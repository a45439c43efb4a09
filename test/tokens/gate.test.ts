// What a good token gives, how a login goes on by a newer one, and how it ends before its time.

import type { GateAnswer, LoginsListed, Verified } from "chat-hub";
import { expect, test } from "vitest";
import { fileWith, Gatehouse, keysOf, nameOf, skewSeconds } from "./gatehouse.ts";
import { goodToken, issuer, secretSigner } from "./issuer.ts";

const signer = secretSigner();

function open(
  ...changed: ConstructorParameters<typeof Gatehouse> extends [unknown, ...infer Rest] ? Rest : []
) {
  return new Gatehouse(keysOf(signer), ...changed);
}

async function letIn(answer: Promise<GateAnswer>): Promise<Verified> {
  const given = await answer;
  expect(given).toMatchObject({ ok: true, login: expect.any(String) });
  return given as Verified;
}

/** Another gate on the same records. */
function restart({ records, second }: Gatehouse): Gatehouse {
  const restarted = open();
  for (const [key, record] of records) restarted.records.set(key, record);
  restarted.second = second;
  return restarted;
}

const notLetIn = { ok: false, code: "not_let_in" };

test("a token gives the account, the name and the end; the login's id is neither the token nor its jti", async () => {
  const house = open();
  const token = goodToken(signer, house.second, { jti: "number one" });
  const given = await letIn(house.shows(token));
  expect(given).toEqual({
    ok: true,
    account: `jwt:${issuer} id-of-alice`,
    name: nameOf("alice"),
    admin: false,
    login: expect.stringMatching(/^[\w-]{22}$/),
    until: (house.second + 300 + skewSeconds) * 1000,
  });
  expect(token).not.toContain(given.login);
  expect(given.login).not.toContain("number one");
});

test("the same token is the same login; another of the same account is another, unless it has the same jti", async () => {
  const house = open();
  const login = async (claims: object) =>
    (await letIn(house.shows(goodToken(signer, house.second, { ...claims })))).login;
  const one = await login({});
  expect(await login({})).toBe(one);
  expect(await login({ exp: house.second + 200 })).not.toBe(one);
  const named = await login({ jti: "a" });
  expect(await login({ jti: "a", exp: house.second + 200 })).toBe(named);
  expect(await login({ jti: "a", sub: "somebody else" })).not.toBe(named);
});

test("whatever name is asked for, the gate tells whose the token is: the name is the hub's to judge", async () => {
  const house = open();
  const token = goodToken(signer, house.second);
  for (const asked of ["bob", "ALICE"])
    expect((await letIn(house.shows(token, nameOf(asked)))).name.spelling).toBe("alice");
});

test("a password is no token, and accounts and passwords are the issuer's", async () => {
  const house = open();
  const { at } = house;
  const proof = { kind: "password", password: goodToken(signer, house.second) } as const;
  const name = nameOf("alice");
  const rest = { name, address: undefined, at };
  expect(await house.asks({ type: "verify", proof, exchange: false, ...rest })).toEqual(notLetIn);
  expect(
    await house.asks({ type: "register", password: "long and new", invite: undefined, ...rest }),
  ).toEqual({ ok: false, code: "registration_closed" });
  const account = "jwt:x y";
  const change = { old: "a", password: "b" };
  expect(
    await house.asks({ type: "setPassword", account, key: name.key, login: "x", ...change, at }),
  ).toEqual(notLetIn);
});

test.each([
  [{ role: "keeper" }, true],
  [{ role: ["reader", "keeper"] }, true],
  [{ role: "keepers" }, false],
  [{ role: [["keeper"]] }, false],
  [{ role: { keeper: true } }, false],
  [{ role: true }, false],
  [{ roles: "keeper" }, false],
  [{}, false],
])("who looks after the house is said by the claim that was named: %j is %s", async (claims, admin) => {
  const house = open({ adminClaim: { name: "role", value: "keeper" } });
  expect((await letIn(house.shows(goodToken(signer, house.second, claims)))).admin).toBe(admin);
});

test("such a claim may stand within another, or be a truth", async () => {
  const nested = open({ adminClaim: { name: "realm.roles", value: "keeper" } });
  const { second } = nested;
  const isAdmin = async (claims: object) =>
    (await letIn(nested.shows(goodToken(signer, second, { ...claims })))).admin;
  expect(await isAdmin({ realm: { roles: ["keeper"] } })).toBe(true);
  expect(await isAdmin({ "realm.roles": "keeper" })).toBe(true);
  expect(await isAdmin({ "realm.roles": "reader", realm: { roles: ["keeper"] } })).toBe(false);
  expect(await isAdmin({ realm: "keeper" })).toBe(false);
  const truth = open({ adminClaim: { name: "admin", value: "true" } });
  expect((await letIn(truth.shows(goodToken(signer, second, { admin: true })))).admin).toBe(true);
  expect((await letIn(truth.shows(goodToken(signer, second, { admin: 1 })))).admin).toBe(false);
});

test("the name is read from the claim that was named, and from no other then", async () => {
  const house = open({ nameClaim: "nick" });
  const { second } = house;
  expect((await letIn(house.shows(goodToken(signer, second, { nick: "bob" })))).name).toEqual(nameOf("bob"));
  expect(await house.shows(goodToken(signer, second))).toEqual(notLetIn);
});

test("without --jwt-audience's check any audience counts, and none", async () => {
  const house = open({ audience: "any" });
  for (const aud of ["shop", undefined, ["x"]])
    await letIn(house.shows(goodToken(signer, house.second, { aud })));
});

test("a login goes on by a newer token of the same account, and by nobody else's", async () => {
  const house = open();
  const { account, login, until = 0 } = await letIn(house.shows(goodToken(signer, house.second)));
  house.second += 200;
  const newer = await letIn(house.goesOn(account, login, goodToken(signer, house.second)));
  expect(newer).toMatchObject({ account, name: nameOf("alice"), until: until + 200_000 });
  const others = goodToken(signer, house.second, { sub: "id-of-bob" });
  expect(await house.goesOn(account, login, others)).toEqual(notLetIn);
  const old = goodToken(signer, house.second - 1_000);
  expect(await house.goesOn(account, login, old)).toEqual({ ok: false, code: "login_expired" });
  const { at } = house;
  expect(await house.asks({ type: "refresh", account, login, proof: undefined, at })).toEqual(notLetIn);
});

test("a login that is ended lets nobody in again, in no text of its token; others of the account go on", async () => {
  const house = open();
  const token = goodToken(signer, house.second, { jti: "lost" });
  const { account, login, until } = await letIn(house.shows(token));
  const other = goodToken(signer, house.second, { jti: "kept" });
  await letIn(house.shows(other));
  const end = { type: "endLogin", account, login } as const;
  expect(await house.asks({ ...end, at: house.at })).toEqual({ ok: true });
  expect(await house.shows(token)).toEqual(notLetIn);
  expect(await house.goesOn(account, login, other)).toEqual(notLetIn);
  await letIn(house.shows(other));
  expect(await house.asks({ ...end, at: house.at })).toEqual({ ok: false, code: "unknown_session" });
  // It is kept for as long as the token could be shown, and no longer.
  expect([...house.records.values()].find(({ key }) => key.includes(login))).toEqual({
    kind: "login",
    key: expect.any(String),
    value: expect.stringContaining("ended"),
    until,
  });
});

test("what was ended is ended after a restart too, and for another server on the same store", async () => {
  const house = open();
  const token = goodToken(signer, house.second);
  const { account, login } = await letIn(house.shows(token));
  await house.asks({ type: "endLogin", account, login, at: house.at });
  const restarted = restart(house);
  expect(await restarted.shows(token)).toEqual(notLetIn);
});

test("what was shown before a restart is listed after it, though nobody has shown it since, and can be ended", async () => {
  const house = open();
  const token = goodToken(signer, house.second);
  const { account, login, until } = await letIn(house.shows(token));
  const restarted = restart(house);
  const list = () => restarted.asks({ type: "logins", account, at: house.at });
  expect(await list()).toEqual({ ok: true, logins: [{ login, since: house.at, until }] });
  const audit = { by: "carol", action: "end_session", about: "alice", detail: "" };
  expect(await restarted.asks({ type: "endLogin", account, login, audit, at: house.at })).toEqual({
    ok: true,
  });
  expect(restarted.audit).toEqual([audit]);
  expect(await list()).toEqual({ ok: true, logins: [] });
  expect(await restarted.shows(token)).toEqual(notLetIn);
});

test("a text of a token that lasts longer is kept as ended for as long", async () => {
  const house = open();
  const long = goodToken(signer, house.second, { jti: "lost", exp: house.second + 900 });
  const { account, login } = await letIn(house.shows(goodToken(signer, house.second, { jti: "lost" })));
  await letIn(house.shows(long));
  expect(await house.asks({ type: "endLogin", account, login, at: house.at })).toEqual({ ok: true });
  house.second += 600;
  expect(await house.shows(long)).toEqual(notLetIn);
});

test("of very many logins of one account those that end last are listed; the others are good all the same", async () => {
  const house = open();
  const tokens = Array.from({ length: 101 }, (_, index) =>
    goodToken(signer, house.second, { exp: house.second + 300 + index }),
  );
  let account = "";
  for (const token of tokens) ({ account } = await letIn(house.shows(token)));
  const listed = (await house.asks({ type: "logins", account, at: house.at })) as LoginsListed;
  expect(listed.logins.map(({ until = 0 }) => until / 1000 - house.second - skewSeconds)).toEqual(
    Array.from({ length: 100 }, (_, index) => 301 + index),
  );
  await letIn(house.shows(tokens[0] ?? ""));
});

test("while the store can't say what was ended, nobody comes in, and nothing is ended by half", async () => {
  const house = open();
  const token = goodToken(signer, house.second);
  const { account, login } = await letIn(house.shows(token));
  house.storeFails = true;
  const unavailable = { ok: false, code: "unavailable" };
  expect(await house.shows(token)).toEqual(unavailable);
  expect(await house.asks({ type: "endLogin", account, login, at: house.at })).toEqual(unavailable);
  house.storeFails = false;
  await letIn(house.shows(token));
});

test("a login ended after the store was asked about it does not come in", async () => {
  const house = open();
  const token = goodToken(signer, house.second);
  const { account, login } = await letIn(house.shows(token));
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const recalled = new Promise<void>((resolve) => {
    house.recalled = () => {
      house.recalled = () => Promise.resolve();
      resolve();
      return released;
    };
  });
  const again = house.shows(token);
  await recalled;
  expect(await house.asks({ type: "endLogin", account, login, at: house.at })).toEqual({ ok: true });
  release();
  expect(await again).toEqual(notLetIn);
});

test("of an account all that it was given so far can be ended; what it is given later counts", async () => {
  const house = open();
  const { account } = await letIn(house.shows(goodToken(signer, house.second)));
  const timeless = goodToken(signer, house.second, { iat: undefined });
  await letIn(house.shows(timeless));
  house.second += 10;
  house.endsAll(account);
  expect(await house.shows(goodToken(signer, house.second - 10))).toEqual(notLetIn);
  expect(await house.shows(goodToken(signer, house.second))).toEqual(notLetIn);
  expect(await house.shows(timeless)).toEqual(notLetIn);
  await letIn(house.shows(goodToken(signer, house.second, { sub: "somebody else" })));
  house.second += 1;
  await letIn(house.shows(goodToken(signer, house.second)));
});

test("the logins of an account are those that came in and are still good; nobody ends another's", async () => {
  const house = open();
  const { second, at } = house;
  const { account, login, until } = await letIn(house.shows(goodToken(signer, second)));
  const later = await letIn(house.shows(goodToken(signer, second, { exp: second + 900 })));
  const bob = await letIn(house.shows(goodToken(signer, second, { sub: "bob" })));
  const list = async () => house.asks({ type: "logins", account, at: house.at });
  const row = { login: later.login, since: at, until: later.until };
  expect(await list()).toEqual({ ok: true, logins: [{ login, since: at, until }, row] });
  expect(await house.asks({ type: "endLogin", account, login: bob.login, at })).toEqual({
    ok: false,
    code: "unknown_session",
  });
  await house.asks({ type: "endLogin", account, login, at });
  expect(await list()).toEqual({ ok: true, logins: [row] });
  house.second += 1_000;
  expect(await list()).toEqual({ ok: true, logins: [] });
});

test("a flood of bad tokens is one line in a while, with their number", async () => {
  const house = open();
  for (let count = 0; count < 100; count += 1) await house.shows(`bad.token.${count}`);
  expect(house.lines).toEqual(["a token was refused: it is not written in plain base64url"]);
  house.second += 10;
  await house.shows("no token");
  expect(house.lines[1]).toMatch(/^a token was refused: .* \(and 99 more since the last such line\)$/);
});

test("a key file that is not there is one line", async () => {
  const house = new Gatehouse({ kind: "publicKey", file: `${fileWith("")}-gone` });
  await expect(house.opened).rejects.toThrow(/^--jwt-key-file .*: there is no such file$/);
});
