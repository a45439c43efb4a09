// What is told of a conversation: in order, each entry once, none left out.

import { expect, test } from "vitest";
import type { World } from "./client-world.js";
import { limits, welcome, world } from "./client-world.js";

function online(more: Parameters<typeof world>[0] = {}): World {
  const it = world(more);
  it.feed({ type: "started" });
  it.stepUp();
  it.stepDown();
  it.up.length = 0;
  return it;
}

function message(seq: number, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    message: `m${seq}`,
    from: "bob",
    sent: "00:00:00",
    conversation: "everyone",
    seq,
    at: seq,
    ...more,
  };
}

/** A row of a page of the log. */
const row = (seq: number): object => ({ type: "new_message", payload: message(seq) });

const lines = (it: World): string[] =>
  it
    .heard("entry")
    .map(({ entry }) => `${entry.conversation} ${entry.seq}${entry.kind === "other" ? "?" : ""}`);

test("what comes early is held, asked for once, and told when the log has filled the gap", () => {
  const it = online();
  it.push("new_message", message(1));
  it.push("new_message", message(4));
  it.push("new_message", message(5));
  expect(lines(it)).toEqual(["everyone 1"]);
  expect(it.up).toEqual([
    { type: "log", id: expect.any(Number), payload: { conversation: "everyone", after: 1, limit: 200 } },
  ]);
  const entries = [row(2), row(3), row(4)];
  it.push("log", { conversation: "everyone", entries, head: 5, more: true }, it.up[0]?.id);
  expect(lines(it)).toEqual([1, 2, 3, 4, 5].map((seq) => `everyone ${seq}`));
  expect(it.up).toHaveLength(1);
});

test("what there is no room to hold is read from the log", () => {
  const it = online({ limits: { heldEntries: 2 } });
  for (const seq of [1, 3, 4, 5, 6]) it.push("new_message", message(seq));
  it.push("log", { conversation: "everyone", entries: [row(2)], head: 6, more: true }, it.up[0]?.id);
  expect(lines(it)).toHaveLength(4);
  expect(it.up[1]).toMatchObject({ type: "log", payload: { after: 4 } });
  const entries = [row(5), row(6)];
  it.push("log", { conversation: "everyone", entries, head: 6, more: false }, it.up[1]?.id);
  expect(lines(it)).toEqual([1, 2, 3, 4, 5, 6].map((seq) => `everyone ${seq}`));
});

test("a gap whose log is gone is told as such, and what follows it is told", () => {
  const it = online();
  it.push("new_message", message(1));
  it.push("new_message", message(9));
  it.push("error", { code: "history_gone", message: "gone", retryable: false }, it.up[0]?.id);
  expect(it.heard("gone")).toEqual([{ type: "gone", conversation: "everyone", after: 1, before: 9 }]);
  expect(lines(it)).toEqual(["everyone 1", "everyone 9"]);
});

test("a log that keeps saying nothing about a gap is asked three times, not for ever", () => {
  const it = online();
  it.push("new_message", message(1));
  it.push("new_message", message(9));
  for (let time = 0; time < 5; time += 1) {
    const page = { conversation: "everyone", entries: [], head: 1, more: true };
    it.push("log", page, it.up[time]?.id);
  }
  expect(it.up).toHaveLength(3);
  expect(lines(it)).toEqual(["everyone 1", "everyone 9"]);
});

test("a gap is asked for again when the server could not read just now", () => {
  const it = online();
  it.push("new_message", message(1));
  it.push("new_message", message(3));
  const busy = { code: "unavailable", message: "busy", retryable: true, retry_after_ms: 900 };
  it.push("error", busy, it.up[0]?.id);
  it.at += 900;
  it.feed({ type: "elapsed" });
  expect(it.up[1]).toEqual(it.up[0]);
});

test("skipped places are no gap, and neither is an entry that is new here, by its type or by what it says", () => {
  const it = online();
  it.push("new_message", message(1));
  it.push("skip", { conversation: "everyone", first: 2, last: 4 });
  it.push("reaction", { conversation: "everyone", seq: 5, emoji: "👍" });
  it.push("brand_new", { conversation: "everyone", seq: 6 });
  it.push("new_message", message(7));
  expect(lines(it)).toEqual(["everyone 1", "everyone 5?", "everyone 6?", "everyone 7"]);
  expect(it.up).toEqual([]);
});

