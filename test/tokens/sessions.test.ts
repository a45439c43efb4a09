// What becomes of those who are here by a token: who they are, how long they stay, and who puts them out.

import { once } from "node:events";
import { expect, test } from "vitest";
import { WebSocket } from "ws";
import { runServer, temporaryFolder } from "../support/server-process.ts";
import type { Members } from "./issuer.ts";
import { goodToken, issuer, keySet, keySigner, secretSigner } from "./issuer.ts";
import { startKeyServer } from "./key-server.ts";
import { keyFlags, now, serve, verdictOn } from "./serving.ts";

const signer = secretSigner();
const token = (claims: Members = {}): string => goodToken(signer, now(), claims);

test("a token is shown in the URL, in a header, or as a subprotocol that is not answered", async () => {
  const server = await serve(keyFlags(signer));
  const bearer = { authorization: `Bearer ${token()}` };
  for (const [path, headers] of [
    [`/ws?token=${token()}`, {}],
    ["/ws", bearer],
    ["/ws?username=alice", bearer],
  ] as const) {
    const talker = await server.connects(path, "alice", headers);
    await talker.hears({ type: "welcome", payload: { username: "alice", auth: "jwt", kept: true } });
  }
  const browser = new WebSocket(`${server.url}/ws`, ["chat.v1", `bearer.${token()}`]);
  const [welcome] = await once(browser, "message");
  expect(JSON.parse(String(welcome))).toMatchObject({ type: "welcome", payload: { username: "alice" } });
  expect(browser.protocol).toBe("chat.v1");
  browser.terminate();
});

test("a token in the URL alone is a login; the same account is the same user, here and after a restart", async () => {
  const folder = temporaryFolder();
  const flags = keyFlags(signer);
  const first = await serve(flags, folder);
  const alice = await first.connects(`/ws?token=${token()}`);
  await alice.hears({ type: "welcome", payload: { username: "alice", kept: true } });
  alice.says('{"type":"send_message","id":1,"payload":{"message":"mine"}}');
  await alice.hears({ type: "ack" });
  // Somebody else of the same issuer whose name is the same is not she.
  const other = await first.connects(`/ws?token=${token({ sub: "another alice" })}`);
  await other.hears({ type: "error", payload: { code: "name_taken" } });
  await first.ends("SIGTERM");
  const second = await serve(flags, folder);
  const again = await second.connects(`/ws?token=${token({ jti: "newer" })}&since=everyone:0`);
  await again.hears({ type: "welcome", payload: { username: "alice" } });
  await again.hears({ type: "new_message", payload: { message: "mine", from: "alice" } });
  // What the issuer calls her by now changes nothing here.
  const renamed = await second.connects(
    `/ws?token=${token({ preferred_username: "alicia" })}&since=everyone:0`,
  );
  await renamed.hears({ type: "welcome", payload: { username: "alice", here: 1 } });
  await renamed.hears({ type: "new_message", payload: { message: "mine", from: "alice" } });
  const newer = token({ preferred_username: "alicia" });
  for (const username of ["alice", "alicia"]) {
    const named = await second.connects(`/ws?username=${username}&token=${newer}`, username);
    await named.hears({ type: "welcome", payload: { username: "alice" } });
    const simple = await second.connects(`/v1/ws?username=${username}&token=${newer}`, `simple ${username}`);
    simple.says(`{"message":"from ${username}","id":1}`);
    await simple.hears({ ack: { id: 1 } });
  }
  const another = await second.connects(`/ws?username=carl&token=${newer}`, "as carl");
  await another.hears({ type: "error", payload: { code: "not_let_in" } });
});

test("a connection ends with its token, and goes on by a newer one of the same account only", async () => {
  const server = await serve([...keyFlags(signer), "--jwt-skew", "0s"]);
  const short = () => token({ exp: now() + 6 });
  const lapses = await server.connects(`/ws?token=${short()}`);
  const renews = await server.connects(`/ws?token=${short()}`);
  await lapses.hears({ type: "welcome" });
  await renews.hears({ type: "welcome" });
  const refresh = (text: string) => JSON.stringify({ type: "refresh", id: 1, payload: { token: text } });
  renews.says(refresh(goodToken(signer, now(), { sub: "id-of-bob", preferred_username: "bob" })));
  await renews.hears({ type: "error", id: 1, payload: { code: "not_let_in" } });
  renews.says(refresh(goodToken(secretSigner(), now())));
  await renews.hears({ type: "error", id: 1, payload: { code: "not_let_in" } });
  renews.says(refresh(token()));
  await renews.hears({ type: "refresh", id: 1, payload: { token_until: expect.any(Number) } });
  await lapses.hears({ type: "error", payload: { code: "login_expired" } });
  await lapses.isClosed(4401);
  renews.says('{"type":"send_message","id":2,"payload":{"message":"still alice"}}');
  await renews.hears({ type: "ack", id: 2 }, { type: "new_message", payload: { from: "alice" } });
});

