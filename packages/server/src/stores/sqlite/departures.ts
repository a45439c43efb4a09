// How people leave rooms, by themselves or because they lost their name, and who owns a room then.

import type { ConnectionId, Entry, Left, RoomStanding, Seq, UserId, WallMillis } from "chat-hub";
import type { Saying } from "../consequences.js";
import { heirOf } from "../consequences.js";
import { kindCode } from "./entry.js";
import type { Line, Log, SqliteLedger } from "./ledger.js";
import { plain } from "./ledger.js";
import type { SqliteMembers } from "./members.js";
import type { SqlitePeople } from "./people.js";
import type { SqliteProfiles } from "./profiles.js";
import type { Room, SqliteRooms } from "./rooms.js";
import { entryWith } from "./shown.js";

/** Of what no connection did. */
const noConnection = 0 as ConnectionId;

export class SqliteDepartures {
  readonly #people: SqlitePeople;
  readonly #profiles: SqliteProfiles;
  readonly #rooms: SqliteRooms;
  readonly #members: SqliteMembers;
  readonly #ledger: SqliteLedger;

  constructor(
    people: SqlitePeople,
    profiles: SqliteProfiles,
    rooms: SqliteRooms,
    members: SqliteMembers,
    ledger: SqliteLedger,
  ) {
    this.#people = people;
    this.#profiles = profiles;
    this.#rooms = rooms;
    this.#members = members;
    this.#ledger = ledger;
  }

  /** Nothing is left in any room of somebody who loses their name. */
  loseName(user: UserId, at: WallMillis): Left[] {
    const left: Left[] = [];
    const rooms = this.#members.roomsOf(user).map((conversation) => this.#rooms.get(conversation));
    const { key, name } = this.#people.known(user);
    for (const room of rooms) {
      const line = silent(user, at);
      const role = this.#members.standing(user, room.log.conversation);
      this.#members.stand(user, room.log.conversation, key, "former");
      const entries = [this.say(room.log, line, { type: "leave", who: user, username: name, why: "gone" })];
      entries.push(...this.gone(room, line, role));
      const place = { conversation: room.log.conversation, room: { key: room.key, name: room.name } };
      left.push(...entries.map((entry) => ({ place, entry })));
    }
    this.#members.vanish(user);
    this.#profiles.forgetBlocks(user);
    return left;
  }

  /** What follows when somebody is not a member of `room` any more: it may pass to another owner. */
  gone(room: Room, line: Line, role: RoomStanding): Entry[] {
    const { conversation } = room.log;
    room.members -= 1;
    this.#rooms.keep(room);
    if (role !== "owner" || this.#members.count(conversation, "owner") > 0) return [];
    const heir = heirOf(this.#members.people(conversation));
    if (heir === undefined) return [];
    const { user, name } = heir;
    this.#members.stand(user, conversation, this.#people.known(user).key, "owner");
    const passed = { ...line, nonce: null, fingerprint: null };
    return [this.say(room.log, passed, { type: "role", who: user, username: name, role: "owner" })];
  }

  /** Writes an entry that is no message. */
  say(log: Log, line: Line, saying: Saying): Entry {
    const { type, ...about } = saying;
    const { target = null, ...rest } = about as { readonly target?: Seq };
    const detail = Object.keys(rest).length === 0 ? null : JSON.stringify(rest);
    const row = this.#ledger.write(log, line, { ...plain, kind: kindCode(type), target, detail });
    return entryWith(row, this.#people.known(line.author).name, saying);
  }
}

/** Of what nobody said. */
function silent(author: UserId, at: WallMillis): Line {
  return { at, author, origin: noConnection, message: "", replyTo: null, nonce: null, fingerprint: null };
}
