// Who is in which room, in memory, and what becomes of a room when people go.

import type { Act, ConnectionId, Entry, Left, RoomStanding, Seq, WallMillis } from "chat-hub";
import { isRole } from "chat-hub";
import type { Saying } from "../consequences.js";
import { heirOf, joiningRole, sayingOf, standingAfter, untilOf } from "../consequences.js";
import type { Conversations } from "./conversations.js";
import { enter } from "./conversations.js";
import type { Log } from "./log.js";
import type { User } from "./people.js";
import type { Room } from "./room.js";
import { roomPlace } from "./visible.js";

/** Who does something, and when they asked for it. */
export interface Doing {
  readonly author: User;
  readonly origin: ConnectionId;
  readonly at: WallMillis;
  readonly nonce?: string;
}

/** The entry of an act, and the one that followed from it. */
export interface Carried {
  readonly entry: Entry;
  readonly followed?: Entry | undefined;
}

type RoomAct = Exclude<Act, { type: "message" | "edit" | "deletion" | "reaction" | "pin" }>;

/** What nobody's connection has sent. */
const noConnection = 0 as ConnectionId;

export class Rooms {
  readonly #conversations: Conversations;

  constructor(conversations: Conversations) {
    this.#conversations = conversations;
  }

  /** The next entry of a log, written. */
  write(log: Log, { author, origin, at, nonce }: Doing, saying: Saying): Entry {
    const entry = {
      seq: (log.head + 1) as Seq,
      at: Math.max(at, log.headAt) as WallMillis,
      author: author.id,
      from: author.name,
      origin,
      ...(nonce === undefined ? {} : { nonce }),
      ...saying,
    } as Entry;
    this.#conversations.write(log, entry);
    return entry;
  }

  /** From the newest entry on, `user` stands so to the room. */
  tie(log: Log, user: User, standing: RoomStanding, until?: WallMillis): void {
    const room = log.room as Room;
    const wasIn = isRole(room.standing(user));
    room.set(user, standing, log.head, until);
    if (standing === "stranger") user.rooms.delete(log);
    else user.rooms.add(log);
    if (!wasIn && isRole(standing)) enter(user, log, log.head, log.head);
    if (wasIn && !isRole(standing)) user.cursors.delete(log);
    this.#conversations.peopled(log);
  }

  /** Does something to a room, or in it to `whom`. */
  change(log: Log, doing: Doing, act: RoomAct, whom: User = doing.author): Carried {
    const room = log.room as Room;
    const isKept = doing.author.token !== undefined;
    const role = act.type === "create" || act.type === "join" ? joiningRole(act, room, isKept) : "member";
    if (act.type === "topic") room.topic = act.topic;
    if (act.type === "history") room.history = act.history;
    if (act.type === "archive") room.archived = act.on;
    if (act.type === "slow") room.slowMode = act.seconds;
    if (act.type === "retention") {
      room.keepSeconds = act.seconds;
      this.#conversations.keepsFor(log, act.seconds);
    }
    const until = untilOf({ act, at: doing.at });
    const entry = this.write(log, doing, sayingOf(act, { user: whom.id, name: whom.name }, role, until));
    const before = room.standing(whom);
    const after = standingAfter(act, role);
    if (after !== undefined) this.tie(log, whom, after, act.type === "ban" ? until : undefined);
    const leaves = before === "owner" && act.type === "leave";
    return { entry, followed: leaves ? this.succeed(log, doing) : undefined };
  }

  /** A room whose owner has just left gets another, if it has none. */
  succeed(log: Log, doing: Doing): Entry | undefined {
    const room = log.room as Room;
    if (room.owners > 0) return undefined;
    const heir = heirOf(heirs(room));
    if (heir === undefined) return undefined;
    const { user } = heir;
    const saying = { type: "role", who: user.id, username: user.name, role: "owner" } as const;
    const { nonce: _, ...following } = doing;
    const entry = this.write(log, following, saying);
    this.tie(log, user, "owner");
    return entry;
  }

  /** Somebody has lost their name: they leave their rooms, and no room knows of them any more. */
  lose(author: User, at: WallMillis): Left[] {
    const left: Left[] = [];
    for (const log of [...author.rooms].sort((one, other) => one.id - other.id)) {
      const room = log.room as Room;
      const standing = room.standing(author);
      if (!isRole(standing)) {
        this.tie(log, author, "stranger");
        continue;
      }
      const doing = { author, origin: noConnection, at };
      const saying = { type: "leave", who: author.id, username: author.name, why: "gone" } as const;
      const place = roomPlace(log, room);
      left.push({ place, entry: this.write(log, doing, saying) });
      this.tie(log, author, "stranger");
      const followed = standing === "owner" ? this.succeed(log, doing) : undefined;
      if (followed !== undefined) left.push({ place, entry: followed });
    }
    return left;
  }
}

function* heirs(room: Room) {
  for (const { user, standing, joined } of room.list("members")) {
    if (isRole(standing)) yield { user, role: standing, joined, kept: user.token !== undefined };
  }
}
