// Live, after `since`, behind and back again, under a slow store and in any order: one that is heard
// once and in order, whatever way an entry takes. The scripts are drawn, and shrunk when one fails.

import fc from "fast-check";
import { expect, test } from "vitest";
import type { Wire } from "./hub-house.js";
import { HubHouse } from "./hub-house.js";

const say = '{"type":"send_message","payload":{"message":"hi"}}';
const sayToBob = '{"type":"private_message","payload":{"message":"hi","to":"bob"}}';

type Step = readonly [name: keyof typeof steps, which: number];

const steps = {
  /** Somebody says something, to all or to bob. */
  say: (it: Play) => it.alice.says(say),
  sayToBob: (it: Play) => it.alice.says(sayToBob),
  /** One of bob's connections can't take more, or can again. */
  congest: (it: Play, which: number) => it.toggle(which, true),
  drain: (it: Play, which: number) => it.toggle(which, false),
  /** Another device of bob's, from the beginning, from somewhere or from now on. */
  resume: (it: Play, which: number) => it.join(which % 2 === 0 ? "simple" : "events", which % sinces.length),
  /** The store looks at what it was asked, and answers later: a page may be old when it comes. */
  look: (it: Play, which: number) => it.house.looks(which),
  answer: (it: Play, which: number) => it.house.answersOne(which),
  time: (it: Play, which: number) => it.house.passes(which * 10),
} as const;

const sinces = ["everyone:0,*:0", "everyone:2,@alice:1", "everyone:-1,*:head", "@alice:0,*:head", undefined];

/** A connection of bob's, and the seqs it has heard. */
interface Bob {
  readonly wire: Wire;
  readonly since: string | undefined;
  /** The head of everyone, as its welcome told it. */
  welcomed: number | undefined;
  readonly heard: Readonly<Record<string, number[]>>;
  congested: boolean;
}

class Play {
  readonly house = new HubHouse({ rates: undefined, pageRows: 3, resumeRows: 1 });
  readonly alice = this.house.enters("events", "alice");
  readonly bobs: Bob[] = [];

  constructor() {
    this.house.enters("events", "bob", { token: "bob-has-a-long-secret" });
    this.house.isSlow = true;
  }

  join(dialect: "simple" | "events", since: number): void {
    const chosen = sinces[since];
    const token = "bob-has-a-long-secret";
    const query = { username: "bob", token, ...(chosen === undefined ? {} : { since: chosen }) };
    const wire = this.house.connects(dialect, query);
    const heard = { everyone: [], "@alice": [] };
    this.bobs.push({ wire, since: chosen, welcomed: undefined, heard, congested: false });
  }

  toggle(which: number, congested: boolean): void {
    const bob = this.bobs[which % Math.max(1, this.bobs.length)];
    if (bob === undefined || bob.congested === congested) return;
    bob.congested = congested;
    if (congested) bob.wire.isCongested();
    else bob.wire.isDrained();
  }

  listen(): void {
    for (const bob of this.bobs) {
      const { wire, heard } = bob;
      for (const frame of wire.heard()) {
        if (frame["type"] === "welcome") {
          const { conversations } = frame.payload as { conversations: [{ head: number }] };
          bob.welcomed = conversations[0].head;
        }
        const line = frame.payload ?? frame;
        const { conversation, seq } = line as { conversation?: string; seq?: number };
        if (seq !== undefined && conversation !== undefined) heard[conversation]?.push(seq);
      }
    }
  }

  settle(): void {
    for (const [index] of this.bobs.entries()) this.toggle(index, false);
    this.house.answers();
    while (this.house.waiting.length > 0) this.house.answers();
    this.listen();
  }
}

const step = fc.tuple(
  fc.constantFrom(
    ...(["say", "say", "answer", "answer", "answer", ...Object.keys(steps)] as (keyof typeof steps)[]),
  ),
  fc.nat(6),
);

test("every connection hears each conversation gapless and once, up to the head", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120, size: "max" }), (script: readonly Step[]) => {
      const it = new Play();
      for (const [name, which] of script) {
        steps[name](it, which);
        it.listen();
      }
      it.settle();
      const heads = it.house.store.logs.map(({ entries }) => entries.length);
      for (const { heard, wire, since, welcomed } of it.bobs) {
        expect(wire.closing).toBeUndefined();
        for (const [index, conversation] of ["everyone", "@alice"].entries()) {
          const seqs = heard[conversation] as number[];
          const first = seqs[0] ?? 0;
          expect(seqs).toEqual(seqs.map((_, n) => first + n));
          if (seqs.length > 0) expect(seqs.at(-1)).toBe(heads[index]);
          if (since === sinces[0]) expect(seqs).toHaveLength(heads[index] ?? 0);
        }
        // Without a place of its own, everyone begins where the welcome said that it stands.
        if (welcomed !== undefined && since?.includes("everyone") !== true)
          expect(heard["everyone"]).toHaveLength((heads[0] ?? 0) - welcomed);
      }
    }),
    { numRuns: 600 },
  );
});
