// Who held which name, in memory. A name's newest holder is the only one who can be reached by it;
// the earlier ones stay numbered, so that what was said with them stays readable.

import { randomBytes } from "node:crypto";
import type {
  Identify,
  KnownAs,
  LooksAlike,
  NameKey,
  Peer,
  Reading,
  Release,
  Seq,
  Status,
  StoreRefusal,
  UserId,
  WallMillis,
} from "chat-hub";
import { FewMap, FewSet, skeleton } from "chat-hub";
import type { PrivateAddress } from "../address.js";
import { claimed } from "../claims.js";
import { Fading } from "../fading.js";
import { isToken, shown, tokenHash } from "../token-hash.js";
import type { Log } from "./log.js";
import { Looks } from "./looks.js";
import type { Written } from "./nonces.js";
import type { MemoryRecords } from "./records.js";
import type { Seqs } from "./seqs.js";

export interface User {
  readonly id: UserId;
  readonly name: string;
  readonly skeleton: string;
  readonly held: HeldName;
  /** Which holder of the name this is, in order of birth, from 1. */
  readonly generation: number;
  /** Of a token, or of an account. */
  readonly token: Uint8Array | undefined;
  readonly account: string | undefined;
  presence: Presence;
  /** When others saw them last. */
  seen: WallMillis;
  status: Status;
  text: string;
  reading: Reading;
  readonly blocked: FewSet<User>;
  readonly blockedBy: FewSet<User>;
  /** The conversations this user is in, and how far they have got there. */
  readonly cursors: FewMap<Log, Cursors>;
  readonly privates: FewMap<User, Log>;
  /** The rooms that know of them, whether they are in them or not. */
  readonly rooms: FewSet<Log>;
  readonly nonces: FewMap<string, Written>;
  /** When they wrote somewhere last while messages were slowed down there; also where they have left since. */
  spoke: FewMap<Log, WallMillis> | undefined;
}

/** A name, with its newest holder and those of the earlier ones who are remembered, by generation. */
interface HeldName {
  readonly key: NameKey;
  newest: User | undefined;
  readonly earlier: FewMap<number, User>;
  /** The newest private conversation of any of its holders with any of another name's. */
  readonly newestWith: FewMap<HeldName, Log>;
}

type Presence = { readonly state: "here" } | { readonly state: "away"; readonly since: WallMillis };
const here: Presence = { state: "here" };

export interface Cursors {
  delivered: Seq;
  read: Seq;
  muted: boolean;
  /** What they may see begins here, if the conversation does not show its past. */
  readonly from: Seq;
  /** Messages that call them by name. */
  readonly called: Seqs;
}

/** Whom somebody is, and whether nobody was this user before; `lost` had the name until now. */
export interface Recognised {
  readonly user: User;
  readonly fresh: boolean;
  readonly lost?: User;
}

export class People {
  readonly secret = randomBytes(32);
  readonly #nameHoldMs: number;
  readonly #records: MemoryRecords;
  readonly #users = new Map<UserId, User>();
  readonly #names = new Map<NameKey, HeldName>();
  /** Who each account is. */
  readonly #accounts = new Map<string, User>();
  readonly #looks = new Looks();
  readonly #away: Fading<User>;
  #lastId = 0;

