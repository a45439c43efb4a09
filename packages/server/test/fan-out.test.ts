// The fast path against the slow one: whatever is published, sent, joined and left within a turn, each
// connection gets the bytes that it would get if every frame were written at once.

import type { Topic } from "chat-hub";
import fc from "fast-check";
import { expect, test } from "vitest";
import { FanOut } from "../dist/sockets/fan-out.js";
import { mostFrameBytes, writeFrame } from "../dist/sockets/frame.js";
import type { Outlet } from "../dist/sockets/parts.js";

/** A frame as RFC 6455 §5.2 has it, made in another way than the code under test makes it. */
function frame(payload: string): Buffer {
  const body = new TextEncoder().encode(payload);
  const length =
    body.length < 126
      ? [body.length]
      : body.length < 65_536
        ? [126, body.length >> 8, body.length & 255]
        : [127, 0, 0, 0, 0, ...[24, 16, 8, 0].map((bits) => (body.length >>> bits) & 255)];
  return Buffer.concat([Buffer.from([0x81, ...length]), body]);
}

test.each([
  0, 1, 41, 42, 63, 64, 124, 125, 126, 127, 128, 250, 252, 65_534, 65_535, 65_536, 65_537, 70_000, 131_070,
  131_072,
])("a payload of %i bytes is framed as the RFC says", (length) => {
  for (const payload of ["x".repeat(length), "é".repeat(length / 2) + "x".repeat(length % 2)]) {
    const expected = frame(payload);
    const bytes = Buffer.alloc(1 + mostFrameBytes(payload), 0xee);
    expect(writeFrame(bytes, 1, payload)).toBe(1 + expected.length);
    expect([bytes[0], bytes.subarray(1, 1 + expected.length)]).toEqual([0xee, expected]);
  }
});

class Listener implements Outlet {
  parts: Outlet["parts"];
  readonly writes: Buffer[] = [];
  readonly sink = { write: (bytes: Buffer) => void this.writes.push(Buffer.from(bytes)) };
}

type Step =
  | {
      readonly do: "publish";
      readonly topic: number;
      readonly except: number | undefined;
      readonly text: string;
    }
  | { readonly do: "send"; readonly to: number; readonly text: string }
  | { readonly do: "subscribe" | "unsubscribe" | "forget"; readonly who: number }
  | { readonly do: "flush" };

/** Everybody is in one topic, or in none: that of their dialect. */
const topicOf = (who: number): number => who % 2;
const people = 6;
const who = fc.nat(people - 1);
const topic = fc.nat(1);
/** So long that it is not copied to stand beside others. */
const long = "x".repeat(17_000);
const text = fc.oneof(
  { weight: 8, arbitrary: fc.string({ maxLength: 8 }) },
  { weight: 8, arbitrary: fc.constantFrom("سلام", "x".repeat(126), "é".repeat(63)) },
  { weight: 1, arbitrary: fc.constant(long) },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("publish" as const),
      topic,
      except: fc.option(who, { nil: undefined }),
      text,
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("send" as const), to: who, text }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom("subscribe" as const, "unsubscribe" as const), who }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("forget" as const), who }) },
  { weight: 1, arbitrary: fc.constant({ do: "flush" as const }) },
);

function isLong(step: Step): boolean {
  return "text" in step && step.text === long;
}

/** Plays a script on the fan-out and on a model that writes every frame at once. */
function play(steps: readonly Step[]): { readonly fast: Buffer[][]; readonly slow: Buffer[][] } {
  const fanOut = new FanOut();
  const listeners = Array.from({ length: people }, () => new Listener());
  const slow: Buffer[][] = listeners.map(() => []);
  const members = [new Set<number>(), new Set<number>()];
  const name = (index: number): Topic => `topic ${index}` as Topic;
  const at = (index: number): Listener => listeners[index] as Listener;
  for (const each of steps) {
    switch (each.do) {
      case "publish":
        fanOut.publish(name(each.topic), each.text, each.except === undefined ? undefined : at(each.except));
        for (const member of members[each.topic] ?? [])
          if (member !== each.except) slow[member]?.push(frame(each.text));
        break;
      case "send":
        fanOut.send(at(each.to), each.text);
        slow[each.to]?.push(frame(each.text));
        break;
      case "subscribe":
        fanOut.subscribe(at(each.who), name(topicOf(each.who)));
        members[topicOf(each.who)]?.add(each.who);
        break;
      case "unsubscribe":
        fanOut.unsubscribe(at(each.who), name(topicOf(each.who)));
        members[topicOf(each.who)]?.delete(each.who);
        break;
      case "forget":
        // What was gathered for it goes with it, so the model is only sure after a flush.
        fanOut.flush();
        fanOut.forget(at(each.who));
        for (const topic of members) topic.delete(each.who);
        break;
      case "flush":
        fanOut.flush();
        break;
    }
  }
  fanOut.flush();
  return { fast: listeners.map(({ writes }) => writes), slow };
}

