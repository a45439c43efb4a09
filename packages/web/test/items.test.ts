import type { Deed, MessageLine, Refusal, Unsent } from "chat-hub";
import { expect, test } from "vitest";
import type { Item, Said } from "../src/words/items.js";
import { items } from "../src/words/items.js";

const line: MessageLine = {
  kind: "message",
  key: "7",
  conversation: "#dev",
  seq: 7,
  at: 1_000,
  from: "bob",
  sent: "00:00:01",
  own: false,
  message: "hello",
  reactions: [{ emoji: "👍", count: 2, mine: true }],
};
const nonce = "019b0000-0000-7000-8000-000000000001";
const refusal: Refusal = { code: "forbidden", message: "you may not do this here", retryable: false };
const doing = (deed: Deed, state: Unsent["state"] = { type: "sending" }): Unsent => ({ nonce, deed, state });

const shown = (...unsent: Unsent[]): readonly Item[] => items([line], unsent, "#dev", "me");
const first = (...unsent: Unsent[]): Said => shown(...unsent)[0] as Said;
const on = { conversation: "#dev", target: 7 } as const;

test("a line that nothing is done to is the same item each time, so that its row is not drawn again", () => {
  expect(shown()[0]).toBe(shown()[0]);
});

test("what I say stands at the end until its line stands in the log, under the same key", () => {
  const said = doing({ type: "message", conversation: "#dev", message: "mine", replyTo: 7 });
  expect(shown(said)[1]).toMatchObject({ key: nonce, from: "me", own: true, state: "sending", replyTo: 7 });
  const placed = shown({ ...said, state: { type: "placed", seq: 8, at: 2_000 } })[1];
  expect(placed).toMatchObject({ key: nonce, seq: 8, at: 2_000, state: "sent" });
  const there: MessageLine = { ...line, key: nonce, seq: 8, own: true, from: "me", message: "mine" };
  expect(items([line, there], [said], "#dev", "me").map(({ key }) => key)).toEqual(["7", nonce]);
});

test("a line that waits tells when it was written: its nonce says it", () => {
  const said = doing({ type: "message", conversation: "#dev", message: "mine" });
  expect((shown(said)[1] as Said).at).toBe(0x019b00000000);
});

test("what is said elsewhere is not shown here", () => {
  expect(shown(doing({ type: "message", conversation: "#ops", message: "x" }))).toHaveLength(1);
  expect(shown(doing({ type: "mute", conversation: "#dev", on: true }))).toHaveLength(1);
});

test("an edit, a deletion and a pin show at once, as they will be", () => {
  expect(first(doing({ type: "edit", ...on, message: "other" }))).toMatchObject({
    message: "other",
    edited: true,
    state: "sending",
  });
  expect(first(doing({ type: "deletion", ...on }))).toMatchObject({
    message: "",
    deleted: true,
    reactions: [],
  });
  expect(first(doing({ type: "pin", ...on, on: true }))).toMatchObject({ pinned: true, state: "sent" });
});

test("a reaction is counted once, and taken back once", () => {
  const react = (emoji: string, isOn: boolean): Said["reactions"] =>
    first(doing({ type: "reaction", ...on, emoji, on: isOn })).reactions;
  expect(react("👍", true)).toEqual([{ emoji: "👍", count: 2, mine: true }]);
  expect(react("👍", false)).toEqual([{ emoji: "👍", count: 1 }]);
  expect(react("🎉", true)).toEqual([...(line.reactions ?? []), { emoji: "🎉", count: 1, mine: true }]);
  expect(react("🎉", false)).toEqual(line.reactions);
});

test("a refused edit leaves the line as it is, and says why", () => {
  const failed = doing({ type: "edit", ...on, message: "other" }, { type: "failed", error: refusal });
  expect(first(failed)).toMatchObject({ message: "hello", failed: { nonce, error: refusal } });
});

test("a refused line stays, with the reason", () => {
  const failed = doing(
    { type: "message", conversation: "#dev", message: "mine" },
    { type: "failed", error: refusal },
  );
  expect(shown(failed)[1]).toMatchObject({ message: "mine", state: "failed", failed: { error: refusal } });
});

test("what is done to a line that has no place yet shows on it", () => {
  const said = doing({ type: "message", conversation: "#dev", message: "mine" });
  const edit: Unsent = {
    nonce: "019b0000-0000-7000-8000-000000000002",
    deed: { type: "edit", conversation: "#dev", target: nonce, message: "better" },
    state: { type: "waiting", fresh: true },
  };
  expect(shown(said, edit)[1]).toMatchObject({ key: nonce, message: "better" });
});
