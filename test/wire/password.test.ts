// A server with accounts, on the wire: each way in which something may be shown, in both dialects.

import { defaultLimits } from "chat-hub";
import { describe, expect, test } from "vitest";
import type { House, HouseOptions } from "../support/house.js";
import { openHouse } from "../support/house.js";
import { dial, upgradeTo } from "../support/raw-socket.js";
import type { Talker } from "../support/talker.js";

const password = "four words nobody guesses";
const day = 86_400_000;

function openAccounts(options: HouseOptions = {}): Promise<House> {
  return openHouse({
    auth: { mode: "password", registration: "open", loginLifeMs: 30 * day },
    ...options,
  });
}

type Welcome = {
  readonly payload: { readonly token: string; readonly session: string; readonly here: number };
};

/** Makes an account, and gives its token and its session. */
async function registers(house: House, username: string): Promise<Welcome["payload"] & { talker: Talker }> {
  const talker = await house.connects("/ws", username);
  talker.says(JSON.stringify({ type: "register", id: 1, payload: { username, password } }));
  const { payload } = (await talker.next()) as unknown as Welcome;
  return { ...payload, talker };
}

const basic = (name: string, secret: string): Record<string, string> => ({
  Authorization: `Basic ${Buffer.from(`${name}:${secret}`).toString("base64")}`,
});

test("an account is made and logged in; its token lets in again by each way that there is", async () => {
  const house = await openAccounts();
  const { token, session } = await registers(house, "Alice");
  expect(token).toMatch(/^[\w-]{24}\.[\w-]{43}$/);
  const welcome = {
    type: "welcome",
    payload: { username: "Alice", kept: true, auth: "password", session },
  };
  const byUrl = await house.connects(`/ws?token=${token}`);
  await byUrl.hears(welcome);
  const byHeader = await house.connects("/ws", "header", { Authorization: `Bearer ${token}` });
  await byHeader.hears(welcome);
  const byFrame = await house.connects("/ws");
  byFrame.says(`{"type":"login","id":7,"payload":{"username":"alice","token":"${token}"}}`);
  await byFrame.hears({ ...welcome, id: 7 });
  for (const talker of [byUrl, byHeader, byFrame])
    expect(talker.transcript[0], talker.name).not.toContain(token);
  const simple = await house.connects("/v1/ws", "simple", { Authorization: `Bearer ${token}` });
  simple.says('{"message":"hi","id":1}');
  await simple.hears({ ack: { id: 1, conversation: "everyone", seq: 1 } });
});

test("a browser's subprotocols: the server answers chat.v1, never the token", async () => {
  const house = await openAccounts();
  const { token } = await registers(house, "alice");
  for (const [offered, answered] of [
    [`chat.v1, bearer.${token}`, "chat.v1"],
    [`bearer.${token},chat.v1`, "chat.v1"],
    [`bearer.${token}`, undefined],
    ["other", undefined],
  ] as const) {
    const socket = await dial(house.port);
    socket.writes(upgradeTo("/ws", `Sec-WebSocket-Protocol: ${offered}`));
    const head = await socket.head();
    expect(head).toMatch(/^HTTP\/1\.1 101 /);
    expect(head).not.toContain(token);
    expect(/sec-websocket-protocol: *(.*)\r/i.exec(head)?.[1]).toBe(answered);
    if (offered !== "other") await socket.frameWith('"type":"welcome"');
    socket.breaks();
  }
});

test("name and password: by Basic, in the URL, by login; the simple dialect as well", async () => {
  const house = await openAccounts();
  await registers(house, "سارة");
  const welcome = { type: "welcome", payload: { username: "سارة", auth: "password" } };
  const byHeader = await house.connects("/ws", "basic", basic("سارة", password));
  await byHeader.hears(welcome);
  const [name, secret] = ["سارة", password].map(encodeURIComponent);
  const byUrl = await house.connects(`/ws?username=${name}&password=${secret}`);
  await byUrl.hears(welcome);
  const byFrame = await house.connects("/ws");
  byFrame.says(JSON.stringify({ type: "login", payload: { username: "سارة", password } }));
  await byFrame.hears(welcome);
  const tokens = [byHeader, byUrl, byFrame].map(
    ({ transcript: [first = ""] }) => (JSON.parse(first) as Welcome).payload.token,
  );
  expect(new Set(tokens).size).toBe(3);
  const simple = await house.connects("/v1/ws", "simple", basic("سارة", password));
  simple.says('{"message":"hi","id":1}');
  await simple.hears({ ack: { id: 1 } });
});

