// The whole shell but for the hub: effects drawn by chance go through the loop, the fan-out and the
// sockets of `ws`, between pings, pongs and goodbyes of both sides, to readers that are fast, slow, or not
// reading. Each gets every byte it was to get, no frame is torn, and nothing follows a goodbye.

import type { ConnectionId, Effect, Fact, Store, Topic as TopicName } from "chat-hub";
import { closings } from "chat-hub";
import fc from "fast-check";
import { expect, test } from "vitest";
import { WebSocketServer } from "ws";
import type { Door } from "../dist/loop.js";
import { Loop } from "../dist/loop.js";
import { ChatSocket } from "../dist/sockets/chat-socket.js";
import type { Line } from "./bytes-line.js";
import { openStraw, openTcp, openTls } from "./bytes-line.js";
import type { Frame, Shape, Topic } from "./bytes-model.js";
import { decode, Expected, opcodes, payload, shape, shown, topics } from "./bytes-model.js";

/** How each is connected: by TCP, within TLS, or by a straw that lets so many bytes through at a time. */
const straws = ["tcp", 1, 7, 5_000, "tls"] as const;
const closing = "restarting";

type Deed =
  | {
      readonly do: "publish";
      readonly topic: Topic;
      readonly except: number | undefined;
      readonly shape: Shape;
    }
  | { readonly do: "send"; readonly who: number; readonly shape: Shape }
  | { readonly do: "share"; readonly whom: readonly number[]; readonly shapes: readonly Shape[] }
  | { readonly do: "subscribe" | "unsubscribe"; readonly who: number; readonly topic: Topic }
  | { readonly do: "ping" | "close"; readonly who: number };

/** What somebody at the other end does. */
type Act = {
  readonly act: "speaks" | "pings" | "saysGoodbye" | "stopsReading" | "readsOn" | "breaks";
  readonly who: number;
};

type Step = { readonly deeds: readonly Deed[] } | Act | "turn";

const who = fc.nat(straws.length - 1);
const topic = fc.constantFrom(...topics.slice(0, 3));
const except = fc.option(who, { nil: undefined });
const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ do: fc.constant("publish" as const), topic, except, shape }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant("send" as const), who, shape }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("share" as const),
      whom: fc.uniqueArray(who),
      shapes: fc.array(shape, { maxLength: 4 }),
    }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant("subscribe" as const), who, topic }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("unsubscribe" as const), who, topic }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("ping" as const), who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("close" as const), who }) },
);
const often = ["speaks", "pings", "stopsReading", "readsOn"] as const;
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ deeds: fc.array(deed, { maxLength: 12, size: "max" }) }) },
  { weight: 5, arbitrary: fc.record({ act: fc.constantFrom(...often), who }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constantFrom("saysGoodbye", "breaks"), who }) },
  { weight: 6, arbitrary: fc.constant("turn" as const) },
);

/** A client's frame, its mask all zeros. */
function said(opcode: number, text: string): Buffer {
  const body = Buffer.from(text, "latin1");
  return Buffer.concat([Buffer.from([0x80 | opcode, 0x80 | body.length, 0, 0, 0, 0]), body]);
}

class Person {
  readonly line: Line;
  readonly expected = new Expected();
  /** Frames that were on their way at the end of the last turn. */
  sure = 0;
  pings = 0;
  /** The server has said its goodbye as the hub asked for it: all before it must be there. */
  wasClosed = false;
  saidGoodbye = false;
  broke = false;

  constructor(line: Line) {
    this.line = line;
  }

  get isOut(): boolean {
    return this.wasClosed || this.saidGoodbye || this.broke;
  }
}

/** A hub that does what it is told to, and answers whoever speaks; the model is written as it speaks. */
class Play implements Door {
  readonly people: Person[];
  readonly #loop: Loop;
  readonly #members = new Map(topics.map((topic) => [topic, new Set<number>()]));
  #deeds: readonly Deed[] = [];
  #number = 0;

