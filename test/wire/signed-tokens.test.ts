// A server whose tokens somebody else signs, on the wire: what is shown, when it ends, and what goes on.

import { expect, test } from "vitest";
import { openHouse } from "../support/house.js";
import { dial, upgradeTo } from "../support/raw-socket.js";
import { keysOf } from "../tokens/gatehouse.js";
import type { Signer } from "../tokens/issuer.js";
import { audience, goodToken, issuer, secretSigner } from "../tokens/issuer.js";

function openSigned(signer: Signer) {
  const auth = { mode: "jwt", keys: keysOf(signer), issuer, audience: [audience], skewMs: 0 } as const;
  return openHouse({ auth });
}

const now = (): number => Math.floor(Date.now() / 1000);

test("the token says who it is: by header, by subprotocol, by login and in the URL, in both dialects", async () => {
  const signer = secretSigner();
  const house = await openSigned(signer);
  const token = goodToken(signer, now());
  const welcome = { type: "welcome", payload: { username: "alice", kept: true, auth: "jwt" } };
  await (await house.connects(`/ws?token=${token}`)).hears(welcome);
  const byHeader = await house.connects("/ws", "header", { Authorization: `Bearer ${token}` });
  await byHeader.hears({ ...welcome, payload: { ...welcome.payload, token_until: expect.any(Number) } });
  const byFrame = await house.connects("/ws");
  byFrame.says(`{"type":"login","id":1,"payload":{"token":"${token}"}}`);
  await byFrame.hears(welcome);
  const simple = await house.connects("/v1/ws", "simple", { Authorization: `Bearer ${token}` });
  simple.says('{"message":"hi","id":1}');
  await simple.hears({ ack: { id: 1 } });
  const browser = await dial(house.port);
  browser.writes(upgradeTo("/ws", `Sec-WebSocket-Protocol: chat.v1, bearer.${token}`));
  expect(await browser.head()).toMatch(/sec-websocket-protocol: chat\.v1\r/i);
  await browser.frameWith('"type":"welcome"');
  browser.breaks();
  for (const { transcript } of [byHeader, byFrame]) expect(transcript[0]).not.toContain(token);
});

test("another name than the token's, another's signature, a password, or nothing: nobody is let in", async () => {
  const signer = secretSigner();
  const house = await openSigned(signer);
  const forged = goodToken(secretSigner(), now());
  for (const path of [
    `/v1/ws?username=bob&token=${goodToken(signer, now())}`,
    `/v1/ws?token=${forged}`,
    "/v1/ws?username=alice",
  ]) {
    const guest = await house.connects(path);
    await guest.hears({ error: { code: "not_let_in" } });
    await guest.isClosed(4401);
  }
  const guest = await house.connects("/v1/ws?username=alice&password=a-long-one");
  await guest.isClosed(4400);
});

test("a connection ends with its token, unless a newer one of the same account came in time", async () => {
  const signer = secretSigner();
  const house = await openSigned(signer);
  const soon = goodToken(signer, now(), { exp: now() + 3 });
  const [ends, goesOn] = [
    await house.connects(`/ws?token=${soon}`),
    await house.connects(`/ws?token=${soon}`),
  ];
  for (const talker of [ends, goesOn]) await talker.hears({ type: "welcome" });
  const mallory = goodToken(signer, now(), { sub: "mallory", preferred_username: "mallory" });
  goesOn.says(`{"type":"refresh","id":1,"payload":{"token":"${mallory}"}}`);
  await goesOn.hears({ type: "error", id: 1, payload: { code: "not_let_in" } });
  goesOn.says(
    `{"type":"refresh","id":2,"payload":{"token":"${goodToken(signer, now(), { jti: "newer" })}"}}`,
  );
  await goesOn.hears({ type: "refresh", id: 2, payload: { token_until: expect.any(Number) } });
  await ends.hears({ type: "error", payload: { code: "login_expired" } });
  await ends.isClosed(4401);
  goesOn.says('{"type":"ping","id":3}');
  await goesOn.hears({ type: "ping", id: 3 });
});
