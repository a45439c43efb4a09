// A view is the same whichever way it came: live, replayed after cuts, from pages of history that were
// read before or after what was pushed, and over gaps that the log filled, all of them cut anywhere.

import fc from "fast-check";
import { expect, test } from "vitest";
import { createClient } from "../src/client/client.js";
import type { ClientFact } from "../src/client/door.js";
import type { ClientLimits } from "../src/client/limits.js";
import type { View } from "../src/client/lines.js";
import type { ClientEvent } from "../src/client/told.js";
import type { Millis } from "../src/words/ids.js";
import type { Pushed, Room } from "./client-room.js";
import { createRoom } from "./client-room.js";
import { welcome } from "./client-world.js";

interface Frame {
  readonly type: string;
  readonly id?: number;
  readonly payload: Record<string, unknown>;
}

/** A member's client, and a server that keeps the room. Nothing moves but by a step. */
interface Member {
  readonly room: Room;
  feed(fact: ClientFact): void;
  view(): View | undefined;
  /** Something happens; its push may be lost on the way. */
  happen(dice: readonly number[], isLost: boolean): void;
  /** The server reads the next question, at the head as it is, and answers at most so many rows. */
  read(rows: number): void;
  /** The client takes the next push, or the next answer, in whichever order. */
  take(what: "push" | "answer"): void;
  cut(): void;
  wait(): void;
  settle(): void;
}

function member(limits: Partial<ClientLimits>): Member {
  const client = createClient({ url: "ws://test/ws", username: "alice", limits });
  const room = createRoom();
  const questions: Frame[] = [];
  const pushes: Pushed[] = [];
  const answers: Frame[] = [];
  const facts: ClientFact[] = [];
  let shown: View | undefined;
  let live = false;
  let at = 0;

  function hear(event: ClientEvent): void {
    if (event.type === "view") shown = event.view;
  }

  function send(frame: Frame): void {
    if (frame.type !== "login") questions.push(frame);
    else logIn(frame);
  }

  function logIn({ id, payload }: Frame): void {
    live = true;
    const row = { read: 0, unread: 0, mentions: 0 };
    const conversations = [
      { conversation: "everyone", head: 0, ...row },
      { conversation: "#dev", head: room.head, ...row, role: "owner" },
    ];
    self.feed({ type: "received", frame: JSON.stringify({ ...welcome({ conversations }), id }) });
    const since = /dev:(\d+)/.exec(String(payload["since"] ?? ""))?.[1];
    if (payload["since"] === undefined) return;
    const from = Number(since ?? room.head);
    for (let seq = from + 1; seq <= room.head; seq += 1) pushes.push(room.pushed(seq, room.head));
    pushes.push({ type: "resumed", payload: { epoch: "first", replayed: room.head - from } });
  }

  function answer({ type, payload }: Frame, rows: number): Frame["payload"] {
    const limit = Math.min(rows, Number(payload?.["limit"] ?? rows));
    if (type === "history") return room.page(room.head, payload, limit);
    if (type !== "log") return { retryable: false, code: "forbidden", message: "not now" };
    const after = Number(payload["after"]);
    const last = Math.min(room.head, after + limit);
    const entries = Array.from({ length: Math.max(0, last - after) }, (_, index) =>
      room.pushed(after + 1 + index, room.head),
    );
    return { conversation: "#dev", entries, head: room.head, more: last < room.head };
  }

  const self: Member = {
    room,
    feed(fact) {
      facts.push(fact);
      if (facts.length > 1) return;
      for (let next = facts[0]; next !== undefined; facts.shift(), next = facts[0]) {
        for (const effect of client.handle({ ...next, at: at as Millis, chance: 0.5 })) {
          if (effect.type === "tell") hear(effect.event);
          else if (effect.type === "send") send(JSON.parse(effect.frame));
          else if (effect.type === "open") self.feed({ type: "opened" });
          else self.cut();
        }
      }
    },
    view: () => shown,
    happen(dice, isLost) {
      room.happen(dice);
      if (live && !isLost) pushes.push(room.pushed(room.head));
    },
    read(rows) {
      const question = questions.shift();
      if (question === undefined || question.id === undefined) return;
      const payload = answer(question, rows);
      const type = "code" in payload ? "error" : question.type;
      answers.push({ type, id: question.id, payload });
    },
    take(what) {
      const frame = what === "push" ? pushes.shift() : answers.shift();
      if (frame !== undefined) self.feed({ type: "received", frame: JSON.stringify(frame) });
    },
    cut() {
      if (!live) return;
      live = false;
      for (const queue of [questions, pushes, answers]) queue.length = 0;
      self.feed({ type: "closed", code: 1006, reason: "" });
    },
    wait() {
      at = Math.max(at, client.deadline() ?? at);
      self.feed({ type: "elapsed" });
    },
    settle() {
      for (let turn = 0; turn < 50; turn += 1) {
        while (questions.length + pushes.length + answers.length > 0) {
          self.read(1_000);
          self.take("push");
          self.take("answer");
        }
        if (!live) self.wait();
        const holes = shown?.lines.some(({ kind }) => kind === "hole");
        if (holes) self.feed({ type: "reached", conversation: "#dev", edge: "holeAbove" });
        else if (shown?.start !== "all") self.feed({ type: "reached", conversation: "#dev", edge: "start" });
        else if (questions.length === 0) return;
      }
    },
  };
  return self;
}

