// Who holds which name. Only the writing worker writes users, so what it remembers of them is true.

import type { Database } from "better-sqlite3";
import type { Identify, NameKey, Peer, UserId, WallMillis } from "chat-hub";
import type { PrivateAddress } from "../address.js";
import { Recent } from "../recent.js";
import { isToken, shown, tokenHash } from "../token-hash.js";
import { mark } from "./marks.js";

/** A name's newest holder: the only one who can be reached by it. */
export interface Holder {
  readonly user: UserId;
  readonly key: NameKey;
  readonly name: string;
  readonly generation: number;
  /** Of a token, or of an account. */
  readonly token: Uint8Array | null;
  readonly account: string | null;
  /** `null` while they are here. */
  awaySince: WallMillis | null;
}

const rememberedHolders = 10_000;

export class SqlitePeople {
  readonly #nameHoldMs: number;
  readonly #secret: Uint8Array;
  readonly #holders = new Recent<NameKey, Holder>(rememberedHolders);
  readonly #byId = new Recent<UserId, Holder>(rememberedHolders);
  readonly #statements: ReturnType<typeof prepare>;

  constructor(database: Database, nameHoldMs: number) {
    this.#nameHoldMs = nameHoldMs;
    this.#secret = Buffer.from(mark(database, "token_secret"), "hex");
    this.#statements = prepare(database);
  }

  /** After a rollback: what is remembered may not have been kept. */
  forget(): void {
    this.#holders.clear();
    this.#byId.clear();
  }

  /** Nothing: nobody ever had the name. */
  holder(key: NameKey): Holder | undefined {
    const known = this.#holders.get(key);
    if (known !== undefined) return known;
    const holder = this.#statements.newest.get(key);
    if (holder !== undefined) this.#remember(holder);
    return holder;
  }

  /** The first whom this account came as, who is who it is. */
  ofAccount(account: string): Pick<Holder, "key" | "name"> | undefined {
    return this.#statements.ofAccount.get(account);
  }

  /** Somebody by their number, whether they still hold their name or not. */
  known(user: UserId): Omit<Holder, "awaySince"> {
    const remembered = this.#byId.get(user);
    if (remembered !== undefined) return remembered;
    const known = this.#statements.byId.get(user);
    if (known === undefined) throw new Error(`there is no user ${user}`);
    this.#byId.set(user, known);
    return known;
  }

