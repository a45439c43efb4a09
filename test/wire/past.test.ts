// Whoever came after a message, where the past is hidden: nothing of it reaches them on any way, neither
// itself nor what is done to it; and live, `log` and a resume tell them the same.

import { describe, expect, test } from "vitest";
import type { House, StoreName } from "../support/house.js";
import { openHouse } from "../support/house.js";
import type { Frame, Talker } from "../support/talker.js";

const aliceToken = "&token=alice-has-a-long-secret";
const bobToken = "&token=bob-has-a-long-secret";

/** What alice does to a message from before, and then to one that bob has heard. */
async function does(alice: Talker, conversation: string, before: number, since: number): Promise<void> {
  const to = (seq: number) => `"conversation":"${conversation}","message_seq":${seq}`;
  alice.says(
    `{"type":"edit_message","payload":{${to(before)},"message":"a secret from before"}}`,
    `{"type":"react","payload":{${to(before)},"emoji":"👍"}}`,
    `{"type":"react","payload":{${to(since)},"emoji":"🎉"}}`,
    `{"type":"delete_message","payload":{${to(before)}}}`,
    `{"type":"edit_message","payload":{${to(since)},"message":"and a smile"}}`,
  );
  await alice.heardSoFar();
}

interface Places {
  readonly type: string;
  readonly payload: { readonly seq?: number; readonly first?: number; readonly last?: number };
}

/** Places as they were told, those without anything to say one by one. */
function places(frames: readonly unknown[]): string[] {
  return (frames as readonly Places[]).flatMap(({ type, payload: { seq, first = 0, last = -1 } }) => {
    if (type === "presence" || type === "resumed" || type === "ack") return [];
    if (seq !== undefined) return [`${seq} ${type}`];
    return Array.from({ length: last - first + 1 }, (_, index) => `${first + index} -`);
  });
}

async function readsLog(bob: Talker, conversation: string, after: number): Promise<string[]> {
  bob.says(`{"type":"log","id":"log","payload":{"conversation":"${conversation}","after":${after}}}`);
  const heard = await bob.heardSoFar();
  const answer = heard.find(({ id }) => id === "log") as Frame & { payload: { entries: unknown[] } };
  return places(answer.payload.entries);
}

/** What bob is told who comes back with this cursor. */
async function resumes(house: House, since: string): Promise<string[]> {
  const back = await house.events("bob", `${bobToken}&since=${since}`);
  const heard: Frame[] = [];
  while (heard.at(-1)?.["type"] !== "resumed") heard.push(await back.next());
  return places(heard);
}

describe.each<StoreName>(["memory", "sqlite"])("on %s", (store) => {
  test("in a room with since_join a newcomer hears nothing of what is done to older messages", async () => {
    const house = await openHouse({ store });
    const alice = await house.events("alice", aliceToken);
    alice.says(
      '{"type":"create_room","payload":{"conversation":"#den","history":"since_join"}}',
      '{"type":"send_message","payload":{"message":"from before","conversation":"#den"}}',
    );
    await alice.heardSoFar();
    const bob = await house.events("bob", bobToken);
    bob.says('{"type":"join_room","payload":{"conversation":"#den"}}');
    await bob.heardSoFar();
    const carl = await house.simple("carl", "&rooms=den");
    alice.says('{"type":"send_message","payload":{"message":"to you","conversation":"#den"}}');
    await alice.heardSoFar();
    await does(alice, "#den", 2, 5);
    const heard = await bob.heardSoFar();
    const told = ["6 -", "7 -", "8 reaction", "9 -", "10 message_edited"];
    expect(places(heard)).toEqual(["4 member_joined", "5 new_message", ...told]);
    expect(await readsLog(bob, "#den", 5)).toEqual(told);
    expect(await resumes(house, "%23den:5")).toEqual(told);
    const lines = await carl.heardSoFar();
    expect(lines.filter(({ target }) => target === "#den")).toMatchObject([
      { seq: 5, message: "to you" },
      { seq: 8, note: "reaction", message_seq: 5 },
      { seq: 10, note: "message_edited", message_seq: 5 },
    ]);
    expect(JSON.stringify([heard, lines])).not.toContain("before");
  });

  test("with --history since_join the same holds in everyone", async () => {
    const house = await openHouse({ store, history: "since_join" });
    const alice = await house.events("alice", aliceToken);
    alice.says('{"type":"send_message","payload":{"message":"from before"}}');
    await alice.heardSoFar();
    const bob = await house.events("bob", bobToken);
    const carl = await house.simple("carl");
    alice.says('{"type":"send_message","payload":{"message":"to you"}}');
    await alice.heardSoFar();
    await does(alice, "everyone", 1, 2);
    const heard = await bob.heardSoFar();
    const told = ["3 -", "4 -", "5 reaction", "6 -", "7 message_edited"];
    expect(places(heard)).toEqual(["2 new_message", ...told]);
    expect(await readsLog(bob, "everyone", 2)).toEqual(told);
    expect(await resumes(house, "everyone:2")).toEqual(told);
    const lines = await carl.heardSoFar();
    expect(lines.filter(({ conversation }) => conversation === "everyone")).toMatchObject([
      { seq: 2 },
      { seq: 5 },
      { seq: 7 },
    ]);
    expect(JSON.stringify([heard, lines])).not.toContain("before");
  });
});