/** A view in the words of the room. */
function seen(view: View | undefined): readonly unknown[] | undefined {
  return view?.lines.map((line) => {
    if (line.kind === "hole") return line;
    if (line.kind === "room") {
      const { kind, own, ...payload } = line.what;
      return { type: kind, ...payload };
    }
    const { kind, key, own, mentioned, ...message } = line;
    return message;
  });
}

const dice = fc.array(fc.nat(99), { minLength: 4, maxLength: 4 });
const step = fc.tuple(
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom("happen", "happen", "push", "push", "read", "answer") },
    {
      weight: 1,
      arbitrary: fc.constantFrom("lose", "cut", "wait", "reach", "hole", "jump", "hide", "show"),
    },
  ),
  dice,
);

const steps: Readonly<Record<string, (it: Member, dice: readonly number[]) => void>> = {
  happen: (it, roll) => it.happen(roll, false),
  lose: (it, roll) => it.happen(roll, true),
  push: (it) => it.take("push"),
  read: (it, [rows = 0]) => it.read(1 + (rows % 7)),
  answer: (it) => it.take("answer"),
  cut: (it) => it.cut(),
  wait: (it) => it.wait(),
  reach: (it) => it.feed({ type: "reached", conversation: "#dev", edge: "start" }),
  hole: (it, [edge = 0]) =>
    it.feed({ type: "reached", conversation: "#dev", edge: edge % 2 === 0 ? "holeAbove" : "holeBelow" }),
  jump: (it, [to = 0]) => it.feed({ type: "shown", conversation: "#dev", jumpTo: 1 + (to % it.room.head) }),
  hide: (it) => it.feed({ type: "hidden", conversation: "#dev" }),
  show: (it) => it.feed({ type: "shown", conversation: "#dev" }),
};

function run(
  it: Member,
  before: readonly (readonly number[])[],
  script: readonly (readonly [string, readonly number[]])[],
): void {
  for (const roll of before) it.happen(roll, false);
  it.feed({ type: "started" });
  it.feed({ type: "shown", conversation: "#dev" });
  for (const [name, roll] of script) steps[name]?.(it, roll);
  it.feed({ type: "shown", conversation: "#dev" });
  // What was lost last shows only when something comes after it.
  it.happen([0, 0, 0, 0], false);
  it.settle();
}

const rooms = fc.array(dice, { maxLength: 40 });
const scripts = fc.array(step, { maxLength: 150, size: "max" });
const pageRows = fc.integer({ min: 1, max: 8 });

test("whatever is live, replayed, paged or read from the log, in whatever order: the view is the room as it stands", () => {
  fc.assert(
    fc.property(
      rooms,
      scripts,
      pageRows,
      fc.constantFrom(1, 1_000),
      (before, script, rows, recentEntries) => {
        const it = member({ viewPageRows: rows, recentEntries });
        run(it, before, script);
        expect(seen(it.view())).toEqual(it.room.expected());
      },
    ),
    { numRuns: 400 },
  );
});

test("however few lines are kept, they are as the room has them, without a gap but the hole, up to the newest", () => {
  fc.assert(
    fc.property(
      rooms,
      scripts,
      pageRows,
      fc.integer({ min: 4, max: 12 }),
      (before, script, rows, viewLines) => {
        const it = member({ viewPageRows: rows, viewLines });
        run(it, before, script);
        const expected = it.room.expected();
        const lines = seen(it.view()) ?? [];
        const isHole = (line: unknown): boolean => (line as { kind?: string }).kind === "hole";
        expect(lines.filter((line) => !isHole(line)).length).toBeLessThanOrEqual(viewLines);
        expect(lines.filter(isHole).length).toBeLessThanOrEqual(1);
        const index = lines.findIndex(isHole);
        const [upper, lower] = index < 0 ? [[], lines] : [lines.slice(0, index), lines.slice(index + 1)];
        expect(expected.slice(-lower.length)).toEqual(lower);
        const from = expected.findIndex(({ seq }) => seq === (upper[0] as { seq: number } | undefined)?.seq);
        expect(expected.slice(from, from + upper.length)).toEqual(upper);
      },
    ),
    { numRuns: 150 },
  );
});
