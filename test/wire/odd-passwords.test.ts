// Passwords and Basic that nobody types: each is refused, or is somebody's password to the last byte; the server
// goes on, and the owner of the account comes in as ever.

import { defaultLimits } from "chat-hub";
import { expect, test } from "vitest";
import type { House } from "../support/house.js";
import { openHouse } from "../support/house.js";
import type { Frame, Talker } from "../support/talker.js";

const password = "four words nobody guesses";

async function houseOfAlice(attempts = defaultLimits.attempts): Promise<House> {
  const house = await openHouse({
    auth: { mode: "password", registration: "open", loginLifeMs: 86_400_000 },
    limits: { rates: undefined, attempts },
  });
  expect(await registered(house, "alice", password)).toBe("welcome");
  return house;
}

/** `welcome`, or the code of the refusal. */
async function verdict(talker: Talker): Promise<string> {
  const frame = (await talker.next()) as { type?: string; payload?: Frame; error?: Frame };
  talker.breaks();
  return String((frame.error ?? frame.payload)?.["code"] ?? frame.type);
}

async function registered(house: House, username: string, secret: unknown): Promise<string> {
  const talker = await house.connects("/ws", username);
  talker.says(JSON.stringify({ type: "register", payload: { username, password: secret } }));
  return verdict(talker);
}

const basic = (bytes: Buffer | string): string => `Basic ${Buffer.from(bytes as string).toString("base64")}`;

const notUtf8 = [
  [0xff, 0xfe],
  [0xed, 0xa0, 0x80],
].map((bytes) => basic(Buffer.concat([Buffer.from("alice:"), Buffer.from(bytes)])));
/** Where it names nobody that can be, the URL does not either. */
const odd: Readonly<Record<string, readonly [who: string, Authorization: string]>> = {
  "no password": ["alice", basic("alice:")],
  "no name": ["", basic(`:${password}`)],
  "no colon": ["alice", basic(`alice${password}`)],
  "nothing at all": ["alice", "Basic"],
  "no base64": ["alice", "Basic !!!"],
  "half a base64": ["alice", "Basic YWxpY2U6Z"],
  "a NUL before the password": ["alice", basic(`alice:\0${password}`)],
  "a NUL behind it": ["alice", basic(`alice:${password}\0`)],
  "a NUL in the name": ["", basic(`alice\0:${password}`)],
  "a newline behind it": ["alice", basic(`alice:${password}\n`)],
  "a colon more in front": ["alice", basic(`alice::${password}`)],
  "a colon in the name": ["", basic(`ali:ce:${password}`)],
  "bytes that are no UTF-8": ["alice", notUtf8[0] as string],
  "a surrogate": ["alice", notUtf8[1] as string],
  "a password of 10,000": ["alice", basic(`alice:${"x".repeat(10_000)}`)],
  "a name of 10,000": ["", basic(`${"x".repeat(10_000)}:${password}`)],
  "two schemes": ["alice", `Bearer x, ${basic(`alice:${password}`)}`],
};

test("by an odd Basic nobody is let in, in both dialects; the owner of the account is", async () => {
  const house = await houseOfAlice({ ...defaultLimits.attempts, accountAttempts: 1_000 });
  const letIn: string[] = [];
  for (const [how, [who, Authorization]] of Object.entries(odd))
    for (const path of ["/ws", "/v1/ws"]) {
      const named = who === "" ? path : `${path}?username=${who}`;
      const code = await verdict(await house.connects(named, how, { Authorization }));
      if (!/^(not_let_in|malformed|bad_name)$/.test(code)) letIn.push(`${how}, ${path}: ${code}`);
    }
  expect(letIn).toEqual([]);
  const alice = await house.connects("/ws", "alice", { Authorization: basic(`alice:${password}`) });
  expect(await verdict(alice)).toBe("welcome");
});

const none: Readonly<Record<string, unknown>> = {
  none: undefined,
  null: null,
  "a number": 12_345_678,
  "a list": ["four words nobody guesses"],
  "an object": { length: 25 },
  "an empty one": "",
  "half a surrogate": "half a \ud83d surrogate",
  "60,000 characters": "x".repeat(60_000),
};

test("what is no password makes no account, and no login", async () => {
  const house = await houseOfAlice();
  for (const [how, secret] of Object.entries(none)) {
    expect([how, await registered(house, "bob", secret)]).toEqual([how, "malformed"]);
    const talker = await house.connects("/ws");
    talker.says(JSON.stringify({ type: "login", payload: { username: "alice", password: secret } }));
    expect([how, await verdict(talker)]).toEqual([how, expect.stringMatching(/^(not_let_in|malformed)$/)]);
  }
  expect(await registered(house, "bob", password)).toBe("welcome");
});

test("a password of 1 MiB is cut off before it is read", async () => {
  const house = await houseOfAlice();
  for (const type of ["login", "register"]) {
    const talker = await house.connects("/ws", type);
    talker.says(JSON.stringify({ type, payload: { username: "bob", password: "x".repeat(1 << 20) } }));
    await talker.isClosed(1009);
  }
  expect(await registered(house, "bob", password)).toBe("welcome");
});

test.each([
  ["with colons", "a:b:c and so on"],
  ["with spaces at its ends", "  two at each end  "],
  ["of other letters", "كلمة السر الطويلة"],
  ["of emoji", "👩‍👩‍👧 and 🗝️ and more"],
])("a password %s is good, by Basic, by login and in the URL", async (_how, secret) => {
  const house = await openHouse({
    auth: { mode: "password", registration: "open", loginLifeMs: 86_400_000 },
  });
  expect(await registered(house, "alice", secret)).toBe("welcome");
  const login = await house.connects("/ws");
  login.says(JSON.stringify({ type: "login", payload: { username: "alice", password: secret } }));
  const byUrl = await house.connects(`/ws?username=alice&password=${encodeURIComponent(secret)}`);
  const byBasic = await house.connects("/ws", "basic", { Authorization: basic(`alice:${secret}`) });
  for (const talker of [login, byUrl, byBasic]) expect(await verdict(talker)).toBe("welcome");
});
