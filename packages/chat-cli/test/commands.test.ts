// What can be typed after a slash: the table, how it is read, and what is said of what is not in it.

import { describe, expect, test } from "vitest";
import { helpLines } from "../src/commands/help.js";
import { readCommand, usageOf } from "../src/commands/read.js";
import { commandNames, commandWords } from "../src/commands/table.js";
import { readWindow } from "../src/commands/window.js";
import { createPalette } from "../src/palette.js";
import { columnsOf } from "../src/width.js";

const viewer = { username: "alice", palette: createPalette(0, true), columns: () => 80 };

test.each([
  ["who", { name: "who" }],
  ["WHO", { name: "who" }],
  ["reply 41 yes, that one", { name: "reply", line: { seq: 41 }, text: "yes, that one" }],
  ["reply yes", { name: "reply", text: "yes" }],
  [
    "reply #Dev:12 one\n  two",
    { name: "reply", line: { conversation: "#dev", seq: 12 }, text: "one\n  two" },
  ],
  ["edit 3\n\nanew", { name: "edit", line: { seq: 3 }, text: "\nanew" }],
  ["delete", { name: "delete" }],
  ["react 👍", { name: "react", emoji: "👍" }],
  ["react 4 :tada:", { name: "react", line: { seq: 4 }, emoji: "🎉" }],
  ["react 4 ❤", { name: "react", line: { seq: 4 }, emoji: "❤️" }],
  ["join dev", { name: "join", room: "#dev" }],
  ["j #Dev", { name: "join", room: "#Dev" }],
  ["part", { name: "leave" }],
  [
    "create Dev private what we build",
    { name: "create", room: "#Dev", visibility: "private", text: "what we build" },
  ],
  ["create dev", { name: "create", room: "#dev" }],
  ["topic all about code", { name: "topic", text: "all about code" }],
  ["topic #dev all about code", { name: "topic", room: "#dev", text: "all about code" }],
  ["invite @bob: dev", { name: "invite", person: "bob", room: "#dev" }],
  ["members banned #dev", { name: "members", which: "banned", room: "#dev" }],
  ["role bob Moderator", { name: "role", person: "bob", role: "moderator" }],
  ["status busy at lunch", { name: "status", status: "busy", text: "at lunch" }],
  ["status at lunch", { name: "status", text: "at lunch" }],
  ["msg bob hi there", { name: "dm", person: "bob", text: "hi there" }],
  ["history", { name: "history" }],
  ["history @Bob 5", { name: "history", conversation: "@bob", window: { type: "last", count: 5 } }],
  ["history before 41", { name: "history", window: { type: "before", seq: 41 } }],
  ["read everything", { name: "read", conversation: "everything" }],
  ["search  from:bob release ", { name: "search", text: "from:bob release" }],
])("/%s", (text, command) => {
  const read = readCommand(text);
  expect(read).toEqual({ ok: true, value: command });
});

test.each([
  ["whom", "there is no command /whom; did you mean /who? To say it, write //whom"],
  ["hist", "there is no command /hist; did you mean /history? To say it, write //hist"],
  ["raect 👍", "there is no command /raect; did you mean /react? To say it, write //raect"],
  ["xyzzy", "there is no command /xyzzy; see /help. To say it, write //xyzzy"],
  ["who is there", "it is /who"],
  ["pin", "it is /pin N"],
  ["pin first", "N is the number of a line; /numbers shows them; it is /pin N"],
  ["react 4 fine", "a reaction is one emoji; it is /react [N] emoji"],
  [
    "role bob king",
    "it is one of member, moderator, owner, admin; it is /role name (member|moderator|owner|admin) [WHERE]",
  ],
  ["join #", "a room is named #dev; it is /join #room"],
  [
    "history bob",
    "which lines? 50, before 41, after 41, around 41, 2026-11-22, 14:30, today or yesterday; it is /history [WHERE] [WHICH]",
  ],
])("/%s is refused, and says the way out", (text, fault) => {
  expect(readCommand(text)).toEqual({ ok: false, fault });
});

describe("the days and hours of /history", () => {
  const now = new Date(2026, 10, 22, 14, 30);
  test.each([
    ["2026-11-20", new Date(2026, 10, 20)],
    ["2026-11-20 09:05", new Date(2026, 10, 20, 9, 5)],
    ["2026-11-20T09:05", new Date(2026, 10, 20, 9, 5)],
    ["9:05", new Date(2026, 10, 22, 9, 5)],
    ["today", new Date(2026, 10, 22)],
    ["yesterday", new Date(2026, 10, 21)],
  ])("%s", (text, moment) => {
    expect(readWindow(text, true, now)).toEqual({ ok: true, value: { type: "from", at: moment.getTime() } });
  });
  test.each(["2026-02-30", "2026-13-01", "25:00", "0", "before", "before 4 5", "-5"])(
    "%s is none",
    (text) => {
      expect(readWindow(text, true, now)).toMatchObject({ ok: false });
    },
  );
});

test("/help shows what to begin with, and names every other command", () => {
  const text = helpLines(undefined, viewer).join("\n");
  for (const name of commandNames) expect(text).toContain(`/${name}`);
  expect(text).toMatch(/@bob hello +said only to bob/);
  expect(helpLines(undefined, viewer).length).toBeLessThan(28);
});

test("/help all has a row for every command, and no row is wider than the screen", () => {
  for (const columns of [40, 60, 80, 200]) {
    const rows = helpLines("all", { ...viewer, columns: () => columns });
    for (const name of commandNames) {
      expect(
        rows.some((row) => row.startsWith(`  ${usageOf(name)}`)),
        `${name} in ${columns}`,
      ).toBe(true);
    }
    for (const row of rows) expect(columnsOf(row), row).toBeLessThanOrEqual(Math.max(columns, 60));
  }
});

test("/help of a command says how it is written, what it does and what else it is called", () => {
  expect(helpLines("/part", viewer)).toEqual([
    "  /leave [#room]",
    "  leave a room for good",
    "  also /part",
    "  #room may be left out in the room itself",
  ]);
  expect(helpLines("hlep", viewer)).toEqual(["  there is no command /hlep; did you mean /help help?"]);
});

test("no two commands share a name", () => {
  const words = commandWords();
  expect(words.length).toBeGreaterThan(commandNames.length);
  for (const name of commandNames)
    expect(readCommand(name)).not.toMatchObject({ fault: expect.stringMatching(/no command/) });
  for (const word of words) expect(word).toMatch(/^[a-z]+$/);
});
