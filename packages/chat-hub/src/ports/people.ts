// Asking a store about people: who holds a name, what they have chosen, who somebody is.

import type { NameKey, Seq, UserId, WallMillis } from "../words/ids.js";
import type { Address, Entry, Peer, Place, RoomFacts } from "../words/log.js";
import type { Reading, Role, Status } from "../words/rooms.js";

/**
 * Takes a name for somebody who wants to log in.
 * Without a token: a new user, unless the name is held. With the holder's token: that user again
 * (`fresh: false`), under the spelling they first used. A kept name that nobody has used for
 * `nameHoldMs` goes to whoever asks; who held it leaves their rooms. Tokens are stored hashed only,
 * compared in constant time. With an `account`, which a gate has proved: its user again, or a new one
 * who is kept for good; nobody else gets that name any more, and a kept name that only a token held
 * gives way to it at once. Where there is a record of an `account` of this name, or a `look` of it, nobody else
 * who is new gets it: the account of passwords itself, which is called as its name's key, does. An account is one user,
 * under the name that it first came by: under another it is told who it is (`KnownAs`). A new user's cursor in
 * everyone stands at its head, and with the setting
 * `since_join` that is where everyone begins for them.
 *
 * Nobody new gets a name that has the skeleton of another that is held, nor does anybody come back to one so whose own
 * hold was over, or whose looks an account took meanwhile: `looks_alike`. What a name looks like is kept with its user when they are new and never
 * worked out again; those who clashed before this was asked keep their names.
 */
export interface Identify {
  readonly type: "identify";
  readonly key: NameKey;
  readonly name: string;
  readonly token?: string;
  /** Instead of a token. */
  readonly account?: string;
  /** Nobody new may have this name, for what it is made of or since only its own may come by it: they are told `bad_name`. */
  readonly heldOnly?: true;
  readonly at: WallMillis;
}
/** The name looks like `name`, as its holder spells it. */
export interface LooksAlike {
  readonly ok: false;
  readonly code: "looks_alike";
  readonly name: string;
}
/** The account has a user already, of this other name: nobody is let in yet. */
export interface KnownAs {
  readonly ok: true;
  readonly knownAs: { readonly key: NameKey; readonly name: string };
}
export interface Identified {
  readonly ok: true;
  readonly user: UserId;
  readonly name: string;
  /** A token or an account holds this name. */
  readonly kept: boolean;
  /** Nobody was this user before. */
  readonly fresh: boolean;
  /** The rooms they are a member of, by conversation id; exact in the order of the writing calls. */
  readonly rooms: readonly Membership[];
  /** The first seq of everyone that they may see: 1, or with `since_join` where they began. */
  readonly everyoneFrom: Seq;
  readonly profile: Profile;
  readonly left: readonly Left[];
  /** Who had the name until now looked after the house, and does no more: their record is gone. */
  readonly lapsed?: UserId;
}

/** A room of a user, as it stands when this is answered. */
export interface Membership {
  readonly facts: RoomFacts;
  readonly role: Role;
  /** Their latest join: what was before it they see only where the room shows its past. */
  readonly from: Seq;
  readonly head: Seq;
}

/** What a user has chosen, kept as long as they are. */
export interface Profile {
  readonly status: Status;
  /** What they say about it; "" = nothing. */
  readonly text: string;
  readonly reading: Reading;
  /** Whom they have blocked. */
  readonly blocked: readonly UserId[];
}

/** An entry by which somebody left a room because they lost their name, or a role that passed on then. */
export interface Left {
  readonly place: Place;
  readonly entry: Entry;
}

/**
 * The user's last connection has gone: without a token the name is free and they leave their rooms,
 * with one its hold begins. `seen` = when others saw them last, absent if they were invisible.
 */
export interface Release {
  readonly type: "release";
  readonly user: UserId;
  readonly at: WallMillis;
  readonly seen?: WallMillis;
}
export interface Released {
  readonly ok: true;
  readonly left: readonly Left[];
}

/**
 * Changes what a user has chosen for themselves. `unknown_user`: nobody ever had the name;
 * `limit_reached`: too many blocked; `token_needed`: who blocks, or is blocked, must be kept. The text of a status is
 * said to all: another one than before, unless it is "", is refused to whoever may write nothing to everyone now
 * (`silenced`, `read_only`).
 */
export interface Choose {
  readonly type: "choose";
  readonly user: UserId;
  /** The gate says that they look after the house; whoever does by a record does all the same. */
  readonly admin?: true;
  readonly at: WallMillis;
  readonly what:
    | { readonly kind: "block"; readonly who: NameKey; readonly on: boolean }
    | { readonly kind: "mute"; readonly of: Address; readonly on: boolean }
    | { readonly kind: "status"; readonly status: Status; readonly text: string }
    | { readonly kind: "reading"; readonly reading: Reading };
}
export interface Chosen {
  readonly ok: true;
  /** Who was blocked, or what was muted. */
  readonly peer?: Peer;
  readonly place?: Place;
}

/** Somebody by name: the present holder, or the last one. */
export interface Whois {
  readonly type: "whois";
  /** Absent: whoever looks after the house, whom nobody has blocked. */
  readonly viewer?: UserId;
  readonly key: NameKey;
}
export interface WhoisFound {
  readonly ok: true;
  readonly user: UserId;
  readonly name: string;
  readonly kept: boolean;
  /** Whose name it is for good, where an account has it. */
  readonly account?: string;
  readonly status: Status;
  readonly text: string;
  /** When the viewer could see them last, which ends when they choose to be invisible; 0 = never, or one of the two has blocked the other. Whoever is here is seen now: the store doesn't know that. */
  readonly seen: WallMillis;
}

/** Whom a user has blocked, by key. */
export interface ListBlocks {
  readonly type: "blocks";
  readonly user: UserId;
  readonly after?: NameKey;
  readonly most: number;
}
export interface BlocksListed {
  readonly ok: true;
  readonly names: readonly string[];
  readonly more: boolean;
}
