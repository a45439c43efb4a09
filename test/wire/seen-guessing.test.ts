// Whoever runs the server can see that somebody guesses, and from where: never what was shown, nor for whom.

import { defaultLimits } from "chat-hub";
import { expect, test } from "vitest";
import type { House } from "../support/house.js";
import { openHouse } from "../support/house.js";
import { keysOf } from "../tokens/gatehouse.js";
import { audience, goodToken, issuer, secretSigner } from "../tokens/issuer.js";

const secret = "canary words nobody guesses";
const from = (address: string): Record<string, string> => ({ "X-Forwarded-For": address });
/** Lines that begin so, each kind once: how many there are, and who is left out, is a matter of time. */
const logged = (house: House, words: string): string[] => {
  const lines = house.log.filter((line) => line.startsWith(words));
  return [...new Set(lines.map((line) => line.replace(/ connection=\d+/, "").replace(/ more=\d+$/, "")))];
};

test("by password, and by codes: a line with the address, and who goes on is ended with another", async () => {
  const house = await openHouse({
    auth: { mode: "password", registration: "invite", loginLifeMs: 86_400_000 },
    proxies: ["loopback"],
    limits: { attempts: { ...defaultLimits.attempts, accountAttempts: 1, ownAttempts: 1 } },
  });
  const guess = `username=canary-alice&password=${encodeURIComponent(secret)}`;
  for (const code of ["not_let_in", "not_let_in", "rate_limited"]) {
    const guest = await house.connects(`/v1/ws?${guess}`, "guest", from("203.0.113.7"));
    await guest.hears({ error: { code } });
    await guest.isClosed(code === "not_let_in" ? 4401 : 4429);
  }
  const wanting = await house.connects("/ws", "wanting", from("203.0.113.8"));
  const wish = { username: "canary-bob", password: secret, invite: "canary-code-0123456789" };
  wanting.says(JSON.stringify({ type: "register", id: 1, payload: wish }));
  await wanting.hears({ type: "error", payload: { code: "invite_needed" } });
  expect(logged(house, "a login is refused")).toEqual([
    "a login is refused why=password address=203.0.113.7",
    "a login is refused why=invite address=203.0.113.8",
  ]);
  expect(logged(house, "a connection is ended")).toEqual([
    "a connection is ended why=notLetIn address=203.0.113.7",
    "a connection is ended why=guessing address=203.0.113.7",
  ]);
  expect(house.log.join("\n")).not.toContain("canary");
});

test("accounts that are made can be seen, without their names", async () => {
  const house = await openHouse({
    auth: { mode: "password", registration: "open", loginLifeMs: 86_400_000 },
    proxies: ["loopback"],
  });
  const guest = await house.connects("/ws", "guest", from("203.0.113.7"));
  const wish = { username: "canary-bob", password: secret };
  guest.says(JSON.stringify({ type: "register", id: 1, payload: wish }));
  await guest.hears({ type: "welcome" });
  expect(logged(house, "an account")).toEqual(["an account is made address=203.0.113.7"]);
  expect(house.log.join("\n")).not.toContain("canary");
});

test("by tokens: of one's own server, and signed by somebody else", async () => {
  const auth = { mode: "jwt", issuer, audience: [audience], skewMs: 0 } as const;
  const now = Math.floor(Date.now() / 1000);
  const houses = [
    await openHouse({
      auth: { mode: "password", registration: "closed", loginLifeMs: 86_400_000 },
      proxies: ["loopback"],
    }),
    await openHouse({ auth: { ...auth, keys: keysOf(secretSigner()) }, proxies: ["loopback"] }),
  ];
  const forged = goodToken(secretSigner(), now);
  for (const [n, house] of houses.entries()) {
    const guest = await house.connects("/ws", "guest", from("203.0.113.7"));
    guest.says(`{"type":"login","id":1,"payload":{"token":"${n === 0 ? "canary-0123456789" : forged}"}}`);
    await guest.hears({ type: "error", payload: { code: "not_let_in" } });
    expect(logged(house, "a login is refused")).toEqual(["a login is refused why=token address=203.0.113.7"]);
    expect(house.log.join("\n")).not.toMatch(/canary|eyJ/);
  }
});

test("a proxy that nobody has named is told in one line, however many come through it", async () => {
  const house = await openHouse();
  for (const name of ["alice", "bob"]) {
    const guest = await house.connects(`/ws?username=${name}`, name, from("203.0.113.7"));
    await guest.hears({ type: "welcome" });
  }
  expect(house.log).toEqual([expect.stringContaining("--trust-proxy loopback")]);
});
