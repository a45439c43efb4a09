import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { StoreError } from "../dist/stores/store-error.js";
import { houseIn, newDirectory, tamper } from "./sqlite-place.js";

/** Why the directory doesn't open: one line, as it is printed. */
function refusal(directory: string): string {
  try {
    void houseIn(directory).close();
  } catch (error) {
    expect(error).toBeInstanceOf(StoreError);
    const { message } = error as StoreError;
    expect(message).not.toContain("\n");
    return message;
  }
  throw new Error(`${directory} was opened`);
}

/** Opens and closes, and tells the epoch. */
async function epochOf(directory: string): Promise<string> {
  const house = houseIn(directory);
  await house.close();
  return house.store.facts.epoch;
}

describe("a data directory", () => {
  test("is made if it isn't there", async () => {
    const directory = join(newDirectory(), "deep", "down");
    await houseIn(directory).close();
    expect(existsSync(join(directory, "chat.db"))).toBe(true);
  });

  test("lets one server in at a time", async () => {
    const directory = newDirectory();
    const first = houseIn(directory);
    expect(refusal(directory)).toBe(
      `can't open ${directory}: another server is using it: stop that one first, or give this one a directory of its own (SQLITE_BUSY)`,
    );
    await first.enters("alice");
    await first.close();
    await houseIn(directory).close();
  });

  test("that somebody has for a moment, as a command at the shell, is waited for", async () => {
    const directory = newDirectory();
    await houseIn(directory).close();
    const script = `
      const lock = new (require("better-sqlite3"))(process.argv[1]);
      lock.exec("BEGIN EXCLUSIVE");
      console.log("locked");
      setTimeout(() => lock.close(), 300);
    `;
    const command = spawn(process.execPath, ["-e", script, join(directory, "lock.db")], {
      cwd: join(import.meta.dirname, ".."),
    });
    await once(command.stdout, "data");
    const house = houseIn(directory);
    await house.enters("alice");
    await house.close();
  });

  test("is nobody else's to read, also where others may look into it", async () => {
    const directory = newDirectory();
    chmodSync(directory, 0o755);
    const house = houseIn(directory);
    await house.enters("alice");
    const files = readdirSync(directory);
    expect(files).toEqual(expect.arrayContaining(["chat.db", "chat.db-wal", "chat.mark", "lock.db"]));
    for (const file of files) expect(statSync(join(directory, file)).mode & 0o777, file).toBe(0o600);
    await house.close();
  });

  test("that is a file is refused", () => {
    const file = join(newDirectory(), "file");
    writeFileSync(file, "");
    expect(refusal(file)).toContain("it can't be written to: make it writable, or choose another directory");
    expect(refusal(join(file, "below"))).toContain("it can't be written to");
  });

  test("with a database of a newer version is refused, and left as it is", async () => {
    const directory = newDirectory();
    await houseIn(directory).close();
    tamper(directory, (database) => database.pragma("user_version = 99"));
    expect(refusal(directory)).toContain("it was written by a newer version of this server");
    expect(tamper(directory, (database) => database.pragma("user_version", { simple: true }))).toBe(99);
  });

  test("with a database of somebody else is refused, and left as it is", () => {
    const directory = newDirectory();
    tamper(directory, (database) => database.exec("CREATE TABLE recipes (name TEXT)"));
    expect(refusal(directory)).toContain("it is not a database of this server");
    const now = tamper(directory, (database) => [
      database.prepare("SELECT name FROM sqlite_schema").pluck().all(),
      database.pragma("journal_mode", { simple: true }),
    ]);
    expect(now).toEqual([["recipes"], "delete"]);
  });

  test("with something else than a database is refused", () => {
    const directory = newDirectory();
    writeFileSync(
      join(directory, "chat.db"),
      "not a database at all, but long enough to be read as one".repeat(20),
    );
    expect(refusal(directory)).toContain("it is damaged: restore it from a backup");
  });

  test("that was refused can be opened once the reason is gone", async () => {
    const directory = newDirectory();
    await houseIn(directory).close();
    const version = tamper(directory, (database) => database.pragma("user_version", { simple: true }));
    tamper(directory, (database) => database.pragma("user_version = 99"));
    refusal(directory);
    tamper(directory, (database) => database.pragma(`user_version = ${version}`));
    await houseIn(directory).close();
  });
});

describe("the epoch", () => {
  test("stays the same over restarts", async () => {
    const directory = newDirectory();
    const epoch = await epochOf(directory);
    expect(epoch).toMatch(/^[0-9a-f]{16}$/);
    expect([await epochOf(directory), await epochOf(directory)]).toEqual([epoch, epoch]);
  });

  test("is new once an older state was put back", async () => {
    const directory = newDirectory();
    const [file, backup] = [join(directory, "chat.db"), join(directory, "backup")];
    const epoch = await epochOf(directory);
    copyFileSync(file, backup);
    expect(await epochOf(directory)).toBe(epoch);
    copyFileSync(backup, file);
    const restored = await epochOf(directory);
    expect(restored).not.toBe(epoch);
    expect(await epochOf(directory)).toBe(restored);
  });

  test("is new also if the backup was made while the server ran", async () => {
    const directory = newDirectory();
    const [file, backup] = [join(directory, "chat.db"), join(directory, "backup")];
    const house = houseIn(directory);
    tamper(directory, (database) => database.prepare("VACUUM INTO ?").run(backup));
    await house.close();
    copyFileSync(backup, file);
    expect(await epochOf(directory)).not.toBe(house.store.facts.epoch);
  });

  test("is new also if the server died in the run in which the backup was made", async () => {
    const directory = newDirectory();
    const house = houseIn(directory);
    const alice = await house.enters("alice");
    await alice.writes("kept");
    const [crashed, restored] = [newDirectory(), newDirectory()];
    tamper(directory, (database) => database.prepare("VACUUM INTO ?").run(join(restored, "chat.db")));
    await alice.writes("lost by the restore");
    for (const file of ["chat.db", "chat.db-wal", "chat.mark"])
      copyFileSync(join(directory, file), join(crashed, file));
    copyFileSync(join(directory, "chat.mark"), join(restored, "chat.mark"));
    expect(await epochOf(crashed)).toBe(house.store.facts.epoch);
    expect(await epochOf(restored)).not.toBe(house.store.facts.epoch);
    await house.close();
  });

  test("stays the same over a start with what a server before there were notes left", async () => {
    const directory = newDirectory();
    const epoch = await epochOf(directory);
    const file = join(directory, "chat.mark");
    writeFileSync(file, readFileSync(file, "utf8").slice(0, 16));
    expect(await epochOf(directory)).toBe(epoch);
  });

  test("stays the same if the server died after it had marked the database, before the file", async () => {
    const directory = newDirectory();
    const epoch = await epochOf(directory);
    const before = tamper(directory, (database) =>
      database.prepare<[], string>("SELECT value FROM marks WHERE name = 'place_before'").pluck().get(),
    );
    writeFileSync(join(directory, "chat.mark"), String(before));
    expect(await epochOf(directory)).toBe(epoch);
  });
});