  constructor(lines: readonly Line[], congestedBytes: number) {
    this.people = lines.map((line) => new Person(line));
    const store = { ask: () => {} } as unknown as Store<never>;
    this.#loop = new Loop(store, this);
    for (const [who, { socket, raw }] of lines.entries()) {
      this.#loop.add(who as ConnectionId, socket);
      socket.open(who as ConnectionId, raw, this.#loop, {
        congestedBytes,
        congestedOwnBytes: congestedBytes / 2,
      });
    }
  }

  deadline(): undefined {}

  handle(fact: Fact): readonly Effect[] {
    switch (fact.type) {
      case "elapsed":
        return this.#deeds.flatMap((deed) => this.#carriedOut(deed));
      case "received":
        return this.#answered(fact.connection);
      // Whoever can't keep up is pushed nothing, until they have taken what there is.
      case "congested":
        return topics.flatMap((topic) => this.#moves("unsubscribe", fact.connection, topic));
      case "drained":
        return topics.flatMap((topic) => this.#moves("subscribe", fact.connection, topic));
      case "closed":
        for (const members of this.#members.values()) members.delete(fact.connection);
        return [];
      default:
        return [];
    }
  }

  does(deeds: readonly Deed[]): void {
    this.#deeds = deeds;
    this.#loop.feed({ type: "elapsed" });
  }

  acts({ act, who }: Act): void {
    const person = this.#at(who);
    const { peer } = person.line;
    if (act === "stopsReading" || act === "readsOn") return peer[act]();
    if (person.isOut) return;
    switch (act) {
      case "speaks":
        return peer.says(said(opcodes.text, "hi"));
      case "pings":
        return peer.says(said(opcodes.ping, `${person.pings++}`));
      case "saysGoodbye":
        person.saidGoodbye = true;
        return peer.says(said(opcodes.close, "\x03\xe8"));
      case "breaks":
        person.broke = true;
        return peer.breaks();
    }
  }

  async turn(): Promise<void> {
    // What comes within this turn may be written only in the next.
    const there = this.people.map(({ expected }) => expected.frames.length);
    await new Promise((resolve) => setImmediate(resolve));
    for (const [who, person] of this.people.entries()) if (!person.isOut) person.sure = there[who] ?? 0;
  }

  async end(): Promise<void> {
    await this.turn();
    this.does(this.people.map((_person, who) => ({ do: "close", who })));
    for (const { line } of this.people) line.peer.readsOn();
    // The other half of a goodbye; then the server ends it.
    for (const { line, saidGoodbye, broke } of this.people)
      if (!saidGoodbye && !broke) line.peer.says(said(opcodes.close, "\x03\xe8"));
    await Promise.all(this.people.map(({ line }) => line.peer.ended));
    // The server may look last: after its goodbye it reads in no hurry.
    while (this.#loop.connections > 0) await this.turn();
  }

  #carriedOut(deed: Deed): Effect[] {
    switch (deed.do) {
      case "publish": {
        const { topic, except } = deed;
        const frame = payload(topic, this.#number++, deed.shape);
        for (const member of this.#membersOf(topic))
          if (member !== except) this.#expects(member, (expected) => expected.says(frame));
        return [{ type: "publish", topic: named(topic), frame, except: except as ConnectionId | undefined }];
      }
      case "send": {
        const frame = payload(undefined, this.#number++, deed.shape);
        this.#expects(deed.who, (expected) => expected.says(frame));
        return [{ type: "send", connection: deed.who as ConnectionId, frame }];
      }
      case "share": {
        const frames = deed.shapes.map((each) => payload(undefined, this.#number++, each));
        for (const who of deed.whom)
          for (const frame of frames) this.#expects(who, (expected) => expected.says(frame));
        return [{ type: "share", connections: deed.whom as readonly ConnectionId[], frames }];
      }
      case "subscribe":
      case "unsubscribe":
        return this.#moves(deed.do, deed.who as ConnectionId, deed.topic);
      case "ping":
        this.#expects(deed.who, (expected) => expected.pings());
        return [{ type: "ping", connection: deed.who as ConnectionId }];
      case "close": {
        const { code, reason } = closings[closing];
        this.#expects(deed.who, (expected) => expected.closes(code, reason));
        this.#at(deed.who).wasClosed = true;
        return [{ type: "close", connection: deed.who as ConnectionId, closing }];
      }
    }
  }

  /** An ack for them, and what they said for all. */
  #answered(who: number): Effect[] {
    const shape = { bytes: 60, letter: "é" };
    return [
      ...this.#carriedOut({ do: "send", who, shape }),
      ...this.#carriedOut({ do: "publish", topic: "a", except: undefined, shape }),
    ];
  }

  #moves(type: "subscribe" | "unsubscribe", connection: ConnectionId, topic: Topic): Effect[] {
    const members = this.#membersOf(topic);
    if (type === "subscribe" && !this.#at(connection).wasClosed) members.add(connection);
    else members.delete(connection);
    return [{ type, connection, topic: named(topic) }];
  }

  #expects(who: number, say: (expected: Expected) => void): void {
    const person = this.#at(who);
    if (!person.wasClosed) say(person.expected);
  }

  #at(who: number): Person {
    return this.people[who] as Person;
  }

  #membersOf(topic: Topic): Set<number> {
    return this.#members.get(topic) as Set<number>;
  }
}

function named(topic: Topic): TopicName {
  return topic as string as TopicName;
}

function judge({ line, expected, sure, pings, saidGoodbye, broke }: Person): void {
  // Whoever broke it may have half of a frame.
  const frames = broke ? wholeOf(line.peer.bytes) : decode(line.peer.bytes);
  const pongs = frames.filter(({ opcode }) => opcode === opcodes.pong).map(({ payload }) => Number(payload));
  // Some pings may go without an answer, if a later one has one.
  expect(pongs).toEqual([...new Set(pongs)].toSorted((a, b) => a - b));
  expect(pongs.at(-1) ?? -1).toBeLessThan(pings);
  const got = frames.filter(({ opcode }) => opcode !== opcodes.pong);
  const goodbyes = got.flatMap(({ opcode }, index) => (opcode === opcodes.close ? [index] : []));
  if (broke) return expect(isBeginning(got, expected.frames)).toBe(true);
  expect(goodbyes).toEqual([got.length - 1]);
  expect(frames.at(-1)?.opcode).toBe(opcodes.close);
  if (!saidGoodbye) return expect(shown(got)).toEqual(shown(expected.frames));
  // Its goodbye may have come before what was said in the meantime went out, or before ours.
  expect(got.length - 1).toBeGreaterThanOrEqual(sure);
  expect(isBeginning(got.slice(0, -1), expected.frames)).toBe(true);
}

function wholeOf(bytes: Buffer): Frame[] {
  for (let end = bytes.length; ; end -= 1) {
    try {
      return decode(bytes.subarray(0, end));
    } catch {}
  }
}

/** Whether these are the first of those; where turns were cut short, topic by topic. */
function isBeginning(some: readonly Frame[], all: readonly Frame[]): boolean {
  const have = new Map<string, string[]>();
  for (const line of shown(all)) have.set(kindOf(line), [...(have.get(kindOf(line)) ?? []), line]);
  return shown(some).every((line) => have.get(kindOf(line))?.shift() === line);
}

function kindOf(line: string): string {
  return line.slice(0, 4);
}

const opened = { tcp: openTcp, tls: openTls };

async function play(script: readonly Step[], congestedBytes: number): Promise<void> {
  const sockets = new WebSocketServer({
    noServer: true,
    WebSocket: ChatSocket,
    clientTracking: false,
    perMessageDeflate: false,
    autoPong: false,
  });
  const lines: Line[] = [];
  for (const straw of straws)
    lines.push(typeof straw === "number" ? openStraw(sockets, straw) : await opened[straw](sockets));
  const play = new Play(lines, congestedBytes);
  for (const step of script) {
    if (step === "turn") await play.turn();
    else if ("act" in step) play.acts(step);
    else play.does(step.deeds);
  }
  await play.end();
  for (const person of play.people) judge(person);
}

test("over real sockets each gets every byte, no frame is torn, and nothing follows a goodbye", async () => {
  const script = fc.array(step, { minLength: 1, maxLength: 80, size: "max" });
  await fc.assert(fc.asyncProperty(script, fc.constantFrom(500, 40_000, 1_000_000), play), { numRuns: 250 });
});
