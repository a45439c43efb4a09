// In and out of a room while others write, live or reading, under a slow store and in any order: nobody
// hears what was written while they were out, and who is in hears all of it once. The scripts are drawn.

import fc from "fast-check";
import { expect, test } from "vitest";
import type { Wire } from "./hub-house.js";
import { HubHouse } from "./hub-house.js";

const bobs = { username: "bob", token: "bob-has-a-long-secret" };
const say = '{"type":"send_message","payload":{"message":"hi","conversation":"#den"}}';
const kick = '{"type":"kick","payload":{"conversation":"#den","username":"bob"}}';
const join = '{"type":"join_room","payload":{"conversation":"#den"}}';
const leave = '{"type":"leave_room","payload":{"conversation":"#den"}}';

type Step = readonly [name: keyof typeof steps, which: number];

const steps = {
  say: (it: Play) => it.alice.says(say),
  kick: (it: Play) => it.alice.says(kick),
  join: (it: Play, which: number) => it.wire(which)?.says(join),
  leave: (it: Play, which: number) => it.wire(which)?.says(leave),
  congest: (it: Play, which: number) => it.toggle(which, true),
  drain: (it: Play, which: number) => it.toggle(which, false),
  /** Another device of bob's, from the beginning, from somewhere or from now on. */
  resume: (it: Play, which: number) => it.comes(["den:0", "den:2,*:head", "*:0", undefined][which % 4]),
  /** The store looks at what it was asked, and answers later: a page may be old when it comes. */
  look: (it: Play, which: number) => it.house.looks(which),
  answer: (it: Play, which: number) => it.house.answersOne(which),
} as const;

interface Bob {
  readonly wire: Wire;
  congested: boolean;
  /** Places of the room: seqs heard and skips told; `in` = bob's own join. */
  readonly places: {
    readonly from: number;
    readonly to: number;
    readonly type: string;
    readonly who: string;
  }[];
}

/** What an entry of the room, or a skip, says of its place. */
interface Place {
  readonly conversation?: string;
  readonly seq?: number;
  readonly first?: number;
  readonly last?: number;
  readonly from?: string;
  readonly username?: string;
}

class Play {
  readonly house = new HubHouse({ rates: undefined, pageRows: 2, resumeRows: 1 });
  readonly alice = this.house.enters("events", "alice", { token: "alice-has-a-secret" });
  readonly bobs: Bob[] = [];

  constructor(history: string) {
    this.alice.says(`{"type":"create_room","payload":{"conversation":"#den","history":"${history}"}}`);
    this.comes(undefined);
    this.house.isSlow = true;
  }

  wire(which: number): Wire | undefined {
    return this.bobs[which % this.bobs.length]?.wire;
  }

  comes(since: string | undefined): void {
    const wire = this.house.connects("events", { ...bobs, ...(since === undefined ? {} : { since }) });
    this.bobs.push({ wire, congested: false, places: [] });
  }

  toggle(which: number, congested: boolean): void {
    const bob = this.bobs[which % this.bobs.length];
    if (bob === undefined || bob.congested === congested) return;
    bob.congested = congested;
    if (congested) bob.wire.isCongested();
    else bob.wire.isDrained();
  }

  listen(): void {
    for (const { wire, places } of this.bobs) {
      for (const { type, payload } of wire.heard()) {
        const { conversation, seq, first, last, from = "", username } = (payload ?? {}) as Place;
        if (conversation !== "#den" || type === "ack") continue;
        const [begins, ends] = [seq ?? first, seq ?? last];
        if (begins === undefined || ends === undefined) continue;
        places.push({ from: begins, to: ends, type: String(type), who: username ?? from });
      }
    }
  }

  settle(): void {
    for (const [index] of this.bobs.entries()) this.toggle(index, false);
    while (this.house.waiting.length > 0) this.house.answers();
    this.listen();
  }

  /** From which entry to which bob was in, by the store's own log. */
  spans(): { from: number; to: number }[] {
    const spans: { from: number; to: number }[] = [];
    for (const entry of this.house.store.logs[1]?.entries ?? []) {
      const span = spans.at(-1);
      if (entry.type === "join" && entry.from === "bob") spans.push({ from: entry.seq, to: Infinity });
      if (entry.type === "leave" && span !== undefined) span.to = entry.seq;
    }
    return spans;
  }
}

const step = fc.tuple(
  fc.constantFrom(
    ...(["say", "join", "answer", "answer", "answer", ...Object.keys(steps)] as (keyof typeof steps)[]),
  ),
  fc.nat(6),
);

function plays(history: "all" | "since_join", check: (it: Play) => void): void {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120, size: "max" }), (script: readonly Step[]) => {
      const it = new Play(history);
      for (const [name, which] of script) {
        steps[name](it, which);
        it.listen();
      }
      it.settle();
      check(it);
    }),
    { numRuns: 400 },
  );
}

test("nobody hears what was written while they were not a member", () => {
  plays("since_join", (it) => {
    const spans = it.spans();
    for (const { places } of it.bobs)
      for (const place of places) {
        if (place.type === "skip") continue;
        expect(spans.some(({ from, to }) => place.from >= from && place.from <= to)).toBe(true);
      }
  });
});

test("who is in hears every place once, in order and without a hole, up to the head", () => {
  plays("all", (it) => {
    const head = it.house.store.logs[1]?.entries.length ?? 0;
    const isIn = it.spans().at(-1)?.to === Infinity;
    for (const { places, wire } of it.bobs) {
      expect(wire.closing).toBeUndefined();
      for (const [index, place] of places.entries()) {
        const before = places[index - 1];
        if (before === undefined) continue;
        // A new stay may begin above, also if the join is among what is skipped: what lies between was
        // written without them.
        const begins = it.spans().some(({ from }) => from >= place.from && from <= place.to);
        if (begins) expect(place.from).toBeGreaterThan(before.to);
        else expect(place.from).toBe(before.to + 1);
      }
      if (isIn && places.length > 0) expect(places.at(-1)?.to).toBe(head);
    }
  });
});

test("who is out has heard nothing that came after the entry that put them out", () => {
  plays("all", (it) => {
    const last = it.spans().at(-1);
    if (last === undefined || last.to === Infinity) return;
    for (const { places } of it.bobs) for (const { to } of places) expect(to).toBeLessThanOrEqual(last.to);
  });
});
