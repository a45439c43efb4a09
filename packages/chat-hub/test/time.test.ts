// What waits on time: alarms, and rates that fill again.

import fc from "fast-check";
import { expect, test } from "vitest";
import { createAlarms } from "../src/hub/alarms.js";
import { takeBoth } from "../src/hub/pace.js";
import type { Millis } from "../src/words/ids.js";

const ms = (value: number): Millis => value as Millis;
const free = { perSecond: 1, burst: 1 };
const full = () => ({ messagesFullAt: ms(0) });

test("alarms ring when they are due, each once, the kinds that wait equally long in order", () => {
  const kinds = { ping: 25, grace: 20 } as const;
  type Kind = keyof typeof kinds;
  const step = fc.oneof(
    fc.record({
      do: fc.constant("set" as const),
      kind: fc.constantFrom<Kind>("ping", "grace"),
      who: fc.nat(5),
    }),
    fc.record({
      do: fc.constant("clear" as const),
      kind: fc.constantFrom<Kind>("ping", "grace"),
      who: fc.nat(5),
    }),
    fc.record({ do: fc.constant("pass" as const), ms: fc.nat(30) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
      const alarms = createAlarms<Kind, number>(["ping", "grace"]);
      const model = new Map<string, number>();
      let now = 0;
      for (const each of steps) {
        if (each.do === "pass") {
          now += each.ms;
          const rung = [];
          for (let due = alarms.take(ms(now)); due !== undefined; due = alarms.take(ms(now)))
            rung.push(`${due.kind} ${due.subject}`);
          const due = [...model].filter(([, at]) => at <= now).map(([name]) => name);
          expect(rung.toSorted()).toEqual(due.toSorted());
          for (const name of due) model.delete(name);
        } else if (each.do === "set") {
          alarms.set(each.kind, each.who, ms(now + kinds[each.kind]));
          model.set(`${each.kind} ${each.who}`, now + kinds[each.kind]);
        } else {
          alarms.clear(each.kind, each.who);
          model.delete(`${each.kind} ${each.who}`);
        }
        expect(alarms.next()).toBe(model.size === 0 ? undefined : Math.min(...model.values()));
        for (const kind of ["ping", "grace"] as const)
          for (const who of [0, 1, 2, 3, 4, 5])
            expect(alarms.has(kind, who)).toBe(model.has(`${kind} ${who}`));
      }
    }),
  );
});

test("of a burst of 3 with 10 a second three are taken at once, then one each 100 ms, and never more than 3", () => {
  const user = full();
  const rate = { perSecond: 10, burst: 3 };
  const takes = (at: number) => takeBoth("messagesFullAt", user, rate, undefined, free, ms(at), 1);
  expect([takes(0), takes(0), takes(0), takes(0)]).toEqual([true, true, true, false]);
  expect([takes(99), takes(100), takes(100), takes(199), takes(200)]).toEqual([
    false,
    true,
    false,
    false,
    true,
  ]);
  expect([takes(60_000), takes(60_000), takes(60_000), takes(60_000)]).toEqual([true, true, true, false]);
});

test("however it is asked, a rate gives no more than its burst and its rate", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(500), { maxLength: 200 }), (pauses) => {
      const user = full();
      const rate = { perSecond: 10, burst: 5 };
      let [now, taken] = [0, 0];
      for (const pause of pauses) {
        now += pause;
        if (takeBoth("messagesFullAt", user, rate, undefined, free, ms(now), 1)) taken += 1;
        expect(taken).toBeLessThanOrEqual(5 + now / 100 + 1e-6);
      }
    }),
  );
});

test("what two count is taken of both or of neither", () => {
  const [own, shared] = [full(), full()];
  const [ownRate, sharedRate] = [
    { perSecond: 1, burst: 3 },
    { perSecond: 1, burst: 2 },
  ];
  const takes = () => takeBoth("messagesFullAt", own, ownRate, shared, sharedRate, ms(0), 1);
  expect([takes(), takes(), takes()]).toEqual([true, true, false]);
  expect([own, shared]).toEqual([{ messagesFullAt: 2_000 }, { messagesFullAt: 2_000 }]);
});

test("a burst is all there, also of a rate that is no whole number of milliseconds", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 300 }), (perSecond, burst) => {
      const user = full();
      const takes = () =>
        takeBoth("messagesFullAt", user, { perSecond, burst }, undefined, free, ms(123_457), 1);
      expect(Array.from({ length: burst + 1 }, takes)).toEqual([...Array(burst).fill(true), false]);
    }),
  );
});

test("what costs more than a burst costs all of it", () => {
  const [own, shared] = [full(), full()];
  const [ownRate, sharedRate] = [
    { perSecond: 1, burst: 3 },
    { perSecond: 1, burst: 5 },
  ];
  const takes = () => takeBoth("messagesFullAt", own, ownRate, shared, sharedRate, ms(0), 10);
  expect(takes()).toBe(true);
  expect([own, shared]).toEqual([{ messagesFullAt: 3_000 }, { messagesFullAt: 5_000 }]);
  expect(takes()).toBe(false);
});
