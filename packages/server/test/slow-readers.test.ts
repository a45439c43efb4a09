// What waits for somebody who does not read, and gets only what nobody else gets: the whole shell and the
// hub with a store in memory, over straws that let nothing through. Counted is all memory that the bytes keep:
// a short frame that was cut from a slab keeps the slab.

import type { AskId, ConnectionId, StoreAnswer } from "chat-hub";
import { createHub, defaultLimits } from "chat-hub";
import { expect, test } from "vitest";
import { WebSocketServer } from "ws";
import { Loop } from "../dist/loop.js";
import { ChatSocket } from "../dist/sockets/chat-socket.js";
import { openMemory } from "../dist/stores/memory.js";
import type { Line } from "./bytes-line.js";
import { openStraw } from "./bytes-line.js";

const kibibyte = 1024;
/** What PROTOCOL.md promises under `behind`, for memory too. */
const mostKept = 64 * kibibyte;
const limits = { ...defaultLimits, rates: undefined };
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

type DialectName = "events" | "simple";

class House {
  readonly #loop: Loop;
  readonly #sockets = new WebSocketServer({
    noServer: true,
    WebSocket: ChatSocket,
    clientTracking: false,
    perMessageDeflate: false,
    autoPong: false,
  });
  #next = 1;

  constructor() {
    const store = openMemory<AskId>({
      nameHoldMs: 1_000,
      limits: limits.store,
      everyoneHistory: "all",
      answer: (ask: AskId, answer: StoreAnswer) => this.#loop.answered(ask, answer),
      failed: (reason) => {
        throw reason;
      },
      warn: () => {},
    });
    this.#loop = new Loop(store, createHub({ facts: store.facts, limits }));
  }

  enters(dialect: DialectName, username: string): Person {
    const line = openStraw(this.#sockets, 1_000_000);
    const connection = this.#next++ as ConnectionId;
    this.#loop.add(connection, line.socket);
    line.socket.open(connection, line.raw, this.#loop, limits);
    this.#loop.feed({ type: "connected", connection, dialect, query: { username }, address: undefined });
    return new Person(line, (frame) => this.#loop.received(connection, frame));
  }
}

class Person {
  readonly says: (frame: string) => void;
  readonly #line: Line;
  #waits: Buffer[] | undefined;

  constructor(line: Line, says: (frame: string) => void) {
    this.#line = line;
    this.says = says;
    const write = line.raw.write.bind(line.raw) as (...all: unknown[]) => boolean;
    line.raw.write = (...all: unknown[]) => {
      this.#waits?.push(all[0] as Buffer);
      return write(...all);
    };
  }

  /** Nothing that is written from now on goes out. */
  stopsReading(): void {
    this.#line.peer.stopsReading();
    this.#waits = [];
  }

  readsOn(): void {
    this.#waits = undefined;
    this.#line.peer.readsOn();
  }

  /** Bytes of memory that can't go because of what waits. */
  get kept(): number {
    const all = new Set((this.#waits ?? []).map(({ buffer }) => buffer));
    return [...all].reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  /** The texts of the frames that came. */
  get heard(): string {
    return this.#line.peer.bytes.toString();
  }
}

const texts = {
  "of 20 letters": "x".repeat(20),
  "of 300 letters": "x".repeat(300),
  "of 9,000 letters": "x".repeat(9_000),
  "of 9,000 letters that take 2 bytes each": "س".repeat(9_000),
  "of 10,000 letters that take 4 bytes each": "😀".repeat(10_000),
};
/** More than may wait, some times over. */
const times = 50;
const cases = Object.entries(texts).flatMap(([what, text]) =>
  (["events", "simple"] as const).map((dialect) => ({ what, text, dialect })),
);

function privately(to: string, message: string): string {
  return JSON.stringify({ type: "private_message", payload: { to, message } });
}

/** What else the server does meanwhile: others talk, and read. */
async function othersTalk(writer: Person): Promise<void> {
  for (let n = 0; n < 20; n += 1) writer.says(privately("cid", `${n}`.padEnd(200, "-")));
  await turn();
}

test.each(cases)("private messages $what keep less than 64 KiB for who stops: $dialect", async (each) => {
  const house = new House();
  const ada = house.enters("events", "ada");
  house.enters("events", "cid");
  const bob = house.enters(each.dialect, "bob");
  await turn();
  bob.stopsReading();
  // One at a time, and many in one turn.
  for (let n = 0; n < times; n += 1) {
    ada.says(privately("bob", each.text));
    await othersTalk(ada);
  }
  expect(bob.kept).toBeLessThan(mostKept);
  for (let n = 0; n < times; n += 1) ada.says(privately("bob", each.text));
  await turn();
  expect(bob.kept).toBeLessThan(mostKept);
});

test.each(cases)("many at once $what keep no more, nor does a page of the log: $dialect", async (each) => {
  const house = new House();
  const ada = house.enters("events", "ada");
  const bob = house.enters(each.dialect, "bob");
  await turn();
  bob.stopsReading();
  for (let n = 0; n < times; n += 1) ada.says(privately("bob", each.text));
  await turn();
  expect(bob.kept).toBeLessThan(mostKept);
  // They read on until they hear of the last one, and stop after each page.
  ada.says(privately("bob", "the last"));
  for (let pages = 0; pages < 2 * times; pages += 1) {
    bob.readsOn();
    bob.stopsReading();
    for (let turns = 0; turns < 5; turns += 1) await turn();
    expect(bob.kept).toBeLessThan(mostKept);
  }
  bob.readsOn();
  await turn();
  expect(bob.heard.split('"message":"').length - 1).toBe(times + 1);
  expect(bob.heard).toContain("the last");
});
