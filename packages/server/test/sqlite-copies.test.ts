// Backups, restores, exports and imports, of a directory that a store uses, and of one that none does.

import { existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { backup, exportLines, importLines, restore } from "../dist/stores/copies.js";
import { houseIn, newDirectory, tamper } from "./sqlite-place.js";
import type { Guest, House } from "./store-house.js";
import { aliceToken, lines } from "./store-house.js";

const now = new Date("2026-11-22T14:15:00.123Z");

interface Scene {
  readonly directory: string;
  readonly house: House;
  readonly alice: Guest;
  readonly bob: Guest;
}

/** A house in which every kind of thing was done that the database keeps apart. */
async function lived(): Promise<Scene> {
  const directory = newDirectory();
  const house = houseIn(directory);
  const alice = await house.enters("Alice", aliceToken);
  const bob = await house.enters("bob", "bobs-long-secret-0");
  await alice.writes('one — ünï \u{1F389}\n"quoted"', { nonce: "a-nonce-of-16-or-more" });
  await bob.writes("two, @alice", { replyTo: 1, calls: ["alice"] });
  await alice.writes("three");
  await bob.edits("everyone", 2, "two, better");
  await alice.deletes("everyone", 3);
  await bob.reacts("everyone", 1, "👍");
  await alice.makes("#dev", { topic: "what we build" });
  await bob.joins("#dev");
  await bob.writes("in a room", { to: "#dev" });
  await alice.pins("#dev", 3);
  await bob.writes("in private", { to: "@alice" });
  return { directory, house, alice, bob };
}

/** What Alice finds when she comes back. */
async function found(house: House): Promise<object> {
  const alice = await house.enters("Alice", aliceToken);
  return {
    user: alice.user,
    fresh: alice.fresh,
    rooms: alice.rooms,
    everyone: lines(await alice.reads("everyone")),
    dev: lines(await alice.reads("#dev")),
    bob: lines(await alice.reads("@bob")),
    again: await alice.says('one — ünï \u{1F389}\n"quoted"', { nonce: "a-nonce-of-16-or-more" }),
  };
}

function epochOf(house: House): string {
  return house.store.facts.epoch;
}

describe("a backup", () => {
  test("has everything that was acked before, while the store goes on; only its owner may read it", async () => {
    const { directory, house, alice } = await lived();
    const file = join(newDirectory(), "chat.backup");
    expect(backup(directory, file)).toMatchObject({ messages: 5, users: 2 });
    await alice.writes("after the backup");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const before = await found(house);
    await house.close();

    const elsewhere = newDirectory();
    expect(restore(elsewhere, file, now)).toMatchObject({ messages: 5, users: 2 });
    const restored = houseIn(elsewhere);
    const after = await found(restored);
    expect(after).toMatchObject({ ...before, everyone: expect.any(Array) });
    expect(after).toHaveProperty("everyone", (before as { everyone: string[] }).everyone.slice(0, -1));
    await restored.close();
  });

  test("is not written over a file, nor of a directory without messages", async () => {
    const { directory, house } = await lived();
    const file = join(newDirectory(), "chat.backup");
    writeFileSync(file, "mine");
    expect(() => backup(directory, file)).toThrow(`${file} is there already`);
    expect(readFileSync(file, "utf8")).toBe("mine");
    expect(() => backup(newDirectory(), `${file}.2`)).toThrow("--data");
    expect(() => backup(directory, "/no/such/place/chat.backup")).toThrow("there is no such directory");
    await house.close();
  });

  test("leaves nothing half-written behind if the database is damaged", async () => {
    const { directory, house } = await lived();
    await house.close();
    const database = join(directory, "chat.db");
    truncateSync(database, statSync(database).size - 3 * 4096);
    const place = newDirectory();
    expect(() => backup(directory, join(place, "chat.backup"))).toThrow(/damaged/);
    expect(readdirSync(place)).toEqual([]);
  });
});

describe("a restore", () => {
  test("puts back what was, keeps what is beside it, and gives the numbering another name", async () => {
    const { directory, house, alice } = await lived();
    const file = join(newDirectory(), "chat.backup");
    const { messages } = backup(directory, file);
    await alice.writes("too new");
    const epoch = epochOf(house);
    await house.close();

    const restored = restore(directory, file, now);
    expect(restored).toMatchObject({ messages, before: join(directory, "chat-before-20261122-141500.db") });
    const again = houseIn(directory);
    expect(epochOf(again)).not.toBe(epoch);
    expect(JSON.stringify(await found(again))).not.toContain("too new");
    await again.close();

    // And back again, since it was the wrong one.
    restore(directory, restored.before as string, new Date(now.getTime() + 1_000));
    const back = houseIn(directory);
    expect(JSON.stringify(await found(back))).toContain("too new");
    await back.close();
  });

  test("is refused while a server uses the directory, and of what is no whole database of ours", async () => {
    const { directory, house } = await lived();
    const place = newDirectory();
    const file = join(place, "chat.backup");
    backup(directory, file);
    expect(() => restore(directory, file, now)).toThrow("another server is using it");
    await house.close();
    for (const [name, content, reason] of [
      ["empty", "", "no backup"],
      [
        "text",
        "hello, I am no database, and longer than a header of a hundred bytes, which is where the magic is kept",
        "is damaged, or no backup: take another one",
      ],
    ] as const) {
      writeFileSync(join(place, name), content);
      expect(() => restore(directory, join(place, name), now)).toThrow(reason);
    }
    truncateSync(file, statSync(file).size - 4096);
    expect(() => restore(directory, file, now)).toThrow(/ is damaged.*: take another /);
    expect(() => restore(directory, join(place, "nothing"), now)).toThrow("there is no file");
    expect(readdirSync(directory).filter((name) => /restoring|before/.test(name))).toEqual([]);
    const again = houseIn(directory);
    expect(await found(again)).toHaveProperty("fresh", false);
    await again.close();
  });

  test("of a newer version says so", async () => {
    const { directory, house } = await lived();
    const file = join(newDirectory(), "chat.backup");
    backup(directory, file);
    await house.close();
    const newer = newDirectory();
    restore(newer, file, now);
    tamper(newer, (database) => database.pragma("user_version = 1000"));
    expect(() => restore(directory, join(newer, "chat.db"), now)).toThrow("newer version");
    expect(() => backup(newer, `${file}.2`)).toThrow("newer version");
  });
});

describe("an export", () => {
  test("imported into a new directory gives the same house, with a search", async () => {
    const { directory, house } = await lived();
    const file = join(newDirectory(), "chat.jsonl");
    const rows = exportLines(directory, file, now);
    const before = await found(house);
    await house.close();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const text = readFileSync(file, "utf8").trimEnd().split("\n");
    expect(text).toHaveLength(rows + 2);
    expect(text.every((line) => typeof JSON.parse(line) === "object")).toBe(true);

    const elsewhere = newDirectory();
    expect(importLines(elsewhere, file)).toBe(rows);
    expect(statSync(join(elsewhere, "chat.db")).mode & 0o777).toBe(0o600);
    const imported = houseIn(elsewhere);
    expect(await found(imported)).toEqual(before);
    const alice = await imported.enters("Alice", aliceToken);
    expect(
      await alice.searches({ words: [{ tokens: ["better"], prefix: false, not: false }] }),
    ).toMatchObject({ hits: [{ place: {} }] });
    await imported.close();
    const twice = join(newDirectory(), "twice.jsonl");
    exportLines(elsewhere, twice, now);
    const comparable = (path: string) =>
      readFileSync(path, "utf8")
        .split("\n")
        .filter((line) => !/"table":"marks"|chat_hub_export/.test(line));
    expect(comparable(twice).filter((line) => line.includes('"entries"'))).toEqual(
      comparable(file).filter((line) => line.includes('"entries"')),
    );
  });

  test("that was cut short, changed or is none is refused with its line, and nothing is left behind", async () => {
    const { directory, house } = await lived();
    const place = newDirectory();
    const file = join(place, "chat.jsonl");
    exportLines(directory, file, now);
    await house.close();
    const whole = readFileSync(file, "utf8").trimEnd().split("\n");
    const cases: readonly [string, readonly string[], RegExp][] = [
      ["cut", whole.slice(0, -1), /cut short after line/],
      ["torn", [...whole.slice(0, 3), whole[3]?.slice(0, 10) ?? ""], /line 4: this is no JSON object/],
      ["doubled", [...whole.slice(0, 3), whole[2] ?? "", ...whole.slice(3)], /line \d+: UNIQUE/],
      ["table", [whole[0] ?? "", '{"table":"sqlite_schema","row":{}}'], /line 2: there is no table/],
      ["column", [whole[0] ?? "", '{"table":"users","row":{"x\\") --":1}}'], /line 2: users has no column/],
      ["type", [whole[0] ?? "", '{"table":"users","row":{"id":{"hex":"0g"}}}'], /line 2: a value is/],
      ["none", ["hello"], /line 1: this is no JSON object/],
      ["other", ["{}"], /line 1: this is no export/],
      ["newer", ['{"chat_hub_export":1,"version":1000}'], /newer version/],
      ["nothing", [], /line 1: this is no export/],
    ];
    for (const [name, content, reason] of cases) {
      const bad = join(place, name);
      writeFileSync(bad, content.length === 0 ? "" : `${content.join("\n")}\n`);
      const target = newDirectory();
      expect(() => importLines(target, bad), name).toThrow(reason);
      expect(readdirSync(target).filter((left) => left.startsWith("chat."))).toEqual([]);
    }
    expect(() => importLines(directory, file)).toThrow("into a new directory");
    expect(existsSync(join(directory, "chat.db"))).toBe(true);
  });
});
