// A hub that throws, which it never should: what it threw at is in the record before the process ends.

import type { ConnectionId, Hub, Input, Millis, Seq, WallMillis } from "chat-hub";
import { createHub, defaultLimits } from "chat-hub";
import { expect, test } from "vitest";
import type { RecordWriter } from "../dist/record/recorder.js";
import { recorded } from "../dist/record/recorder.js";

class Lines implements RecordWriter {
  isOver = false;
  text = "";
  flushed = "";

  write(text: string): void {
    this.text += text;
  }

  flush(): void {
    this.flushed = this.text;
  }
}

const times = { at: 1 as Millis, wall: 2 as WallMillis };
const connected: Input = {
  type: "connected",
  connection: 1 as ConnectionId,
  dialect: "events",
  query: {},
  address: undefined,
  ...times,
};
const received: Input = { type: "received", connection: 1 as ConnectionId, frame: "{}", ...times };

function hub(): Hub {
  const facts = { durable: true, epoch: "first", head: 0 as Seq, minded: [] };
  return createHub({ facts, limits: { ...defaultLimits, rates: undefined } });
}

test("what goes through is what the hub does, and one line of the record", () => {
  const record = new Lines();
  const through = recorded(hub(), record);
  const alone = hub();
  for (const input of [connected, received]) {
    expect(through.handle(input)).toEqual(alone.handle(input));
    expect(through.deadline()).toBe(alone.deadline());
  }
  const lines = record.text.trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { input: JSON.parse(JSON.stringify(connected)), outcome: { effects: [], digest: expect.any(String) } },
    { input: received, outcome: { effects: ["send 1"], digest: expect.any(String) } },
  ]);
});

test("an input that the hub throws at is written with what it threw, and thrown on", () => {
  const record = new Lines();
  const broken: Hub = {
    ...hub(),
    deadline: () => undefined,
    handle(input) {
      if (input.type === "connected") return [];
      throw new TypeError("no such user");
    },
  };
  const through = recorded(broken, record);
  through.handle(connected);
  expect(() => through.handle(received)).toThrow("no such user");
  const last = record.flushed.trimEnd().split("\n").at(-1) ?? "";
  expect(JSON.parse(last)).toEqual({ input: received, outcome: { threw: "TypeError: no such user" } });
});

test("before anybody has come nothing is written; when somebody comes, what was told before is not missing", () => {
  const record = new Lines();
  const through = recorded(hub(), record);
  through.handle({ type: "stopping", ...times });
  expect(record.text).toBe("");
  expect(through.handle(connected)).toMatchObject([{ type: "close", closing: "restarting" }]);
  const lines = record.text.trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { input: { type: "stopping" }, outcome: { effects: [] } },
    { input: { type: "connected" }, outcome: { effects: ["close 1 restarting"] } },
  ]);
});

test("a record that is over takes nothing, and the hub goes on", () => {
  const record = new Lines();
  const through = recorded(hub(), record);
  record.isOver = true;
  through.handle(connected);
  expect(through.handle(received)).toMatchObject([{ type: "send" }]);
  expect(record.text).toBe("");
});
