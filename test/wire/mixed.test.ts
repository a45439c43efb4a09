// Both dialects in one room: everybody hears the same conversation, in the same order.

import { expect, test } from "vitest";
import type { StoreName } from "../support/house.js";
import { openHouse } from "../support/house.js";
import type { Frame, Talker } from "../support/talker.js";

interface Line {
  readonly conversation: string;
  readonly seq: number;
  readonly from: string;
  readonly message: string;
}

const lines = (frames: readonly Frame[]): Line[] =>
  frames.flatMap((frame) => {
    const line = (frame["type"] === "new_message" ? frame["payload"] : frame) as Line;
    return line.message === undefined || line.seq === undefined ? [] : [line];
  });

test("a simple and an events client hear each other, each in their own words", async () => {
  const house = await openHouse();
  const [alice, ahmed] = [await house.simple("alice"), await house.events("ahmed")];
  const [at, sent] = [expect.any(Number), expect.stringMatching(/^\d\d:\d\d:\d\d$/)];
  const line = (payload: Frame): Frame => ({ type: "new_message", payload: { at, sent, ...payload } });

  alice.says('{"message":"Hello from the first seed","target":""}');
  await ahmed.hearsExactly(
    line({ message: "Hello from the first seed", from: "alice", conversation: "everyone", seq: 1 }),
  );
  ahmed.says('{"type":"send_message","payload":{"message":"Hello from the second"}}');
  await ahmed.hearsExactly(
    line({ message: "Hello from the second", from: "ahmed", conversation: "everyone", seq: 2 }),
  );
  await alice.hearsExactly({
    from: "ahmed",
    message: "Hello from the second",
    target: "",
    conversation: "everyone",
    seq: 2,
    at,
    sent,
  });
  alice.says('{"message":"psst","target":"ahmed"}');
  await ahmed.hearsExactly(
    line({ message: "psst", from: "alice", to: "ahmed", conversation: "@alice", seq: 1 }),
  );
  ahmed.says('{"type":"private_message","payload":{"message":"yes?","to":"alice"}}');
  const answer = { from: "ahmed", message: "yes?", conversation: "@ahmed", seq: 2, at, sent };
  await alice.hearsExactly({ ...answer, target: "alice" });
});

test.each<StoreName>(["memory", "sqlite"])(
  "eight people in both dialects talk at once: all hear one order, nobody anything twice (%s)",
  async (store) => {
    const house = await openHouse({ store, limits: { rates: undefined } });
    const people: Talker[] = [];
    for (const n of [0, 1, 2, 3]) {
      people.push(await house.simple(`simple${n}`));
      people.push(await house.events(`events${n}`));
    }
    const each = 60;
    for (let turn = 0; turn < each; turn += 1) {
      for (const person of people) {
        const text = `${person.name} ${turn}`;
        const other = `${person.name.startsWith("simple") ? "events" : "simple"}${turn % 4}`;
        person.says(
          person.name.startsWith("simple")
            ? `{"message":"${text}","target":"${turn % 3 === 0 ? other : ""}"}`
            : turn % 3 === 0
              ? `{"type":"private_message","payload":{"message":"${text}","to":"${other}"}}`
              : `{"type":"send_message","payload":{"message":"${text}"}}`,
        );
      }
      if (turn % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    // Whoever has had all their own lines appended has sent nothing that others could still hear later.
    const said = (await Promise.all(people.map((person) => person.heardSoFar()))).map(lines);
    for (const [index, more] of (await Promise.all(people.map((person) => person.heardSoFar()))).entries())
      said[index]?.push(...lines(more));

    const toAll = (heard: readonly Line[]) => heard.filter(({ conversation }) => conversation === "everyone");
    const everything = toAll(said[1] ?? []);
    expect(everything.map(({ seq }) => seq)).toEqual(everything.map((_, index) => index + 1));
    expect(everything).toHaveLength(people.length * each * (2 / 3));
    for (const [index, person] of people.entries()) {
      const own = person.name.startsWith("simple") ? person.name : undefined;
      expect(toAll(said[index] ?? []).map(({ seq, message }) => `${seq} ${message}`)).toEqual(
        everything.filter(({ from }) => from !== own).map(({ seq, message }) => `${seq} ${message}`),
      );
      for (const other of people) {
        const turns = (said[index] ?? [])
          .filter(({ from, conversation }) => from === other.name && conversation === "everyone")
          .map(({ message }) => Number(message.split(" ")[1]));
        expect(turns).toEqual(turns.toSorted((a, b) => a - b));
      }
    }
    for (const [index, person] of people.entries()) {
      const privately = (said[index] ?? []).filter(({ conversation }) => conversation !== "everyone");
      for (const { from, conversation } of privately)
        expect(conversation === `@${from}` || from === person.name).toBe(true);
      const places = privately.map(({ conversation, seq }) => `${conversation} ${seq}`);
      expect(new Set(places).size).toBe(places.length);
    }
  },
);
