// Pages of the log: `history` as it stands, `log` as it was pushed.

import { expect, test } from "vitest";
import type { House, StoreName } from "../support/house.js";
import { openHouse } from "../support/house.js";
import type { Talker } from "../support/talker.js";

/** alice, in a house in which she has said 1 to `lines`. */
async function afterLines(
  lines: number,
  store: StoreName = "memory",
): Promise<{ house: House; alice: Talker }> {
  const house = await openHouse({ store, limits: { rates: undefined } });
  const alice = await house.events("alice");
  for (let n = 1; n <= lines; n += 1) alice.says(`{"type":"send_message","payload":{"message":"${n}"}}`);
  await alice.heardSoFar();
  return { house, alice };
}

interface PageTold {
  readonly messages?: readonly { readonly seq: number }[];
  readonly entries?: readonly { readonly payload: { readonly seq: number } }[];
  readonly first?: number;
  readonly head: number;
  readonly more: boolean;
}

/** Asks, and gives the answer in short: the seqs and whether there is more. */
async function ask(talker: Talker, type: string, fields: string): Promise<readonly unknown[]> {
  talker.says(`{"type":"${type}","id":"page","payload":{"conversation":"everyone"${fields}}}`);
  const answer = await talker.next();
  expect(answer).toMatchObject({ type, id: "page", payload: { conversation: "everyone" } });
  const { messages, entries, more } = answer["payload"] as PageTold;
  return [(messages ?? entries?.map(({ payload }) => payload) ?? []).map(({ seq }) => seq), more];
}

test.each<StoreName>(["memory", "sqlite"])(
  "history gives the newest, or what is before, after or around (%s)",
  async (store) => {
    const { alice } = await afterLines(10, store);
    for (const [fields, seqs, more] of [
      ["", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], false],
      [',"limit":3', [8, 9, 10], true],
      [',"before":8,"limit":3', [5, 6, 7], true],
      [',"before":4,"limit":3', [1, 2, 3], false],
      [',"before":1', [], false],
      [',"after":7', [8, 9, 10], false],
      [',"after":2,"limit":3', [3, 4, 5], true],
      [',"after":10', [], false],
      [',"around":5,"limit":3', [4, 5, 6], true],
      [',"around":1,"limit":3', [1, 2, 3], true],
      [',"around":10,"limit":3', [8, 9, 10], true],
      [',"before":99,"limit":2', [9, 10], true],
      [',"before":null,"after":8', [9, 10], false],
    ] as const)
      expect(await ask(alice, "history", fields), fields).toEqual([seqs, more]);
  },
);

test("a page is made of what new_message has, a log of pushes, and says where the log begins and ends", async () => {
  const { alice } = await afterLines(2);
  alice.says('{"type":"history","id":1,"payload":{"conversation":"everyone","limit":1}}');
  const [at, sent] = [expect.any(Number), expect.stringMatching(/^\d\d:\d\d:\d\d$/)];
  const line = { message: "2", from: "alice", sent, conversation: "everyone", seq: 2, at };
  await alice.hearsExactly({
    type: "history",
    id: 1,
    payload: { conversation: "everyone", messages: [line], first: 1, head: 2, more: true },
  });
  alice.says('{"type":"log","id":2,"payload":{"conversation":"everyone","after":1}}');
  await alice.hearsExactly({
    type: "log",
    id: 2,
    payload: {
      conversation: "everyone",
      entries: [{ type: "new_message", payload: line }],
      head: 2,
      more: false,
    },
  });
});

test("without a limit a page has 50; 1 and 1,000 may be asked for, 0 and 1,001 not", async () => {
  const { alice } = await afterLines(1_001);
  const [fifty] = await ask(alice, "history", "");
  const [one] = await ask(alice, "history", ',"limit":1');
  const [many] = await ask(alice, "history", ',"limit":1000,"after":0');
  expect([fifty, one]).toMatchObject([{ length: 50 }, { length: 1 }]);
  // As many as have room in 64 KiB.
  expect((many as number[]).length).toBeGreaterThan(500);
  for (const limit of ["0", "1001", "-1", "1.5", '"5"', "1e9"]) {
    alice.says(`{"type":"history","id":1,"payload":{"conversation":"everyone","limit":${limit}}}`);
    await alice.hears({
      type: "error",
      id: 1,
      payload: { code: "malformed", message: expect.stringContaining("limit") },
    });
  }
});

