// What a worker makes to answer a pack is freed late: it is outside of the heap, and a worker's garbage
// collector has little to do. Thousands who come one by one are thousands of packs.

import type { NameKey, StoreCall, UserId, WallMillis } from "chat-hub";
import { defaultLimits } from "chat-hub";
import { expect, test } from "vitest";
import { SqliteCommits } from "../dist/stores/sqlite/commits.js";
import { connect, connectToRead } from "../dist/stores/sqlite/connection.js";
import { openDirectory } from "../dist/stores/sqlite/directory.js";
import { packCall } from "../dist/stores/sqlite/messages.js";
import type { Pack } from "../dist/stores/sqlite/pack.js";
import { Packer } from "../dist/stores/sqlite/pack.js";
import { SqliteSnapshots } from "../dist/stores/sqlite/snapshots.js";
import { newDirectory } from "./sqlite-place.js";

const orders = { nameHoldMs: 1, limits: defaultLimits.store, everyoneHistory: "all" } as const;
const packs = 20;

function packOf(call: StoreCall): Pack {
  const packer = new Packer();
  packCall(packer, call);
  return packer.take();
}

/** Bytes outside of the heap that are there after all packs, and were not before. */
function bytesOutside(carryOut: (pack: Pack) => void, calls: readonly StoreCall[]): number {
  const all = calls.map(packOf);
  const before = process.memoryUsage().arrayBuffers;
  for (const pack of all) carryOut(pack);
  return process.memoryUsage().arrayBuffers - before;
}

const numbers = Array.from({ length: packs }, (_, n) => n);

test("a pack with one login takes less than 4 KiB outside of the heap", () => {
  const { file } = openDirectory(newDirectory(), orders);
  const commits = new SqliteCommits(connect(file), orders);
  const logins = numbers.map((n): StoreCall => {
    const key = `user${n}` as NameKey;
    return { type: "identify", key, name: `User${n}`, at: 1 as WallMillis };
  });
  const answered: string[] = [];
  const commit = (pack: Pack) => answered.push(commits.commit(pack, () => {}).type);
  expect(bytesOutside(commit, logins)).toBeLessThan(packs * 4096);
  expect(new Set(answered)).toEqual(new Set(["answers"]));
});

test("a pack with one question takes less than 4 KiB outside of the heap", () => {
  const { file } = openDirectory(newDirectory(), orders);
  const snapshots = new SqliteSnapshots(connectToRead(file));
  const questions = numbers.map((n): StoreCall => ({ type: "blocks", user: n as UserId, most: 10 }));
  const read = (pack: Pack) => expect(snapshots.read(pack, () => {}).type).toBe("answers");
  expect(bytesOutside(read, questions)).toBeLessThan(packs * 4096);
});
