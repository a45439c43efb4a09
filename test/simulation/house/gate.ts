// A stand-in for the gate of passwords, on the same contract (ports/gate.ts). The real one hashes in threads and
// answers by promises, which no world could live again; this one takes drawn time for each hash instead. What it
// keeps are records of the store, as the real one's are: they outlive the process, and fall back with a backup.

import type {
  AskId,
  GateAnswer,
  GateCall,
  KeptRecord,
  Register,
  Registration,
  StoreAnswer,
  StoreCall,
  Verified,
  Verify,
  WallMillis,
} from "chat-hub";
import { skeleton } from "chat-hub";
import type { Clock } from "../clock.ts";
import type { Dice } from "../drawn/dice.ts";

/** What kind of gate a world has. */
export interface GateKind {
  readonly registration: Exclude<Registration, "invite">;
  readonly loginLifeMs: number;
  /** The longest that a hash takes; and how many wait for one at most. */
  readonly hashMs: number;
  readonly hashesWaiting: number;
}

export interface GateGround {
  readonly clock: Clock;
  readonly dice: Dice;
  readonly records: (call: StoreCall, answered: (answer: StoreAnswer) => void) => void;
  readonly answer: (ask: AskId, answer: GateAnswer) => void;
}

interface Account {
  readonly name: string;
  readonly hash: string;
}

interface Login {
  readonly account: string;
  readonly token: string;
  readonly since: WallMillis;
  readonly until: WallMillis;
  /** Before it was refreshed. */
  readonly before?: { readonly token: string; readonly until: WallMillis };
}

/** What is waited for: a call of the store, or a hash. Goes on with the store's answer; `false`: too many wait. */
type Wait = StoreCall | "hash";
type Course<Answer> = Generator<Wait, Answer, StoreAnswer | boolean>;

const leastPasswordChars = 8;
const hashesAtOnce = 2;
/** So long after its end a login is known as one that was good. */
const rememberedMs = 86_400_000;

const notLetIn = { ok: false, code: "not_let_in" } as const;
const tooMany = { ok: false, code: "too_many" } as const;
const unavailable = { ok: false, code: "unavailable" } as const;

export class Gate {
  readonly #kind: GateKind;
  readonly #ground: GateGround;
  readonly #waiting: (() => void)[] = [];
  /** Who is coming in by a login just now, which may end meanwhile. */
  readonly #comingIn = new Set<{ readonly login: string; hasEnded: boolean }>();
  #hashing = 0;

  constructor(kind: GateKind, ground: GateGround) {
    this.#kind = kind;
    this.#ground = ground;
  }

  ask(ask: AskId, call: GateCall): void {
    const course = this.#courseOf(call);
    const go = (value: StoreAnswer | boolean): void => {
      const { done, value: next } = course.next(value);
      if (done === true) this.#ground.answer(ask, next as GateAnswer);
      else if (next === "hash") this.#hash(go);
      else this.#ground.records(next as StoreCall, go);
    };
    go(true);
  }

  #hash(done: (isDone: boolean) => void): void {
    if (this.#hashing >= hashesAtOnce) {
      if (this.#waiting.length >= this.#kind.hashesWaiting) return done(false);
      this.#waiting.push(() => this.#hash(done));
      return;
    }
    this.#hashing += 1;
    const { clock, dice } = this.#ground;
    clock.after(dice.between(0, this.#kind.hashMs), () => {
      this.#hashing -= 1;
      this.#waiting.shift()?.();
      done(true);
    });
  }