test("a session that is ended is closed with 4401, and its token lets nobody in again, after a restart too", async () => {
  const folder = temporaryFolder();
  const flags = keyFlags(signer);
  const server = await serve(flags, folder);
  const lost = token({ jti: "lost phone" });
  const phone = await server.connects(`/ws?token=${lost}`);
  await phone.hears({ type: "welcome" });
  phone.says('{"type":"sessions","id":1}');
  const { payload } = (await phone.next()) as { payload: { sessions: { session: string }[] } };
  const [{ session } = { session: "" }] = payload.sessions;
  const laptop = await server.connects(`/ws?token=${token({ jti: "laptop" })}`);
  await laptop.hears({ type: "welcome" });
  laptop.says(JSON.stringify({ type: "end_session", id: 2, payload: { session } }));
  await laptop.hears({ type: "ack", id: 2 });
  await phone.isClosed(4401);
  expect(await verdictOn(server, lost)).toBe("not_let_in");
  await server.ends("SIGTERM");
  expect(await verdictOn(await serve(flags, folder), lost)).toBe("not_let_in");
});

test("a token that was shown before a restart, and not since, is listed after it, and ended by its owner or an admin", async () => {
  const folder = temporaryFolder();
  const flags = [...keyFlags(signer), "--jwt-admin-claim", "role=keeper"];
  const bobs = { sub: "id-of-bob", preferred_username: "bob" };
  const [lost, old] = [token({ jti: "lost phone" }), token({ ...bobs, jti: "old laptop" })];
  const first = await serve(flags, folder);
  for (const each of [lost, old]) expect(await verdictOn(first, each)).toBe("let in");
  await first.ends("SIGTERM");
  const server = await serve(flags, folder);
  const admin = token({ jti: "keeper's", role: "keeper" });
  const alice = await server.connects(`/ws?token=${admin}`);
  await alice.hears({ type: "welcome", payload: { role: "admin" } });
  const ends = async (username: object): Promise<void> => {
    alice.says(JSON.stringify({ type: "sessions", id: 1, payload: username }));
    const listed = (await alice.nextOf("sessions")) as {
      payload: { sessions: { session: string; here: number }[] };
    };
    const unused = listed.payload.sessions.filter(({ here }) => here === 0);
    expect(unused).toHaveLength(1);
    const session = unused[0]?.session;
    alice.says(JSON.stringify({ type: "end_session", id: 2, payload: { session, ...username } }));
    await alice.nextOf("ack");
  };
  await ends({});
  // bob is not here.
  await ends({ username: "bob" });
  for (const each of [lost, old]) expect(await verdictOn(server, each)).toBe("not_let_in");
  await server.ends("SIGTERM");
  const third = await serve(flags, folder);
  for (const each of [lost, old]) expect(await verdictOn(third, each)).toBe("not_let_in");
  expect(await verdictOn(third, token({ ...bobs, jti: "newer" }))).toBe("let in");
});

test("all that somebody was given can be ended at the shell: they are put out, and what is newer lets them in", async () => {
  const folder = temporaryFolder();
  const server = await serve(keyFlags(signer), folder);
  const old = token({ iat: now() - 60 });
  const alice = await server.connects(`/ws?token=${old}`);
  await alice.hears({ type: "welcome" });
  const bob = await server.connects(`/ws?token=${token({ sub: "bob", preferred_username: "bob" })}`);
  await bob.hears({ type: "welcome" });
  const words = ["admin", "end-tokens", issuer, "id-of-alice", "--data", folder];
  expect(await runServer(words)).toMatchObject({
    code: 0,
    out: expect.stringContaining("lets nobody in any more"),
  });
  await alice.isClosed(4401);
  expect(await verdictOn(server, old)).toBe("not_let_in");
  await expect.poll(() => verdictOn(server, token()), { timeout: 8_000, interval: 300 }).toBe("let in");
  bob.says('{"type":"ping","id":1}');
  await bob.hears({ id: 1 });
  const audit = await runServer(["admin", "audit", "--data", folder]);
  expect(audit.out).toMatch(/\(shell\) {2}end tokens {2}id-of-alice {2}https:/);
});

test("keys change under those who are here: they go on, the new key lets in, the old one does not", async () => {
  const [first, second] = [keySigner("RS256", "first"), keySigner("RS256", "second")];
  const keys = await startKeyServer(keySet(first));
  const server = await serve(["--jwt-jwks-url", keys.url]);
  const early = await server.connects(`/ws?token=${goodToken(first, now())}`);
  await early.hears({ type: "welcome" });
  keys.answers(keySet(second));
  // The set is asked for again for an unknown key ten seconds after the last time.
  const bob = () => goodToken(second, now(), { sub: "bob", preferred_username: "bob" });
  await expect.poll(() => verdictOn(server, bob()), { timeout: 20_000, interval: 500 }).toBe("let in");
  expect(await verdictOn(server, goodToken(first, now()))).toBe("not_let_in");
  early.says('{"type":"send_message","id":1,"payload":{"message":"still here"}}');
  await early.hears({ type: "ack", id: 1 });
});
