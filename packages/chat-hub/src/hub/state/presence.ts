// What a hub knows of who is here, and of what was told of it.

import type { Told } from "../../dialects/dialect.js";
import type { UserRow } from "../../dialects/frames/people.js";
import type { NameKey } from "../../words/ids.js";
import type { Connection } from "./connection.js";
import type { User } from "./user.js";

/** How somebody was told of last, until what has changed since is told. */
export interface PresenceChange {
  readonly user: User;
  readonly told: UserRow;
  /** Somebody was given a list meanwhile: what it had is corrected, also if nothing has changed in the end. */
  isListed: boolean;
}

export interface Presence {
  /** Everyone who counts as here, also for the grace after a loss; nobody who is invisible. */
  readonly here: Map<NameKey, User>;
  /** Whose change was not announced yet, and what was told of them before it, by username. */
  readonly changed: Map<string, PresenceChange>;
  /** Some have come or gone whose names were not told. */
  untold: boolean;
  /** Grows with every change; `announced` is what it was when changes were announced last. */
  version: number;
  announced: number;
  /** What a crowd is being told. */
  rounds: Rounds | undefined;
  /** The keys of `here` in order, for as long as nobody comes or goes. */
  sorted: readonly NameKey[] | undefined;
}

/** A frame of news, and whom they are of: not everybody may see of everybody. */
export interface Saying {
  readonly of: readonly User[];
  seenBy(viewer?: User): Told<"presence">;
}

/** News that are told to so many connections at a time. */
export interface Rounds {
  readonly sayings: readonly Saying[];
  readonly to: readonly Connection[];
  /** How many of them have had their turn. */
  told: number;
  /** The version of presence that they are about. */
  readonly version: number;
}