describe("whoever is not let in", () => {
  test("is told the same for a wrong password and for nobody's account, byte for byte", async () => {
    const house = await openAccounts();
    await registers(house, "alice");
    const [wrong, unknown] = ["alice", "nobody"].map(async (username) => {
      const guest = await house.connects("/ws", username);
      guest.says(JSON.stringify({ type: "login", id: 1, payload: { username, password: "a wrong one" } }));
      await guest.hears({ type: "error", id: 1, payload: { code: "not_let_in" } });
      return guest.transcript[0];
    });
    expect(await wrong).toBe(await unknown);
  });

  test("is closed with 4401 in the simple dialect, whatever was shown, or nothing", async () => {
    const house = await openAccounts();
    await registers(house, "alice");
    for (const [path, headers] of [
      ["/v1/ws?username=alice", {}],
      ["/v1/ws?username=alice&password=wrong", {}],
      ["/v1/ws?username=alice&token=a-secret-of-16-or-more", {}],
      ["/v1/ws", basic("alice", "wrong")],
      ["/v1/ws", { Authorization: "Bearer a-secret-of-16-or-more" }],
      ["/v1/ws?username=alice", { Authorization: "Digest alice" }],
      ["/v1/ws?username=alice", { Authorization: "Basic !!!" }],
    ] as const) {
      const guest = await house.connects(path, path, headers);
      await guest.hears({ error: { code: "not_let_in" } });
      await guest.isClosed(4401);
    }
  });

  test("may try again in the events dialect, and wait their turn after too many", async () => {
    const house = await openAccounts({
      limits: {
        attempts: { ...defaultLimits.attempts, accountAttempts: 2, attemptsKept: 10 },
      },
    });
    const { token } = await registers(house, "alice");
    const guest = await house.connects("/ws");
    const login = (id: number, secret: string): string =>
      JSON.stringify({ type: "login", id, payload: { username: "alice", password: secret } });
    guest.says(login(1, "wrong"), login(2, "wrong"), login(3, password));
    await guest.hears(
      { type: "error", id: 1, payload: { code: "not_let_in" } },
      { type: "error", id: 2, payload: { code: "not_let_in" } },
      { type: "error", id: 3, payload: { code: "rate_limited", retryable: true } },
    );
    const simple = await house.connects("/v1/ws", "simple", basic("alice", password));
    await simple.hears({ error: { code: "rate_limited" } });
    await simple.isClosed(4429);
    guest.says(`{"type":"login","id":4,"payload":{"token":"${token}"}}`);
    await guest.hears({ type: "welcome", id: 4 });
  });
});

test("whoever comes with all their devices at once comes in, though fewer passwords are looked at together", async () => {
  const house = await openAccounts();
  await registers(house, "alice");
  const devices = await Promise.all(
    Array.from({ length: 15 }, (_, n) => house.connects("/v1/ws", `device ${n}`, basic("alice", password))),
  );
  for (const device of devices) device.says('{"message":"hi","target":"alice","id":1}');
  for (const device of devices) await device.hears({ ack: { id: 1 } });
});

test("what was said before the login was decided is obeyed behind it", async () => {
  const house = await openAccounts();
  const { talker: alice } = await registers(house, "alice");
  await registers(house, "bob");
  const bob = await house.connects("/v1/ws", "bob", basic("bob", password));
  bob.says('{"message":"one"}', '{"message":"two","id":2}');
  await bob.hears({ ack: { id: 2, seq: 2 } });
  await alice.hears(
    { type: "new_message", payload: { from: "bob", message: "one" } },
    { type: "new_message", payload: { from: "bob", message: "two" } },
  );
});

