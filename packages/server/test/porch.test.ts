// Of a crowd that connects at once only so many are read at a time: 32 that have not said what they want, and
// the next ones when those have, or after 20 ms.

import { EventEmitter } from "node:events";
import type { Server } from "node:http";
import { expect, onTestFinished, test, vi } from "vitest";
import { receiveInTurn } from "../dist/http/porch.js";

class Guest {
  /** Whether the server's own listener had it when it was first read. */
  wasReceived: boolean | undefined;
  isClosed = false;
  readonly #received: ReadonlySet<Guest>;
  constructor(received: ReadonlySet<Guest>) {
    this.#received = received;
  }
  resume(): void {
    this.wasReceived ??= this.#received.has(this);
  }
  destroy(): void {
    this.isClosed = true;
  }
}

/** A server whose connections are made by hand, so that nothing depends on how fast a real one takes them. */
function porch() {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const server = new EventEmitter() as Server;
  const received = new Set<Guest>();
  server.on("connection", (guest) => received.add(guest as unknown as Guest));
  receiveInTurn(server);
  const comes = () => {
    const guest = new Guest(received);
    server.emit("connection", guest as never);
    return guest;
  };
  const come = (count: number) => Array.from({ length: count }, comes);
  const says = (event: "upgrade" | "request", guest: Guest | undefined) =>
    server.emit(event, { socket: guest } as never);
  return { received, come, says };
}

test("the next one is read when one of them has said what it wants, in the order in which they came", () => {
  const { received, come, says } = porch();
  const crowd = come(40);
  expect([...received]).toEqual(crowd.slice(0, 32));
  says("upgrade", crowd[7]);
  says("request", crowd[3]);
  expect([...received]).toEqual(crowd.slice(0, 34));
  // It asks again on the connection that it has.
  says("request", crowd[3]);
  expect(received.size).toBe(34);
  for (const guest of received) expect(guest.wasReceived).toBe(true);
});

test("whoever says nothing keeps others waiting for 20 ms, and is heard after that all the same", () => {
  const { received, come, says } = porch();
  const crowd = come(40);
  vi.advanceTimersByTime(19);
  expect(received.size).toBe(32);
  vi.advanceTimersByTime(1);
  expect([...received]).toEqual(crowd);
  says("upgrade", crowd[0]);
  expect(come(24).every((guest) => guest.wasReceived)).toBe(true);
  const last = come(1)[0] as Guest;
  expect(last.wasReceived).toBeUndefined();
  vi.advanceTimersByTime(20);
  expect(last.wasReceived).toBe(true);
});

test("5,000 who say nothing keep an honest guest waiting for less than a quarter of a second", () => {
  const { come } = porch();
  come(5_000);
  const [honest] = come(1) as [Guest];
  for (let ms = 0; ms < 240 && honest.wasReceived === undefined; ms += 20) vi.advanceTimersByTime(20);
  expect(honest.wasReceived).toBe(true);
  // Once people say what they want again, there are 32 at a time again.
  vi.advanceTimersByTime(20);
  const { length } = come(2_000).filter((guest) => guest.wasReceived);
  expect(length).toBe(32);
});

test("where 16,384 wait, one more is closed", () => {
  const { come } = porch();
  const crowd = come(32 + 16_384);
  expect(crowd.some(({ isClosed }) => isClosed)).toBe(false);
  expect(come(1)[0]?.isClosed).toBe(true);
});