test("each conversation has its own order", () => {
  const it = online();
  it.push("new_message", message(7, { conversation: "@bob", to: "alice" }));
  it.push("new_message", message(1));
  it.push("new_message", message(8, { conversation: "@bob", to: "alice" }));
  it.push("new_message", message(1));
  expect(lines(it)).toEqual(["@bob 7", "everyone 1", "@bob 8"]);
});

test("the ack names the place, and the echo is told once, with the nonce of what was said", () => {
  const it = online();
  it.say("hi");
  it.stepUp();
  it.stepDown();
  expect(it.heard("acked")).toMatchObject([{ ack: { seq: 1 }, told: false }]);
  it.stepDown();
  expect(it.heard("entry")).toMatchObject([{ entry: { seq: 1, own: true, nonce: it.log[0]?.nonce } }]);
});

test("an echo that comes before its ack, from a send on a lost connection, is found by its place", () => {
  const it = online();
  it.say("hi");
  it.push("new_message", message(1, { from: "alice" }));
  it.push("ack", { conversation: "everyone", seq: 1, at: 1, duplicate: true }, it.up[0]?.id);
  expect(it.heard("entry")).toHaveLength(1);
  expect(it.heard("acked")).toMatchObject([{ ack: { seq: 1 }, told: true }]);
});

test("a conversation that the server has set back is told anew, from its newest page into live", () => {
  const it = online({ since: "everyone:0" });
  it.push("new_message", message(1));
  it.push("resumed", { epoch: "first", replayed: 0, reset: ["everyone"] });
  expect(it.heard("reset")).toEqual([{ type: "reset", conversation: "everyone" }]);
  const asked = it.up.findLast(({ type }) => type === "history");
  expect(asked).toMatchObject({ payload: { conversation: "everyone" } });
  it.push("new_message", message(6));
  const page = {
    conversation: "everyone",
    messages: [message(4), message(5)],
    first: 1,
    head: 5,
    more: true,
  };
  it.push("history", page, asked?.id);
  expect(lines(it)).toEqual(["everyone 1", "everyone 4", "everyone 5", "everyone 6"]);
});

test("what was acked while the newest page of a log that was set back was under way stands in that page", () => {
  const it = online({ since: "everyone:0" });
  it.push("resumed", { epoch: "first", replayed: 0, reset: ["everyone"] });
  const asked = it.up.findLast(({ type }) => type === "history");
  it.say("m2");
  it.push("ack", { conversation: "everyone", seq: 2, at: 2 }, it.up.at(-1)?.id);
  expect(it.heard("unsent").at(-1)?.unsent).toHaveLength(1);
  const messages = [message(1), message(2, { from: "alice" })];
  it.push("history", { conversation: "everyone", messages, first: 1, head: 2, more: false }, asked?.id);
  expect(lines(it)).toEqual(["everyone 1", "everyone 2"]);
  expect(it.heard("unsent").at(-1)?.unsent).toEqual([]);
});

test("what came between the list and the newest page of a log that was set back is unread, once", () => {
  const conversations = (head: number): Record<string, unknown> => ({
    conversations: [{ conversation: "everyone", head, read: 0, unread: head, mentions: 0 }],
    more: false,
    mark: head,
  });
  const it = online({ since: "everyone:0" });
  it.push("resumed", { epoch: "first", replayed: 0, reset: ["everyone"] });
  const asked = it.up.findLast(({ type }) => type === "history");
  const unread = (): number | undefined => it.heard("standing").at(-1)?.standing.unread;
  it.push("conversations", conversations(1), it.up.findLast(({ type }) => type === "conversations")?.id);
  const messages = [message(1), message(2)];
  it.push("history", { conversation: "everyone", messages, first: 1, head: 2, more: false }, asked?.id);
  expect(unread()).toBe(2);
  it.push("new_message", message(3));
  expect(unread()).toBe(3);
});

test("a log that was set back goes as far as its newest page says, also where that ends with no message", () => {
  const it = online({ since: "everyone:0" });
  it.push("resumed", { epoch: "first", replayed: 0, reset: ["everyone"] });
  const asked = it.up.findLast(({ type }) => type === "history");
  const conversations = [{ conversation: "everyone", head: 1, read: 0, unread: 1, mentions: 0 }];
  const list = { conversations, more: false, mark: 1 };
  it.push("conversations", list, it.up.findLast(({ type }) => type === "conversations")?.id);
  const page = { conversation: "everyone", messages: [message(1)], first: 1, head: 4, more: false };
  it.push("history", page, asked?.id);
  expect(it.heard("standing").at(-1)?.standing).toMatchObject({ head: 4, unread: 1 });
});