test("sessions are listed and ended; another password ends all others; a refresh has a new token", async () => {
  const house = await openAccounts();
  const { talker: phone, session, token } = await registers(house, "alice");
  const laptop = await house.connects("/ws", "laptop", basic("alice", password));
  const { payload } = (await laptop.next()) as unknown as Welcome;
  phone.says('{"type":"sessions","id":2}');
  const listed = (await phone.next()) as unknown as {
    readonly payload: { readonly sessions: readonly { readonly session: string }[] };
  };
  expect(new Set(listed.payload.sessions.map((row) => row.session))).toEqual(
    new Set([session, payload.session]),
  );
  expect(listed.payload.sessions).toContainEqual(
    expect.objectContaining({ session, here: 1, current: true, until: expect.any(Number) }),
  );
  phone.says('{"type":"refresh","id":3}');
  const refreshed = (await phone.next()) as unknown as Welcome;
  expect(refreshed).toMatchObject({ type: "refresh", id: 3, payload: { session } });
  expect(refreshed.payload.token).not.toBe(token);
  phone.says(
    JSON.stringify({ type: "set_password", id: 4, payload: { old: password, password: "another long one" } }),
  );
  await phone.hears({ type: "ack", id: 4 });
  await laptop.isClosed(4401);
  const again = await house.connects(`/ws?token=${refreshed.payload.token}`);
  await again.hears({ type: "welcome", payload: { session } });
  const old = await house.connects(`/v1/ws?token=${payload.token}`);
  await old.isClosed(4401);
  phone.says(`{"type":"end_session","id":5,"payload":{"session":"${session}"}}`);
  await phone.hears({ type: "ack", id: 5 });
  await phone.isClosed(4401);
  await again.isClosed(4401);
  const gone = await house.connects(`/v1/ws?token=${refreshed.payload.token}`);
  await gone.isClosed(4401);
});

test("a connection ends when its login does", async () => {
  const house = await openAccounts({
    auth: { mode: "password", registration: "open", loginLifeMs: 5_000 },
  });
  const { talker, token } = await registers(house, "alice");
  const simple = await house.connects("/v1/ws", "simple", { Authorization: `Bearer ${token}` });
  await talker.hears({ type: "error", payload: { code: "login_expired" } });
  await talker.isClosed(4401);
  await simple.isClosed(4401);
  const late = await house.connects(`/v1/ws?token=${token}`);
  await late.hears({ error: { code: "login_expired" } });
  await late.isClosed(4401);
});

test("whom the shell disables is put out; who is told so is told nothing else", async () => {
  const house = await openAccounts();
  const { talker } = await registers(house, "alice");
  house.shell.tell?.({ type: "loginEnded", account: "alice", login: undefined });
  await talker.isClosed(4401);
});

test.each(["closed", "invite"] as const)(
  "registration %s is told, and help says what may be done",
  async (registration) => {
    const house = await openAccounts({ auth: { mode: "password", registration, loginLifeMs: day } });
    const guest = await house.connects("/ws");
    guest.says('{"type":"help","id":1}');
    await guest.hears({ type: "help", id: 1, payload: { auth: "password", registration } });
    guest.says(JSON.stringify({ type: "register", id: 2, payload: { username: "alice", password } }));
    const code = registration === "closed" ? "registration_closed" : "invite_needed";
    await guest.hears({ type: "error", id: 2, payload: { code } });
  },
);

test("whoever wants a name that looks like another's gets no account, and may choose another name", async () => {
  const house = await openAccounts();
  await registers(house, "bill");
  const guest = await house.connects("/ws");
  const wish = (id: number, username: string): string =>
    JSON.stringify({ type: "register", id, payload: { username, password } });
  guest.says(wish(1, "biIl"), wish(2, "billy"));
  await guest.hears({ type: "error", id: 1, payload: { code: "looks_alike" } });
  await guest.hears({ type: "welcome", id: 2, payload: { username: "billy" } });
});

test("with SQLite as well: the account's user is the same, and nothing secret is in the log", async () => {
  const house = await openAccounts({ store: "sqlite" });
  const { talker, token } = await registers(house, "alice");
  talker.says('{"type":"private_message","id":2,"payload":{"message":"to myself","to":"alice"}}');
  await talker.hears({ type: "ack", id: 2 });
  const again = await house.connects(`/ws?token=${token}&since=@alice:0`);
  await again.hears(
    { type: "welcome", payload: { username: "alice" } },
    { type: "new_message", payload: { message: "to myself" } },
  );
  expect(house.log.join("\n")).not.toMatch(new RegExp(`${password}|${token}`));
});

test("an open server takes a token by header and by subprotocol too, and leaves a proxy's password alone", async () => {
  const house = await openHouse();
  const token = "alice-has-a-long-secret";
  const first = await house.connects("/ws?username=alice", "alice", { Authorization: `Bearer ${token}` });
  await first.hears({ type: "welcome", payload: { username: "alice", kept: true, auth: "open" } });
  const again = await house.connects(`/ws?username=alice&token=${token}`);
  await again.hears({ type: "welcome", payload: { username: "alice", kept: true } });
  const behind = await house.connects("/ws?username=bob", "bob", basic("carl", "of the proxy"));
  await behind.hears({ type: "welcome", payload: { username: "bob", kept: false } });
});
