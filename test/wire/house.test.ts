// The house, over the wire: who looks after it, who is kept out of it, who may write in it. Every cell of
// PROTOCOL.md's table of what admins may do is tried on a real server.

import type { NameKey } from "chat-hub";
import { describe, expect, test } from "vitest";
import { houseRows } from "../documents/rights-cells.js";
import type { House, HouseOptions, StoreName } from "../support/house.js";
import { openHouse } from "../support/house.js";
import type { Frame, Talker } from "../support/talker.js";

const key = (name: string) => name as NameKey;
const token = (name: string) => `&token=${name}-has-a-long-secret`;

/** Their name is kept. */
function enters(house: House, name: string, more = ""): Promise<Talker> {
  return house.events(name, token(name) + more);
}

/** alice looks after the house. */
async function houseOfAlice(store: StoreName = "memory", limits: object = {}, more: HouseOptions = {}) {
  const house = await openHouse({ store, limits, ...more });
  const bob = await enters(house, "bob");
  await enters(house, "alice");
  expect(await house.orders({ type: "role", who: key("alice"), role: "admin" })).toEqual({ ok: true });
  const alice = await house.connects(`/ws?username=alice${token("alice")}`, "alice");
  await alice.hears({ type: "welcome", payload: { role: "admin" } });
  return { house, alice, bob };
}

let asked = 0;
/** What answers it: `ack`, the frame's own type, or the code of the refusal; with its payload. */
async function asks(
  who: Talker,
  type: string,
  payload: object,
): Promise<{ readonly told: string; readonly payload: Frame }> {
  asked += 1;
  who.says(JSON.stringify({ type, id: asked, payload }));
  for (;;) {
    const frame = await who.next();
    if (frame["id"] !== asked) continue;
    const payload = frame["payload"] as Frame;
    return { told: frame["type"] === "error" ? String(payload["code"]) : String(frame["type"]), payload };
  }
}

async function tries(who: Talker, type: string, payload: object): Promise<string> {
  const { told } = await asks(who, type, payload);
  return told === "ack" || told === type ? "may" : told;
}

const everyone = { conversation: "everyone" };

describe.each<StoreName>(["memory", "sqlite"])("%s", (store) => {
  test("every cell of the table of the house is as it says", async () => {
    // The author of each row stays.
    const devicesPerUser = houseRows.length + 1;
    const { house, alice, bob } = await houseOfAlice(store, { devicesPerUser });
    const silent = await house.connects("/ws");
    for (const { command, of = "", payload } of houseRows) {
      const author = await enters(house, "author");
      const whom = await house.connects(`/ws?username=whom${token("whom")}`);
      const { session } = (await whom.next())["payload"] as Frame;
      const { payload: ack } = await asks(author, "send_message", { message: "hello" });
      const fields = { ...payload, ...(of === "another's" ? { message_seq: ack["seq"], session } : {}) };
      const cells = [
        await tries(silent, command, fields),
        await tries(bob, command, fields),
        await tries(alice, command, fields),
      ];
      expect([command, of, ...cells]).toEqual([command, of, "login_first", "forbidden", "may"]);
      for (const [undo, done] of [
        ["unban", { ...everyone, username: "whom" }],
        ["unban", { ...everyone, address: "203.0.113.7" }],
        ["unsilence", { ...everyone, username: "whom" }],
        ["slow_mode", { ...everyone, seconds: 0 }],
        ["set_role", { ...everyone, username: "whom", role: "member" }],
        ["read_only", { on: false }],
      ] as const)
        expect(await tries(alice, undo, done)).toBe("may");
    }
  });

  test("while the house is read-only only admins write; what was said before is acked again", async () => {
    const { alice, bob } = await houseOfAlice(store);
    const nonce = "nonce-0123456789";
    expect((await asks(bob, "send_message", { message: "hi", nonce })).payload).toMatchObject({ seq: 1 });
    expect(await tries(alice, "read_only", { on: true, reason: "we move house" })).toBe("may");
    await bob.hears(
      { type: "new_message" },
      { type: "house_updated", payload: { read_only: true, slow_mode: 0, reason: "we move house" } },
    );
    const { told, payload } = await asks(bob, "send_message", { message: "hello?" });
    expect(told).toBe("read_only");
    expect(payload).toMatchObject({ message: "nobody can write for now: we move house", retryable: true });
    for (const [type, fields] of [
      ["private_message", { to: "alice", message: "hi" }],
      ["edit_message", { ...everyone, message_seq: 1, message: "ho" }],
      ["delete_message", { ...everyone, message_seq: 1 }],
      ["react", { ...everyone, message_seq: 1, emoji: "👍" }],
      ["create_room", { conversation: "#den" }],
      ["join_room", { conversation: "#den" }],
    ] as const)
      expect(await tries(bob, type, fields), type).toBe("read_only");
    expect((await asks(bob, "send_message", { message: "hi", nonce })).payload).toMatchObject({
      seq: 1,
      duplicate: true,
    });
    expect(await tries(bob, "history", everyone)).toBe("may");
    expect(await tries(bob, "set_status", { status: "away" })).toBe("may");
    expect(await tries(alice, "send_message", { message: "soon" })).toBe("may");
    expect(await tries(alice, "read_only", { on: false })).toBe("may");
    expect(await tries(bob, "send_message", { message: "thanks" })).toBe("may");
  });
});