test("a conversation that began while its resume ignored it is not gone", () => {
  const it = online({ since: "@bob:7,@eve:7" });
  it.push("new_message", message(1, { conversation: "@bob" }));
  it.push("resumed", { epoch: "first", replayed: 1, ignored: ["@bob", "@eve"] });
  it.push("new_message", message(2, { conversation: "@bob" }));
  it.push("new_message", message(2, { conversation: "@bob" }));
  expect(lines(it)).toEqual(["@bob 1", "@bob 2"]);
});

test("what is shown of a log that was set back is as new as the page that is told", () => {
  const it = online({ since: "everyone:0" });
  it.feed({ type: "shown", conversation: "everyone" });
  it.push("resumed", { epoch: "first", replayed: 0, reset: ["everyone"] });
  const [views, restarts] = it.up.filter(({ type }) => type === "history").slice(-2);
  const page = (...seqs: number[]): Record<string, unknown> => {
    const messages = seqs.map((seq) => message(seq));
    return { conversation: "everyone", messages, first: 1, head: seqs.at(-1), more: false };
  };
  it.push("history", page(1), views?.id);
  it.push("history", page(1, 2), restarts?.id);
  it.push("new_message", message(3));
  const again = it.up.findLast(({ type }) => type === "history");
  it.push("history", page(1, 2), again?.id);
  const shown = it.heard("view").at(-1)?.view.lines;
  expect(shown).toMatchObject([{ seq: 1 }, { seq: 2 }, { seq: 3 }]);
});

test("another epoch sets back every conversation, and later logins go on in the new one", () => {
  const it = online();
  it.push("new_message", message(1));
  it.push("new_message", message(3, { conversation: "@bob" }));
  it.cut();
  it.wait();
  it.feed({ type: "received", frame: JSON.stringify(welcome({ epoch: "second" })) });
  expect(it.heard("reset").map(({ conversation }) => conversation)).toEqual(["everyone", "@bob"]);
  const asked = it.up.find(({ type }) => type === "history");
  const page = { conversation: "everyone", messages: [message(1)], first: 1, head: 1, more: false };
  it.push("history", page, asked?.id);
  it.cut();
  it.wait();
  expect(it.sent.findLast(({ type }) => type === "login")?.payload).toMatchObject({
    since: "everyone:1,*:unread",
    epoch: "second",
  });
});

test("where a replay found nothing to tell, the next login still goes on from there", () => {
  const it = world({ since: "everyone:-20" });
  it.feed({ type: "started" });
  const conversations = [{ conversation: "everyone", head: 8, read: 8, unread: 0, mentions: 0 }];
  it.feed({ type: "received", frame: JSON.stringify(welcome({ conversations, limits })) });
  it.push("resumed", { epoch: "first", replayed: 0 });
  it.cut();
  it.wait();
  expect(it.sent.findLast(({ type }) => type === "login")?.payload["since"]).toBe("everyone:8,*:unread");
});

/** What the next login says of where the client has got to. */
function nextSince(it: World): unknown {
  it.cut();
  it.wait();
  return it.sent.findLast(({ type }) => type === "login")?.payload["since"];
}

test("the next login names every conversation but one whose name would spoil the list", () => {
  const it = online();
  it.push("new_message", message(3, { conversation: "@bob" }));
  it.push("new_message", message(4, { conversation: "#dev" }));
  it.push("new_message", message(5, { conversation: "@a,everyone" }));
  it.push("new_message", message(1));
  expect(nextSince(it)).toBe("@bob:3,dev:4,everyone:1,*:unread");
});

test("the list of a login stays within its bytes, and keeps the liveliest", () => {
  const it = online();
  const names = Array.from({ length: 3_000 }, (_, index) => `@${String(index).padStart(31, "x")}`);
  for (const conversation of names) it.push("new_message", message(1, { conversation }));
  const since = String(nextSince(it));
  expect(since.length).toBeLessThanOrEqual(60_000);
  expect(since).toContain(`${names.at(-1)}:1`);
  expect(since).not.toContain(`${names[0]}:1`);
  expect(since.endsWith(",*:unread")).toBe(true);
});

test("no more conversations are remembered than the limit says, and the one silent longest goes first", () => {
  const it = online({ limits: { conversations: 2 } });
  it.push("new_message", message(1));
  for (const conversation of ["@bob", "@carol"]) it.push("new_message", message(1, { conversation }));
  expect(nextSince(it)).toBe("@bob:1,@carol:1,*:unread");
});

