// A hub that throws, which it never should: what it threw at is in the record before the process ends.

import type {
  ConnectionId,
  Effect,
  Fact,
  GateAnswer,
  Hub,
  HubOptions,
  Input,
  Millis,
  NameKey,
  Seq,
  StoreAnswer,
  UserId,
  WallMillis,
} from "chat-hub";
import { createHub, defaultLimits } from "chat-hub";
import { expect, test } from "vitest";
import type { Outcome } from "../dist/record/outcome.js";
import type { RecordWriter } from "../dist/record/recorder.js";
import { recorded } from "../dist/record/recorder.js";
import { createReplay, isSameOutcome } from "../dist/record/replay.js";

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

test("where a gate is asked no password and no token is written, and the record can be replayed", () => {
  const canary = "my-canary-is-long-enough";
  const facts = { durable: true, epoch: "first", head: 0 as Seq, minded: [] };
  const options: Required<HubOptions> = {
    facts,
    limits: defaultLimits,
    nameHold: "7 days",
    auth: "password",
    registration: "open",
  };
  const record = new Lines();
  const through = recorded(createHub(options), record);
  const wire = 1 as ConnectionId;
  let asks = 0;
  /** Tells the hub a fact; what it asks then gets these answers, one after the other. */
  const tell = (fact: Fact, ...answers: (StoreAnswer | GateAnswer)[]): readonly Effect[] => {
    const effects = [...through.handle({ ...fact, ...times })];
    const asked = effects.filter((effect) => effect.type === "ask");
    asks += asked.length;
    for (const effect of asked) {
      const [answer, ...rest] = answers;
      if (answer !== undefined) effects.push(...tell({ type: "answered", ask: effect.ask, answer }, ...rest));
    }
    return effects;
  };
  const verified = {
    ok: true,
    account: "alice",
    name: { spelling: "alice", key: "alice" as NameKey },
    admin: false,
    login: "a-login",
    until: undefined,
    token: `${canary}.as.a.token`,
  } as const;
  const profile = { status: "online", text: "", reading: "shared", blocked: [] } as const;
  const identified = {
    ok: true,
    user: 1 as UserId,
    name: "alice",
    kept: true,
    fresh: true,
    rooms: [],
    everyoneFrom: 1 as Seq,
    profile,
    left: [],
  } as const;
  const stood = { ok: true, standings: [], more: false, mark: 0 } as unknown as StoreAnswer;
  const credential = { kind: "password", name: "alice", password: canary } as const;
  tell({ ...connected, query: { password: canary }, credential }, { ok: false, code: "not_let_in" });
  const says = (frame: string, ...answers: (StoreAnswer | GateAnswer)[]) =>
    tell({ type: "received", connection: wire, frame }, ...answers);
  says(`{"type":"register","payload":{"username":"alice","password":"${canary}","invite":"${canary}"}}`, {
    ok: false,
    code: "invite_needed",
  });
  const login = `{"type":"login","id":1,"payload":{"username":"alice","password":"${canary}"}}`;
  const welcomed = says(login, verified, identified, stood);
  expect(welcomed).toContainEqual(
    expect.objectContaining({
      type: "send",
      frame: expect.stringContaining(`"token":"${canary}.as.a.token"`),
    }),
  );
  says('{"type":"refresh","id":2}', verified);
  says(`{"type":"set_password","id":3,"payload":{"old":"${canary}","password":"${canary}2"}}`, { ok: true });
  expect(asks).toBe(7);
  expect(record.text).not.toContain("canary");
  const replay = createReplay({ version: "1", hub: options });
  const lines = record.text.trimEnd().split("\n");
  expect(lines.length).toBeGreaterThan(8);
  for (const line of lines) {
    const { input, outcome } = JSON.parse(line) as { input: Input; outcome: Outcome };
    expect(isSameOutcome(replay(input).outcome, outcome), line).toBe(true);
  }
});
