// The vectors show the whole protocol, and are true to it as far as that can be said without a server:
// every command and push, and every refusal of every command.

import type { CommandType, RefusalCode } from "chat-hub";
import { commands, defaultLimits, events, jsonSchema, pushes, refusalsOf, simple } from "chat-hub";
import { describe, expect, test } from "vitest";
import { read } from "../documents/blocks.ts";
import { misfit } from "./fits.ts";
import { heardIn, saidIn } from "./reading.ts";
import type { Json } from "./vectors.ts";
import { readVectors } from "./vectors.ts";

const files = readVectors();
const vectors = files.flatMap(({ chapter, vectors }) =>
  vectors.map((vector) => ({ name: `${chapter}: ${vector.name}`, vector })),
);

/** What no client can bring about by what it sends, with the test that shows it instead. */
const shownElsewhere: Readonly<Record<string, string>> = {
  "push behind": "test/wire/resume.test.ts",
  "push reconnect": "test/process/end.test.ts",
  rate_limited: "test/wire/rates.test.ts",
  unavailable: "packages/chat-hub/test/hub-troubles.test.ts",
  storage_full: "packages/server/test/sqlite-faults.test.ts",
  history_gone: "packages/chat-hub/test/hub-reading.test.ts",
  // Where there are accounts, which the server of the vectors has not.
  "register done": "packages/chat-hub/test/hub-accounts.test.ts",
  "refresh done": "packages/chat-hub/test/hub-gate.test.ts",
  "set_password done": "packages/chat-hub/test/hub-accounts.test.ts",
  "push refresh": "packages/chat-hub/test/hub-gate.test.ts",
  not_let_in: "packages/chat-hub/test/hub-accounts.test.ts",
  login_expired: "packages/chat-hub/test/hub-gate.test.ts",
  invite_needed: "packages/chat-hub/test/hub-accounts.test.ts",
  weak_password: "packages/chat-hub/test/hub-accounts.test.ts",
  too_many: "packages/chat-hub/test/hub-accounts.test.ts",
  "register name_taken": "packages/chat-hub/test/hub-accounts.test.ts",
  "register looks_alike": "packages/chat-hub/test/hub-names.test.ts",
  "register bad_name": "packages/chat-hub/test/hub-accounts.test.ts",
  "register bad_since": "packages/chat-hub/test/hub-accounts.test.ts",
  "register limit_reached": "packages/chat-hub/test/hub-accounts.test.ts",
  "create_room limit_reached": "test/wire/limits.test.ts",
  "join_room limit_reached": "test/wire/limits.test.ts",
  "invite limit_reached": "test/wire/limits.test.ts",
  "block limit_reached": "test/wire/limits.test.ts",
  // A vector may be played against any server, where nobody is an admin, and others talk.
  read_only: "test/wire/house.test.ts",
  "login banned": "test/wire/house.test.ts",
  "register banned": "test/wire/house.test.ts",
  "sessions unknown_user": "test/wire/house.test.ts",
  "end_session unknown_user": "test/wire/house.test.ts",
  "sessions away": "test/wire/house.test.ts",
  "end_session away": "test/wire/house.test.ts",
  "kick away": "test/wire/house.test.ts",
  "ban away": "test/wire/house.test.ts",
  "ban limit_reached": "test/wire/house.test.ts",
  "silence limit_reached": "test/wire/house.test.ts",
  silenced: "packages/server/test/suite/house.ts",
  "announce done": "test/wire/house.test.ts",
  "read_only done": "test/wire/house.test.ts",
  "stats done": "test/wire/house.test.ts",
  "bans done": "test/wire/house.test.ts",
  "audit done": "test/wire/house.test.ts",
  "push about_you": "test/wire/house.test.ts",
  "push announcement": "test/wire/house.test.ts",
  "push house_updated": "test/wire/house.test.ts",
  "push stats": "test/wire/house.test.ts",
  "push bans": "test/wire/house.test.ts",
  "push audit": "test/wire/house.test.ts",
};

