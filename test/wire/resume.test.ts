// Coming back, again and again, while others go on talking; and reading so slowly that the server reads
// the log to one instead. Nothing is missed, and nothing comes twice.

import { describe, expect, onTestFinished, test } from "vitest";
import type { House, StoreName } from "../support/house.js";
import { openHouse } from "../support/house.js";
import type { RawSocket } from "../support/raw-socket.js";
import { dialWebSocket, frame } from "../support/raw-socket.js";
import type { Talker } from "../support/talker.js";

const token = "token=bob-has-a-long-secret";
const paths = { events: "/ws", simple: "/v1/ws" } as const;

/** alice, who talks to all and to bob until the test is over. */
async function talkative(house: House): Promise<Talker> {
  const alice = await house.events("alice");
  let said = 0;
  const talking = setInterval(() => {
    for (let n = 0; n < 3; n += 1) {
      said += 1;
      alice.says(
        said % 4 === 0
          ? `{"type":"private_message","payload":{"message":"to bob ${said}","to":"bob"}}`
          : `{"type":"send_message","payload":{"message":"to all ${said}"}}`,
      );
    }
  }, 1);
  onTestFinished(() => clearInterval(talking));
  return alice;
}

interface Place {
  readonly conversation: string;
  readonly seq: number;
}

describe.each<[keyof typeof paths, StoreName]>([
  ["events", "memory"],
  ["events", "sqlite"],
  ["simple", "memory"],
  ["simple", "sqlite"],
])("%s on %s", (dialect, store) => {
  test("a client that is cut and comes back 25 times, while all go on, hears everything once and in order", async () => {
    const house = await openHouse({ store, limits: { rates: undefined, pageRows: 40 } });
    await (await house.events("bob", `&${token}`)).leaves();
    await talkative(house);
    const heard: Record<string, number[]> = { everyone: [], "@alice": [] };
    const last = (conversation: string): number => heard[conversation]?.at(-1) ?? 0;
    for (let round = 0; round < 25; round += 1) {
      const since = `everyone:${last("everyone")},@alice:${last("@alice")}`.replace(",@alice:0", "");
      const bob = await house.connects(`${paths[dialect]}?username=bob&${token}&since=${since},*:0`, "bob");
      let resumed = false;
      // Sometimes cut in the replay, sometimes far into live.
      for (let left = (round * 7) % 60; left > 0 || (round % 3 === 0 && !resumed); left -= 1) {
        const it = (await bob.next()) as Record<string, unknown>;
        resumed ||= "resumed" in it || it["type"] === "resumed";
        const { conversation, seq } = (dialect === "simple" ? it : it["payload"]) as Partial<Place>;
        if (conversation !== undefined && seq !== undefined) heard[conversation]?.push(seq);
      }
      bob.breaks();
    }
    for (const seqs of Object.values(heard)) {
      expect(seqs).toEqual(seqs.map((_, index) => index + 1));
      expect(seqs.length).toBeGreaterThan(20);
    }
  });
});

/** Reads on until `last` of everyone was heard; gives all that was heard on the way. */
async function readUntil(reader: RawSocket, last: number): Promise<{ seqs: number[]; types: Set<unknown> }> {
  const seqs: number[] = [];
  const types = new Set<unknown>();
  while (seqs.at(-1) !== last) {
    const next = await reader.frame();
    if (next === undefined) throw new Error(`the reader was closed after ${seqs.at(-1)}`);
    if (next.opcode === 9) reader.writes(frame(next.payload, { opcode: 10 }));
    if (next.opcode !== 1) continue;
    const it = JSON.parse(next.payload.toString()) as Record<string, unknown>;
    types.add(it["type"]);
    const { seq, conversation } = (it["payload"] ?? it) as Partial<Place>;
    if (conversation === "everyone" && seq !== undefined) seqs.push(seq);
  }
  return { seqs, types };
}

const upTo = (head: number): number[] => Array.from({ length: head }, (_, index) => index + 1);

test.each<StoreName>(["memory", "sqlite"])(
  "readers who stop while 12 MB are said get all of it later, in order, and then are live again (%s)",
  async (store) => {
    const house = await openHouse({ store, limits: { rates: undefined, congestedBytes: 128 * 1024 } });
    const alice = await house.events("alice");
    const slow = {
      events: await dialWebSocket(house.port, `/ws?username=slow1&since=everyone:0`),
      simple: await dialWebSocket(house.port, `/v1/ws?username=slow2&since=everyone:0`),
    };
    const quick = await house.simple("quick");
    // Live first: whoever still catches up is told nothing of being behind.
    for (const reader of Object.values(slow)) await reader.frameWith('"resumed"');
    for (const reader of Object.values(slow)) reader.stopsReading();
    const text = "x".repeat(9_900);
    const total = 1_200;
    let acked = 0;
    for (let n = 1; n <= total; n += 1) {
      alice.says(`{"type":"send_message","id":${n},"payload":{"message":"${n} ${text}"}}`);
      // As fast as it is taken, not faster.
      while (n - acked > 50) if ((await alice.next())["type"] === "ack") acked += 1;
      // They read on while there is still much to come.
      if (n === 1_000) for (const reader of Object.values(slow)) reader.readsOn();
    }
    const [events, simple] = await Promise.all([
      readUntil(slow.events, total),
      readUntil(slow.simple, total),
    ]);
    expect(events.seqs).toEqual(upTo(total));
    expect(simple.seqs).toEqual(upTo(total));
    expect(events.types).toContain("behind");

    alice.says('{"type":"send_message","payload":{"message":"still there?"}}');
    for (const reader of Object.values(slow))
      expect((await readUntil(reader, total + 1)).seqs).toEqual([total + 1]);
    // Whoever never stopped may have been behind too, on a loaded machine: an answer to something asked
    // now would not stand behind all that is still read to them.
    const heard: unknown[] = [];
    while (heard.at(-1) !== total + 1) heard.push((await quick.next())["seq"]);
    expect(heard).toEqual(upTo(total + 1));
    await quick.hearsNothing();
  },
);

test("a reader of private messages who stops gets all of them too", async () => {
  const house = await openHouse({ limits: { rates: undefined, congestedBytes: 128 * 1024 } });
  const alice = await house.events("alice");
  const slow = await dialWebSocket(house.port, `/ws?username=bob&${token}`);
  await slow.frameWith('"welcome"');
  slow.stopsReading();
  const total = 900;
  const text = "x".repeat(9_900);
  for (let n = 1; n <= total; n += 1)
    alice.says(`{"type":"private_message","payload":{"message":"${n} ${text}","to":"bob"}}`);
  while (((await alice.next())["payload"] as Partial<Place>).seq !== total) {}
  slow.readsOn();
  const seqs: number[] = [];
  while (seqs.at(-1) !== total) {
    const next = await slow.frame();
    if (next?.opcode !== 1) continue;
    const { type, payload } = JSON.parse(next.payload.toString()) as { type: string; payload: Place };
    if (type === "new_message") seqs.push(payload.seq);
  }
  expect(seqs).toEqual(upTo(total));
});
