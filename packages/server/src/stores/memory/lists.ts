// Rooms, people, reactions and choices, as a user may see them in memory.

import type {
  Choose,
  HouseRules,
  ListBlocks,
  ListMembers,
  ListReactions,
  ListRooms,
  Member,
  NameKey,
  Seq,
  StoreCalls,
  StoreLimits,
  WallMillis,
  Whois,
} from "chat-hub";
import { isRole } from "chat-hub";
import { compareKeys } from "../key-order.js";
import { toldOf } from "../told.js";
import { statusRefusal } from "../voice.js";
import { factsOf } from "./conversations.js";
import type { Log } from "./log.js";
import type { User } from "./people.js";
import { areApart, block } from "./people.js";
import type { Room } from "./room.js";
import type { Visible } from "./visible.js";

export class MemoryLists {
  readonly #visible: Visible;
  readonly #rules: HouseRules;
  readonly #limits: StoreLimits;

  constructor(visible: Visible, rules: HouseRules, limits: StoreLimits) {
    this.#visible = visible;
    this.#rules = rules;
    this.#limits = limits;
  }

  rooms({ viewer: id, after, most }: ListRooms): StoreCalls["rooms"]["answer"] {
    const { people, conversations } = this.#visible;
    const viewer = people.known(id);
    const rooms = [];
    for (const key of startingAfter(conversations.roomKeys, after, (each) => each)) {
      const log = conversations.room(key) as Log;
      const room = log.room as Room;
      const standing = room.standing(viewer);
      const isOwn = standing === "invited" || isRole(standing);
      if (isOwn || room.visibility === "public") rooms.push({ ...factsOf(log, room), standing });
      if (rooms.length > most) break;
    }
    return { ok: true, rooms: rooms.slice(0, most), more: rooms.length > most };
  }

  members(call: ListMembers): StoreCalls["members"]["answer"] {
    const viewer = this.#visible.people.known(call.viewer);
    const look = call.which === "members" ? "members" : "outsiders";
    const log = this.#visible.find(viewer, call.of, look);
    if (typeof log === "string") return { ok: false, code: log };
    const users = log.room === undefined ? sidesOf(log) : log.room.list(call.which).map(({ user }) => user);
    const rest = startingAfter(users, call.after, ({ held }) => held.key);
    return {
      ok: true,
      ...this.#visible.place(viewer, log),
      members: rest.slice(0, call.most).map((user) => memberOf(log, user, viewer)),
      count: log.room?.members ?? users.length,
      more: rest.length > call.most,
    };
  }

  reactions(call: ListReactions): StoreCalls["reactions"]["answer"] {
    const viewer = this.#visible.people.known(call.viewer);
    const log = this.#visible.find(viewer, call.of);
    if (typeof log === "string") return { ok: false, code: log };
    const cursors = viewer.cursors.get(log);
    const isSeen = cursors !== undefined && call.target >= this.#visible.first(log, cursors);
    if (!isSeen || log.message(call.target) === undefined) return { ok: false, code: "unknown_message" };
    const all = [...(log.done(call.target)?.reactions.values() ?? [])];
    const until = call.skip + call.most;
    const reactions = all.slice(call.skip, until);
    return { ok: true, ...this.#visible.place(viewer, log), reactions, more: all.length > until };
  }

  whois({ viewer, key }: Whois): StoreCalls["whois"]["answer"] {
    const found = this.#visible.people.newest(key);
    if (found === undefined) return { ok: false, code: "unknown_user" };
    const { id: user, name, token, account, status, text } = found;
    const isApart = viewer !== undefined && areApart(found, this.#visible.people.known(viewer));
    const seen = isApart ? (0 as WallMillis) : found.seen;
    const whose = account === undefined ? {} : { account };
    return { ok: true, user, name, kept: token !== undefined, ...whose, status, text, seen };
  }

  blocks({ user, after, most }: ListBlocks): StoreCalls["blocks"]["answer"] {
    const blocked = [...this.#visible.people.known(user).blocked];
    blocked.sort((one, other) => compareKeys(one.held.key, other.held.key));
    const rest = startingAfter(blocked, after, ({ held }) => held.key);
    const names = rest.slice(0, most).map(({ name }) => name);
    return { ok: true, names, more: rest.length > most };
  }

  choose(call: Choose): StoreCalls["choose"]["answer"] {
    const { user: id, what, at } = call;
    const user = this.#visible.people.known(id);
    switch (what.kind) {
      case "block":
        return this.#block(user, what.who, what.on);
      case "mute": {
        const log = this.#visible.find(user, what.of);
        if (typeof log === "string") return { ok: false, code: log };
        const cursors = user.cursors.get(log);
        if (cursors !== undefined) cursors.muted = what.on;
        return { ok: true, place: this.#visible.place(user, log) };
      }
      case "status": {
        const refused = statusRefusal(this.#rules, call, what.text, user.text);
        if (refused !== undefined) return refused;
        if (what.status === "invisible" && user.status !== "invisible")
          user.seen = Math.max(user.seen, at) as WallMillis;
        user.status = what.status;
        user.text = what.text;
        return { ok: true };
      }
      case "reading":
        user.reading = what.reading;
        return { ok: true };
    }
  }

  #block(user: User, key: NameKey, on: boolean): StoreCalls["choose"]["answer"] {
    const { people } = this.#visible;
    const who = people.newest(key);
    if (who === undefined) return { ok: false, code: "unknown_user" };
    if (on && (user.token === undefined || who.token === undefined))
      return { ok: false, code: "token_needed" };
    if (on && !user.blocked.has(who) && user.blocked.size >= this.#limits.blocks)
      return { ok: false, code: "limit_reached" };
    block(user, who, on);
    return { ok: true, peer: people.peer(who) };
  }
}

function sidesOf({ sides }: Log): readonly User[] {
  if (sides === undefined) return [];
  const [one, other] = sides;
  if (one === other) return [one];
  return compareKeys(one.held.key, other.held.key) <= 0 ? [one, other] : [other, one];
}

function memberOf(log: Log, user: User, viewer: User): Member {
  const { delivered = 0 as Seq, read = 0 as Seq } = user.cursors.get(log) ?? {};
  const { id, name, held, reading, status, seen } = user;
  const standing = log.room === undefined ? "member" : log.room.standing(user);
  const relation = user === viewer ? "oneself" : areApart(user, viewer) ? "apart" : "another";
  const upTo = (at: WallMillis) => (log.from((at + 1) as WallMillis) - 1) as Seq;
  const got = { delivered, read, reading, status, seen, isIn: isRole(standing) };
  return { user: id, key: held.key, name, standing, ...toldOf(got, relation, upTo) };
}

/** Those whose key comes after one, of a list by key. */
function startingAfter<Item>(
  list: readonly Item[],
  after: NameKey | undefined,
  keyOf: (item: Item) => NameKey,
): readonly Item[] {
  if (after === undefined) return list;
  const first = list.findIndex((item) => compareKeys(keyOf(item), after) > 0);
  return first < 0 ? [] : list.slice(first);
}
