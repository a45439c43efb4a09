// What a user may see in memory: which logs, and whose they are as they see them.

import type {
  Address,
  AppendRefusal,
  ConversationId,
  Facts,
  HistorySetting,
  Look,
  Place,
  Seq,
  WallMillis,
} from "chat-hub";
import { refusalOf } from "chat-hub";
import type { Conversations } from "./conversations.js";
import type { Log } from "./log.js";
import type { Cursors, People, User } from "./people.js";
import type { Room } from "./room.js";

export type Unreadable = Extract<
  AppendRefusal,
  "unknown_conversation" | "not_member" | "banned" | "forbidden"
>;

export class Visible {
  readonly people: People;
  readonly conversations: Conversations;
  readonly #everyoneHistory: HistorySetting;

  constructor(people: People, conversations: Conversations, everyoneHistory: HistorySetting) {
    this.people = people;
    this.conversations = conversations;
    this.#everyoneHistory = everyoneHistory;
  }

  /** The conversation, if it is there and `viewer` may see so much of it; else why not. */
  find(viewer: User, of: Address | ConversationId, look: Look = "read"): Log | Unreadable {
    const log = this.meant(viewer, of);
    if (log === undefined) return "unknown_conversation";
    const facts = { place: placeFacts(log, viewer), kept: viewer.token !== undefined };
    return (refusalOf(look, viewer.id, facts) as Unreadable | undefined) ?? log;
  }

  /** The conversation that `viewer` means, whether they may see it or not. */
  meant(viewer: User, of: Address | ConversationId): Log | undefined {
    if (typeof of === "number") {
      const log = this.conversations.get(of);
      return log?.sides === undefined || viewer.cursors.has(log) ? log : undefined;
    }
    if (of.kind === "everyone") return this.conversations.everyone;
    if (of.kind === "room") return this.conversations.room(of.key);
    const peer = this.people.named(of);
    return peer && viewer.privates.get(peer);
  }

  /** The oldest seq that is kept and that they may see; head + 1 if there is none. */
  first(log: Log, cursors: Cursors): Seq {
    return Math.max(log.first, this.begins(log, cursors)) as Seq;
  }

  /** Where it begins for them, whatever is still kept. */
  begins(log: Log, cursors: Cursors): Seq {
    return this.isSinceJoin(log) ? cursors.from : ((log.base + 1) as Seq);
  }

  /** Whether people see of it only what was written since they joined. */
  isSinceJoin({ sides, room }: Log): boolean {
    return sides === undefined && (room?.history ?? this.#everyoneHistory) === "since_join";
  }

  place(viewer: User, log: Log): Place {
    if (log.room !== undefined) return roomPlace(log, log.room);
    const peer = log.peerOf(viewer);
    if (peer === undefined) return { conversation: log.id };
    return { conversation: log.id, peer: this.people.peer(peer) };
  }
}

export function roomPlace({ id }: Log, { key, name }: Room): Place {
  return { conversation: id, room: { key, name } };
}

export function placeFacts({ room, sides }: Log, user: User, at?: WallMillis): Facts["place"] {
  if (sides !== undefined) return { kind: "private" };
  if (room === undefined) return { kind: "everyone" };
  const { visibility, archived } = room;
  return { kind: "room", visibility, archived, standing: room.standing(user, at) };
}