  /** Whether the one who asks is that holder. */
  isProved(holder: Holder, { token, account }: Identify): boolean {
    if (account !== undefined || holder.account !== null) return account === holder.account;
    return token !== undefined && holder.token !== null && isToken(this.#secret, token, holder.token);
  }

  /** Whether whoever asks can't have the name, which is not theirs: one with an account can, if it was a token's. */
  isHeld(
    { token, account, awaySince }: Holder,
    { account: asking, at }: Pick<Identify, "account" | "at">,
  ): boolean {
    if (awaySince === null || account !== null) return true;
    return asking === undefined && token !== null && at - awaySince < this.#nameHoldMs;
  }

  /** As it was found when they were new. */
  skeletonOf({ user }: Holder): string {
    return this.#statements.skeleton.get(user) ?? "";
  }

  /** Somebody who holds another name that looks so, which whoever asks can't have. */
  likeness(skeleton: string, call: Identify): Holder | undefined {
    for (const { key, user } of this.#statements.alike.all(skeleton, call.key)) {
      const holder = this.holder(key);
      if (holder?.user === user && this.isHeld(holder, call)) return holder;
    }
    return undefined;
  }

  /** An account that looks like somebody who comes back by a token: it took their looks while they were away. */
  accountLike(holder: Holder): Holder | undefined {
    if (holder.account !== null || holder.awaySince === null) return undefined;
    for (const { key, user } of this.#statements.alike.all(this.skeletonOf(holder), holder.key)) {
      const other = this.holder(key);
      if (other?.user === user && other.account !== null) return other;
    }
    return undefined;
  }

  comeBack(holder: Holder): void {
    if (holder.awaySince !== null) this.#statements.back.run(holder.user);
    holder.awaySince = null;
  }

  bear(call: Identify, skeleton: string, before: Holder | undefined): Holder {
    const { key, name: spelling, account = null } = call;
    // Most write their name as its key is: kept once, of as many as are remembered.
    const name = spelling === key ? key : spelling;
    const token = shown(call);
    const hash = token === undefined ? null : tokenHash(this.#secret, token);
    const generation = (before?.generation ?? 0) + 1;
    const { lastInsertRowid } = this.#statements.born.run(key, generation, name, hash, account, skeleton);
    const user = Number(lastInsertRowid) as UserId;
    this.#statements.enterEveryone.run(user);
    const holder: Holder = { user, key, name, generation, token: hash, account, awaySince: null };
    this.#remember(holder);
    return holder;
  }

  /** Tells whether they were here. `seen`: when others saw them last. */
  release(user: UserId, at: WallMillis, seen: WallMillis | undefined): boolean {
    const key = this.#statements.release.get(at, seen ?? null, user);
    const holder = key && this.#holders.get(key);
    if (holder?.user === user) holder.awaySince = at;
    return key !== undefined;
  }

  /** Whom `address` means, whether they can be reached or not. */
  named({ key, holder: generation }: PrivateAddress): Peer | undefined {
    const newest = this.holder(key);
    if (newest === undefined) return undefined;
    if (generation === undefined) return { user: newest.user, name: newest.name, key };
    const earlier =
      generation < newest.generation ? this.#statements.earlier.get(key, generation) : undefined;
    return earlier && { ...earlier, key, holder: generation };
  }

  /** Who gets what is written to `address` now. */
  reachable(address: PrivateAddress): Peer | "away" | "unknown_user" {
    const holder = this.holder(address.key);
    if (holder === undefined) return "unknown_user";
    const isGone = holder.token === null && holder.awaySince !== null;
    if (isGone || address.holder !== undefined) return "away";
    return { user: holder.user, name: holder.name, key: address.key };
  }

  /** Those without a token who were here when the last server ended. */
  leftovers(): UserId[] {
    return this.#statements.leftovers.all();
  }

  /** Begins the hold of the names of all others who are here. */
  releaseKept(at: WallMillis): void {
    this.#statements.releaseKept.run(at);
    this.forget();
  }

  #remember(holder: Holder): void {
    this.#holders.set(holder.key, holder);
    this.#byId.set(holder.user, holder);
  }
}

function prepare(database: Database) {
  return {
    newest: database.prepare<[NameKey], Holder>(
      `SELECT id AS user, key, name, generation, token, account, away_since AS awaySince
       FROM users WHERE key = +? ORDER BY generation DESC LIMIT 1`,
    ),
    earlier: database.prepare<[NameKey, number], Pick<Holder, "user" | "name">>(
      "SELECT id AS user, name FROM users WHERE key = ? AND generation = ?",
    ),
    byId: database.prepare<[UserId], Holder>(
      `SELECT id AS user, key, name, generation, token, account, away_since AS awaySince
       FROM users WHERE id = ?`,
    ),
    ofAccount: database.prepare<[string], Pick<Holder, "key" | "name">>(
      "SELECT key, name FROM users WHERE account = +? ORDER BY id LIMIT 1",
    ),
    skeleton: database.prepare<[UserId], string>("SELECT skeleton FROM users WHERE id = ?").pluck(),
    // Only who can hold a name is in its index.
    alike: database.prepare<[string, NameKey], Pick<Holder, "key" | "user">>(
      `SELECT key, id AS user FROM users
       WHERE skeleton = +? AND key <> ? AND (away_since IS NULL OR token IS NOT NULL)`,
    ),
    born: database.prepare<[NameKey, number, string, Uint8Array | null, string | null, string]>(
      "INSERT INTO users (key, generation, name, token, account, skeleton) VALUES (?, ?, ?, ?, ?, ?)",
    ),
    enterEveryone: database.prepare<[UserId]>(
      `INSERT INTO members (user, conversation, delivered, read, sees_from)
       SELECT ?, 1, head, head, head + 1
       FROM (SELECT coalesce(max(seq), 0) AS head FROM entries WHERE conversation = 1)`,
    ),
    back: database.prepare<[UserId]>("UPDATE users SET away_since = NULL WHERE id = ?"),
    release: database
      .prepare<[WallMillis, WallMillis | null, UserId], NameKey>(
        `UPDATE users SET away_since = ?, seen = coalesce(?, seen)
         WHERE id = ? AND away_since IS NULL RETURNING key`,
      )
      .pluck(),
    releaseKept: database.prepare<[WallMillis]>("UPDATE users SET away_since = ? WHERE away_since IS NULL"),
    leftovers: database
      .prepare<[], UserId>("SELECT id FROM users WHERE away_since IS NULL AND token IS NULL ORDER BY id")
      .pluck(),
  };
}
