// The same forged tokens against a server that runs. No piece of a token is in anything that it says.

import { defaultLimits } from "chat-hub";
import { expect, test } from "vitest";
import type { ServerProcess } from "../support/server-process.ts";
import type { Talker } from "../support/talker.ts";
import { connect } from "../support/talker.ts";
import type { Row } from "./forged/row.ts";
import { rowsFor } from "./forged/rows.ts";
import { goodToken, keySigner, secretSigner } from "./issuer.ts";
import { startKeyServer } from "./key-server.ts";
import { keyFlags, loginBy, now, serve, verdictOn } from "./serving.ts";

const tooLong = "closed with 1009";

/** What a token comes to before any gate is asked: no frame is so long, or no token. */
function verdictBefore(token: string): string | undefined {
  const [least, most] = defaultLimits.signedTokenChars;
  if (loginBy(token).length > defaultLimits.frameBytes) return tooLong;
  const isReadable = token.length >= least && token.length <= most && /^[!-~]*$/.test(token);
  return isReadable ? undefined : "malformed";
}

test.for([
  ["a shared secret", () => secretSigner(), () => secretSigner()],
  ["a public key", () => keySigner("ES256", "key"), () => keySigner("ES256", "key")],
] as const)(
  "a server lets nobody in by a forged token, and says the same to all of them: %s",
  async ([, makeIssuer, makeStranger]) => {
    const signer = makeIssuer();
    const strangers = await startKeyServer();
    const server = await serve(keyFlags(signer));
    const shown: string[] = [];
    const refusals = new Map<string, Set<string>>();
    for (const row of rowsFor(signer)) {
      const scene = { issuer: signer, stranger: makeStranger(), strangersUrl: strangers.url, second: now() };
      const token = row.token({ ...scene, skewSeconds: 30 });
      shown.push(token);
      const [verdict, ...frames] = await simply(server, token, row);
      const expected = verdictBefore(token) ?? row.verdict;
      expect(verdict, row.name).toBe(expected);
      for (const frame of frames) refusals.set(expected, (refusals.get(expected) ?? new Set()).add(frame));
    }
    // Whatever was wrong, the frame is the same to the last byte.
    for (const [code, frames] of refusals) expect([...frames], code).toHaveLength(1);
    expect([...refusals.keys()].sort()).toEqual(["login_expired", "malformed", "not_let_in"]);
    expect(strangers.asked).toEqual([]);
    const { code, out, err } = await server.ends("SIGTERM");
    expect(code).toBe(0);
    expect(err).toMatch(/a token was refused/);
    const pieces = shown.flatMap((token) => token.split(".")).filter((each) => each.length > 8);
    expect(pieces.filter((piece) => (out + err).includes(piece))).toEqual([]);
  },
);

/** In the simple dialect, by the URL; one that does not fit there, by a login. What it comes to, and the frame that says so. */
async function simply(server: ServerProcess, token: string, row: Row): Promise<[string, ...string[]]> {
  if (verdictBefore(token) === tooLong) {
    const talker = await server.connects("/ws", row.name);
    talker.says(loginBy(token));
    await talker.isClosed(1009);
    return [tooLong];
  }
  if (token.length > 15_000 || row.verdict === "let in") return [await verdictOn(server, token)];
  const talker = await server.connects(`/v1/ws?token=${encodeURIComponent(token)}`, row.name);
  const text = await talker.nextText();
  const { error } = JSON.parse(text) as { error: { code: string } };
  await talker.isClosed(error.code === "malformed" ? 4400 : 4401);
  return [error.code, text];
}

/** The ways in beside the URL of the simple dialect. */
const ways: Readonly<Record<string, (server: ServerProcess, token: string) => Promise<Talker>>> = {
  Authorization: ({ url }, token) => connect(`${url}/ws`, "header", { Authorization: `Bearer ${token}` }),
  subprotocol: ({ url }, token) =>
    connect(`${url}/ws`, "subprotocol", { "Sec-WebSocket-Protocol": `bearer.${token}` }),
  login: async ({ url }, token) => {
    const talker = await connect(`${url}/ws`, "login");
    talker.says(loginBy(token));
    return talker;
  },
  URL: ({ url }, token) => connect(`${url}/ws?token=${token}`, "URL"),
  "the login of another": async ({ url }, token) => {
    const talker = await connect(`${url}/ws?username=alice&since=everyone:0&rooms=den`, "another", {
      Authorization: `Bearer ${token}`,
    });
    return talker;
  },
};

/** What can stand in every header, and is short enough to. */
const isPlain = (token: string): boolean => /^[\w.-]{16,8000}$/.test(token);

