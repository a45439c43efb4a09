// The connection's life as a client sees it: coming in, losing it, coming back.

import { expect, test } from "vitest";
import type { Connection } from "../src/client/told.js";
import type { World } from "./client-world.js";
import { welcome, world } from "./client-world.js";

function started(more: Parameters<typeof world>[0] = {}): World {
  const it = world(more);
  it.feed({ type: "started" });
  return it;
}

function online(more: Parameters<typeof world>[0] = {}): World {
  const it = started(more);
  it.push("welcome", welcome().payload);
  it.up.length = 0;
  return it;
}

function elapse(it: World, ms: number): void {
  it.at += ms;
  it.feed({ type: "elapsed" });
}

const states = (it: World): Connection["state"][] =>
  it.heard("connection").map(({ connection }) => connection.state);
const last = (it: World): Connection | undefined => it.heard("connection").at(-1)?.connection;

test("the token goes in the login frame, never in the address", () => {
  const it = started({ token: "a-secret-of-16-or-more", since: "unread", receipts: true });
  expect(it.opened).toEqual(["ws://test/ws"]);
  expect(it.up).toEqual([
    {
      type: "login",
      id: 1,
      payload: { username: "alice", token: "a-secret-of-16-or-more", since: "unread", receipts: true },
    },
  ]);
  expect(states(it)).toEqual(["connecting"]);
});

test("after a loss it waits a part of a time that doubles up to thirty seconds", () => {
  const it = world();
  it.isDown = true;
  it.chance = 0.5;
  it.feed({ type: "started" });
  const waits = [];
  for (let time = 0; time < 9; time += 1) {
    waits.push(it.dueIn());
    it.wait();
  }
  expect(waits).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]);
  expect(last(it)).toMatchObject({ state: "waiting", failures: 10, code: 1006 });
});

test("a server that lets in and hangs up at once is not hammered, one that held is tried soon again", () => {
  const it = online();
  it.cut();
  for (let time = 0; time < 3; time += 1) {
    it.wait();
    it.push("welcome", welcome().payload);
    it.cut();
  }
  expect(last(it)).toMatchObject({ failures: 4 });
  it.wait();
  it.push("welcome", welcome().payload);
  it.at += 10_000;
  it.cut();
  expect(last(it)).toMatchObject({ failures: 1 });
});

test("a connection on which nothing comes is asked, and given up when nothing answers", () => {
  const it = online();
  elapse(it, 30_000);
  expect(it.up).toMatchObject([{ type: "ping" }]);
  elapse(it, 9_999);
  expect(last(it)).toEqual({ state: "online" });
  elapse(it, 1);
  expect(last(it)).toMatchObject({ state: "waiting", reason: "the server has gone silent" });
});

test("anything that comes is an answer to a ping", () => {
  const it = online();
  elapse(it, 30_000);
  it.push("presence", { count: 2 });
  elapse(it, 10_000);
  expect(last(it)).toEqual({ state: "online" });
});

test("a server that takes the call and says nothing is given up", () => {
  const it = started();
  elapse(it, 20_000);
  expect(last(it)).toMatchObject({ state: "waiting", reason: "the server does not answer" });
});

test("told to come back in a slot of its own, it comes back then, whoever hangs up", () => {
  const told = online();
  told.push("reconnect", { after_ms: 4_000 });
  told.feed({ type: "closed", code: 1012, reason: "the server restarts" });
  expect(last(told)).toMatchObject({ state: "waiting", until: 4_000 });

  const left = online();
  left.push("reconnect", { after_ms: 4_000 });
  elapse(left, 4_000);
  expect(states(left)).toEqual(["connecting", "online", "waiting", "connecting"]);
});

test("closings that say never end it, the others do not", () => {
  const after = (code: number): string | undefined => {
    const it = online();
    it.feed({ type: "closed", code, reason: "" });
    return last(it)?.state;
  };
  expect([1000, 4400, 4403, 4409].map(after)).toEqual(Array(4).fill("ended"));
  expect([1001, 1006, 1011, 1012, 4408, 4429].map(after)).toEqual(Array(6).fill("waiting"));
});

test("a refused login is the end, one that is refused for now is tried again when told", () => {
  const taken = started();
  taken.push("error", { code: "name_taken", message: "taken", retryable: false }, 1);
  expect(last(taken)).toMatchObject({ state: "refused", error: { code: "name_taken" } });
  expect(taken.dueIn()).toBeUndefined();

  const full = started();
  full.push("error", { code: "unavailable", message: "busy", retryable: true, retry_after_ms: 7_000 }, 1);
  expect(last(full)).toMatchObject({ state: "waiting", until: 7_000 });
});

