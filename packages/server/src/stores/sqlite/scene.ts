// What the verdict on an act asks of this store.

import type {
  Append,
  ConversationId,
  HistorySetting,
  HouseRules,
  NameKey,
  Seq,
  UserId,
  WallMillis,
} from "chat-hub";
import type { Scene, Target, Whom } from "../verdict.js";
import { looksAfter } from "../voice.js";
import type { SqliteMessages } from "./kept-messages.js";
import type { SqliteMembers } from "./members.js";
import type { SqlitePeople } from "./people.js";
import type { SqliteProfiles } from "./profiles.js";
import type { SqliteReactions } from "./reactions.js";
import type { SqliteRecords } from "./records.js";
import type { Spot } from "./spots.js";

/** Where the scene looks. */
export interface Sources {
  readonly people: SqlitePeople;
  readonly members: SqliteMembers;
  readonly messages: SqliteMessages;
  readonly reactions: SqliteReactions;
  readonly profiles: SqliteProfiles;
  readonly records: SqliteRecords;
  readonly everyoneHistory: HistorySetting;
}

export class SqliteScene implements Scene {
  readonly #author: UserId;
  readonly #call: Append;
  readonly at: WallMillis;
  readonly place: Spot["place"];
  readonly room?: NonNullable<Scene["room"]>;
  readonly #spot: Spot;
  readonly #sources: Sources;

  constructor(call: Append, spot: Spot, sources: Sources) {
    this.#author = call.author;
    this.#call = call;
    this.at = call.at;
    this.place = spot.place;
    if (spot.room !== undefined) this.room = spot.room;
    this.#spot = spot;
    this.#sources = sources;
  }

  get author(): Scene["author"] {
    const user = this.#author;
    const kept = this.#sources.people.known(user).token !== null;
    return { user, kept, admin: looksAfter(this.rules, this.#call) };
  }

  get rules(): HouseRules {
    return this.#sources.records.rules;
  }

  get conversation(): ConversationId | undefined {
    return this.#spot.log?.conversation;
  }

  get blocked(): boolean {
    const { peer } = this.#spot;
    if (peer === undefined) return false;
    const { profiles } = this.#sources;
    const user = this.#author;
    return profiles.blocked(user).has(peer.user) || profiles.blocked(peer.user).has(user);
  }

  target(seq: Seq): Target | undefined {
    const { log, room, place } = this.#spot;
    if (log === undefined) return undefined;
    const { members, messages, reactions, everyoneHistory } = this.#sources;
    const { conversation } = log;
    const history = place.kind === "everyone" ? everyoneHistory : room?.history;
    if (history === "since_join") {
      if (seq < (members.find(this.#author, conversation)?.seesFrom ?? 0)) return undefined;
    }
    const row = messages.find(conversation, seq);
    if (row === undefined) return undefined;
    const pinned = reactions.isPinned(conversation, seq);
    return { author: row.author, message: row.message, deleted: row.deleted !== null, pinned };
  }

  reactions(target: Seq, emoji: string): ReturnType<Scene["reactions"]> {
    const { log } = this.#spot;
    if (log === undefined) return { kinds: 0, given: false, mine: false };
    return this.#sources.reactions.of(log.conversation, target, emoji, this.#author);
  }

  pins(): number {
    return this.#spot.log === undefined ? 0 : this.#sources.reactions.pins(this.#spot.log.conversation);
  }

  whom(key: NameKey): Whom | undefined {
    const { people, members } = this.#sources;
    const holder = people.holder(key);
    if (holder === undefined) return undefined;
    const { log } = this.#spot;
    const standing =
      log === undefined ? "stranger" : members.standing(holder.user, log.conversation, this.at);
    return { user: holder.user, name: holder.name, kept: holder.token !== null, standing };
  }

  invited(): number {
    return this.#count("invited");
  }

  owners(): number {
    return this.#count("owner");
  }

  roomsOfAuthor(): number {
    return this.#sources.members.roomsOf(this.#author).length;
  }

  spoke(): WallMillis {
    const { log } = this.#spot;
    const member = log && this.#sources.members.find(this.#author, log.conversation);
    return member?.spoke ?? (0 as WallMillis);
  }

  nameOf(user: UserId): string {
    return this.#sources.people.known(user).name;
  }

  #count(standing: "invited" | "owner"): number {
    return this.#spot.log === undefined
      ? 0
      : this.#sources.members.count(this.#spot.log.conversation, standing);
  }
}
