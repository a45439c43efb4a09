// Passwords are exchanged for logins: a token each, good for so long, and only so many of an account.

import type { RecordChange, StoreRefusal, Verified, WallMillis } from "chat-hub";
import type { AskRecords } from "../records.js";
import type { Account, Login } from "./kept.js";
import { accountChange, loginChange, loginEnd, newLogin, prefixOf, readLogin, verifiedBy } from "./kept.js";
import { loginsPerAccount } from "./limits.js";

export class Exchange {
  readonly #records: AskRecords;
  readonly #lifeMs: number;
  readonly #ended: (account: string, login: string | undefined) => void;

  constructor(
    records: AskRecords,
    lifeMs: number,
    ended: (account: string, login: string | undefined) => void,
  ) {
    this.#records = records;
    this.#lifeMs = lifeMs;
    this.#ended = ended;
  }

  /**
   * A new login of an account that is kept as `was`; `null`: it is made with it. `not_let_in`: it stands
   * otherwise by now, or one of `changes`, which are made in the same transaction, does not fit.
   */
  async begin(
    account: Account,
    was: string | null,
    changes: readonly RecordChange[],
    at: WallMillis,
  ): Promise<Verified | StoreRefusal<"not_let_in">> {
    const logins = was === null ? [] : await this.loginsOf(account, at);
    if ("ok" in logins) return logins;
    const surplus = [...logins]
      .sort((one, other) => one.until - other.until)
      .slice(0, Math.max(0, logins.length + 1 - loginsPerAccount));
    const { login, token, hash } = newLogin(account.key);
    const until = (at + this.#lifeMs) as WallMillis;
    const { series } = account;
    const kept = await this.#records({
      type: "keep",
      changes: [
        accountChange(account, was),
        loginChange({ login, account: account.key, series, hash, since: at, until }, null),
        ...surplus.map((one) => loginEnd(one.login)),
        ...changes,
      ],
      at,
    });
    if (!kept.ok) return kept;
    if (!kept.kept) return { ok: false, code: "not_let_in" };
    for (const one of surplus) this.#ended(account.key, one.login);
    return { ...verifiedBy(account, login, until), token };
  }

  /** Those of an account that are good. */
  async loginsOf({ key, series }: Account, at: WallMillis): Promise<readonly Login[] | StoreRefusal> {
    const prefix = prefixOf(key);
    const found = await this.#records({
      type: "records",
      kind: "login",
      prefix,
      most: 10 * loginsPerAccount,
      at,
    });
    if (!found.ok) return found;
    return found.records
      .map(readLogin)
      .filter((login) => login.account === key && login.series === series && login.until > at);
  }
}