const rowOfBob = { conversation: "@bob", head: 3, read: 2, unread: 1, mentions: 0 };

function listed(it: World): void {
  const asked = it.sent.find(({ type }) => type === "conversations")?.id;
  it.push("conversations", { conversations: [rowOfBob], more: false, mark: 1 }, asked);
}

test("what is overtaken by an answer that counts it is told all the same", () => {
  const it = online();
  listed(it);
  it.push("new_message", message(3, { conversation: "@bob" }));
  it.push("new_message", message(4, { conversation: "@bob" }));
  it.push("new_message", message(4, { conversation: "@bob" }));
  expect(lines(it)).toEqual(["@bob 3", "@bob 4"]);
});

test("after where it stands by an answer, what is missing is read from the log", () => {
  const it = online();
  listed(it);
  it.push("new_message", message(5, { conversation: "@bob" }));
  expect(lines(it)).toEqual([]);
  expect(it.up.at(-1)).toMatchObject({ type: "log", payload: { conversation: "@bob", after: 3 } });
});

test("what a program before this one said, and nobody replays, is not unsent any more", () => {
  const it = online();
  const nonce = "the-nonce-of-before";
  it.feed({ type: "done", nonce, deed: { type: "message", conversation: "@bob", message: "m2" } });
  const id = it.sent.at(-1)?.id;
  it.push("ack", { conversation: "@bob", seq: 2, at: 2, nonce, duplicate: true }, id);
  expect(it.heard("unsent").at(-1)?.unsent).toHaveLength(1);
  listed(it);
  expect(it.heard("unsent").at(-1)?.unsent).toEqual([]);
});

test("nor what it said in a room that is none of ours any more", () => {
  const said = (it: World): void => {
    const nonce = "the-nonce-of-before";
    it.feed({ type: "done", nonce, deed: { type: "message", conversation: "#dev", message: "m2" } });
    it.push("ack", { conversation: "#dev", seq: 2, at: 2, nonce, duplicate: true }, it.sent.at(-1)?.id);
  };
  const [before, after] = [online(), online()];
  said(before);
  expect(before.heard("unsent").at(-1)?.unsent).toHaveLength(1);
  listed(before);
  listed(after);
  said(after);
  for (const it of [before, after]) expect(it.heard("unsent").at(-1)?.unsent).toEqual([]);
});

test("a list that was made before we left a room does not bring it back", () => {
  const it = online();
  const asked = it.sent.find(({ type }) => type === "conversations")?.id;
  it.feed({ type: "done", nonce: "the-nonce-of-leaving", deed: { type: "leave", conversation: "#dev" } });
  it.push("ack", { conversation: "#dev", seq: 5, at: 5 }, it.sent.at(-1)?.id);
  const dev = { conversation: "#dev", head: 4, read: 4, unread: 0, mentions: 0, role: "member" };
  it.push("conversations", { conversations: [dev], more: false, mark: 1 }, asked);
  it.push("unread", { ...dev, head: 5 });
  expect(it.heard("standing").some(({ standing }) => standing.conversation === "#dev")).toBe(false);
  it.push("unread", { ...dev, head: 6 });
  expect(it.heard("standing").at(-1)?.standing).toMatchObject({ conversation: "#dev", head: 6 });
});

test("how far a conversation goes is known from what is skipped too", () => {
  const it = online();
  it.push("new_message", message(1));
  it.push("skip", { conversation: "everyone", first: 2, last: 3 });
  expect(it.heard("standing").at(-1)?.standing).toMatchObject({ head: 3, unread: 1 });
});

test("what is told far behind the page that was jumped to leaves a hole between them", () => {
  const it = online({ since: "unread" });
  it.feed({ type: "shown", conversation: "@bob", jumpTo: 1 });
  const asked = it.up.findLast(({ type }) => type === "history");
  const messages = [1, 2].map((seq) => message(seq, { conversation: "@bob" }));
  it.push("history", { conversation: "@bob", messages, first: 1, head: 11, more: true }, asked?.id);
  it.push("new_message", message(8, { conversation: "@bob" }));
  const lines = it.heard("view").at(-1)?.view.lines;
  expect(lines).toMatchObject([{ seq: 1 }, { seq: 2 }, { kind: "hole", after: 2, before: 8 }, { seq: 8 }]);
});
