// Coming back: `since` in the URL and in a login, in all its forms (WIRE §4).

import { describe, expect, test } from "vitest";
import { nextMillisecond } from "../support/clock.js";
import type { House } from "../support/house.js";
import { openHouse } from "../support/house.js";
import type { Frame, Talker } from "../support/talker.js";

const token = "token=bob-has-a-long-secret";

/** Three lines to all, two to bob from alice, one to bob from carol; bob has never been there since. */
async function whileBobWasAway(): Promise<House> {
  const house = await openHouse();
  await (await house.events("bob", `&${token}`)).leaves();
  const [alice, carol] = [await house.events("alice"), await house.simple("carol")];
  for (const n of [1, 2, 3]) {
    alice.says(`{"type":"send_message","payload":{"message":"all ${n}"}}`);
    await alice.hears({ type: "new_message" });
  }
  await nextMillisecond();
  carol.says('{"message":"from carol","target":"bob"}');
  await carol.heardSoFar();
  await nextMillisecond();
  for (const n of [1, 2])
    alice.says(`{"type":"private_message","payload":{"message":"from alice ${n}","to":"bob"}}`);
  await alice.heardSoFar();
  return house;
}

/** Comes back in the URL, and gives what is heard after the welcome, up to and with `resumed`. */
async function back(house: House, since: string, more = ""): Promise<Frame[]> {
  const bob = await house.connects(
    `/ws?username=bob&${token}&since=${encodeURIComponent(since)}${more}`,
    "bob",
  );
  return untilResumed(bob);
}

async function untilResumed(talker: Talker): Promise<Frame[]> {
  await talker.hears({ type: "welcome" });
  const heard: Frame[] = [];
  while (heard.at(-1)?.["type"] !== "resumed") heard.push(await talker.next());
  return heard;
}

/** Frames in short: `everyone 1`, `resumed 6`. */
const short = (frames: readonly Frame[]): string[] =>
  frames.map((frame) => {
    const { conversation, seq, replayed } = frame["payload"] as Record<string, unknown>;
    return frame["type"] === "resumed" ? `resumed ${replayed}` : `${conversation} ${seq}`;
  });

describe.each(["in the URL", "in login"])("%s", (where) => {
  test.each([
    ["everyone:1,*:head", ["everyone 2", "everyone 3", "resumed 2"]],
    ["everyone:-1,*:head", ["everyone 3", "resumed 1"]],
    ["everyone:-99,*:head", ["everyone 1", "everyone 2", "everyone 3", "resumed 3"]],
    ["everyone:3,*:head", ["resumed 0"]],
    ["everyone:2,@alice:1,*:head", ["everyone 3", "@alice 2", "resumed 2"]],
    ["@carol:-1,*:head", ["@carol 1", "resumed 1"]],
    ["everyone:3,@alice:0", ["@carol 1", "@alice 1", "@alice 2", "resumed 3"]],
    ["unread", ["everyone 1", "everyone 2", "everyone 3", "@carol 1", "@alice 1", "@alice 2", "resumed 6"]],
    ["*:0", ["everyone 1", "everyone 2", "everyone 3", "@carol 1", "@alice 1", "@alice 2", "resumed 6"]],
    ["*:unread,everyone:-1", ["everyone 3", "@carol 1", "@alice 1", "@alice 2", "resumed 4"]],
    ["*:head", ["resumed 0"]],
  ])("%s brings %j, the longest silent conversation first", async (since, heard) => {
    const house = await whileBobWasAway();
    if (where === "in the URL") return expect(short(await back(house, since))).toEqual(heard);
    const bob = await house.connects("/ws", "bob");
    bob.says(
      `{"type":"login","id":1,"payload":{"username":"bob","token":"bob-has-a-long-secret","since":"${since}"}}`,
    );
    expect(short(await untilResumed(bob))).toEqual(heard);
  });
});

test("without since nothing is replayed, and what is said from now on is heard", async () => {
  const house = await whileBobWasAway();
  const bob = await house.events("bob", `&${token}`);
  const dave = await house.simple("dave");
  dave.says('{"message":"hi"}');
  await bob.hears({ type: "new_message", payload: { message: "hi", seq: 4 } });
  await bob.hearsNothing();
});

test("a simple client is replayed to in its own words, private mail with it, then told that this was all", async () => {
  const house = await whileBobWasAway();
  const bob = await house.connects(`/v1/ws?username=bob&${token}&since=everyone:1`, "bob");
  await bob.hears(
    { from: "alice", message: "all 2", target: "", conversation: "everyone", seq: 2 },
    { from: "alice", message: "all 3", target: "", conversation: "everyone", seq: 3 },
    { from: "carol", message: "from carol", target: "bob", conversation: "@carol", seq: 1 },
    { from: "alice", message: "from alice 1", target: "bob", conversation: "@alice", seq: 1 },
    { from: "alice", message: "from alice 2", target: "bob", conversation: "@alice", seq: 2 },
  );
  await bob.hearsExactly({ resumed: { epoch: expect.any(String), replayed: 5 } });
});

test("a simple client without since is told once that private mail waits", async () => {
  const house = await whileBobWasAway();
  const bob = await house.simple("bob", `&${token}`).catch(() => undefined);
  expect(bob).toBeUndefined();
  const again = await house.connects(`/v1/ws?username=bob&${token}`, "bob");
  await again.hears({
    from: "server",
    note: "welcome",
    target: "",
    message: expect.stringMatching(/2 private conversations.*since=unread/),
  });
  await again.hearsNothing();
});

