// What a client shows to be let in, what it keeps of it, and how a login that ends is put off.

import { describe, expect, test } from "vitest";
import type { Connection } from "../src/client/told.js";
import type { World } from "./client-world.js";
import { welcome, world } from "./client-world.js";

const password = "four words nobody guesses";
const given = "what-welcome-gave-for-it";
const dayMs = 86_400_000;

function started(more: Parameters<typeof world>[0]): World {
  const it = world({ token: undefined, ...more });
  it.feed({ type: "started" });
  return it;
}

/** Let in; `left` = how long the login is good. */
function letIn(it: World, more: Record<string, unknown> = {}, left?: number): void {
  const until = left === undefined ? {} : { token_until: 1 + left };
  it.push("welcome", welcome({ auth: "password", ...until, ...more }).payload);
  it.up.length = 0;
}

function elapse(it: World, ms: number): void {
  it.at += ms;
  it.feed({ type: "elapsed" });
  // Whoever is asked for a sign of life gives one.
  const ping = it.up.find(({ type }) => type === "ping");
  if (ping !== undefined) it.push("ping", { at: 1 }, ping.id);
}

const refused = (it: World, code: string, more: object = {}): void =>
  it.push("error", { code, message: code, retryable: false, ...more }, it.sent.at(-1)?.id);
const logins = (it: World): unknown[] =>
  it.sent
    .filter(({ type }) => type === "login" || type === "register")
    .map(({ type, payload: { username: _, ...payload } }) => ({ type, ...payload }));
const last = (it: World): Connection | undefined => it.heard("connection").at(-1)?.connection;
const refreshes = (it: World): unknown[] =>
  it.sent.filter(({ type }) => type === "refresh").map(({ payload }) => payload);

describe("a password", () => {
  test("is shown once, and the token that came for it from then on", () => {
    const it = started({ password });
    letIn(it, { token: given });
    expect(it.heard("token")).toEqual([{ type: "token", token: given }]);
    it.cut();
    it.wait();
    expect(logins(it)).toMatchObject([
      { type: "login", password },
      { type: "login", token: given },
    ]);
    expect(logins(it)[1]).not.toHaveProperty("password");
    refused(it, "login_expired");
    expect(logins(it), "the password is forgotten").toHaveLength(2);
    expect(last(it)).toMatchObject({ state: "refused", error: { code: "login_expired" } });
  });

  test("is shown again for as long as nothing came for it", () => {
    const it = started({ password });
    it.cut();
    it.wait();
    expect(logins(it)).toMatchObject([{ password }, { password }]);
  });

  test("the token is told to whoever keeps it, and to nobody else", () => {
    const it = started({ password });
    letIn(it, { token: given });
    const others = it.told.filter(({ type }) => type !== "token");
    expect(JSON.stringify(others)).not.toContain(given);
    expect(it.heard("welcome")).toHaveLength(1);
  });

  test.each(["not_let_in", "login_expired"])("is what is left when a token is %s", (code) => {
    const it = started({ token: "an-old-token-of-alices", password });
    refused(it, code);
    expect(logins(it)).toMatchObject([{ token: "an-old-token-of-alices" }, { password }]);
    expect(logins(it)[1]).not.toHaveProperty("token");
    refused(it, "not_let_in");
    expect(last(it)).toMatchObject({ state: "refused", error: { code: "not_let_in" } });
  });

  test("one guess too many is told at once; a token waits until it is taken", () => {
    const guess = started({ password });
    refused(guess, "rate_limited", { retryable: true, retry_after_ms: 60_000 });
    expect(last(guess)).toMatchObject({ state: "refused", error: { code: "rate_limited" } });
    expect(guess.dueIn()).toBeUndefined();
    const kept = started({ token: given });
    refused(kept, "rate_limited", { retryable: true, retry_after_ms: 60_000 });
    expect(last(kept)).toMatchObject({ state: "waiting", until: 60_000 });
  });
});

describe("an account", () => {
  test("is made once; what comes after a cut is a login", () => {
    const it = started({ password, register: { invite: "a-code-of-16-or-more" }, rooms: "dev" });
    letIn(it, { token: given });
    it.cut();
    it.wait();
    expect(logins(it)).toMatchObject([
      { type: "register", password, invite: "a-code-of-16-or-more", rooms: "dev" },
      { type: "login", token: given, rooms: "dev" },
    ]);
  });

  test("may have been made when the answer was lost: then the name is taken, by us", () => {
    const it = started({ password, register: {} });
    it.cut();
    it.wait();
    refused(it, "name_taken");
    expect(logins(it).map((one) => (one as { type: string }).type)).toEqual([
      "register",
      "register",
      "login",
    ]);
    refused(it, "not_let_in");
    expect(last(it)).toMatchObject({ state: "refused", error: { code: "not_let_in" } });
  });

  test("that somebody else has is not tried by our password", () => {
    const it = started({ password, register: {} });
    refused(it, "name_taken");
    expect(logins(it)).toHaveLength(1);
    expect(last(it)).toMatchObject({ state: "refused", error: { code: "name_taken" } });
  });
});

