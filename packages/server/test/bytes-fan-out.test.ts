// The fan-out against a model that writes every frame at once: whatever is published, sent, joined, left
// and forgotten within a turn, each connection gets the same bytes, in whole frames, and each once.

import type { Topic as TopicName } from "chat-hub";
import fc from "fast-check";
import { expect, test } from "vitest";
import { FanOut } from "../dist/sockets/fan-out.js";
import type { Outlet } from "../dist/sockets/parts.js";
import type { Shape, Topic } from "./bytes-model.js";
import { decode, Expected, payload, shape, shown, topics } from "./bytes-model.js";

const people = 6;

type Step =
  | {
      readonly do: "publish";
      readonly topic: Topic;
      readonly except: number | undefined;
      readonly shape: Shape;
    }
  | { readonly do: "send"; readonly who: number; readonly shape: Shape }
  | { readonly do: "share"; readonly whom: readonly number[]; readonly shapes: readonly Shape[] }
  | { readonly do: "subscribe" | "unsubscribe"; readonly who: number; readonly topic: Topic }
  | { readonly do: "forget"; readonly who: number }
  | { readonly do: "flush" };

function steps(topicsHere: readonly Topic[]): fc.Arbitrary<Step[]> {
  const who = fc.nat(people - 1);
  const topic = fc.constantFrom(...topicsHere);
  const except = fc.option(who, { nil: undefined });
  const step: fc.Arbitrary<Step> = fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({ do: fc.constant("publish" as const), topic, except, shape }),
    },
    { weight: 4, arbitrary: fc.record({ do: fc.constant("send" as const), who, shape }) },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant("share" as const),
        whom: fc.uniqueArray(who),
        shapes: fc.array(shape, { maxLength: 4 }),
      }),
    },
    { weight: 5, arbitrary: fc.record({ do: fc.constant("subscribe" as const), who, topic }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant("unsubscribe" as const), who, topic }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("forget" as const), who }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant("flush" as const) }) },
  );
  return fc.array(step, { minLength: 1, maxLength: 80, size: "max" });
}

/** A connection whose bytes are looked at when they are written, and once more when all is over. */
class Person implements Outlet {
  parts: Outlet["parts"];
  readonly expected = new Expected();
  isGone = false;
  readonly #written: Buffer[] = [];
  #late: { readonly bytes: Buffer; readonly were: Buffer }[] = [];
  readonly sink = {
    write: (bytes: Buffer): void => {
      expect(this.isGone, "nothing is written to whoever has gone").toBe(false);
      this.#written.push(Buffer.from(bytes));
      this.#late.push({ bytes, were: Buffer.from(bytes) });
    },
  };

  /** What was written in this turn is what the turn was to bring; each write is whole frames. */
  settles(): void {
    const got = this.#written.flatMap((bytes) => decode(bytes));
    expect(shown(got)).toEqual(shown(this.expected.frames));
    this.#written.length = 0;
    this.expected.frames = [];
  }

  /** A slow one takes bytes long after they were written: they must still be the same. */
  takesLate(): void {
    for (const { bytes, were } of this.#late) expect(bytes.equals(were)).toBe(true);
  }
}

class Play {
  readonly #fanOut = new FanOut();
  readonly #all: Person[] = [];
  readonly #people = Array.from({ length: people }, () => this.#comes());
  readonly #members = new Map(topics.map((topic) => [topic, new Set<Person>()]));
  #number = 0;

  take(step: Step): void {
    const fanOut = this.#fanOut;
    switch (step.do) {
      case "publish": {
        const text = payload(step.topic, this.#number++, step.shape);
        const except = step.except === undefined ? undefined : this.#at(step.except);
        fanOut.publish(step.topic as string as TopicName, text, except);
        for (const member of this.#membersOf(step.topic)) if (member !== except) member.expected.says(text);
        return;
      }
      case "send": {
        const text = payload(undefined, this.#number++, step.shape);
        fanOut.send(this.#at(step.who), text);
        return this.#at(step.who).expected.says(text);
      }
      case "share": {
        const texts = step.shapes.map((each) => payload(undefined, this.#number++, each));
        const all = step.whom.map((who) => this.#at(who));
        fanOut.share(all, texts);
        for (const { expected } of all) for (const text of texts) expected.says(text);
        return;
      }
      case "subscribe":
        fanOut.subscribe(this.#at(step.who), step.topic as string as TopicName);
        return void this.#membersOf(step.topic).add(this.#at(step.who));
      case "unsubscribe":
        fanOut.unsubscribe(this.#at(step.who), step.topic as string as TopicName);
        return void this.#membersOf(step.topic).delete(this.#at(step.who));
      case "forget":
        return this.#forget(step.who);
      case "flush":
        fanOut.flush();
        for (const person of this.#people) person.settles();
    }
  }

  end(): void {
    this.take({ do: "flush" });
    this.#fanOut.flush();
    for (const person of this.#people) person.settles();
    for (const person of this.#all) person.takesLate();
  }

  /** Somebody else comes in the place of whoever has gone. */
  #forget(who: number): void {
    const gone = this.#at(who);
    this.#fanOut.forget(gone);
    gone.isGone = true;
    for (const members of this.#members.values()) members.delete(gone);
    this.#people[who] = this.#comes();
  }

  #comes(): Person {
    const person = new Person();
    this.#all.push(person);
    return person;
  }

  #at(who: number): Person {
    return this.#people[who] as Person;
  }

  #membersOf(topic: Topic): Set<Person> {
    return this.#members.get(topic) as Set<Person>;
  }
}

test.each([
  ["one topic", topics.slice(0, 1)],
  ["several topics", topics],
])("of %s every connection gets every byte, in whole frames, and nothing of before it came", (_of, some) => {
  fc.assert(
    fc.property(steps(some), (script) => {
      const play = new Play();
      for (const step of script) play.take(step);
      play.end();
    }),
    { numRuns: 1_500 },
  );
});
