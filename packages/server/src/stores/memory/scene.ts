// What the memory store tells when it is decided whether something may be done.

import type { Append, ConversationId, Facts, HouseRules, NameKey, Seq, UserId, WallMillis } from "chat-hub";
import { isRole } from "chat-hub";
import type { Scene, Target, Whom } from "../verdict.js";
import { looksAfter } from "../voice.js";
import type { Log } from "./log.js";
import type { User } from "./people.js";
import { areApart } from "./people.js";
import type { Room } from "./room.js";
import type { Visible } from "./visible.js";
import { placeFacts } from "./visible.js";

export class MemoryScene implements Scene {
  readonly author: Scene["author"];
  readonly place: Facts["place"];
  readonly blocked: boolean;
  readonly room: Room | undefined;
  readonly rules: HouseRules;
  readonly at: WallMillis;
  readonly conversation: ConversationId | undefined;
  readonly #visible: Visible;
  readonly #user: User;
  readonly #log: Log | undefined;

  /** Without a `log` there is nothing yet: neither a room nor anything said to `peer`. */
  constructor(
    visible: Visible,
    rules: HouseRules,
    call: Append,
    user: User,
    log: Log | undefined,
    peer: User | undefined,
  ) {
    const { act, at } = call;
    this.#visible = visible;
    this.#user = user;
    this.#log = log;
    this.author = { user: user.id, kept: user.token !== undefined, admin: looksAfter(rules, call) };
    this.rules = rules;
    this.at = at;
    this.conversation = log?.id;
    this.place = log === undefined ? newPlace(act, peer) : placeFacts(log, user, at);
    this.blocked = peer !== undefined && areApart(user, peer);
    this.room = log?.room;
  }

  target(seq: Seq): Target | undefined {
    const cursors = this.#log && this.#user.cursors.get(this.#log);
    if (this.#log === undefined || cursors === undefined) return undefined;
    if (seq < this.#visible.first(this.#log, cursors)) return undefined;
    const message = this.#log.message(seq);
    if (message === undefined) return undefined;
    const { author, message: text, deleted = false } = message;
    return { author, message: text, deleted, pinned: this.#log.pins.has(seq) };
  }

  reactions(target: Seq, emoji: string) {
    const kinds = this.#log?.done(target)?.kinds;
    const givers = kinds?.get(emoji);
    return {
      kinds: kinds?.size ?? 0,
      given: givers !== undefined,
      mine: givers?.has(this.#user.id) ?? false,
    };
  }

  pins(): number {
    return this.#log?.pins.length ?? 0;
  }

  whom(key: NameKey): Whom | undefined {
    const user = this.#visible.people.newest(key);
    if (user === undefined) return undefined;
    const standing = this.room?.standing(user, this.at) ?? "stranger";
    return { user: user.id, name: user.name, kept: user.token !== undefined, standing };
  }

  invited(): number {
    return this.room?.invited ?? 0;
  }

  owners(): number {
    return this.room?.owners ?? 0;
  }

  roomsOfAuthor(): number {
    let count = 0;
    for (const { room } of this.#user.rooms) if (room && isRole(room.standing(this.#user))) count += 1;
    return count;
  }

  spoke(): WallMillis {
    return (this.#log && this.#user.spoke?.get(this.#log)) ?? (0 as WallMillis);
  }

  nameOf(user: UserId): string {
    return this.#visible.people.get(user)?.name ?? "";
  }
}

/** What is about to begin: nobody stands to it in any way. */
function newPlace(act: Append["act"], peer: User | undefined): Facts["place"] {
  if (peer !== undefined || act.type !== "create") return { kind: "private" };
  return { kind: "room", visibility: act.visibility, archived: false, standing: "stranger" };
}
