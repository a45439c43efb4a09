// What a hub knows of somebody who is here.

import type { Profile } from "../../ports/people.js";
import type { FewMap, FewSet } from "../../words/few.js";
import type { ConversationId, Millis, UserId, WallMillis } from "../../words/ids.js";
import type { Name } from "../../words/names.js";
import type { Role } from "../../words/rooms.js";
import type { Audience } from "../audience.js";
import type { Looks } from "../choices.js";
import type { ToldCursor } from "../receipts.js";
import type { Connection } from "./connection.js";

/** What a user has chosen, but for their blocks, which change one at a time. */
export type Chosen = Omit<Profile, "blocked">;

/** Somebody who is here, or is being decided about. */
export interface User {
  readonly id: UserId;
  readonly name: Name;
  readonly kept: boolean;
  /** How they want to be seen. */
  profile: Chosen;
  /** How they want to look, while the store is told. */
  wantsLooks: Looks | undefined;
  /** Whom they have blocked. */
  readonly blocked: FewSet<UserId>;
  /** When others saw them last, for as long as they don't. */
  seen: WallMillis | undefined;
  /** They have said `delivered` or `read`. */
  saysCursors: boolean;
  readonly told: FewMap<ConversationId, ToldCursor>;
  /** The rooms they are a member of. */
  readonly rooms: FewMap<ConversationId, Audience>;
  /** What they are there. */
  readonly roles: FewMap<ConversationId, Role>;
  connections: readonly Connection[];
  /** When their rate of messages is full again. */
  messagesFullAt: Millis;
}
