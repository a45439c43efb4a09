import type { Client, ClientEffect, ClientInput } from "chat-hub";
import { afterEach, expect, test, vi } from "vitest";
import { runClient } from "../src/state/shell.js";

class FakeSocket {
  static readonly OPEN = 1;
  static last: FakeSocket;
  readyState = 1;
  readonly sent: string[] = [];
  onopen?: () => void;
  onmessage?: (event: { data: string }) => void;
  onclose?: (event: { code: number; reason: string }) => void;
  constructor(readonly url: string) {
    FakeSocket.last = this;
  }
  send(frame: string): void {
    this.sent.push(frame);
  }
  close(): void {
    this.readyState = 3;
  }
}

/** A core that answers facts as it is told, and remembers them. */
function scripted(answers: Partial<Record<ClientInput["type"], readonly ClientEffect[]>>) {
  const inputs: ClientInput[] = [];
  const core: Client = {
    handle(input) {
      inputs.push(input);
      return answers[input.type] ?? [];
    },
    deadline: () => undefined,
  };
  return { core, heard: () => inputs.map(({ type }) => type), inputs };
}

vi.stubGlobal("WebSocket", FakeSocket);
afterEach(() => vi.useRealTimers());

test("facts come in with their moment, deeds go out in order", () => {
  const { core, heard, inputs } = scripted({
    started: [{ type: "open", url: "ws://there/ws" }],
    opened: [
      { type: "send", frame: "one" },
      { type: "send", frame: "two" },
    ],
  });
  const feed = runClient(core, () => undefined);
  feed({ type: "started" });
  FakeSocket.last.onopen?.();
  FakeSocket.last.onmessage?.({ data: "hello" });
  expect(FakeSocket.last).toMatchObject({ url: "ws://there/ws", sent: ["one", "two"] });
  expect(heard()).toEqual(["started", "opened", "received"]);
  for (const { chance, at } of inputs) expect(chance >= 0 && chance < 1 && at > 0).toBe(true);
});

test("a fact that a deed causes waits until all deeds are done", () => {
  const order: string[] = [];
  const { core, heard } = scripted({
    started: [
      { type: "tell", event: { type: "resumed", replayed: 0 } },
      { type: "tell", event: { type: "resumed", replayed: 1 } },
    ],
  });
  const feed = runClient(core, (event) => {
    order.push(`told ${event.type === "resumed" && event.replayed}, after ${heard().length}`);
    feed({ type: "woken" });
  });
  feed({ type: "started" });
  expect(order).toEqual(["told 0, after 1", "told 1, after 1"]);
  expect(heard()).toEqual(["started", "woken", "woken"]);
});

test("nothing is told of a socket that was left", () => {
  const { core, heard } = scripted({
    started: [{ type: "open", url: "ws://there/ws" }],
    stopped: [{ type: "disconnect" }],
  });
  const feed = runClient(core, () => undefined);
  feed({ type: "started" });
  const left = FakeSocket.last;
  feed({ type: "stopped" });
  left.onmessage?.({ data: "late" });
  left.onclose?.({ code: 1000, reason: "" });
  expect(heard()).toEqual(["started", "stopped"]);
});

test("the core is woken at its deadline", () => {
  vi.useFakeTimers();
  let deadline: number | undefined = performance.now() + 500;
  const heard: string[] = [];
  const core = {
    handle(input: ClientInput) {
      heard.push(input.type);
      if (input.type === "elapsed") deadline = undefined;
      return [];
    },
    deadline: () => deadline,
  } as Client;
  runClient(core, () => undefined)({ type: "started" });
  vi.advanceTimersByTime(499);
  expect(heard).toEqual(["started"]);
  vi.advanceTimersByTime(2_000);
  expect(heard).toEqual(["started", "elapsed"]);
});