test("whoever is banned is put out, and not let in until it ends or is lifted", async () => {
  const { house, alice, bob } = await houseOfAlice();
  const second = await house.simple("bob", token("bob"));
  expect(await tries(alice, "ban", { ...everyone, username: "bob", for_s: 3_600, reason: "floods" })).toBe(
    "may",
  );
  const words = /^you are banned from this server until \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC: floods$/;
  const error = { code: "banned", message: expect.stringMatching(words), retry_after_ms: expect.any(Number) };
  await bob.hears({ type: "error", payload: error });
  await bob.isClosed(4403);
  await second.hears({ error });
  await second.isClosed(4403);
  for (const path of ["/ws", "/v1/ws"]) {
    const again = await house.connects(`${path}?username=bob${token("bob")}`);
    await again.hears(path === "/ws" ? { type: "error", payload: error } : { error });
    await again.isClosed(4403);
  }
  expect(await tries(alice, "unban", { ...everyone, username: "bob" })).toBe("may");
  await enters(house, "bob");
});

test("a ban for good says so; a name that nobody keeps is not banned, and a name that nobody had is unknown", async () => {
  const { house, alice } = await houseOfAlice();
  await house.events("guest");
  expect(await tries(alice, "ban", { ...everyone, username: "guest" })).toBe("token_needed");
  expect(await tries(alice, "ban", { ...everyone, username: "nobody" })).toBe("unknown_user");
  expect(await tries(alice, "ban", { ...everyone, username: "bob" })).toBe("may");
  const again = await house.connects(`/ws?username=bob${token("bob")}`);
  await again.hears({ type: "error", payload: { message: "you are banned from this server for good" } });
});

test("an address is banned with whoever is connected from it, and lifted with them", async () => {
  const house = await openHouse({ proxies: ["loopback"] });
  const from = (name: string, address: string, more = "") =>
    house.connects(`/ws?username=${name}${more}`, name, { "x-forwarded-for": address });
  const welcomed = async (...given: Parameters<typeof from>) => {
    const talker = await from(...given);
    await talker.hears({ type: "welcome" });
    return talker;
  };
  const alice = await welcomed("alice", "198.51.100.1", token("alice"));
  await house.orders({ type: "role", who: key("alice"), role: "admin" });
  const mallory = await welcomed("mallory", "203.0.113.7");
  const neighbour = await welcomed("neighbour", "203.0.113.7");
  const other = await welcomed("other", "203.0.113.8");
  expect(await tries(alice, "ban", { ...everyone, username: "alice", address: true })).toBe("forbidden");
  expect(await tries(alice, "ban", { ...everyone, address: "198.51.100.1" })).toBe("forbidden");
  expect(
    await tries(alice, "ban", { ...everyone, username: "mallory", address: true, reason: "a flood" }),
  ).toBe("may");
  for (const put of [mallory, neighbour]) await put.isClosed(4403);
  const again = await from("somebody", "203.0.113.7");
  await again.hears({
    type: "error",
    payload: { code: "banned", message: "you are banned from this server for good: a flood" },
  });
  await again.isClosed(4403);
  expect(await tries(other, "send_message", { message: "hi" })).toBe("may");
  expect(await tries(alice, "unban", { ...everyone, username: "mallory" })).toBe("may");
  await welcomed("somebody", "203.0.113.7");
});