test("log gives what comes after a seq, page by page up to the head", async () => {
  const { alice } = await afterLines(7);
  expect(await ask(alice, "log", ',"after":0,"limit":3')).toEqual([[1, 2, 3], true]);
  expect(await ask(alice, "log", ',"after":3,"limit":3')).toEqual([[4, 5, 6], true]);
  expect(await ask(alice, "log", ',"after":6,"limit":3')).toEqual([[7], false]);
  expect(await ask(alice, "log", ',"after":7')).toEqual([[], false]);
});

test.each(["😀", "\\u0001", "é", '\\"'])(
  "however long its messages (of %s), a page's frame is no longer than 64 KiB and holds one at least",
  async (char) => {
    const house = await openHouse({ limits: { rates: undefined } });
    const alice = await house.events("alice");
    for (let n = 0; n < 8; n += 1)
      alice.says(`{"type":"send_message","payload":{"message":"${char.repeat(9_000)}"}}`);
    await alice.heardSoFar();
    for (const window of ["", ',"after":0', ',"before":9', ',"around":4']) {
      alice.says(`{"type":"history","id":1,"payload":{"conversation":"everyone"${window}}}`);
      const text = await alice.nextText();
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(65_536);
      const { payload } = JSON.parse(text) as { payload: PageTold };
      const seqs = (payload.messages ?? []).map(({ seq }) => seq);
      expect(seqs.length).toBeGreaterThanOrEqual(1);
      expect(seqs).toEqual(seqs.map((_, index) => (seqs[0] ?? 0) + index));
      expect(payload.more).toBe(true);
      if (window === ',"after":0') expect(seqs[0]).toBe(1);
      if (window === ',"around":4') expect(seqs).toContain(4);
      if (window === "" || window === ',"before":9') expect(seqs.at(-1)).toBe(8);
    }
  },
);

test("a private conversation is read by its two sides, each by the other's name, and by nobody else", async () => {
  const house = await openHouse();
  const [alice, bob, eve] = [
    await house.events("alice"),
    await house.events("bob"),
    await house.events("eve"),
  ];
  alice.says('{"type":"private_message","payload":{"message":"psst","to":"bob"}}');
  await bob.hears({ payload: { message: "psst" } });
  await alice.heardSoFar();
  for (const [person, other] of [
    [alice, "@bob"],
    [bob, "@alice"],
  ] as const) {
    person.says(`{"type":"history","id":1,"payload":{"conversation":"${other}"}}`);
    await person.hears({
      payload: {
        conversation: other,
        messages: [{ message: "psst", from: "alice", to: "bob", conversation: other }],
      },
    });
  }
  for (const other of ["@alice", "@bob", "@eve", "#dev", "dev", "@nobody", "@alice~1"]) {
    eve.says(`{"type":"history","id":1,"payload":{"conversation":"${other}"}}`);
    await eve.hears({ type: "error", id: 1, payload: { code: "unknown_conversation" } });
  }
});

test("pages and pushes meet: with only the pushes above head applied there is no hole and no double", async () => {
  const house = await openHouse({ store: "sqlite", limits: { rates: undefined } });
  const alice = await house.events("alice");
  const talking = setInterval(() => {
    for (let n = 0; n < 5; n += 1) alice.says('{"type":"send_message","payload":{"message":"hi"}}');
  }, 1);
  for (let n = 0; n < 15; n += 1) {
    const reader = await house.connects(`/ws?username=reader${n}`);
    await reader.hears({ type: "welcome" });
    reader.says('{"type":"history","id":1,"payload":{"conversation":"everyone","limit":20}}');
    let shown: number[] | undefined;
    const pushed: number[] = [];
    while (shown === undefined || pushed.length < 10 || (pushed.at(-1) ?? 0) <= (shown.at(-1) ?? 0)) {
      const { type, payload } = (await reader.next()) as {
        type: string;
        payload: PageTold & { seq: number };
      };
      if (type === "new_message") pushed.push(payload.seq);
      if (type === "history") shown = (payload.messages ?? []).map(({ seq }) => seq);
    }
    const head = shown.at(-1) ?? 0;
    const seen = [...shown, ...pushed.filter((seq) => seq > head)];
    expect(seen).toEqual(seen.map((_, index) => (seen[0] ?? 0) + index));
    reader.breaks();
  }
  clearInterval(talking);
});