  #courseOf(call: GateCall): Course<GateAnswer> {
    switch (call.type) {
      case "verify":
        return call.proof.kind === "token"
          ? this.#byToken(call, call.proof.token)
          : this.#byPassword(call, call.proof.password);
      case "register":
        return this.#register(call);
      case "refresh":
        return this.#refresh(call);
      case "logins":
        return this.#logins(call);
      case "endLogin":
        return this.#endLogin(call);
      case "setPassword":
        throw new Error("nobody in these worlds changes a password");
    }
  }

  *#byPassword({ name, exchange, at }: Verify, password: string): Course<Verified | GateAnswer> {
    const known = yield* this.#find("account", name?.key ?? "", at);
    if (known !== undefined && "ok" in known) return known;
    if ((yield "hash") === false) return tooMany;
    const account = known && read<Account>(known);
    if (known === undefined || account?.hash !== hashed(password)) return notLetIn;
    if (exchange) return yield* this.#begin(account, known.key, known.value, at);
    return verified(account, known.key, `${known.key}-by-password`, undefined);
  }

  *#byToken({ name, at }: Verify, token: string): Course<GateAnswer> {
    const [login = ""] = token.split(".");
    const coming = { login, hasEnded: false };
    this.#comingIn.add(coming);
    const known = yield* this.#find("login", login, at);
    const row = known === undefined || "ok" in known ? undefined : read<Login>(known);
    const account = row && (yield* this.#find("account", row.account, at));
    this.#comingIn.delete(coming);
    if (known !== undefined && "ok" in known) return known;
    if (account !== undefined && "ok" in account) return account;
    const until =
      row?.token === token ? row.until : row?.before?.token === token ? row.before.until : undefined;
    if (row === undefined || account === undefined || until === undefined || coming.hasEnded) return notLetIn;
    if (name !== undefined && name.key !== account.key) return notLetIn;
    if (until <= at) return { ok: false, code: "login_expired" };
    return verified(read(account), account.key, login, until);
  }

  *#register({ name, password, at }: Register): Course<GateAnswer> {
    if (this.#kind.registration === "closed") return { ok: false, code: "registration_closed" };
    if (password.length < leastPasswordChars) return { ok: false, code: "weak_password" };
    const taken = yield* this.#find("account", name.key, at);
    if (taken !== undefined) return "ok" in taken ? taken : { ok: false, code: "name_taken" };
    const alike = yield* this.#find("look", skeleton(name.spelling), at);
    if (alike !== undefined) return "ok" in alike ? alike : { ok: false, code: "looks_alike" };
    if ((yield "hash") === false) return tooMany;
    return yield* this.#begin({ name: name.spelling, hash: hashed(password) }, name.key, null, at);
  }

  /** A new login of an account that is kept as `was`; `null`: it is made with it. */
  *#begin(account: Account, key: string, was: string | null, at: WallMillis): Course<GateAnswer> {
    const login = `${encodeURIComponent(key)}-${this.#chance()}`;
    const row = { account: key, token: this.#token(login), since: at, until: this.#until(at) };
    const look = was === null ? [lookOf(account.name)] : [];
    const kept = yield {
      type: "keep",
      changes: [{ kind: "account", key, value: JSON.stringify(account), was }, ...look, changeOf(login, row)],
      at,
    };
    if (typeof kept === "boolean" || !kept.ok) return unavailable;
    if ("kept" in kept && !kept.kept) return was === null ? { ok: false, code: "name_taken" } : notLetIn;
    return { ...verified(account, key, login, row.until), token: row.token };
  }

  *#refresh({ login, at }: Extract<GateCall, { type: "refresh" }>): Course<GateAnswer> {
    const known = yield* this.#find("login", login, at);
    if (known === undefined || "ok" in known) return known ?? notLetIn;
    const row = read<Login>(known);
    const account = yield* this.#find("account", row.account, at);
    if (account === undefined || "ok" in account) return account ?? notLetIn;
    if (row.until <= at) return { ok: false, code: "login_expired" };
    const { token, until } = row;
    const newer = { ...row, token: this.#token(login), until: this.#until(at), before: { token, until } };
    const kept = yield { type: "keep", changes: [changeOf(login, newer, known.value)], at };
    if (typeof kept === "boolean" || !kept.ok || ("kept" in kept && !kept.kept)) return unavailable;
    return { ...verified(read(account), account.key, login, newer.until), token: newer.token };
  }

  *#logins({ account, at }: Extract<GateCall, { type: "logins" }>): Course<GateAnswer> {
    const prefix = `${encodeURIComponent(account)}-`;
    const found = yield { type: "records", kind: "login", prefix, most: 100, at };
    if (typeof found === "boolean" || !found.ok || !("records" in found)) return unavailable;
    const logins = found.records.map((record) => ({ login: record.key, ...read<Login>(record) }));
    return { ok: true, logins: logins.filter(({ until }) => until > at) };
  }

  *#endLogin({ account, login, audit, at }: Extract<GateCall, { type: "endLogin" }>): Course<GateAnswer> {
    const known = yield* this.#find("login", login, at);
    if (known !== undefined && "ok" in known) return known;
    if (known === undefined || read<Login>(known).account !== account)
      return { ok: false, code: "unknown_session" };
    const kept = yield {
      type: "keep",
      changes: [{ kind: "login", key: login }],
      at,
      ...(audit && { audit }),
    };
    if (typeof kept === "boolean" || !kept.ok) return unavailable;
    for (const coming of this.#comingIn) if (coming.login === login) coming.hasEnded = true;
    return { ok: true };
  }

  /** A record, nothing, or what the store refuses it with. */
  *#find(
    kind: KeptRecord["kind"],
    key: string,
    at: WallMillis,
  ): Course<KeptRecord | undefined | typeof unavailable> {
    const answer = yield { type: "recall", kind, key, at };
    if (typeof answer === "boolean" || !answer.ok) return unavailable;
    return "record" in answer ? answer.record : undefined;
  }

  #until(at: WallMillis): WallMillis {
    return (at + this.#kind.loginLifeMs) as WallMillis;
  }

  #token(login: string): string {
    return `${login}.secret-${this.#chance()}`;
  }

  #chance(): string {
    return String(this.#ground.dice.between(100_000_000, 999_999_999));
  }
}

/** How somebody gets an account at the shell. */
export function accountOf(name: string, password: string, at: WallMillis): StoreCall {
  const value = JSON.stringify({ name, hash: hashed(password) } satisfies Account);
  return { type: "keep", changes: [{ kind: "account", key: name.toLowerCase(), value }, lookOf(name)], at };
}

function hashed(password: string): string {
  return `the hash of ${password}`;
}

function lookOf(name: string) {
  return { kind: "look", key: skeleton(name), value: JSON.stringify(name), was: null } as const;
}

function changeOf(login: string, row: Login, was: string | null = null) {
  const until = (row.until + rememberedMs) as WallMillis;
  return { kind: "login", key: login, value: JSON.stringify(row), until, was } as const;
}

function verified(
  { name: spelling }: Account,
  key: string,
  login: string,
  until: WallMillis | undefined,
): Verified {
  const name = { spelling, key } as Verified["name"];
  return { ok: true, account: key, name, admin: false, login, until };
}

function read<Value>({ value }: KeptRecord): Value {
  return JSON.parse(value) as Value;
}
