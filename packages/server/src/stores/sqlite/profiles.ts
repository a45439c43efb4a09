// What users have chosen for themselves: how they are seen, and whom they have blocked.

import type { Database } from "better-sqlite3";
import type { NameKey, Profile, Reading, Status, UserId, WallMillis } from "chat-hub";
import { Recent } from "../recent.js";

type Chosen = Omit<Profile, "blocked">;

const rememberedUsers = 10_000;
/** Most have blocked nobody: of that one is enough. */
const nobody: ReadonlySet<UserId> = new Set();

export class SqliteProfiles {
  readonly #statements: ReturnType<typeof prepare>;
  readonly #blocked = new Recent<UserId, ReadonlySet<UserId>>(rememberedUsers);

  constructor(database: Database) {
    this.#statements = prepare(database);
  }

  /** After a rollback: what is remembered may not have been kept. */
  forget(): void {
    this.#blocked.clear();
  }

  of(user: UserId): Profile {
    const chosen = this.#statements.find.get(user);
    if (chosen === undefined) throw new Error(`there is no user ${user}`);
    // Not remembered: most of those who come never write to anybody who could have blocked them.
    const blocked = this.#blocked.get(user) ?? this.#statements.blocked.all(user);
    return { ...chosen, blocked: [...blocked] };
  }

  /** What they say of themselves. */
  text(user: UserId): string {
    return this.#statements.find.get(user)?.text ?? "";
  }

  /** Whoever becomes invisible was seen last then. */
  setStatus(user: UserId, status: Status, text: string, at: WallMillis): void {
    this.#statements.status.run({ user, status, text, at });
  }

  setReading(user: UserId, reading: Reading): void {
    this.#statements.reading.run(reading, user);
  }

  /** Whom they have blocked. */
  blocked(user: UserId): ReadonlySet<UserId> {
    const known = this.#blocked.get(user);
    if (known !== undefined) return known;
    const all = this.#statements.blocked.all(user);
    const blocked = all.length === 0 ? nobody : new Set(all);
    this.#blocked.set(user, blocked);
    return blocked;
  }

  block(user: UserId, key: NameKey, who: UserId): void {
    this.#statements.block.run(user, key, who);
    this.#blocked.delete(user);
  }

  unblock(user: UserId, key: NameKey): void {
    this.#statements.unblock.run(user, key);
    this.#blocked.delete(user);
  }

  /** Nobody has them blocked any more, nor they anybody. */
  forgetBlocks(user: UserId): void {
    this.#statements.forgetBlocks.run(user);
    this.#statements.forgetBlocksOf.run(user);
    this.#blocked.clear();
  }
}

function prepare(database: Database) {
  return {
    find: database.prepare<[UserId], Chosen>("SELECT status, text, reading FROM users WHERE id = ?"),
    status: database.prepare<[{ user: UserId; status: Status; text: string; at: WallMillis }]>(
      `UPDATE users SET status = $status, text = $text,
         seen = iif($status = 'invisible' AND status <> 'invisible', max(seen, $at), seen)
       WHERE id = $user`,
    ),
    reading: database.prepare<[Reading, UserId]>("UPDATE users SET reading = ? WHERE id = ?"),
    blocked: database.prepare<[UserId], UserId>("SELECT who FROM blocks WHERE user = ?").pluck(),
    block: database.prepare<[UserId, NameKey, UserId]>("INSERT OR IGNORE INTO blocks VALUES (?, ?, ?)"),
    unblock: database.prepare<[UserId, NameKey]>("DELETE FROM blocks WHERE user = ? AND key = ?"),
    forgetBlocks: database.prepare<[UserId]>("DELETE FROM blocks WHERE user = ?"),
    forgetBlocksOf: database.prepare<[UserId]>("DELETE FROM blocks WHERE who = ?"),
  };
}