test("of one's own lines a simple client is replayed those of its other connections, as it would hear them live", async () => {
  const house = await openHouse();
  const phone = await house.simple("bob", `&${token}`);
  const laptop = await house.simple("bob", `&${token}`);
  phone.says('{"message":"from my phone"}');
  await laptop.hears({ message: "from my phone" });
  await phone.hearsNothing();
  const tablet = await house.connects(`/v1/ws?username=bob&${token}&since=everyone:0`);
  await tablet.hears({ message: "from my phone" }, { resumed: { replayed: 1 } });
});

test("a cursor past the head, or of another epoch, is named in reset; the conversation goes on live", async () => {
  const house = await whileBobWasAway();
  expect((await back(house, "everyone:99,@alice:3,*:head")).at(-1)).toMatchObject({
    type: "resumed",
    payload: { replayed: 0, reset: ["everyone", "@alice"] },
  });
  expect((await back(house, "everyone:1,*:head", "&epoch=of-another-time")).at(-1)).toMatchObject({
    payload: { replayed: 0, reset: ["everyone"] },
  });
  const bob = await house.connects(`/ws?username=bob&${token}&since=everyone:99,*:head`);
  await untilResumed(bob);
  (await house.simple("dave")).says('{"message":"hi"}');
  await bob.hears({ type: "new_message", payload: { message: "hi", seq: 4 } });
});

test("a cursor of this epoch is honoured", async () => {
  const house = await whileBobWasAway();
  const [resumed] = (await back(house, "*:head")) as [{ payload: { epoch: string } }];
  const { epoch } = resumed.payload;
  expect(short(await back(house, "everyone:2,*:head", `&epoch=${epoch}`))).toEqual([
    "everyone 3",
    "resumed 1",
  ]);
});

test("conversations that don't exist and those of others are named in ignored, alike", async () => {
  const house = await whileBobWasAway();
  const heard = await back(house, "dev:3,@nobody:1,@alice:2,@dave:0,@carol:1,everyone:3");
  expect(heard).toMatchObject([
    { type: "resumed", payload: { replayed: 0, ignored: ["dev", "@nobody", "@dave"] } },
  ]);
  expect(heard[0]?.["payload"]).not.toHaveProperty("reset");
});

test.each([
  ["nothing", "", "conversation:seq"],
  ["no cursor", "soon", "conversation:seq"],
  ["no number", "everyone:x", "everyone:x"],
  ["a conversation twice", "everyone:1,everyone:2", "twice"],
  ["an unknown word for all others", "*:5", "unread, 0 or head"],
  ["4,097 bytes", `everyone:${"0".repeat(4_088)}`, "4096 bytes"],
])("a since of %s can't be read, and the refusal says what in it", async (_what, since, why) => {
  const house = await openHouse();
  const bob = await house.connects(`/ws?username=bob&since=${since}`);
  await bob.hears({
    type: "error",
    payload: { code: "bad_since", message: expect.stringContaining(why), example: expect.any(String) },
  });
  bob.says('{"type":"login","id":1,"payload":{"username":"bob","since":"unread"}}');
  await bob.hears({ type: "welcome", id: 1 });
});

test("in a login since may have 60,000 bytes, and not one more", async () => {
  const house = await openHouse();
  const names = Array.from({ length: 6_666 }, (_, n) => `@p${String(n).padStart(4, "0")}:1`).join(",");
  const login = (id: number, since: string): string =>
    `{"type":"login","id":${id},"payload":{"username":"bob","since":"${since}"}}`;
  const longest = `${names},@q:111`;
  expect(longest).toHaveLength(60_000);
  const bob = await house.connects("/ws");
  bob.says(login(1, `${longest}1`), login(2, longest));
  await bob.hears({
    type: "error",
    id: 1,
    payload: { code: "bad_since", message: expect.stringContaining("60000 bytes") },
  });
  await bob.hears({ type: "welcome", id: 2 });
  const resumed = await bob.nextText();
  expect(JSON.parse(resumed)).toMatchObject({ type: "resumed", payload: { ignored: { length: 6_667 } } });
  expect(Buffer.byteLength(resumed)).toBeLessThanOrEqual(65_536);
});

test("what is said while one is replayed to waits for its place, and is heard once", async () => {
  const house = await whileBobWasAway();
  const bob = await house.connects(`/ws?username=bob&${token}&since=*:0`, "bob");
  bob.says('{"type":"send_message","id":1,"payload":{"message":"I am back"}}');
  const everyone: number[] = [];
  while (everyone.at(-1) !== 4) {
    const { type, payload } = (await bob.next()) as {
      type: string;
      payload: { conversation: string; seq: number };
    };
    if (type === "new_message" && payload.conversation === "everyone") everyone.push(payload.seq);
  }
  expect(everyone).toEqual([1, 2, 3, 4]);
});

test("more conversations than are looked up at a time are all replayed", async () => {
  const house = await openHouse({ limits: { resumeRows: 3, pageRows: 2, rates: undefined } });
  await (await house.events("bob", `&${token}`)).leaves();
  for (let n = 0; n < 10; n += 1) {
    const friend = await house.simple(`friend${n}`);
    for (const text of ["a", "b", "c"]) friend.says(`{"message":"${text}","target":"bob"}`);
    await friend.heardSoFar();
  }
  const heard = short(await back(house, "unread"));
  const expected = Array.from({ length: 10 }, (_, n) => [1, 2, 3].map((seq) => `@friend${n} ${seq}`)).flat();
  expect(heard.slice(0, -1).toSorted()).toEqual(expected.toSorted());
  for (let n = 0; n < 10; n += 1)
    expect(heard.filter((line) => line.startsWith(`@friend${n} `))).toEqual(
      [1, 2, 3].map((seq) => `@friend${n} ${seq}`),
    );
});