describe("a login that has ended", () => {
  test("is the end of all tries, with its reason, whether it is told or only closed", () => {
    const told = started({ token: given });
    letIn(told);
    told.push("error", { code: "login_expired", message: "this login has ended", retryable: false });
    told.feed({ type: "closed", code: 4401, reason: "this login has ended" });
    const closed = started({ token: given });
    letIn(closed);
    closed.feed({ type: "closed", code: 4401, reason: "this login has ended" });
    for (const it of [told, closed]) {
      expect(last(it)).toMatchObject({ state: "refused", error: { code: "login_expired" } });
      expect(it.heard("connection").filter(({ connection }) => connection.state === "refused")).toHaveLength(
        1,
      );
      expect(it.dueIn()).toBeUndefined();
      it.feed({ type: "woken" });
      expect(it.opened).toHaveLength(1);
    }
  });

  test("before it was online 4401 is what it always was", () => {
    const it = started({ token: given });
    it.feed({ type: "closed", code: 4401, reason: "not let in" });
    expect(last(it)).toMatchObject({ state: "ended", code: 4401 });
  });
});

describe("where there are passwords", () => {
  test("a login is renewed by itself when a quarter of it is left, and again and again", () => {
    const it = started({ password });
    letIn(it, { token: given }, 4 * 3_600_000);
    for (let minute = 0; minute < 179; minute += 1) elapse(it, 60_000);
    expect(refreshes(it)).toEqual([]);
    elapse(it, 60_000);
    expect(refreshes(it)).toEqual([undefined]);
    const newer = { session: "1", token: "the-newer-token", token_until: 1 + 7 * 3_600_000 };
    it.push("refresh", newer, it.sent.findLast(({ type }) => type === "refresh")?.id);
    expect(it.heard("token").at(-1)).toEqual({ type: "token", token: "the-newer-token" });
    for (let minute = 0; minute < 179; minute += 1) elapse(it, 60_000);
    expect(refreshes(it)).toHaveLength(1);
    elapse(it, 60_000);
    expect(refreshes(it)).toHaveLength(2);
    it.cut();
    it.wait();
    expect(logins(it).at(-1)).toMatchObject({ token: "the-newer-token" });
  });

  test("who comes back by a token that has few days left renews it soon, not only in its last quarter", () => {
    const few = started({ token: given, limits: { renewSpreadMs: 1_000 } });
    letIn(few, {}, 6 * dayMs);
    elapse(few, 500);
    expect(refreshes(few)).toHaveLength(1);
    const many = started({ token: given, limits: { renewSpreadMs: 1_000 } });
    letIn(many, {}, 8 * dayMs);
    elapse(many, 1_000);
    expect(refreshes(many)).toHaveLength(0);
  });

  test("a renewal that is refused for now is tried again before the end, and keeps the token", () => {
    const it = started({ password });
    letIn(it, { token: given }, 400_000);
    elapse(it, 300_000);
    const id = it.sent.at(-1)?.id;
    it.push("error", { code: "unavailable", message: "busy", retryable: true }, id);
    expect(it.heard("complaint")).toEqual([]);
    elapse(it, 75_000);
    expect(refreshes(it)).toHaveLength(2);
    it.cut();
    it.wait();
    expect(logins(it).at(-1)).toMatchObject({ token: given });
  });
});

describe("where tokens are signed elsewhere", () => {
  const signed = { auth: "jwt", token_until: 1 + 400_000 };

  test("a newer one is asked for in time, and again, and shown when it comes", () => {
    const it = started({ token: "the-first-signed-token" });
    letIn(it, signed);
    elapse(it, 300_000);
    expect(it.heard("token_wanted")).toEqual([{ type: "token_wanted", until: 400_000 }]);
    it.feed({ type: "renewed", token: "the-first-signed-token" });
    expect(refreshes(it), "one that is no newer").toEqual([]);
    elapse(it, 75_000);
    expect(it.heard("token_wanted")).toHaveLength(2);
    it.feed({ type: "renewed", token: "the-second-signed-token" });
    expect(refreshes(it)).toEqual([{ token: "the-second-signed-token" }]);
    it.push("refresh", { session: "1", token_until: 1 + 800_000 }, it.sent.at(-1)?.id);
    elapse(it, 300_000);
    expect(it.heard("token_wanted"), "of the newer one, ¾ are not over").toHaveLength(2);
    it.cut();
    it.wait();
    expect(logins(it).at(-1)).toMatchObject({ token: "the-second-signed-token" });
  });

  test("a newer one that is refused is told, and the older one still counts", () => {
    const it = started({ token: "the-first-signed-token" });
    letIn(it, signed);
    it.feed({ type: "renewed", token: "a-forged-token-of-sorts" });
    refused(it, "not_let_in");
    expect(it.heard("complaint")).toMatchObject([{ error: { code: "not_let_in" } }]);
    expect(last(it)).toEqual({ state: "online" });
    it.cut();
    it.wait();
    expect(logins(it).at(-1)).toMatchObject({ token: "the-first-signed-token" });
  });

  test("one that comes while nobody is there is shown on the way back", () => {
    const it = started({ token: "the-first-signed-token" });
    letIn(it, signed);
    it.cut();
    it.feed({ type: "renewed", token: "the-second-signed-token" });
    it.wait();
    expect(refreshes(it)).toEqual([]);
    expect(logins(it).at(-1)).toMatchObject({ token: "the-second-signed-token" });
  });

  test("the token may say who it is for", () => {
    const it = started({ username: undefined, token: "the-first-signed-token" });
    expect(it.sent[0]?.payload).toEqual({ token: "the-first-signed-token" });
  });
});

