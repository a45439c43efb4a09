// Who is who (WIRE §3): who holds a name, for how long, and who another user is.

import { describe, expect, test } from "vitest";
import { eventually } from "../support/eventually.js";
import type { StoreName } from "../support/house.js";
import { openHouse } from "../support/house.js";

const token = "&token=alice-has-a-long-secret";

test("the same name and token is the same user: more devices, in the spelling of the first", async () => {
  const house = await openHouse();
  const phone = await house.events("Alice", token);
  const laptop = await house.connects(`/ws?username=ALICE${token}`);
  await laptop.hears({ type: "welcome", payload: { username: "Alice", kept: true, here: 1 } });
  laptop.says('{"type":"send_message","payload":{"message":"hi"}}');
  await phone.hears({ payload: { from: "Alice", message: "hi" } });
});

test.each(["", "&token=not-the-secret-of-alice"])(
  "a name that a token holds is refused to others, here or away, and the hint says for how long (%s)",
  async (other) => {
    const house = await openHouse();
    const alice = await house.events("alice", token);
    for (const _ of ["here", "away"]) {
      const stranger = await house.connects(`/ws?username=alice${other}`);
      await stranger.hears({
        type: "error",
        payload: { code: "name_taken", retryable: false, hint: expect.stringContaining("7 days") },
      });
      await alice.leaves();
    }
  },
);

test("the hint names the hold that the server was given", async () => {
  const house = await openHouse({ nameHoldMs: 36 * 3_600_000 });
  await house.events("alice", token);
  const stranger = await house.connects("/ws?username=alice");
  await stranger.hears({ payload: { code: "name_taken", hint: expect.stringContaining("1.5 days") } });
});

test("once its hold is over, a kept name goes to whoever asks, as another user", async () => {
  const house = await openHouse({ nameHoldMs: 50 });
  const carol = await house.events("carol");
  const alice = await house.events("alice", token);
  alice.says('{"type":"private_message","id":1,"payload":{"message":"for your eyes","to":"carol"}}');
  await alice.hears({ type: "ack" });
  await alice.leaves();
  await eventually(async () => (await (await house.connects("/ws?username=alice")).next())["type"]).toBe(
    "welcome",
  );
  const heir = await house.connects(`/ws?username=alice${token}`);
  await heir.hears({ type: "error", payload: { code: "name_taken" } });
  carol.says('{"type":"history","id":1,"payload":{"conversation":"@alice~1"}}');
  const answer = (await carol.heardSoFar()).at(-1);
  expect(answer).toMatchObject({ type: "history", payload: { messages: [{ message: "for your eyes" }] } });
});

test("two spellings of a name are one name", async () => {
  const house = await openHouse();
  await house.events("josé");
  const other = await house.connects(`/ws?username=${encodeURIComponent("JOSE\u0301")}`);
  await other.hears({ type: "error", payload: { code: "name_taken" } });
});

test.each([
  ["a Cyrillic а in admin is refused", "аdmin", /mixes Cyrillic and Latin/],
  ["rn for the m of admin is refused", "adrnin", /looks like admin/],
  ["Cyrillic letters alone that look like system are refused", "ѕуѕтем", /looks like system/],
  ["digits of two kinds are refused", "سارة2٢", /digits of one kind/],
  ["a digit in front of Arabic letters is refused", "2سارة", /begins with a letter/],
  ["Latin and Han letters are refused", "田中Ken", /mixes Han and Latin/],
  ["full-width letters are refused", "ａｄｍｉｎ", /plainly it is admin/],
  ["a zero-width space is refused", "ad\u200bmin", /invisible/],
  ["a bidi override is refused", "\u202enimda", /invisible/],
  ["half an escape is refused", "%D8", /UTF-8/],
])("%s", async (_what, name, why) => {
  const house = await openHouse();
  const guest = await house.connects(
    `/ws?username=${name.startsWith("%") ? name : encodeURIComponent(name)}`,
  );
  await guest.hears({
    type: "error",
    payload: { code: "bad_name", message: expect.stringMatching(why), retryable: false },
  });
});

test.each(["سارة", "سارة٢", "田中さん", "김철수", "Ольга", "नमस्ते", "José"])("%s is welcome", async (name) => {
  const house = await openHouse();
  const guest = await house.events(name);
  guest.says('{"type":"send_message","payload":{"message":"hi"}}');
  await guest.hears({ type: "new_message", payload: { from: name } });
});

