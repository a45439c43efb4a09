// The events dialect: logging in, and the order in which one hears of one's own deeds.

import { expect, test } from "vitest";
import { openHouse } from "../support/house.js";

test("welcome says who one is, what holds, and where one stands", async () => {
  const house = await openHouse();
  await house.events("bob");
  const alice = await house.connects("/ws?username=Alice&token=alice-has-a-long-secret", "alice");
  await alice.hearsExactly({
    type: "welcome",
    payload: {
      username: "Alice",
      kept: true,
      protocol: 1,
      auth: "open",
      durable: false,
      epoch: expect.stringMatching(/^\w+$/),
      at: expect.any(Number),
      limits: {
        frame_bytes: 65_536,
        message_chars: 10_000,
        name_chars: 32,
        page_rows: 1_000,
        since_url_bytes: 4_096,
        since_frame_bytes: 60_000,
        login_ms: 30_000,
        login_tries: 5,
        account_attempts: 10,
        account_attempt_ms: 60_000,
        address_attempts: 50,
        address_attempt_ms: 10_000,
        ping_ms: 25_000,
        login_rooms: 20,
        rooms_per_user: 200,
        members_per_room: 10_000,
        devices_per_user: 16,
        reactions_per_message: 20,
        mentions_per_message: 20,
        pins: 50,
        blocks: 1_000,
        topic_chars: 300,
        status_chars: 100,
        search_chars: 256,
        search_terms: 16,
        search_rows: 50,
        reason_chars: 200,
        term_seconds: 31_622_400,
        slow_mode_seconds: 21_600,
        retention_seconds: 316_224_000,
        typing_every_ms: 3_000,
        typing_for_ms: 6_000,
        receipt_members: 100,
        messages_per_second: 10,
        messages_burst: 30,
        commands_per_second: 50,
        commands_burst: 200,
        address_messages_per_second: 100,
        address_messages_burst: 300,
        address_commands_per_second: 1_000,
        address_commands_burst: 5_000,
        connections_per_address: 256,
      },
      features: expect.arrayContaining(["nonce", "since", "history", "rooms", "receipts", "search"]),
      here: 2,
      settings: { status: "online", text: "", reading: "shared" },
      conversations: [{ conversation: "everyone", head: 0, read: 0, unread: 0, mentions: 0 }],
      more: false,
      session: expect.stringMatching(/^\d+$/),
    },
  });
  await alice.hearsNothing();
});

test("login in a frame is answered with its id; in the URL it has none", async () => {
  const house = await openHouse();
  const alice = await house.connects("/ws");
  alice.says('{"type":"login","id":1,"payload":{"username":"alice"}}');
  await alice.hears({ type: "welcome", id: 1, payload: { username: "alice", kept: false } });
  const bob = await house.connects("/ws?username=bob");
  const welcome = await bob.next();
  expect(welcome).toMatchObject({ type: "welcome", payload: { username: "bob" } });
  expect(welcome).not.toHaveProperty("id");
});

test.each([
  ['{"type":"send_message","id":1,"payload":{"message":"hi"}}'],
  ['{"type":"users","id":1}'],
  ['{"type":"history","id":1,"payload":{"conversation":"everyone"}}'],
  ['{"type":"read","id":1,"payload":{"conversation":"everyone","seq":1}}'],
])("before the login %s is refused; ping and help are answered", async (frame) => {
  const house = await openHouse();
  const guest = await house.connects("/ws");
  guest.says(frame, '{"type":"ping","id":2}', '{"type":"help","id":3}', "help");
  await guest.hears(
    {
      type: "error",
      id: 1,
      payload: { code: "login_first", example: '{"type":"login","payload":{"username":"alice"}}' },
    },
    { type: "ping", id: 2, payload: { at: expect.any(Number) } },
    { type: "help", id: 3 },
    { type: "help" },
  );
});

test("a second login on a connection is refused, and changes nothing", async () => {
  const house = await openHouse();
  const alice = await house.events("alice");
  alice.says('{"type":"login","id":1,"payload":{"username":"bob"}}');
  alice.says('{"type":"send_message","payload":{"message":"hi"}}');
  await alice.hears(
    { type: "error", id: 1, payload: { code: "already_logged_in" } },
    { type: "new_message", payload: { from: "alice" } },
  );
});

test("a refused login leaves the connection open for another; the fifth ends it with 4401", async () => {
  const house = await openHouse();
  await house.events("bob");
  const guest = await house.connects("/ws?username=bob");
  await guest.hears({ type: "error", payload: { code: "name_taken" } });
  for (const id of [2, 3, 4, 5]) guest.says(`{"type":"login","id":${id},"payload":{"username":"b b"}}`);
  for (const id of [2, 3, 4, 5]) await guest.hears({ type: "error", id, payload: { code: "bad_name" } });
  await guest.isClosed(4401);
});

test("the fifth try may still succeed", async () => {
  const house = await openHouse();
  const guest = await house.connects("/ws");
  for (const name of ["", "a b", "admin", "-x"])
    guest.says(`{"type":"login","payload":{"username":"${name}"}}`);
  guest.says('{"type":"login","id":5,"payload":{"username":"bob"}}');
  for (const _ of [1, 2, 3, 4]) await guest.hears({ type: "error", payload: { code: "bad_name" } });
  await guest.hears({ type: "welcome", id: 5 });
});

