// Fault 30 in a terminal: whatever others write, in whatever field, is text there and nothing else.

import type { HouseOrder, NameKey } from "chat-hub";
import { describe, expect, test } from "vitest";
import { corpus } from "../page/corpus.js";
import { openHouse } from "../support/house.js";
import { temporaryFolder } from "../support/server-process.js";
import type { Talker } from "../support/talker.js";
import { Person } from "./person.js";

const enter = "\r";
/** Those that may stand in a topic and in a status. */
const short = corpus.filter((text) => [...text].length <= 100 && text.trim() !== "");
/** What only together is a sequence of a terminal. */
const split = ["\u001b", "]0;owned\u0007", "\u001b[", "2J", "\u009b", "31m", "\u001bP", "+q544e\u001b\\"];

async function aliceAndMallory() {
  const house = await openHouse({ limits: { rates: undefined } });
  const alice = Person.sitsDown("alice", {
    url: house.url,
    state: temporaryFolder(),
    columns: 100,
    rows: 30,
  });
  await alice.isOnline();
  const mallory = await house.events("mallory", "&token=what-mallory-made-up");
  return { house, alice, mallory };
}

/** Says all of them, each when the one before has been answered. */
async function commands(mallory: Talker, frames: readonly object[]): Promise<void> {
  for (const [id, frame] of frames.entries()) {
    mallory.says(JSON.stringify({ id: `n${id}`, ...frame }));
    for (;;) {
      const heard = (await mallory.next()) as { id?: unknown; type?: unknown; payload?: unknown };
      if (heard.id !== `n${id}`) continue;
      if (heard.type === "error")
        throw new Error(`${JSON.stringify(frame)}: ${JSON.stringify(heard.payload)}`);
      break;
    }
  }
}

const frame = (type: string, payload: object): object => ({ type, payload });

describe("nothing of a corpus reaches the terminal but as text", { timeout: 60_000 }, () => {
  test("as a message to all, a private one, an answer, and in two pieces", async () => {
    const { alice, mallory } = await aliceAndMallory();
    const texts = [...corpus, ...split];
    await commands(mallory, [
      ...texts.map((message) => frame("send_message", { message })),
      ...texts.map((message, at) => frame("send_message", { message, reply_to: at + 1 })),
      ...texts.map((message) => frame("private_message", { message, to: "alice" })),
      frame("send_message", { message: "the end of it" }),
    ]);
    await alice.reads("mallory the end of it");
    expect(corpus.length).toBeGreaterThanOrEqual(200);
    expect(alice.foreignBytes()).toEqual([]);
    await alice.isOnline();
  });

  test("as an edit, a topic, a status, and in what a search and a list show", async () => {
    const { alice, mallory } = await aliceAndMallory();
    await commands(mallory, [
      frame("create_room", { conversation: "#corpus", topic: "at first" }),
      frame("send_message", { message: "to be changed" }),
    ]);
    alice.types("/join corpus", enter);
    await alice.isOnline("#corpus");
    await commands(mallory, [
      ...short.map((topic) => frame("set_topic", { conversation: "#corpus", topic })),
      ...corpus.map((message) =>
        frame("edit_message", { conversation: "everyone", message_seq: 1, message }),
      ),
      ...short.map((text) => frame("send_message", { conversation: "#corpus", message: `xyzzy ${text}` })),
    ]);
    for (const [at, text] of short.slice(-5).entries()) {
      await commands(mallory, [
        frame("set_status", { status: "busy", text }),
        frame("set_topic", { conversation: "#corpus", topic: `${text} ${at}` }),
      ]);
      alice.types("/whois mallory", enter, "/members", enter, "/rooms", enter);
    }
    alice.types("/search xyzzy", enter);
    await commands(mallory, [frame("send_message", { conversation: "#corpus", message: "the end of it" })]);
    await alice.reads("mallory → #corpus the end of it", "/more shows older ones");
    expect(alice.foreignBytes()).toEqual([]);
    await alice.isOnline("#corpus");
  });

  test("as an announcement, as the reason of a switch, and as the reason why one is put out", async () => {
    const { house, alice } = await aliceAndMallory();
    const orders = async (order: HouseOrder): Promise<void> => {
      expect(await house.orders(order)).toMatchObject({ ok: true });
    };
    for (const message of [...corpus, ...split]) await orders({ type: "announce", message });
    for (const reason of [...short, ...split]) {
      await orders({ type: "readOnly", on: true, reason });
      await orders({ type: "readOnly", on: false, reason: "" });
    }
    await orders({ type: "announce", message: "the end of it" });
    await alice.reads("the end of it");
    expect(alice.foreignBytes()).toEqual([]);
    for (const [at, odd] of [
      "\u001b]0;owned\u0007",
      "\u009b2J",
      "\u202e",
      "\u001bP+q544e\u001b\\",
    ].entries()) {
      const name = `bob${at}x`;
      const bob = Person.sitsDown(name, { url: house.url, state: temporaryFolder() });
      await bob.isOnline();
      const who = name as NameKey;
      const why = { forSeconds: undefined, reason: `${odd}spam no ${at}` };
      await orders({ type: "ban", who, address: undefined, ...why });
      await bob.until(() => bob.lines().join(" ").includes(`spam no ${at}`), "is not told why");
      expect(bob.foreignBytes(), JSON.stringify(odd)).toEqual([]);
    }
  });
});