  /** `forgotten` is called for whoever has been away longest, when more than `awayUsers` are. */
  constructor(
    nameHoldMs: number,
    awayUsers: number,
    records: MemoryRecords,
    forgotten: (user: User) => void,
  ) {
    this.#nameHoldMs = nameHoldMs;
    this.#records = records;
    this.#away = new Fading(awayUsers, (user) => {
      this.#users.delete(user.id);
      user.held.earlier.delete(user.generation);
      this.#looks.delete(user);
      if (user.held.newest === user) this.#names.delete(user.held.key);
      if (user.account !== undefined) this.#accounts.delete(user.account);
      forgotten(user);
    });
  }

  /** `undefined`: forgotten. */
  get(id: UserId): User | undefined {
    return this.#users.get(id);
  }

  /** Somebody who is here. @throws if they are not: whoever asks has mixed up his users. */
  known(id: UserId): User {
    const user = this.#users.get(id);
    if (user === undefined) throw new Error(`there is no user ${id}`);
    return user;
  }

  /** Who holds a name, or held it last. */
  newest(key: NameKey): User | undefined {
    return this.#names.get(key)?.newest;
  }

  /** Whom `address` means, whether they can be reached or not. */
  named(address: PrivateAddress): User | undefined {
    const name = this.#names.get(address.key);
    if (address.holder === undefined) return name?.newest;
    return name?.earlier.get(address.holder);
  }

  /** Who gets what is written to `address` now. */
  reachable(address: PrivateAddress): User | "away" | "unknown_user" {
    const newest = this.newest(address.key);
    if (newest === undefined) return "unknown_user";
    const gone = newest.presence.state === "away" && newest.token === undefined;
    return gone || address.holder !== undefined ? "away" : newest;
  }

  /** How others see `user` at the other end of a private conversation. */
  peer({ id, name, held, generation }: User): Peer {
    if (held.newest?.id === id) return { user: id, name, key: held.key };
    return { user: id, name, key: held.key, holder: generation };
  }

  identify(call: Identify): Recognised | KnownAs | LooksAlike | StoreRefusal<"name_taken" | "bad_name"> {
    const known = call.account === undefined ? undefined : this.#accounts.get(call.account);
    if (known !== undefined && known.held.key !== call.key)
      return { ok: true, knownAs: { key: known.held.key, name: known.name } };
    const holder = this.newest(call.key);
    const isProved = holder !== undefined && this.#isProvedBy(call, holder);
    if (isProved && this.#isHeldAgainst({ at: call.at }, holder)) {
      const other = this.#accountLike(holder);
      return other === undefined ? this.#back(holder) : { ok: false, code: "looks_alike", name: other.name };
    }
    if (holder !== undefined && !isProved && this.#isHeldAgainst(call, holder))
      return { ok: false, code: "name_taken" };
    if (call.heldOnly && !isProved) return { ok: false, code: "bad_name" };
    const looks = isProved ? holder.skeleton : skeleton(call.name);
    const other = this.#looks.like(looks, call.key, (user) => this.#isHeldAgainst(call, user));
    if (other !== undefined) return { ok: false, code: "looks_alike", name: other.name };
    if (isProved) return this.#back(holder);
    const refusal = claimed(this.#records, call, looks);
    if (refusal !== undefined) return refusal;
    const user = this.#born(call, looks);
    return holder === undefined ? { user, fresh: true } : { user, fresh: true, lost: holder };
  }

  /** Who has gone now; nothing if they had gone before. */
  release({ user: id, at, seen }: Release): User | undefined {
    const user = this.#users.get(id);
    if (user === undefined || user.presence.state === "away") return undefined;
    user.presence = { state: "away", since: at };
    if (seen !== undefined) user.seen = seen;
    if (user.token === undefined) this.#looks.delete(user);
    this.#away.add(user);
    return user;
  }

  /** An account that looks like somebody who comes back by a token: it took their looks while they were away. */
  #accountLike({ account, presence, skeleton: looks, held }: User): User | undefined {
    if (account !== undefined || presence.state === "here") return undefined;
    return this.#looks.like(looks, held.key, (user) => user.account !== undefined);
  }

  #isProvedBy({ token, account }: Identify, holder: User): boolean {
    if (account !== undefined || holder.account !== undefined) return account === holder.account;
    return token !== undefined && holder.token !== undefined && isToken(this.secret, token, holder.token);
  }

  #isHeldAgainst(
    { account, at }: Pick<Identify, "account" | "at">,
    { presence, token, account: holding }: User,
  ): boolean {
    if (presence.state === "here" || holding !== undefined) return true;
    if (account !== undefined) return false;
    return token !== undefined && at - presence.since < this.#nameHoldMs;
  }

  #back(user: User): Recognised {
    user.presence = here;
    this.#away.delete(user);
    return { user, fresh: false };
  }

  #born(call: Identify, looks: string): User {
    const { key, name, account } = call;
    const token = shown(call);
    this.#lastId += 1;
    const held: HeldName = this.#names.get(key) ?? {
      key,
      newest: undefined,
      earlier: new FewMap(),
      newestWith: new FewMap(),
    };
    const user: User = {
      id: this.#lastId as UserId,
      name,
      skeleton: looks === key ? key : looks,
      held,
      generation: (held.newest?.generation ?? 0) + 1,
      token: token === undefined ? undefined : tokenHash(this.secret, token),
      account,
      presence: here,
      seen: 0 as WallMillis,
      status: "online",
      text: "",
      reading: "shared",
      blocked: new FewSet(),
      blockedBy: new FewSet(),
      cursors: new FewMap(),
      privates: new FewMap(),
      rooms: new FewSet(),
      nonces: new FewMap(),
      spoke: undefined,
    };
    if (held.newest !== undefined) {
      held.earlier.set(held.newest.generation, held.newest);
      this.#looks.delete(held.newest);
    }
    held.newest = user;
    this.#looks.add(user);
    this.#names.set(key, held);
    this.#users.set(user.id, user);
    if (account !== undefined) this.#accounts.set(account, user);
    return user;
  }
}

/** Whether one of the two has blocked the other. */
export function areApart(one: User, other: User): boolean {
  return one.blocked.has(other) || other.blocked.has(one);
}

export function block(user: User, who: User, on: boolean): void {
  if (on) {
    user.blocked.add(who);
    who.blockedBy.add(user);
  } else {
    user.blocked.delete(who);
    who.blockedBy.delete(user);
  }
}

/** Of somebody who lost their name no block is left. */
export function unblockAll(user: User): void {
  for (const who of user.blocked) block(user, who, false);
  for (const by of user.blockedBy) block(by, user, false);
}