test("cursors that the server can't read cost a longer replay, not the way back", () => {
  const it = online();
  it.cut();
  it.wait();
  it.push("error", { code: "bad_since", message: "bad", retryable: false }, it.up.at(-1)?.id);
  expect(it.up.at(-1)).toMatchObject({ type: "login", payload: { since: "unread" } });
  it.push("error", { code: "bad_since", message: "bad", retryable: false }, it.up.at(-1)?.id);
  expect(last(it)?.state).toBe("refused");
});

test("woken, it connects at once; already online, it asks whether that is still true", () => {
  const it = online();
  it.cut();
  it.feed({ type: "woken" });
  expect(last(it)?.state).toBe("connecting");
  it.push("welcome", welcome().payload);
  it.up.length = 0;
  it.feed({ type: "woken" });
  expect(it.up).toMatchObject([{ type: "ping" }]);
});

test("stopped, it hangs up, wants nothing more and does not come back", () => {
  const it = online();
  it.feed({ type: "stopped" });
  it.feed({ type: "woken" });
  expect(last(it)).toEqual({ state: "ended", code: 1000, reason: "goodbye" });
  expect(it.dueIn()).toBeUndefined();
});

test("questions wait for the connection and are asked again after a loss", () => {
  const it = started();
  it.feed({ type: "asked", ask: 7, question: { type: "history", conversation: "@bob", limit: 3 } });
  it.push("welcome", welcome().payload);
  const asked = it.up.find(({ type }) => type === "history");
  expect(asked).toMatchObject({ payload: { conversation: "@bob", limit: 3 } });
  it.cut();
  it.wait();
  it.push("welcome", welcome().payload);
  expect(it.sent.filter(({ type }) => type === "history")).toHaveLength(2);
  const page = { conversation: "@bob", messages: [], first: 1, head: 0, more: false };
  it.push("history", page, it.sent.findLast(({ type }) => type === "history")?.id);
  it.push("history", page, it.sent.findLast(({ type }) => type === "history")?.id);
  expect(it.heard("answered")).toEqual([{ type: "answered", ask: 7, answer: { type: "history", ...page } }]);
});

test("the limit of open questions is told, and there is room again after an answer", () => {
  const it = online({ limits: { questions: 1 } });
  for (const ask of [1, 2]) it.feed({ type: "asked", ask, question: { type: "help" } });
  expect(it.heard("unanswered")).toMatchObject([{ ask: 2, error: { code: "too_many" } }]);
  it.push("error", { code: "rate_limited", message: "too fast", retryable: true }, it.up.at(-1)?.id);
  expect(it.heard("unanswered")).toMatchObject([{ ask: 2 }, { ask: 1 }]);
});

test("what was read is said once, joined, only forward, and not before there is a connection", () => {
  const it = started();
  for (const seq of [3, 5, 4]) it.feed({ type: "read", conversation: "everyone", seq });
  elapse(it, 250);
  expect(it.sent.filter(({ type }) => type === "read")).toEqual([]);
  it.push("welcome", welcome().payload);
  expect(it.sent.filter(({ type }) => type === "read")).toEqual([
    { type: "read", payload: { conversation: "everyone", seq: 5 } },
  ]);
});

test("who is here is asked for at login, page by page, and kept up by what is told since", () => {
  const it = started({ limits: { people: 3 } });
  it.push("welcome", welcome({ here: 2 }).payload);
  const asked = (it: World): World["up"][number] | undefined =>
    it.up.findLast(({ type }) => type === "users");
  const user = (username: string): object => ({ username, status: "online" });
  it.push("users", { users: [user("alice")], count: 2, more: true }, asked(it)?.id);
  expect(asked(it)).toMatchObject({ payload: { after: "alice" } });
  it.push("users", { users: [user("bob")], count: 2, more: false }, asked(it)?.id);
  expect(it.heard("people").at(-1)).toMatchObject({ here: ["alice", "bob"], count: 2, complete: true });
  const changes = [user("bob"), user("carol"), { username: "alice", status: "offline" }];
  it.push("presence", { users: changes, count: 2 });
  expect(it.heard("people").at(-1)).toMatchObject({
    here: ["bob", "carol"],
    came: ["carol"],
    left: ["alice"],
  });
  it.cut();
  it.wait();
  it.push("welcome", welcome({ here: 1 }).payload);
  it.push("users", { users: [user("dave")], count: 1, more: false }, asked(it)?.id);
  expect(it.heard("people").at(-1)).toMatchObject({ here: ["dave"], complete: true, came: [], left: [] });
  it.push("presence", { count: 900 });
  expect(it.heard("people").at(-1)).toMatchObject({ count: 900, complete: false, came: [] });
});