test("every connection gets the bytes that it would get one frame at a time", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60, size: "max" }), (steps) => {
      const { fast, slow } = play(steps);
      for (const [index, writes] of fast.entries())
        expect(Buffer.concat(writes).toString()).toBe(Buffer.concat(slow[index] ?? []).toString());
    }),
    { numRuns: 2_000 },
  );
});

test("a turn is one write for each connection, however many frames there were", () => {
  fc.assert(
    fc.property(
      fc.array(
        step.filter((each) => each.do !== "flush" && each.do !== "forget" && !isLong(each)),
        { maxLength: 60 },
      ),
      (steps) => {
        for (const writes of play(steps).fast) expect(writes.length).toBeLessThanOrEqual(1);
      },
    ),
  );
});

test("all who get the same share one Buffer: a thousand slow connections keep it once", () => {
  const fanOut = new FanOut();
  const seen = new Set<ArrayBufferLike>();
  const listeners = Array.from({ length: 1_000 }, () => {
    const outlet: Outlet = { parts: undefined, sink: { write: (bytes) => void seen.add(bytes.buffer) } };
    fanOut.subscribe(outlet, "all" as Topic);
    return outlet;
  });
  for (let n = 0; n < 100; n += 1) fanOut.publish("all" as Topic, "x".repeat(100), undefined);
  fanOut.publish("all" as Topic, "the last one, which its sender does not get", listeners[7]);
  fanOut.flush();
  expect(seen.size).toBe(1);
});

test("so do those who have frames of their own in a busy turn, but for these", () => {
  const fanOut = new FanOut();
  const seen = new Set<ArrayBufferLike>();
  const listeners = Array.from({ length: 1_000 }, () => {
    const outlet: Outlet = { parts: undefined, sink: { write: (bytes) => void seen.add(bytes.buffer) } };
    fanOut.subscribe(outlet, "all" as Topic);
    return outlet;
  });
  for (const listener of listeners) {
    fanOut.send(listener, "your ack");
    fanOut.publish("all" as Topic, "x".repeat(1_000), undefined);
  }
  fanOut.flush();
  const kept = [...seen].reduce((sum, { byteLength }) => sum + byteLength, 0);
  // Once all of it, and for each at most two short stretches beside the ack.
  expect(kept).toBeLessThan(1_000 * 1_000 + 1_000 * 40_000);
});

test("whoever has gone is written to no more, and nothing is kept for them", () => {
  const fanOut = new FanOut();
  const gone = new Listener();
  fanOut.subscribe(gone, "all" as Topic);
  fanOut.publish("all" as Topic, "hi", undefined);
  fanOut.send(gone, "you");
  fanOut.forget(gone);
  fanOut.publish("all" as Topic, "anybody?", undefined);
  fanOut.flush();
  expect([gone.writes, gone.parts]).toEqual([[], undefined]);
});

test("a topic that nobody listens to any more is not kept, however many there were", () => {
  const fanOut = new FanOut();
  const [leaves, breaks] = [new Listener(), new Listener()];
  for (let n = 0; n < 100; n += 1) {
    const topic = `room ${n}` as Topic;
    fanOut.publish(topic, "nobody is here yet", undefined);
    for (const each of [leaves, breaks]) fanOut.subscribe(each, topic);
    fanOut.publish(topic, `${n}`, undefined);
    fanOut.unsubscribe(leaves, topic);
  }
  expect(fanOut.topics).toBe(100);
  fanOut.flush();
  fanOut.forget(breaks);
  expect(fanOut.topics).toBe(0);
  const all = Buffer.concat(Array.from({ length: 100 }, (_, n) => frame(`${n}`)));
  for (const each of [leaves, breaks]) expect(Buffer.concat(each.writes)).toEqual(all);
});

test("without a flush the turn ends by itself", async () => {
  const fanOut = new FanOut();
  const listener = new Listener();
  fanOut.subscribe(listener, "all" as Topic);
  fanOut.publish("all" as Topic, "hi", undefined);
  expect(listener.writes).toEqual([]);
  await new Promise((resolve) => setImmediate(resolve));
  expect(listener.writes).toEqual([frame("hi")]);
});
