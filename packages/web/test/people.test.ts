import { nameKey } from "chat-hub";
import { expect, test } from "vitest";
import { matching, monogram, pageTitle, people, sameTalks, talksWith } from "../src/words/people.js";

const here = (...names: string[]) => ({ names, count: names.length, complete: true });

test("each person stands in the list once: those I talk with first, then who else is here", () => {
  const list = people(
    [
      { conversation: "@bob", unread: 2 },
      { conversation: "everyone", unread: 1 },
      { conversation: "@carol", spelling: "Carol", unread: 0 },
    ],
    here("Zoë", "me", "Bob", "anna"),
    "Me",
    nameKey,
  );
  expect(list.everyone.unread).toBe(1);
  expect(list.privately).toEqual([
    { conversation: "@bob", label: "Bob", unread: 2, presence: "here" },
    { conversation: "@carol", label: "Carol", unread: 0, presence: "away" },
  ]);
  expect(list.alsoHere.map(({ label }) => label)).toEqual(["anna", "Zoë"]);
});

test("in a crowd, whoever is not named may still be here", () => {
  const crowd = { names: ["anna"], count: 900, complete: false };
  expect(people([{ conversation: "@bob", unread: 0 }], crowd, "me", nameKey).privately[0]?.presence).toBe(
    "unknown",
  );
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
  const talks = [
    { conversation: "everyone", unread: 0 },
    { conversation: "@bob", unread: 0 },
  ];
  expect(talksWith(talks, "@bob")).toBe(talks);
  expect(talksWith(talks, "@eve").map(({ conversation }) => conversation)).toEqual([
    "@eve",
    "everyone",
    "@bob",
  ]);
});

test("lists are made anew only when something in them has changed", () => {
  const talk = { conversation: "@bob", unread: 0, spelling: "Bob" };
  expect(sameTalks([talk], [{ ...talk }])).toBe(true);
  for (const change of [{ unread: 1 }, { spelling: "BOB" }, { conversation: "@eve" }]) {
    expect(sameTalks([talk], [{ ...talk, ...change }])).toBe(false);
  }
  expect(sameTalks([talk], [])).toBe(false);
});
