// Who holds which name. Only the writing worker writes users, so what it remembers of them is true.

import type { Database } from "better-sqlite3";
import type {
  Identified,
  Identify,
  NameKey,
  Peer,
  Release,
  StoreRefusal,
  UserId,
  WallMillis,
} from "chat-hub";
import type { PrivateAddress } from "../address.js";
import { Recent } from "../recent.js";
import { isToken, tokenHash } from "../token-hash.js";
import { mark } from "./marks.js";

/** A name's newest holder: the only one who can be reached by it. */
interface Holder {
  readonly id: UserId;
  readonly name: string;
  readonly generation: number;
  readonly token: Uint8Array | null;
  /** `null` while they are here. */
  awaySince: WallMillis | null;
}

const rememberedHolders = 10_000;

export class SqlitePeople {
  readonly #nameHoldMs: number;
  readonly #secret: Uint8Array;
  readonly #holders = new Recent<NameKey, Holder>(rememberedHolders);
  readonly #statements: ReturnType<typeof prepare>;

  constructor(database: Database, nameHoldMs: number) {
    this.#nameHoldMs = nameHoldMs;
    this.#secret = Buffer.from(mark(database, "token_secret"), "hex");
    this.#statements = prepare(database);
  }

  /** After a rollback: what is remembered may not have been kept. */
  forget(): void {
    this.#holders.clear();
  }

  identify(call: Identify): Identified | StoreRefusal<"name_taken"> {
    const holder = this.#holder(call.key);
    if (holder !== undefined && this.#isProvedBy(call.token, holder)) return this.#back(holder);
    if (holder !== undefined && this.#isHeldBy(holder, call.at)) return { ok: false, code: "name_taken" };
    return this.#born(call, holder);
  }

  release({ user, at }: Release): { readonly ok: true } {
    const key = this.#statements.release.get(at, user);
    const holder = key && this.#holders.get(key);
    if (holder?.id === user) holder.awaySince = at;
    return { ok: true };
  }

  /** Who gets what is written to `address` now. */
  reachable(address: PrivateAddress): Peer | "away" | "unknown_user" {
    const holder = this.#holder(address.key);
    if (holder === undefined) return "unknown_user";
    const isGone = holder.token === null && holder.awaySince !== null;
    if (isGone || address.holder !== undefined) return "away";
    return { user: holder.id, name: holder.name, key: address.key };
  }

  #holder(key: NameKey): Holder | undefined {
    const known = this.#holders.get(key);
    if (known !== undefined) return known;
    const holder = this.#statements.newest.get(key);
    if (holder !== undefined) this.#holders.set(key, holder);
    return holder;
  }

  #isProvedBy(token: string | undefined, holder: Holder): boolean {
    return token !== undefined && holder.token !== null && isToken(this.#secret, token, holder.token);
  }

  #isHeldBy({ token, awaySince }: Holder, at: WallMillis): boolean {
    return awaySince === null || (token !== null && at - awaySince < this.#nameHoldMs);
  }

  #back(holder: Holder): Identified {
    if (holder.awaySince !== null) this.#statements.back.run(holder.id);
    holder.awaySince = null;
    return { ok: true, user: holder.id, name: holder.name, kept: true, fresh: false };
  }

  #born({ key, name, token }: Identify, before: Holder | undefined): Identified {
    const hash = token === undefined ? null : tokenHash(this.#secret, token);
    const generation = (before?.generation ?? 0) + 1;
    const { lastInsertRowid } = this.#statements.born.run(key, generation, name, hash);
    const id = Number(lastInsertRowid) as UserId;
    this.#statements.enterEveryone.run(id);
    this.#holders.set(key, { id, name, generation, token: hash, awaySince: null });
    return { ok: true, user: id, name, kept: token !== undefined, fresh: true };
  }
}

function prepare(database: Database) {
  return {
    newest: database.prepare<[NameKey], Holder>(
      `SELECT id, name, generation, token, away_since AS awaySince
       FROM users WHERE key = +? ORDER BY generation DESC LIMIT 1`,
    ),
    born: database.prepare<[NameKey, number, string, Uint8Array | null]>(
      "INSERT INTO users (key, generation, name, token) VALUES (?, ?, ?, ?)",
    ),
    enterEveryone: database.prepare<[UserId]>(
      `INSERT INTO cursors (user, conversation, delivered, read)
       SELECT ?, 1, head, head FROM (SELECT coalesce(max(seq), 0) AS head FROM entries WHERE conversation = 1)`,
    ),
    back: database.prepare<[UserId]>("UPDATE users SET away_since = NULL WHERE id = ?"),
    release: database
      .prepare<[WallMillis, UserId], NameKey>(
        "UPDATE users SET away_since = ? WHERE id = ? AND away_since IS NULL RETURNING key",
      )
      .pluck(),
  };
}
