import { expect, test } from "vitest";
import { changed, heard, newStanding, readTo, told } from "../src/words/standing.js";

const bob = (seq: number) => ({ seq, own: false, from: "bob" });
const row = (head: number, read: number, unread: number) => ({ conversation: "@bob", head, read, unread });

test("what others say counts as unread, what I say does not", () => {
  let standing = heard(newStanding("@bob"), bob(1));
  standing = heard(standing, { seq: 2, own: true, from: "me" });
  expect(heard(standing, bob(3))).toMatchObject({ head: 3, unread: 2 });
});

test("an entry that the server's count includes is not counted again when it is replayed", () => {
  let standing = told(newStanding("@bob"), row(5, 2, 3));
  for (const seq of [3, 4, 5]) standing = heard(standing, bob(seq));
  expect(standing.unread).toBe(3);
  expect(heard(standing, bob(6)).unread).toBe(4);
});

test("what was read here stays read when an older count arrives", () => {
  const read = readTo(told(newStanding("@bob"), row(5, 2, 3)), 5);
  expect(read.unread).toBe(0);
  expect(told(read, row(5, 2, 3)).unread).toBe(0);
  expect(told(read, row(6, 2, 4)).unread).toBe(1);
});

test("what another device read is read here too", () => {
  const standing = told(newStanding("@bob"), row(5, 2, 3));
  expect(told(standing, row(5, 5, 0)).unread).toBe(0);
});

test("a count from before the newest entry does not hide it", () => {
  const standing = heard(told(newStanding("@bob"), row(5, 5, 0)), bob(6));
  expect(told(standing, row(5, 5, 0))).toMatchObject({ head: 6, unread: 1 });
});

test("whoever writes comes to the front, with their own spelling", () => {
  const standings = [newStanding("everyone"), newStanding("@eve"), newStanding("@zoë")];
  const after = changed(standings, "@zoë", (one) => heard(one, { seq: 1, own: false, from: "Zoë" }), true);
  expect(after.map(({ conversation }) => conversation)).toEqual(["@zoë", "everyone", "@eve"]);
  expect(after[0]?.spelling).toBe("Zoë");
});