describe("the house", () => {
  test("what holds in it is told once it is anything but the usual, and when that changes", () => {
    const it = started({ token: given });
    letIn(it);
    expect(it.heard("house")).toEqual([]);
    const closed = { slow_mode: 0, read_only: true, reason: "we move house" };
    it.push("house_updated", closed);
    it.cut();
    it.wait();
    letIn(it, { house: closed });
    it.cut();
    it.wait();
    letIn(it);
    expect(it.heard("house").map(({ house }) => house)).toEqual([closed, { slow_mode: 0, read_only: false }]);
    it.push("announcement", { message: "tea", from: "alice", at: 7 });
    expect(it.heard("announcement")).toEqual([
      { type: "announcement", message: "tea", from: "alice", at: 7 },
    ]);
    const made = { what: "admin", message: "you look after the house now", from: "alice", at: 8 } as const;
    it.push("about_you", made);
    expect(it.heard("about_you")).toEqual([{ type: "about_you", ...made }]);
  });

  test("what an admin orders goes out in the words of the wire", () => {
    const it = started({ token: given });
    letIn(it);
    const about = { conversation: "everyone", username: "mallory" };
    const orders = [
      [
        { type: "announce", message: "tea" },
        { type: "announce", payload: { message: "tea" } },
      ],
      [
        { type: "silence", ...about, on: true, forSeconds: 60 },
        { type: "silence", payload: { ...about, for_s: 60 } },
      ],
      [
        { type: "silence", ...about, on: false },
        { type: "unsilence", payload: about },
      ],
      [
        { type: "slow", conversation: "#dev", seconds: 30 },
        { type: "slow_mode", payload: { conversation: "#dev", seconds: 30 } },
      ],
      [
        { type: "retention", conversation: "#dev", seconds: 3_600 },
        { type: "set_retention", payload: { conversation: "#dev", keep_s: 3_600 } },
      ],
      [
        { type: "readOnly", on: true, reason: "we move" },
        { type: "read_only", payload: { on: true, reason: "we move" } },
      ],
    ] as const;
    for (const [index, [deed, frame]] of orders.entries()) {
      it.feed({ type: "done", nonce: `nonce-of-order-${index}`.padEnd(16, "0"), deed });
      expect(it.up.at(-1)).toMatchObject(frame);
      it.push("ack", { at: 1 }, it.up.at(-1)?.id);
    }
    expect(it.heard("acked")).toHaveLength(orders.length);
  });
});

describe("what is asked of an account", () => {
  const live = (): World => {
    const it = started({ token: given });
    letIn(it);
    return it;
  };

  test("its sessions are a question, and to end one is answered by its ack", () => {
    const it = live();
    it.feed({ type: "asked", ask: 1, question: { type: "sessions" } });
    const sessions = [{ session: "one", here: 1, current: true }];
    it.push("sessions", { sessions, more: false }, it.up.at(-1)?.id);
    it.feed({ type: "asked", ask: 2, question: { type: "end_session", session: "two" } });
    expect(it.up.at(-1)).toMatchObject({ type: "end_session", payload: { session: "two" } });
    it.push("ack", { at: 5 }, it.up.at(-1)?.id);
    expect(it.heard("answered")).toEqual([
      { type: "answered", ask: 1, answer: { type: "sessions", sessions, more: false } },
      { type: "answered", ask: 2, answer: { type: "end_session", at: 5 } },
    ]);
  });

  test("another password is never asked for twice: a lost answer is told", () => {
    const it = live();
    it.feed({ type: "asked", ask: 1, question: { type: "set_password", old: "one", password: "two" } });
    it.feed({ type: "asked", ask: 2, question: { type: "sessions" } });
    it.cut();
    expect(it.heard("unanswered")).toMatchObject([{ ask: 1, error: { retryable: false } }]);
    it.wait();
    letIn(it);
    const asked = it.sent.map(({ type }) => type);
    expect(asked.filter((type) => type === "set_password")).toHaveLength(1);
    expect(asked.filter((type) => type === "sessions")).toHaveLength(2);
  });
});
