import { nameKey } from "chat-hub";
import { expect, test } from "vitest";
import type { Talk } from "../src/words/people.js";
import {
  findIn,
  matching,
  monogram,
  news,
  newsIn,
  pageTitle,
  people,
  talksWith,
} from "../src/words/people.js";

const here = (...names: string[]) => ({
  users: names.map((username) => ({ username, status: "online" as const })),
  count: names.length,
  complete: true,
});
const talk = (conversation: string, more: Partial<Talk> = {}): Talk => ({
  conversation,
  unread: 0,
  mentions: 0,
  ...more,
});

test("each person stands in the list once: those I talk with first, the newest on top, then who else is here", () => {
  const list = people(
    [
      talk("@carol", { spelling: "Carol", at: 5 }),
      talk("everyone", { unread: 1 }),
      talk("@bob", { unread: 2, at: 9 }),
    ],
    here("Zoë", "me", "Bob", "anna"),
    "Me",
    nameKey,
  );
  expect(list.everyone.unread).toBe(1);
  expect(list.privately.map(({ label, presence }) => [label, presence])).toEqual([
    ["Bob", "online"],
    ["Carol", "offline"],
  ]);
  expect(list.alsoHere.map(({ label }) => label)).toEqual(["anna", "Zoë"]);
});

test("rooms stand by name, as their makers spelled them", () => {
  const rooms = [talk("#ops", { at: 9 }), talk("#dev", { spelling: "Dev" })];
  const list = people(rooms, here(), "me", nameKey);
  expect(list.rooms.map(({ label, kind }) => [label, kind])).toEqual([
    ["#Dev", "room"],
    ["#ops", "room"],
  ]);
  expect(findIn(list, "#dev")?.label).toBe("#Dev");
});

test("a status and what it says stand beside the name", () => {
  const busy = { username: "bob", status: "busy" as const, text: "in a meeting" };
  const present = { users: [busy], count: 1, complete: true };
  expect(people([talk("@bob")], present, "me", nameKey).privately[0]).toMatchObject({
    presence: "busy",
    text: "in a meeting",
  });
});

test("in a crowd, whoever is not named may still be here", () => {
  const crowd = { ...here("anna"), count: 900, complete: false };
  expect(people([talk("@bob")], crowd, "me", nameKey).privately[0]?.presence).toBe("unknown");
});

test("a muted conversation counts only what calls me", () => {
  expect(news({ unread: 7, mentions: 1, muted: false })).toBe(7);
  expect(news({ unread: 7, mentions: 1, muted: true })).toBe(1);
  const talks = [talk("everyone", { unread: 3, muted: true }), talk("#dev", { unread: 2, mentions: 1 })];
  expect(newsIn(people(talks, here(), "me", nameKey))).toBe(2);
});

test("a few letters find a person, those at a name's beginning first", () => {
  const { alsoHere } = people([], here("barbara", "Bob", "Zoë", "سارة"), "me", nameKey);
  const found = (typed: string): string[] => matching(alsoHere, typed).map(({ label }) => label);
  expect(found("B")).toEqual(["barbara", "Bob"]);
  expect(found("ar")).toEqual(["barbara"]);
  expect(found("@bo")).toEqual(["Bob"]);
  expect(found("ار")).toEqual(["سارة"]);
  expect(found("")).toHaveLength(4);
  expect(found("nobody")).toEqual([]);
});

test("a name that was typed in full comes first, before longer ones", () => {
  const { everyone, alsoHere } = people([], here("eve"), "me", nameKey);
  expect(matching([everyone, ...alsoHere], "eve").map(({ label }) => label)).toEqual(["eve", "Everyone"]);
});

test("a # finds rooms alone, an @ people alone", () => {
  const { rooms, privately } = people([talk("#bobsled"), talk("@bob")], here(), "me", nameKey);
  const found = (typed: string): string[] =>
    matching([...rooms, ...privately], typed).map(({ label }) => label);
  expect(found("bob")).toEqual(["bob", "#bobsled"]);
  expect(found("#bob")).toEqual(["#bobsled"]);
  expect(found("@bob")).toEqual(["bob"]);
});

test("a monogram is one letter as a reader counts letters, and never long", () => {
  expect(monogram("alice")).toBe("A");
  expect(monogram("سارة")).toBe("س");
  expect(monogram("e\u0301va")).toBe("E\u0301");
  expect(monogram(`a${"\u0301".repeat(31)}`).length).toBeLessThanOrEqual(8);
});

test("the title tells what is unread and where one is", () => {
  expect(pageTitle(0, undefined)).toBe("Chat");
  expect(pageTitle(0, "Everyone")).toBe("Everyone · Chat");
  expect(pageTitle(3, "bob")).toBe("(3) bob · Chat");
  expect(pageTitle(300, "bob")).toBe("(99+) bob · Chat");
});

test("whom one turns to stands first in the list before anything is said", () => {
  const talks = [talk("everyone"), talk("@bob", { at: 7 })];
  expect(talksWith(talks, "@bob")).toBe(talks);
  const list = people(talksWith(talks, "@eve"), here(), "me", nameKey);
  expect(list.privately.map(({ label }) => label)).toEqual(["eve", "bob"]);
});