test("a ban of an IPv6 address is one of its network: no other address of it comes in, and no other spelling", async () => {
  const { house, alice } = await houseOfAlice("memory", {}, { proxies: ["loopback"] });
  const from = (address: string, name = "mallory") =>
    house.connects(`/ws?username=${name}`, address, { "x-forwarded-for": address });
  const mallory = await from("2001:db8:1:2::7");
  await mallory.hears({ type: "welcome" });
  expect(await tries(alice, "ban", { ...everyone, address: "2001:DB8:0001:2:0::99" })).toBe("may");
  await mallory.isClosed(4403);
  for (const address of ["2001:db8:1:2:ffff::1", "2001:0DB8:1:2::7", "2001:db8:1:2:1:2:3:4"])
    await (await from(address)).isClosed(4403);
  await (await from("2001:db8:1:3::7", "neighbour")).hears({ type: "welcome" });
  expect(await tries(alice, "ban", { ...everyone, address: "mallory" })).toBe("malformed");
  expect(await tries(alice, "unban", { ...everyone, address: "2001:db8:1:2::/64" })).toBe("may");
  await (await from("2001:db8:1:2::8")).hears({ type: "welcome" });
});

test("whoever is kicked is put out and may come back; who is not here is away", async () => {
  const { house, alice, bob } = await houseOfAlice();
  expect(await tries(alice, "kick", { ...everyone, username: "bob", reason: "rude" })).toBe("may");
  await bob.isClosed(4410);
  expect(await tries(alice, "kick", { ...everyone, username: "bob" })).toBe("away");
  expect(await tries(alice, "ban", { ...everyone, username: "bob", address: true })).toBe("away");
  await enters(house, "bob");
});

test("admins make admins and take it back; the last one stays, and none is banned or silenced by mistake", async () => {
  const { house, alice, bob } = await houseOfAlice();
  const role = (username: string, to: string) => ({ ...everyone, username, role: to });
  await house.events("guest");
  expect(await tries(alice, "set_role", role("guest", "admin"))).toBe("token_needed");
  expect(await tries(alice, "set_role", role("alice", "member"))).toBe("last_owner");
  expect(await tries(alice, "set_role", role("bob", "admin"))).toBe("may");
  expect(await tries(bob, "stats", {})).toBe("may");
  for (const type of ["ban", "silence"])
    expect(await tries(alice, type, { ...everyone, username: "bob" })).toBe("forbidden");
  expect(await tries(bob, "set_role", role("alice", "member"))).toBe("may");
  expect(await tries(alice, "stats", {})).toBe("forbidden");
  // At the shell also the last one can be.
  expect(await house.orders({ type: "role", who: key("bob"), role: "member" })).toEqual({ ok: true });
  expect(await tries(bob, "stats", {})).toBe("forbidden");
});

test("whoever is silenced in everyone writes there no more, nor in public rooms, and in private as ever", async () => {
  const { alice, bob } = await houseOfAlice();
  await tries(alice, "create_room", { conversation: "#den" });
  expect(await tries(bob, "join_room", { conversation: "#den" })).toBe("may");
  expect(await tries(alice, "silence", { ...everyone, username: "bob", for_s: 60, reason: "floods" })).toBe(
    "may",
  );
  for (const conversation of ["everyone", "#den"]) {
    const { told, payload } = await asks(bob, "send_message", { conversation, message: "hi" });
    expect(told).toBe("silenced");
    const end = /^you may not write here for now, until \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC: floods$/;
    expect(payload["message"]).toMatch(end);
    expect(payload["retry_after_ms"]).toBeGreaterThan(0);
  }
  const { told, payload } = await asks(bob, "set_status", { status: "busy", text: "SPAM" });
  expect([told, payload["message"]]).toEqual(["silenced", expect.stringMatching(/UTC: floods$/)]);
  expect(await tries(bob, "set_status", { status: "busy" })).toBe("may");
  for (const visibility of ["public", "private"])
    expect(await tries(bob, "create_room", { conversation: "#bobs", visibility })).toBe("silenced");
  expect(await tries(bob, "private_message", { to: "alice", message: "sorry" })).toBe("may");
  expect(await tries(alice, "unsilence", { ...everyone, username: "bob" })).toBe("may");
  expect(await tries(bob, "send_message", { message: "hi" })).toBe("may");
});

