// From what somebody wants to what they are let in by: a wish that can be read, a login that the store decides,
// and the pass that a gate gave.

import type { CommandId } from "../dialects/frames.js";
import type { NameKey, WallMillis } from "../words/ids.js";
import type { Name } from "../words/names.js";
import type { Since } from "../words/since.js";

/** What somebody wants that can be read; their name may be left to the proof. */
export interface Wish {
  readonly id: CommandId | undefined;
  readonly name: Name | undefined;
  readonly since: Since | undefined;
  readonly epoch: string | undefined;
  readonly receipts: boolean;
  /** Rooms to join on the way in. */
  readonly rooms: readonly NameKey[];
}

/** A login of a name, which the store decides. */
export interface Login extends Wish {
  readonly name: Name;
  readonly pass: Pass | undefined;
  /** What `welcome` gives in exchange for a password. */
  readonly exchanged: string | undefined;
  /** The name was said, and another was proved: it counts only if it is the account's own. */
  readonly isUnproved?: true;
}

/** By what a gate has let somebody in. */
export interface Pass {
  readonly account: string;
  /** Which login of the account it is; it may be several connections'. */
  readonly login: string;
  readonly admin: boolean;
  readonly until: WallMillis | undefined;
}
