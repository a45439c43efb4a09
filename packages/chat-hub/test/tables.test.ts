// The tables agree with each other, and with what is made from them.

import { describe, expect, test } from "vitest";
import { toldLimits } from "../src/dialects/dialect.js";
import { helpFor } from "../src/dialects/help.js";
import type { AuthMode, CommandType, RefusalCode } from "../src/index.js";
import {
  commands,
  defaultLimits,
  degradations,
  errorPayload,
  events,
  pushes,
  refusals,
  rights,
  simple,
} from "../src/index.js";
import type { CommandRow } from "../src/tables/commands.js";
import { entries } from "../src/tables/pushes/entries.js";
import type { Role } from "../src/words/rooms.js";

const rows = Object.entries(commands) as [CommandType, CommandRow][];

test("a command that does what only a kept name may do says that it needs a token", () => {
  for (const [type, { needs, example }] of rows) {
    const decoded = events.decode(example, defaultLimits);
    if (!decoded.ok) expect.fail(type);
    const { command } = decoded.value;
    if (command.type !== "act") continue;
    const kept = "kept" in rights[command.act.type];
    expect(needs, type).toBe(kept ? "token" : "login");
  }
});

test("what a command is answered with is an ack, or a push that may answer", () => {
  for (const [type, { answer }] of rows) expect(pushes[answer], type).toMatchObject({ answers: true });
  const answers = new Set<string>([...rows.map(([, { answer }]) => answer), "error"]);
  const mayAnswer = Object.entries(pushes).filter(([, row]) => "answers" in row);
  expect(mayAnswer.map(([type]) => type).filter((type) => !answers.has(type))).toEqual([]);
});

test("pages cost the most, and nothing is for nothing", () => {
  const costing = (cost: number) => rows.filter(([, row]) => row.cost === cost).map(([type]) => type);
  expect(costing(10)).toEqual([
    "register",
    "refresh",
    "set_password",
    "history",
    "thread",
    "pins",
    "log",
    "search",
    ...["announce", "read_only", "stats", "bans", "audit"],
  ]);
  expect(costing(1)).toEqual(["login", "delivered", "read", "typing", "ping", "help"]);
  expect(rows.filter(([, { cost }]) => ![1, 2, 10].includes(cost))).toEqual([]);
});

test("every entry that is no message has rows that say what its line is", () => {
  const degraded = new Set<string>(degradations.map(({ push }) => push));
  expect(Object.keys(entries).filter((type) => !degraded.has(type))).toEqual([]);
});

test("the limits in the examples are those that are told", () => {
  for (const { example } of [pushes.welcome, pushes.help]) {
    const { payload } = JSON.parse(example) as { payload: { limits: object } };
    expect(payload.limits).toEqual(toldLimits(defaultLimits));
  }
});

describe("help shows what whoever asks may do now", () => {
  const shown = (standing: Parameters<typeof helpFor>[0]) => helpFor(standing).map(({ type }) => type);

  test("before the login", () => {
    expect(shown({ state: "greeting" })).toEqual(["login", "ping", "help"]);
  });

  const inRoom = [
    "leave_room",
    "invite",
    "kick",
    "ban",
    "unban",
    "silence",
    "unsilence",
    "slow_mode",
    "set_role",
    "set_topic",
    "set_history",
    "set_retention",
    "archive_room",
  ];
  const ofAccounts = ["refresh", "set_password"];
  const ofAdmins = ["announce", "read_only", "stats", "bans", "audit"];
  const all = rows
    .map(([type]) => type)
    .filter((type) => !["login", "register", ...ofAccounts, ...ofAdmins].includes(type));
  const none = new Map<string, Role>();

  test("in no room: nothing for which one must be in one; what needs a token says so", () => {
    const help = helpFor({ state: "here", kept: false, rooms: none });
    expect(help.map(({ type }) => type)).toEqual(all.filter((type) => !inRoom.includes(type)));
    expect(help.filter(({ needs }) => needs === "token").map(({ type }) => type)).toEqual([
      "create_room",
      "block",
    ]);
    expect(helpFor({ state: "here", kept: true, rooms: none }).some(({ needs }) => needs === "token")).toBe(
      false,
    );
  });

  test("in a room: what one's role allows, with that room in its example", () => {
    const rooms = new Map<string, Role>([
      ["#lobby", "member"],
      ["#ops", "moderator"],
    ]);
    const help = helpFor({ state: "here", kept: true, rooms });
    const missing = all.filter((type) => !help.some((row) => row.type === type));
    expect(missing).toEqual(["set_role", "set_history", "set_retention", "archive_room"]);
    const example = (type: string) => help.find((row) => row.type === type)?.example;
    expect(example("leave_room")).toContain('"#lobby"');
    expect(example("kick")).toContain('"#ops"');
  });

  test("an admin may look after the house, with everyone in the examples", () => {
    const help = helpFor({ state: "here", kept: true, admin: true, rooms: none });
    const more = help.filter(({ type }) => inRoom.includes(type) || ofAdmins.includes(type));
    const ofHouse = [
      "kick",
      "ban",
      "unban",
      "silence",
      "unsilence",
      "slow_mode",
      "set_role",
      "set_retention",
    ];
    expect(more.map(({ type }) => type)).toEqual([...ofHouse, ...ofAdmins]);
    for (const { type, example } of more.filter((row) => ofHouse.includes(row.type)))
      expect(example, type).toContain('"conversation":"everyone"');
  });

  test("an account of one's own where there are any, and a login that ends where it does", () => {
    const here = { state: "here", kept: true, rooms: none } as const;
    const more = (auth: AuthMode) =>
      ofAccounts.filter((type) => helpFor(here, auth).some((row) => row.type === type));
    expect([more("open"), more("jwt"), more("password")]).toEqual([[], ["refresh"], ofAccounts]);
    const before = helpFor({ state: "greeting" }, "password").map(({ type }) => type);
    expect(before).toEqual(["login", "register", "ping", "help"]);
  });

  test("an owner may do all there is", () => {
    const help = helpFor({ state: "here", kept: true, rooms: new Map([["#den", "owner"]]) });
    expect(help.map(({ type }) => type)).toEqual(all);
  });
});

test("every refusal says what is wrong, the way out, and an example, in both dialects and every mode", () => {
  const ways = (["open", "password", "jwt"] as const).flatMap((auth) =>
    (["events", "simple"] as const).map((dialect) => ({ auth, dialect })),
  );
  for (const code of Object.keys(refusals) as RefusalCode[])
    for (const { auth, dialect } of ways) {
      const { message, hint = "", example = "" } = errorPayload(code, {}, dialect, auth);
      expect(
        [message, hint, example].every((words) => words.length > 3),
        `${code}, ${dialect}`,
      ).toBe(true);
      // Frames can be read as they stand; the others are addresses, and cursors for one.
      if (example.startsWith("{"))
        expect(
          { events, simple }[dialect].decode(example, defaultLimits),
          `${code}, ${dialect}`,
        ).toMatchObject({
          ok: true,
        });
    }
});