test("whoever does not log in in time is closed with 4408, whatever else they say", async () => {
  const house = await openHouse({ limits: { loginMs: 150 } });
  const silent = await house.connects("/ws");
  const chatty = await house.connects("/ws");
  const member = await house.events("alice");
  const talking = setInterval(() => chatty.isOpen && chatty.says('{"type":"ping"}'), 20);
  await silent.isClosed(4408);
  await chatty.isClosed(4408);
  clearInterval(talking);
  await member.hearsNothing();
});

test("the ack comes before the echo, with its id as it came, and names the echo's place", async () => {
  const house = await openHouse();
  const [alice, bob] = [await house.events("alice"), await house.events("bob")];
  alice.says(
    '{"type":"send_message","id":1,"payload":{"message":"one"}}',
    '{"type":"send_message","id":"1","payload":{"message":"two"}}',
    '{"type":"private_message","id":-3,"payload":{"message":"three","to":"@bob"}}',
    '{"type":"send_message","payload":{"message":"four","conversation":"@bob"}}',
  );
  const at = expect.any(Number);
  await alice.hearsExactly(
    { type: "ack", id: 1, payload: { conversation: "everyone", seq: 1, at } },
    expect.objectContaining({ type: "new_message" }),
    { type: "ack", id: "1", payload: { conversation: "everyone", seq: 2, at } },
    expect.objectContaining({ type: "new_message" }),
    { type: "ack", id: -3, payload: { conversation: "@bob", seq: 1, at, recipient: "here" } },
    expect.objectContaining({ type: "new_message" }),
    expect.objectContaining({
      type: "new_message",
      payload: expect.objectContaining({ message: "four", seq: 2 }),
    }),
  );
  await alice.hearsNothing();
  await bob.hears({ payload: { message: "one", seq: 1 } }, { payload: { message: "two", seq: 2 } });
  await bob.hears(
    { payload: { message: "three", to: "bob", conversation: "@alice", seq: 1 } },
    { payload: { message: "four", to: "bob", conversation: "@alice", seq: 2 } },
  );
});

test("an echo of a private message reaches the sender's other events connections, not their simple ones", async () => {
  const house = await openHouse();
  const token = "&token=alice-has-a-long-secret";
  const phone = await house.events("alice", token);
  const laptop = await house.events("alice", token);
  const script = await house.simple("alice", token);
  await house.simple("bob");
  phone.says('{"type":"private_message","payload":{"message":"psst","to":"bob"}}');
  for (const each of [phone, laptop])
    await each.hears({
      type: "new_message",
      payload: { message: "psst", from: "alice", conversation: "@bob" },
    });
  await script.hearsNothing();
});

test("a reply names what it answers", async () => {
  const house = await openHouse();
  const alice = await house.events("alice");
  alice.says(
    '{"type":"send_message","payload":{"message":"well?"}}',
    '{"type":"send_message","payload":{"message":"yes","reply_to":1}}',
    '{"type":"send_message","id":3,"payload":{"message":"what?","reply_to":9}}',
  );
  await alice.hears({ payload: { seq: 1 } }, { payload: { seq: 2, reply_to: 1 } });
  await alice.hears({ type: "error", id: 3, payload: { code: "unknown_message" } });
});

test("a command with an id gets exactly one answer; one without gets none but its refusal", async () => {
  const house = await openHouse();
  const alice = await house.events("alice");
  alice.says(
    '{"type":"users"}',
    '{"type":"delivered","payload":{"conversation":"everyone","seq":0}}',
    '{"type":"delivered","id":1,"payload":{"conversation":"everyone","seq":0}}',
    '{"type":"ping"}',
    '{"type":"dance"}',
  );
  const heard = await alice.heardSoFar();
  // What the store is asked for may be overtaken by what it is not: an `id` pairs an answer, not its place.
  expect(heard.map(({ type, id }) => `${type} ${id}`).toSorted()).toEqual([
    "ack 1",
    "error undefined",
    "ping undefined",
    "users undefined",
  ]);
});

test("help lists what one may do now, with examples that are obeyed as they stand", async () => {
  const house = await openHouse({ limits: { rates: undefined } });
  const guest = await house.connects("/ws");
  const help = async () => {
    guest.says("help");
    const { payload } = (await guest.next()) as { payload: { commands: Record<string, string>[] } };
    return payload.commands;
  };
  const before = await help();
  expect(before.map(({ type }) => type)).toEqual(["login", "ping", "help"]);
  guest.says(...before.map(({ example }) => String(example)));
  await guest.hears({ type: "welcome" }, { type: "ping" }, { type: "help" });
  await house.events("sara");
  const commands = await help();
  expect(commands.map(({ type }) => type)).toEqual(
    expect.arrayContaining(["send_message", "private_message", "history", "users", "help", "typing"]),
  );
  for (const { type, example } of commands) {
    guest.says(String(example));
    const codes = (await guest.heardSoFar()).map(({ payload }) => (payload as { code?: string }).code);
    expect([type, codes.filter((code) => code === "malformed" || code === "unknown_type")]).toEqual([
      type,
      [],
    ]);
  }
});
