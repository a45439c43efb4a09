// The logins by signed tokens that were shown here: what can be listed and ended. A signed token is good
// wherever it is shown, and nobody but its issuer knows how many there are. So each is kept from when it is first
// shown until its token ends by itself, also over a restart; and one that was ended before is known for as long.

import { createHash } from "node:crypto";
import type {
  EndLogin,
  KeptRecord,
  LoginsListed,
  RecordChange,
  Result,
  StoreRefusal,
  WallMillis,
} from "chat-hub";
import { fault, ok } from "chat-hub";
import type { AskRecords } from "../records.js";
import { listedLogins, loginTries } from "./limits.js";
import type { Person } from "./person.js";

/** What is kept of one: the value of its record, which lasts as long as its token. */
interface Shown {
  readonly account: string;
  /** When its token was issued; 0 = it does not say. */
  readonly since: WallMillis;
  readonly ended?: true;
}

type ShownRecord = KeptRecord & { readonly until: WallMillis; readonly shown: Shown };

export class ShownLogins {
  readonly #records: AskRecords;

  constructor(records: AskRecords) {
    this.#records = records;
  }

  /** Somebody shows its token. Tells whether it is good: it may have been ended. */
  async isGood(person: Person, at: WallMillis): Promise<Result<boolean, StoreRefusal["code"]>> {
    const { account, login, issuedAt: since, until } = person;
    const key = keyOf(account, login);
    for (let tries = 0; tries < loginTries; tries += 1) {
      const known = await this.#find(key, at);
      if (!known.ok) return known;
      const { record } = known.value;
      const verdict = ok(record?.shown.ended !== true);
      // Another text of the same token may last longer.
      if (record !== undefined && record.until >= until) return verdict;
      const surplus = record === undefined ? await this.#surplus(account, at) : ok([]);
      if (!surplus.ok) return surplus;
      const value = record?.value ?? JSON.stringify({ account, since } satisfies Shown);
      const was = record?.value ?? null;
      const changes = [{ kind: "login", key, value, until, was } as const, ...surplus.value];
      const kept = await this.#records({ type: "keep", changes, at });
      if (!kept.ok) return fault(kept.code);
      if (kept.kept) return verdict;
    }
    return fault("unavailable");
  }

  /** Whether a login has been ended before its time. */
  async hasEnded(
    account: string,
    login: string,
    at: WallMillis,
  ): Promise<Result<boolean, StoreRefusal["code"]>> {
    const known = await this.#find(keyOf(account, login), at);
    return known.ok ? ok(known.value.record?.shown.ended === true) : known;
  }

  /** Those of an account that are good, but for what it was given before `after`; the oldest first. */
  async of(
    account: string,
    after: number,
    at: WallMillis,
  ): Promise<Result<LoginsListed["logins"], StoreRefusal["code"]>> {
    const listed = await this.#list(account, at);
    if (!listed.ok) return listed;
    const logins = listed.value
      .filter(({ shown }) => shown.since > after)
      .map(({ key, shown, until }) => ({ login: loginOf(key), since: shown.since, until }));
    return ok(logins.sort((one, other) => one.since - other.since || one.until - other.until));
  }

  async end({
    account,
    login,
    audit,
    requires,
    at,
  }: EndLogin): Promise<{ ok: true } | StoreRefusal<"unknown_session" | "forbidden">> {
    const key = keyOf(account, login);
    for (let tries = 0; tries < loginTries; tries += 1) {
      const known = await this.#find(key, at);
      if (!known.ok) return { ok: false, code: known.fault };
      const { record } = known.value;
      if (record === undefined || record.shown.ended === true) return { ok: false, code: "unknown_session" };
      const value = JSON.stringify({ ...record.shown, ended: true } satisfies Shown);
      const changes = [{ kind: "login", key, value, until: record.until, was: record.value } as const];
      const kept = await this.#records({
        type: "keep",
        changes,
        ...(audit === undefined ? {} : { audit }),
        ...(requires === undefined ? {} : { requires }),
        at,
      });
      if (!kept.ok) return kept;
      if (kept.lacks !== undefined) return { ok: false, code: "forbidden" };
      if (kept.kept) return { ok: true };
    }
    return { ok: false, code: "unavailable" };
  }

  async #find(
    key: string,
    at: WallMillis,
  ): Promise<Result<{ readonly record: ShownRecord | undefined }, StoreRefusal["code"]>> {
    const known = await this.#records({ type: "recall", kind: "login", key, at });
    if (!known.ok) return fault(known.code);
    return ok({ record: known.record && read(known.record) });
  }

  async #list(account: string, at: WallMillis): Promise<Result<ShownRecord[], StoreRefusal["code"]>> {
    const prefix = prefixOf(account);
    const listed = await this.#records({
      type: "records",
      kind: "login",
      prefix,
      most: 10 * listedLogins,
      at,
    });
    if (!listed.ok) return fault(listed.code);
    return ok(
      listed.records.map(read).filter(({ shown }) => shown.account === account && shown.ended !== true),
    );
  }

  /** Of those that make it one too many: what ends first is listed no more. It is good all the same. */
  async #surplus(account: string, at: WallMillis): Promise<Result<RecordChange[], StoreRefusal["code"]>> {
    const listed = await this.#list(account, at);
    if (!listed.ok) return listed;
    const surplus = listed.value
      .sort((one, other) => one.until - other.until)
      .slice(0, Math.max(0, listed.value.length + 1 - listedLogins));
    return ok(surplus.map(({ key }) => ({ kind: "login", key })));
  }
}

function read(record: KeptRecord): ShownRecord {
  return { ...record, until: record.until ?? (0 as WallMillis), shown: JSON.parse(record.value) as Shown };
}

/** Not as those of passwords are called. */
function keyOf(account: string, login: string): string {
  return prefixOf(account) + login;
}

const hashChars = 12;

function prefixOf(account: string): string {
  const hash = createHash("sha256").update(account).digest("base64url");
  return `jwt ${hash.slice(0, hashChars)} `;
}

function loginOf(key: string): string {
  return key.slice("jwt  ".length + hashChars);
}