describe.each<StoreName>(["memory", "sqlite"])("a name that looks like another's (%s)", (store) => {
  test("is refused while that is held, and says whose it is; the simple dialect is closed with 4409", async () => {
    const house = await openHouse({ store });
    const mary = await house.events("Mary");
    const refusal = {
      code: "looks_alike",
      message: "this name looks like Mary, which somebody else has",
      retryable: false,
    };
    const guest = await house.connects("/ws?username=rnary");
    await guest.hears({ type: "error", payload: refusal });
    guest.says('{"type":"login","id":1,"payload":{"username":"Rnary","token":"a-secret-of-mallory"}}');
    await guest.hears({ type: "error", id: 1, payload: refusal });
    const simple = await house.connects("/v1/ws?username=rnary");
    await simple.hears({ error: { ...refusal, example: expect.stringContaining("/v1/ws?username=") } });
    await simple.isClosed(4409);
    await mary.leaves();
    await eventually(async () => {
      guest.says('{"type":"login","id":2,"payload":{"username":"rnary"}}');
      return (await guest.next())["type"];
    }).toBe("welcome");
  });

  test("is refused while that is kept by a token, here or away", async () => {
    const house = await openHouse({ store });
    const alice = await house.events("alice", token);
    await alice.leaves();
    const guest = await house.connects("/ws?username=aIice");
    await guest.hears({ type: "error", payload: { code: "looks_alike" } });
    await house.events("alice", token);
  });

  test("is no other's if it is one's own in another spelling", async () => {
    const house = await openHouse({ store });
    await house.events("mary", token);
    await house.events("MARY", token);
    const stranger = await house.connects("/ws?username=MARY");
    await stranger.hears({ type: "error", payload: { code: "name_taken" } });
  });
});

test("a private message to somebody away with a token waits for them", async () => {
  const house = await openHouse();
  const bob = await house.events("bob");
  const alice = await house.events("alice", token);
  await alice.leaves();
  bob.says('{"type":"private_message","id":1,"payload":{"message":"call me","to":"alice"}}');
  await bob.hears({ type: "ack", payload: { recipient: "away", conversation: "@alice", seq: 1 } });
  const back = await house.connects(`/ws?username=alice${token}`);
  await back.hears({
    type: "welcome",
    payload: {
      conversations: [{ conversation: "everyone" }, { conversation: "@bob", head: 1, read: 0, unread: 1 }],
    },
  });
  const script = await house.connects(`/v1/ws?username=alice${token}`);
  await script.hears({ from: "server", note: "welcome", message: expect.stringContaining("since=unread") });
  const reader = await house.connects(`/v1/ws?username=alice${token}&since=unread`);
  await reader.hears({ from: "bob", message: "call me", target: "alice" }, { resumed: { replayed: 1 } });
});

test.each<StoreName>(["memory", "sqlite"])(
  "a name nobody ever had is unknown_user; one whose holder without a token has gone is away (%s)",
  async (store) => {
    const house = await openHouse({ store });
    const [alice, bob] = [await house.events("alice"), await house.events("bob")];
    const say = '{"type":"private_message","id":1,"payload":{"message":"hi","to":"bob"}}';
    await bob.leaves();
    await eventually(async () => {
      alice.says(say);
      return (await alice.heardSoFar()).at(-1);
    }).toMatchObject({ type: "error", payload: { code: "away", hint: expect.stringContaining("token") } });
    alice.says('{"type":"private_message","id":2,"payload":{"message":"hi","to":"nobody"}}');
    await alice.hears({ type: "error", id: 2, payload: { code: "unknown_user" } });
  },
);

test.each([
  ["15 characters", "x".repeat(15), false],
  ["16 characters", "x".repeat(16), true],
  ["128 characters", "x".repeat(128), true],
  ["129 characters", "x".repeat(129), false],
  ["a space", "a token with spaces", false],
  ["another script", "س".repeat(16), false],
])("a token of %s", async (_what, text, allowed) => {
  const house = await openHouse();
  const alice = await house.connects(`/ws?username=alice&token=${encodeURIComponent(text)}`);
  await alice.hears({ type: allowed ? "welcome" : "error" });
});

test("no token is ever told or logged", async () => {
  const house = await openHouse();
  const alice = await house.events("alice", token);
  const stranger = await house.connects("/ws?username=alice&token=not-the-secret-of-alice");
  await stranger.hears({ type: "error" });
  stranger.says('{"type":"login","payload":{"username":"alice","token":"short-secret"}}');
  await stranger.hears({ type: "error" });
  for (const talker of [alice, stranger]) expect(talker.transcript.join()).not.toMatch(/secret/);
  expect(house.log.join()).not.toMatch(/secret/);
});

test.each<StoreName>(["memory", "sqlite"])(
  "of ten who ask for a name at once, one gets it (%s)",
  async (store) => {
    const house = await openHouse({ store });
    const asking = await Promise.all(Array.from({ length: 10 }, () => house.connects("/ws?username=bob")));
    const answers = await Promise.all(asking.map(async (talker) => (await talker.next())["type"]));
    expect(answers.filter((type) => type === "welcome")).toHaveLength(1);
    expect(answers.filter((type) => type === "error")).toHaveLength(9);
  },
);

test.each<StoreName>(["memory", "sqlite"])(
  "ten devices with its token at once are one user (%s)",
  async (store) => {
    const house = await openHouse({ store });
    const devices = await Promise.all(
      Array.from({ length: 10 }, () => house.connects(`/ws?username=alice${token}`)),
    );
    for (const device of devices)
      await device.hears({ type: "welcome", payload: { username: "alice", kept: true } });
    const [phone] = devices;
    phone?.says('{"type":"users","id":1}');
    await phone?.hears({ type: "users", payload: { count: 1 } });
    phone?.says('{"type":"private_message","payload":{"message":"to myself","to":"alice"}}');
    for (const device of devices)
      await device.hears({ type: "new_message", payload: { message: "to myself", seq: 1 } });
  },
);