test.each(Object.keys(ways))("forged, late and ended tokens let nobody in by %s", async (way) => {
  const signer = keySigner("ES256", "key");
  const server = await serve([...keyFlags(signer), "--limits", "off"]);
  const comes = ways[way] as (typeof ways)[string];
  const ended = goodToken(signer, now(), { jti: "ended" });
  const lost = await server.connects(`/ws?token=${ended}`);
  const { session } = (await lost.nextOf("welcome"))["payload"] as { session: string };
  lost.says(JSON.stringify({ type: "end_session", id: 1, payload: { session } }));
  await lost.isClosed(4401);
  const scene = { issuer: signer, stranger: keySigner("ES256", "key"), strangersUrl: "http://127.0.0.1:1" };
  const rows = rowsFor(signer).filter(({ verdict }) => verdict !== "let in");
  const forged = rows.map((row): [string, string, string] => {
    return [row.name, row.token({ ...scene, second: now(), skewSeconds: 30 }), row.verdict];
  });
  const shown = forged.filter(([, token]) => isPlain(token));
  expect(shown.length).toBeGreaterThan(90);
  const wrong: string[] = [];
  for (const [name, token, verdict] of [...shown, ["ended", ended, "not_let_in|login_expired"] as const]) {
    const talker = await comes(server, token);
    const heard = (await talker.next()) as { type: string; payload: { code?: string } };
    if (!verdict.split("|").includes(String(heard.payload.code)))
      wrong.push(`${name}: ${JSON.stringify(heard)}`);
    await talker.leaves();
  }
  expect(wrong).toEqual([]);
  const good = await comes(server, goodToken(signer, now(), { jti: "good" }));
  await good.hears({ type: "welcome", payload: { username: "alice" } });
  good.breaks();
});

test("no forged token, and nobody else's, refreshes a login; it goes on until its end", async () => {
  const signer = keySigner("ES256", "key");
  const server = await serve([...keyFlags(signer), "--limits", "off"]);
  const alice = await server.connects(`/ws?token=${goodToken(signer, now())}`, "alice");
  const { token_until: until } = (await alice.nextOf("welcome"))["payload"] as { token_until: number };
  const scene = { issuer: signer, stranger: keySigner("ES256", "key"), strangersUrl: "http://127.0.0.1:1" };
  const forged = rowsFor(signer)
    .filter(({ verdict }) => verdict !== "let in")
    .map((row): [string, string] => [row.name, row.token({ ...scene, second: now(), skewSeconds: 30 })]);
  const others: [string, string][] = [
    ["bob's", goodToken(signer, now(), { sub: "id-of-bob", preferred_username: "bob" })],
    ["bob's, under the name of alice", goodToken(signer, now(), { sub: "id-of-bob" })],
  ];
  for (const [name, token] of [...forged.filter((row) => isPlain(row[1])), ...others]) {
    alice.says(JSON.stringify({ type: "refresh", id: name, payload: { token } }));
    const { type, payload } = (await alice.next()) as { type: string; payload: { code: string } };
    expect([name, type, payload.code]).toEqual([
      name,
      "error",
      expect.stringMatching(/^(not_let_in|login_expired)$/),
    ]);
  }
  const later = goodToken(signer, now(), { exp: now() + 900, jti: "later" });
  alice.says(JSON.stringify({ type: "refresh", id: 1, payload: { token: later } }));
  const refreshed = (await alice.nextOf("refresh"))["payload"] as { token_until: number };
  expect(refreshed.token_until).toBeGreaterThan(until);
  alice.says('{"type":"send_message","id":2,"payload":{"message":"still me"}}');
  await alice.hears({ type: "ack", id: 2 }, { type: "new_message", payload: { from: "alice" } });
});

const signer = secretSigner();
const token = (): string => goodToken(signer, now());

test("five forged tokens on one connection end it with 4401; a good one after four is welcome", async () => {
  const server = await serve(keyFlags(signer));
  const forged = loginBy(goodToken(secretSigner(), now()));
  const stubborn = await server.connects("/ws");
  stubborn.says(forged, forged, forged, forged, forged);
  await stubborn.isClosed(4401);
  const clumsy = await server.connects("/ws");
  clumsy.says(forged, forged, forged, forged, loginBy(token()));
  for (let count = 0; count < 4; count += 1)
    await clumsy.hears({ type: "error", payload: { code: "not_let_in" } });
  await clumsy.hears({ type: "welcome", payload: { username: "alice", auth: "jwt" } });
});

test("who shows no token is told that one is needed, and no name is theirs for the asking", async () => {
  const server = await serve(keyFlags(signer));
  const nobody = await server.connects("/ws?username=alice");
  await nobody.hears({
    type: "error",
    payload: { code: "not_let_in", message: expect.stringContaining("token") },
  });
});

test("an issuer that can't be asked is no reason to let anybody in, and is told to come again later", async () => {
  const keys = await startKeyServer();
  await keys.goes();
  const server = await serve(["--jwt-jwks-url", keys.url]);
  const talker = await server.connects(`/v1/ws?token=${goodToken(keySigner("RS256", "a"), now())}`);
  await talker.hears({ error: { code: "unavailable", retryable: true } });
  await talker.isClosed(1013);
});
