// What the page says in words: how far a line has got, who types, what happened in a room, what may be done.

import type { ReceiptRow, RoomEntry } from "chat-hub";
import { expect, test } from "vitest";
import { callAt, candidates, completed } from "../src/words/complete.js";
import { happening, summary } from "../src/words/happenings.js";
import { may } from "../src/words/may.js";
import { pieces } from "../src/words/pieces.js";
import { snippetPieces } from "../src/words/snippet.js";
import { listed, tick, typingWords } from "../src/words/ticks.js";

const said = { state: "sent", seq: 5, from: "me" } as const;
const at = (username: string, delivered: number, read: number): ReceiptRow => ({ username, delivered, read });

test("a line to one person is sent, then delivered, then read", () => {
  expect(tick({ ...said, state: "sending", seq: undefined }, [], true).words).toBe("Sending …");
  expect(tick({ ...said, state: "waiting", seq: undefined }, [], false).words).toBe(
    "Waits for the connection",
  );
  expect(tick(said, [], true)).toEqual({ icon: "sent", words: "Sent" });
  expect(tick(said, [at("bob", 4, 4)], true).words).toBe("Sent");
  expect(tick(said, [at("bob", 5, 4)], true)).toEqual({ icon: "delivered", words: "Delivered" });
  expect(tick(said, [at("bob", 5, 5), at("Me", 9, 9)], true)).toEqual({ icon: "read", words: "Read" });
});

test("a line in a room is read when all have read it, and says who has so far", () => {
  expect(tick(said, [at("bob", 5, 5), at("eve", 4, 0)], true)).toEqual({
    icon: "sent",
    words: "Sent; delivered to 1 of 2, read by bob",
  });
  expect(tick(said, [at("bob", 5, 5), at("eve", 5, 0)], true)).toEqual({
    icon: "delivered",
    words: "Delivered to all, read by bob",
  });
  expect(tick(said, [at("bob", 5, 5), at("eve", 6, 6)], true).words).toBe("Read by all");
});

test("names are listed as people do, and not without end", () => {
  expect(listed(["ann"])).toBe("ann");
  expect(listed(["ann", "bob", "eve"])).toBe("ann, bob and eve");
  expect(listed(Array.from({ length: 20 }, (_, index) => `n${index}`))).toMatch(/n11 and 8 more$/);
  expect(typingWords([])).toBe("");
  expect(typingWords(["bob"])).toBe("bob is typing …");
  expect(typingWords(["ann", "bob"])).toBe("ann and bob are typing …");
  expect(typingWords(["a", "b", "c", "d"])).toBe("Several people are typing …");
});

const entry = { conversation: "#dev", seq: 1, at: 0, sent: "00:00:00", own: false } as const;
const text = (what: RoomEntry): string =>
  happening(what, "me")
    .map((part) => (typeof part === "string" ? part : "name" in part ? `<${part.name}>` : `“${part.text}”`))
    .join("");

test("what happened in a room is told in words, strangers' words apart", () => {
  expect(text({ ...entry, kind: "member_joined", from: "bob", role: "member" })).toBe("<bob> joined");
  expect(text({ ...entry, kind: "member_joined", from: "ME", role: "owner" })).toBe("you made this room");
  const left = { ...entry, kind: "member_left", from: "bob", username: "eve" } as const;
  expect(text({ ...left, why: "kicked" })).toBe("<bob> removed <eve>");
  expect(text({ ...left, why: "left" })).toBe("<eve> left");
  expect(text({ ...entry, kind: "role_changed", from: "bob", username: "me", role: "moderator" })).toBe(
    "<bob> made you moderator",
  );
  expect(text({ ...entry, kind: "member_banned", from: "bob", username: "eve", on: false })).toBe(
    "<bob> lifted the ban of <eve>",
  );
  expect(text({ ...entry, kind: "room_updated", from: "bob", topic: "<b>x</b>" })).toBe(
    "<bob> set the topic: “<b>x</b>”",
  );
  expect(text({ ...entry, kind: "room_updated", from: "bob", archived: true })).toBe(
    "<bob> archived this room",
  );
});

test("many comings and goings are counted", () => {
  const joined = { ...entry, kind: "member_joined", from: "bob", role: "member" } as const;
  const left = { ...entry, kind: "member_left", from: "bob", username: "bob", why: "left" } as const;
  const topic = { ...entry, kind: "room_updated", from: "bob", topic: "x" } as const;
  expect(summary([joined, joined, left, topic])).toBe("2 joined, 1 left, 1 other change");
});

test("who may do what is what the server's table says", () => {
  const room = { visibility: "public" } as const;
  const as = (role: "member" | "moderator" | "owner") => ({ conversation: "#dev", room, role });
  expect(may("edit", as("owner"), { ownMessage: false })).toBe(false);
  expect(may("deletion", as("member"), { ownMessage: false })).toBe(false);
  expect(may("deletion", as("moderator"), { ownMessage: false })).toBe(true);
  expect(may("kick", as("moderator"), { member: "member" })).toBe(true);
  expect(may("kick", as("moderator"), { member: "moderator" })).toBe(false);
  expect(may("role", as("moderator"))).toBe(false);
  expect(may("message", { ...as("owner"), room: { ...room, archived: true } })).toBe(false);
  expect(may("pin", { conversation: "everyone" })).toBe(false);
  expect(may("pin", { conversation: "@bob" })).toBe(true);
});

test("an @ at the beginning of a word calls names that begin so, and completes the one that is chosen", () => {
  expect(callAt("hi @bo", 6)).toEqual({ from: 3, letters: "bo" });
  expect(callAt("me@example", 10)).toBeUndefined();
  expect(callAt("hi @bo there", 12)).toBeUndefined();
  expect(candidates(["Bob", "bodo", "eve"], "BO", 6)).toEqual(["Bob", "bodo"]);
  expect(candidates(["bob"], "bob", 6)).toEqual([]);
  expect(completed("hi @bo!", { from: 3, letters: "bo" }, "Bob")).toEqual({ text: "hi @Bob !", caret: 8 });
  expect(completed("@b x", { from: 0, letters: "b" }, "Bob")).toEqual({ text: "@Bob x", caret: 5 });
});

test("names that were called are marked in a text, others are not", () => {
  expect(pieces("hi @Bob. and @eve, a@bob.example", ["bob"])).toEqual([
    { kind: "text", text: "hi " },
    { kind: "mention", text: "@Bob" },
    { kind: "text", text: ". and @eve, a@bob.example" },
  ]);
});

test("a snippet is cut at its marks, and marks that do not fit it are left out", () => {
  expect(snippetPieces("see the cat", [[8, 11]])).toEqual([
    { text: "see the ", marked: false },
    { text: "cat", marked: true },
  ]);
  const bad = [
    [5, 2],
    [0, 99],
    [-3, 1],
  ] as const;
  expect(snippetPieces("cat", bad)).toEqual([{ text: "cat", marked: false }]);
});