test("there is a chapter for each part of the protocol", () => {
  expect(files.length).toBeGreaterThanOrEqual(20);
  expect(new Set(vectors.map(({ name }) => name)).size).toBe(vectors.length);
  for (const { about, vectors } of files) {
    expect(about).toMatch(/\.$/);
    expect(vectors.length).toBeGreaterThan(0);
  }
});

test("what is shown elsewhere is shown there", () => {
  for (const [what, path] of Object.entries(shownElsewhere)) {
    const [type, code = ""] = what.split(" ");
    expect(read(path)).toContain(code === "done" ? type : what.split(" ").at(-1));
  }
});

describe("every command is said, and every refusal of it is heard", () => {
  const said = vectors.flatMap(({ vector }) => saidIn(vector));
  const refusedBy = (type: CommandType): ReadonlySet<string | undefined> =>
    new Set(said.filter(({ frame }) => typeOf(frame) === type).map(({ refused }) => refused));
  test.each(Object.keys(commands) as CommandType[])("%s", (type) => {
    const shown = refusedBy(type);
    if (!(`${type} done` in shownElsewhere)) expect(shown, "it is obeyed somewhere").toContain(undefined);
    const missing = refusalsOf(type).filter(
      (code) => !(shown.has(code) || code in shownElsewhere || `${type} ${code}` in shownElsewhere),
    );
    expect(missing, "what no vector shows").toEqual([]);
    const known: readonly (RefusalCode | undefined)[] = [undefined, ...refusalsOf(type)];
    expect(
      [...shown].filter((code) => !known.includes(code as RefusalCode)),
      "what no table has",
    ).toEqual([]);
  });
});

test("every push is heard", () => {
  const heard = new Set(vectors.flatMap(({ vector }) => heardIn(vector).map(({ frame }) => typeOf(frame))));
  const missing = Object.keys(pushes).filter(
    (type) => !(heard.has(type) || `push ${type}` in shownElsewhere),
  );
  expect(missing).toEqual([]);
});

describe("every frame that is obeyed is one that can be read", () => {
  test.each(vectors.map(({ name, vector }) => [name, vector] as const))("%s", (_, vector) => {
    for (const { dialect, frame, refused } of saidIn(vector)) {
      if (refused !== undefined) continue;
      const { decode } = dialect === "simple" ? simple : events;
      expect(decode(JSON.stringify(frame), defaultLimits), JSON.stringify(frame)).toMatchObject({ ok: true });
    }
  });
});

describe("every frame that is heard has no more than its schema", () => {
  const defs = (jsonSchema() as { $defs: { [name: string]: Json } }).$defs;
  test.each(vectors.map(({ name, vector }) => [name, vector] as const))("%s", (_, vector) => {
    for (const { dialect, frame } of heardIn(vector)) {
      const type = typeOf(frame);
      const name = dialect === "simple" ? "simple.out" : `push.${type}`;
      expect(Object.keys(defs)).toContain(name);
      expect(misfit(frame, { $ref: `#/$defs/${name}` }, defs), JSON.stringify(frame)).toBeUndefined();
    }
  });
  test("one with a field too many, or of another kind, does not fit", () => {
    const fits = (frame: Json) => misfit(frame, { $ref: "#/$defs/push.new_message" }, defs);
    expect(fits({ type: "new_message", payload: { message: "{*}", seq: 1 } })).toBeUndefined();
    expect(fits({ type: "new_message", payload: { text: "x" } })).toBe("/payload/text");
    expect(fits({ type: "new_message", payload: { mentions: ["{...}", 1] } })).toBe("/payload/mentions/0");
    expect(fits({ type: "new_massage", payload: {} })).toBe("/type");
  });
});

function typeOf(frame: Json): string | undefined {
  return (frame as { readonly type?: string }).type;
}
