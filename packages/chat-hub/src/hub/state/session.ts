// What a hub knows of a login: what it has heard, and what it still has to be told.

import type { FewMap } from "../../words/few.js";
import type { ConversationId, Millis, NameKey, Seq, WallMillis } from "../../words/ids.js";
import type { Place } from "../../words/log.js";
import type { Since } from "../../words/since.js";
import type { Audience } from "../audience.js";
import type { Pass } from "../pass.js";
import type { User } from "./user.js";

/** A connection of a user. */
export interface Session {
  readonly user: User;
  /** Nothing in open mode. */
  pass: Pass | undefined;
  /** When it was let in. */
  readonly since: Millis;
  readonly receipts: boolean;
  /** It knows where it starts: what is not in `reading` is pushed live from then on. */
  begun: boolean;
  /** Conversations that are still read from the log. */
  readonly reading: FewMap<ConversationId, Reading>;
  /** A page that is being read. */
  page: ConversationId | undefined;
  /** The resume that `since` asked for, until it was told. */
  resume: Resume | undefined;
  /** The presence it knows of, as long as it is not told every change. */
  presenceTold: number | undefined;
  /** What of each audience has been heard. */
  heard: Heard[];
  /** Private entries on their way, not proved to have arrived. */
  readonly unproved: FewMap<ConversationId, Span>;
  /** The last row of the page of `conversations` that it was told last. */
  listed: { readonly name: string; readonly conversation: ConversationId } | undefined;
}

/** A conversation that one connection still has to read: what comes after `after`, up to `head`. */
export interface Reading {
  readonly place: Place;
  after: Seq;
  head: Seq;
  /** `behind` has told of it. */
  told?: true;
  /** The store says that they are not in it any more: the entry that says so is on its way. */
  refused: boolean;
}

/** From where on an audience was heard without a hole, and up to where a ping has asked for proof. */
export interface Heard {
  readonly audience: Audience;
  readonly from: Seq;
  to: Seq;
}

export interface Resume {
  readonly since: Since;
  /** Where its conversations stand is not known yet. */
  locating: boolean;
  /** The cursors of `since` are of another epoch. */
  renumbered: boolean;
  /** Conversations found so far, before they are put in order. */
  readonly found: (Reading & { readonly headAt: WallMillis })[];
  /** Named in `since`, by conversation. */
  readonly named: Set<ConversationId>;
  replayed: number;
  readonly ignored: Pick<Since["cursors"][number], "text" | "of">[];
  /** With whom something was said in private since. */
  readonly spoken: Set<NameKey>;
  readonly reset: string[];
}

/** Consecutive entries: the first and the last. */
export interface Span {
  readonly from: Seq;
  to: Seq;
}
