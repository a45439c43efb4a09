// Where an act is done: the conversation that its address means to its author.

import type { Append, AppendRefusal, Facts, Peer, Place, UserId, WallMillis } from "chat-hub";
import { everyone } from "chat-hub";
import type { Log, SqliteLedger } from "./ledger.js";
import type { SqliteMembers } from "./members.js";
import type { SqlitePeople } from "./people.js";
import type { Room, SqliteRooms } from "./rooms.js";

export interface Spot {
  readonly place: Facts["place"];
  /** Absent for what does not exist yet. */
  readonly log?: Log | undefined;
  readonly peer?: Peer | undefined;
  readonly room?: Room | undefined;
}

const inEveryone = { kind: "everyone" } as const;
const inPrivate = { kind: "private" } as const;

export class SqliteSpots {
  readonly #people: SqlitePeople;
  readonly #ledger: SqliteLedger;
  readonly #rooms: SqliteRooms;
  readonly #members: SqliteMembers;

  constructor(people: SqlitePeople, ledger: SqliteLedger, rooms: SqliteRooms, members: SqliteMembers) {
    this.#people = people;
    this.#ledger = ledger;
    this.#rooms = rooms;
    this.#members = members;
  }

  everyone(): Log {
    return this.#ledger.everyone();
  }

  /** Where `call` goes, or why it goes nowhere. */
  find({ author, to, act, at }: Append): Spot | AppendRefusal {
    switch (to.kind) {
      case "everyone":
        return { place: inEveryone, log: this.#ledger.everyone() };
      case "private": {
        // Only what is said needs somebody to hear it: what was said before is still one's own.
        const isSaid = act.type === "message";
        const peer = isSaid ? this.#people.reachable(to) : (this.#people.named(to) ?? "unknown_user");
        if (typeof peer === "string") return peer;
        return { place: inPrivate, peer, log: this.#ledger.between(author, peer.user) };
      }
      case "room": {
        const room = this.#rooms.find(to.key);
        if (room !== undefined) return this.#inRoom(author, room, at);
        if (act.type !== "create") return "unknown_conversation";
        const { visibility } = act;
        return { place: { kind: "room", visibility, archived: false, standing: "stranger" } };
      }
    }
  }

  #inRoom(author: UserId, room: Room, at: WallMillis): Spot {
    const { visibility, archived, log } = room;
    const standing = this.#members.standing(author, log.conversation, at);
    return { place: { kind: "room", visibility, archived, standing }, room, log };
  }
}

/** How a spot is told to whoever acts in it. */
export function placeOfSpot({ log, peer, room }: Spot): Place {
  const conversation = log?.conversation ?? everyone;
  if (peer !== undefined) return { conversation, peer };
  return room === undefined ? { conversation } : { conversation, room: { key: room.key, name: room.name } };
}