test("slow mode in everyone is told to all, and to whoever comes", async () => {
  const { house, alice, bob } = await houseOfAlice();
  const simple = await house.simple("sara");
  expect(await tries(alice, "slow_mode", { ...everyone, seconds: 600 })).toBe("may");
  await bob.hears({ type: "house_updated", payload: { slow_mode: 600, read_only: false } });
  await simple.hears({
    from: "server",
    message: "(slow mode: one message to all in 600 seconds)",
    note: "house_updated",
  });
  expect(await tries(bob, "send_message", { message: "one" })).toBe("may");
  expect((await asks(bob, "send_message", { message: "two" })).told).toBe("slow_mode");
  for (const message of ["a", "b"]) expect(await tries(alice, "send_message", { message })).toBe("may");
  const carl = await house.connects("/ws?username=carl");
  await carl.hears({ type: "welcome", payload: { house: { slow_mode: 600, read_only: false } } });
  await tries(alice, "slow_mode", { ...everyone, seconds: 0 });
  const dora = await house.connects("/ws?username=dora");
  const { payload } = (await dora.next()) as { payload: object };
  expect(payload).not.toHaveProperty("house");
  expect(payload).not.toHaveProperty("role");
});

test("whoever an order is about hears of it on all they have, in both dialects, with why and until when", async () => {
  const { house, alice, bob } = await houseOfAlice();
  const line = await house.connects(`/v1/ws?username=bob${token("bob")}`);
  const told = (what: object) => ({ type: "about_you", payload: { from: "alice", ...what } });
  await tries(alice, "silence", { ...everyone, username: "bob", for_s: 600, reason: "be calm" });
  const heard = await bob.next();
  expect(heard).toMatchObject(told({ what: "silenced", reason: "be calm" }));
  const { at, until, message } = heard["payload"] as { at: number; until: number; message: string };
  expect(until - at).toBe(600_000);
  expect(message).toMatch(/^you may not write in public until \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC: be calm$/);
  await line.hears({ from: "server", message: `(${message})`, note: "about_you" });
  await tries(alice, "unsilence", { ...everyone, username: "bob" });
  await bob.hears(told({ what: "unsilenced", message: "you may write in public again" }));
  for (const role of ["admin", "member"]) {
    await tries(alice, "set_role", { ...everyone, username: "bob", role });
    await bob.hears(told({ what: role }));
  }
  await house.orders({ type: "kick", who: key("bob"), reason: "take a walk" });
  const out = { what: "kicked", from: "server", reason: "take a walk" };
  await bob.hears(told({ ...out, message: "an admin puts you out: take a walk" }));
  await bob.isClosed(4410);
});

test("an announcement reaches all who are here, in both dialects, and no log", async () => {
  const { house, alice, bob } = await houseOfAlice();
  const simple = await house.simple("sara");
  const { payload } = await asks(alice, "announce", { message: "We close at noon." });
  // bob, alice twice, sara.
  expect(payload).toMatchObject({ conversation: "everyone", reached: 4 });
  expect(payload).not.toHaveProperty("seq");
  await bob.hears({ type: "announcement", payload: { message: "We close at noon.", from: "alice" } });
  await simple.hears({ from: "server", message: "We close at noon.", note: "announcement" });
  expect(await house.orders({ type: "announce", message: "Now." })).toEqual({ ok: true, reached: 4 });
  await bob.hears({ type: "announcement", payload: { message: "Now.", from: "server" } });
  expect((await asks(bob, "history", everyone)).payload).toMatchObject({ messages: [] });
});

test("the audit log tells what was done, in the house and in rooms, the newest first, and no message", async () => {
  const { alice, bob } = await houseOfAlice();
  const secret = "a secret word";
  const { payload: said } = await asks(bob, "send_message", { message: secret });
  await tries(bob, "create_room", { conversation: "#den" });
  await tries(alice, "join_room", { conversation: "#den" });
  await tries(bob, "kick", { conversation: "#den", username: "alice", reason: "a mistake" });
  await tries(alice, "delete_message", { ...everyone, message_seq: said["seq"] });
  await tries(alice, "announce", { message: secret });
  await tries(alice, "ban", { ...everyone, username: "bob", for_s: 60, reason: "floods" });
  const { payload } = await asks(alice, "audit", {});
  const lines = payload["lines"] as Record<string, unknown>[];
  expect(lines.map(({ by, action, about, detail }) => [by, action, about, detail])).toEqual([
    ["alice", "ban", "bob", "everyone, for 60 s, floods"],
    ["alice", "announce", "everyone", "13 characters"],
    ["alice", "delete_message", "bob", `everyone, message ${said["seq"]}`],
    ["bob", "kick", "alice", "#den, a mistake"],
    ["", "set_role", "alice", "everyone, admin"],
  ]);
  expect(JSON.stringify(payload)).not.toContain(secret);
  const page = (await asks(alice, "audit", { limit: 2 })).payload;
  expect(page).toMatchObject({ lines: [{ action: "ban" }, { action: "announce" }], more: true });
  const before = (page["lines"] as { id: number }[])[1]?.id;
  expect((await asks(alice, "audit", { limit: 2, before })).payload).toMatchObject({
    lines: [{ action: "delete_message" }, { action: "kick" }],
  });
});

