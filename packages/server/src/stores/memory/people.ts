// Who held which name, in memory. A name's newest holder is the only one who can be reached by it;
// the earlier ones stay numbered, so that what was said with them stays readable.

import { randomBytes } from "node:crypto";
import type {
  Identified,
  Identify,
  NameKey,
  Peer,
  Release,
  Seq,
  StoreRefusal,
  UserId,
  WallMillis,
} from "chat-hub";
import type { PrivateAddress } from "../address.js";
import { Fading } from "../fading.js";
import { isToken, tokenHash } from "../token-hash.js";
import type { Conversation, Written } from "./conversations.js";

export interface User {
  readonly id: UserId;
  readonly name: string;
  readonly held: HeldName;
  /** Which holder of the name this is, in order of birth, from 1. */
  readonly generation: number;
  readonly token: Uint8Array | undefined;
  presence: Presence;
  /** The conversations this user is in, and how far they have got there. */
  readonly cursors: Map<Conversation, Cursors>;
  readonly privates: Map<User, Conversation>;
  readonly nonces: Map<string, Written>;
}

/** A name, with those of its holders who are remembered, by generation. */
interface HeldName {
  readonly key: NameKey;
  readonly holders: Map<number, User>;
  newest: User | undefined;
  /** The newest private conversation of any of its holders with any of another name's. */
  readonly newestWith: Map<HeldName, Conversation>;
}

type Presence = { readonly state: "here" } | { readonly state: "away"; readonly since: WallMillis };
const here: Presence = { state: "here" };

export interface Cursors {
  delivered: Seq;
  read: Seq;
}

export class People {
  readonly #secret = randomBytes(32);
  readonly #nameHoldMs: number;
  readonly #users = new Map<UserId, User>();
  readonly #names = new Map<NameKey, HeldName>();
  readonly #away: Fading<User>;
  #lastId = 0;

  /** `forgotten` is called for whoever has been away longest, when more than `awayUsers` are. */
  constructor(nameHoldMs: number, awayUsers: number, forgotten: (user: User) => void) {
    this.#nameHoldMs = nameHoldMs;
    this.#away = new Fading(awayUsers, (user) => {
      this.#users.delete(user.id);
      user.held.holders.delete(user.generation);
      if (user.held.newest === user) this.#names.delete(user.held.key);
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

  /** Whom `address` means, whether they can be reached or not. */
  named(address: PrivateAddress): User | undefined {
    const name = this.#names.get(address.key);
    if (address.holder === undefined) return name?.newest;
    const holder = name?.holders.get(address.holder);
    return holder === name?.newest ? undefined : holder;
  }

  /** Who gets what is written to `address` now. */
  reachable(address: PrivateAddress): User | "away" | "unknown_user" {
    const newest = this.#names.get(address.key)?.newest;
    if (newest === undefined) return "unknown_user";
    const gone = newest.presence.state === "away" && newest.token === undefined;
    return gone || address.holder !== undefined ? "away" : newest;
  }

  /** How others see `user` at the other end of a private conversation. */
  peer({ id, name, held, generation }: User): Peer {
    if (held.newest?.id === id) return { user: id, name, key: held.key };
    return { user: id, name, key: held.key, holder: generation };
  }

  identify(call: Identify): Identified | StoreRefusal<"name_taken"> {
    const holder = this.#names.get(call.key)?.newest;
    if (holder !== undefined && this.#isProvedBy(call.token, holder)) return this.#back(holder);
    if (holder !== undefined && this.#isHeldBy(holder, call.at)) return { ok: false, code: "name_taken" };
    return this.#born(call);
  }

  release({ user: id, at }: Release): void {
    const user = this.#users.get(id);
    if (user === undefined || user.presence.state === "away") return;
    user.presence = { state: "away", since: at };
    this.#away.add(user);
  }

  #isProvedBy(token: string | undefined, holder: User): boolean {
    return token !== undefined && holder.token !== undefined && isToken(this.#secret, token, holder.token);
  }

  #isHeldBy({ presence, token }: User, at: WallMillis): boolean {
    if (presence.state === "here") return true;
    return token !== undefined && at - presence.since < this.#nameHoldMs;
  }

  #back(user: User): Identified {
    user.presence = here;
    this.#away.delete(user);
    return { ok: true, user: user.id, name: user.name, kept: true, fresh: false };
  }

  #born({ key, name, token }: Identify): Identified {
    this.#lastId += 1;
    const held: HeldName = this.#names.get(key) ?? {
      key,
      holders: new Map(),
      newest: undefined,
      newestWith: new Map(),
    };
    const user: User = {
      id: this.#lastId as UserId,
      name,
      held,
      generation: (held.newest?.generation ?? 0) + 1,
      token: token === undefined ? undefined : tokenHash(this.#secret, token),
      presence: here,
      cursors: new Map(),
      privates: new Map(),
      nonces: new Map(),
    };
    held.newest = user;
    held.holders.set(user.generation, user);
    this.#names.set(key, held);
    this.#users.set(user.id, user);
    return { ok: true, user: user.id, name, kept: token !== undefined, fresh: true };
  }
}