test("as many bans as there may be: limit_reached, until one is lifted", async () => {
  const { alice } = await houseOfAlice("memory", {
    store: { roomsPerUser: 9, membersPerRoom: 9, reactionsPerMessage: 9, pins: 9, blocks: 9, terms: 2 },
  });
  const ban = (address: string) => tries(alice, "ban", { ...everyone, address });
  expect([await ban("203.0.113.1"), await ban("203.0.113.2"), await ban("203.0.113.3")]).toEqual([
    "may",
    "may",
    "limit_reached",
  ]);
  await tries(alice, "unban", { ...everyone, address: "203.0.113.1" });
  expect(await ban("203.0.113.3")).toBe("may");
  await tries(alice, "silence", { ...everyone, username: "bob" });
  await tries(alice, "create_room", { conversation: "#den" });
  expect(await tries(alice, "silence", { conversation: "#den", username: "bob" })).toBe("may");
  expect(await tries(alice, "silence", { ...everyone, username: "bob" })).toBe("limit_reached");
});

test("an admin sees who is banned and silenced, by whom, why and until when, a page at a time; not what has ended", async () => {
  const { house, alice } = await houseOfAlice();
  await enters(house, "carol");
  await tries(alice, "ban", { ...everyone, address: "203.0.113.9", for_s: 600, reason: "floods" });
  await tries(alice, "ban", { ...everyone, username: "carol" });
  await house.orders({
    type: "ban",
    who: undefined,
    address: "203.0.113.1",
    forSeconds: undefined,
    reason: "",
  });
  const { payload } = await asks(alice, "bans", {});
  expect(payload).toEqual({
    bans: [
      { address: "203.0.113.1", by: "" },
      { address: "203.0.113.9", by: "alice", reason: "floods", until: expect.any(Number) },
      { username: "carol", by: "alice" },
    ],
    count: 3,
    more: false,
  });
  expect((await asks(alice, "bans", { skip: 1, limit: 1 })).payload).toMatchObject({
    bans: [{ address: "203.0.113.9" }],
    count: 3,
    more: true,
  });
  await tries(alice, "silence", { ...everyone, username: "bob", for_s: 1 });
  await tries(alice, "create_room", { conversation: "#den" });
  await tries(alice, "silence", { conversation: "#den", username: "bob" });
  const silenced = () => asks(alice, "bans", { which: "silenced" });
  expect((await silenced()).payload).toMatchObject({ bans: [{ username: "bob", by: "alice" }], count: 1 });
  await expect.poll(async () => (await silenced()).payload["count"], { timeout: 5_000 }).toBe(0);
  await tries(alice, "unban", { ...everyone, username: "carol" });
  expect((await asks(alice, "bans", {})).payload).toMatchObject({ count: 2 });
});

test("an admin sees where somebody is logged in, and ends it", async () => {
  const { alice, bob } = await houseOfAlice();
  const { payload } = await asks(alice, "sessions", { username: "bob" });
  const [row] = payload["sessions"] as { session: string; here: number }[];
  expect(row).toMatchObject({ here: 1 });
  expect(await tries(alice, "end_session", { username: "bob", session: "none" })).toBe("unknown_session");
  expect(await tries(alice, "end_session", { username: "bob", session: row?.session })).toBe("may");
  await bob.isClosed(4401);
  for (const type of ["sessions", "end_session"])
    expect(await tries(alice, type, { username: "nobody", session: "none" })).toBe("unknown_user");
  for (const type of ["sessions", "end_session"])
    expect(await tries(alice, type, { username: "bob", session: row?.session })).toBe("away");
  expect((await asks(alice, "audit", { limit: 1 })).payload).toMatchObject({
    lines: [{ by: "alice", action: "end_session", about: "bob" }],
  });
});

test("stats tell who is here and how much is said", async () => {
  const { alice, bob } = await houseOfAlice();
  await tries(bob, "send_message", { message: "hi" });
  expect((await asks(alice, "stats", {})).payload).toMatchObject({
    connections: 3,
    users: 2,
    messages: 1,
    bans: 0,
  });
});
