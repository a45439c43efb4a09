// A store as small as its contract allows: what the hub's tests read the truth from. Acts are judged
// by the same table as in every store; what follows from them is told here in the plainest way.

import type {
  Address,
  Append,
  Browse,
  Choose,
  Identify,
  ListBlocks,
  ListMembers,
  ListReactions,
  ListRooms,
  Move,
  Page,
  Profile,
  Read,
  Search,
  Selection,
  StoreAnswer,
  StoreCall,
  Whois,
} from "../src/index.js";
import { everyone, skeleton, unreachable } from "../src/index.js";
import type { Facts } from "../src/rules/rights.js";
import { refusalOf } from "../src/rules/rights.js";
import type { RefusalCode } from "../src/tables/refusals.js";
import type { ConversationId, NameKey, Seq, UserId, WallMillis } from "../src/words/ids.js";
import type { Entry, MessageEntry, Place, RoomFacts, Standing } from "../src/words/log.js";
import type { RoomStanding } from "../src/words/rooms.js";
import { isRole } from "../src/words/rooms.js";
import { browse, reactions, search } from "./model-pages.js";
import { ModelRecords } from "./model-records.js";

interface Holder {
  readonly id: UserId;
  readonly key: NameKey;
  readonly name: string;
  /** The skeleton of the name. */
  readonly looks: string;
  readonly token: string | undefined;
  here: boolean;
  seen: WallMillis;
  profile: Profile;
}

export interface Log {
  readonly id: ConversationId;
  /** Whose it is; everyone's has no sides. */
  readonly sides: readonly [UserId, UserId] | undefined;
  readonly room: Room | undefined;
  readonly entries: Entry[];
}

interface Room {
  facts: RoomFacts;
  readonly standings: Map<UserId, RoomStanding>;
  readonly joined: Map<UserId, Seq>;
}

type Written = Pick<Entry, "seq" | "at" | "author" | "from" | "origin"> & { readonly nonce?: string };

export class ModelStore {
  /** What it answers to everything while it can't store or read. */
  refusal: "unavailable" | "storage_full" | undefined;
  /** How many entries of each log are not kept any more. */
  forgotten = 0;
  /** Whether everyone begins for each user where they first came. */
  everyoneSinceJoin = false;
  readonly logs: Log[] = [{ id: everyone, sides: undefined, room: undefined, entries: [] }];
  readonly records = new ModelRecords();
  readonly #holders: Holder[] = [];
  readonly #byKey = new Map<NameKey, Holder>();
  readonly #cursors = new Map<string, { delivered: number; read: number }>();
  readonly #came = new Map<UserId, Seq>();
  readonly #muted = new Set<string>();
  readonly #nonces = new Map<string, { log: Log; entry: Entry }>();

  carryOut(call: StoreCall): StoreAnswer {
    if (this.refusal !== undefined) return { ok: false, code: this.refusal };
    switch (call.type) {
      case "identify":
        return this.#identify(call);
      case "release":
        return this.#release(call.user, call.seen);
      case "append":
        return this.#append(call);
      case "read":
        return this.#read(call);
      case "stand":
        return this.#stand(call.user, call.select);
      case "advance":
        for (const move of call.moves) this.#advance(move);
        return { ok: true };
      case "choose":
        return this.#choose(call);
      case "members":
        return this.#members(call);
      case "whois":
        return this.#whois(call);
      case "browse":
      case "reactions":
        return this.#look(call);
      case "search":
        return this.#search(call);
      case "rooms":
        return this.#rooms(call);
      case "blocks":
        return this.#blocks(call);
      case "keep":
      case "recall":
      case "records":
      case "audit":
        return this.records.carryOut(call);
      default:
        return unreachable(call);
    }
  }

  /** How far the holder of a name has got in their conversation with `peer`, or in everyone. */
  cursor(key: string, peer?: string): { delivered: number; read: number } {
    const user = this.#newest(key as NameKey) as Holder;
    const log = peer === undefined ? this.logs[0] : this.#private(user.id, this.#newest(peer as NameKey)?.id);
    return { ...this.#cursorOf(user.id, (log as Log).id) };
  }

  #identify({ key, name, token: secret, account, heldOnly }: Identify): StoreAnswer {
    // No token has a space in it: an account is as good as one, and stronger than any.
    const token = account === undefined ? secret : `account ${account}`;
    const known = account === undefined ? undefined : this.#holders.find((each) => each.token === token);
    if (known !== undefined && known.key !== key)
      return { ok: true, knownAs: { key: known.key, name: known.name } };
    const holder = this.#newest(key);
    if (holder !== undefined && token !== undefined && holder.token === token) {
      holder.here = true;
      return this.#identified(holder, false);
    }
    const givesWay = account !== undefined && holder?.token?.startsWith("account ") !== true;
    if (holder !== undefined && (holder.here || (holder.token !== undefined && !givesWay)))
      return { ok: false, code: "name_taken" };
    if (heldOnly) return { ok: false, code: "bad_name" };
    const looks = skeleton(name);
    const alike = this.#alike(key, looks);
    if (alike !== undefined) return { ok: false, code: "looks_alike", name: alike.name };
    const id = (this.#holders.length + 1) as UserId;
    const profile: Profile = { status: "online", text: "", reading: "shared", blocked: [] };
    const fresh: Holder = { id, key, name, looks, token, here: true, seen: 0 as WallMillis, profile };
    this.#holders.push(fresh);
    this.#byKey.set(key, fresh);
    const head = this.logs[0]?.entries.length ?? 0;
    this.#cursors.set(`${id}:${everyone}`, { delivered: head, read: head });
    this.#came.set(id, (head + 1) as Seq);
    return this.#identified(fresh, true);
  }

  /** Somebody who holds another name that looks so. */
  #alike(key: NameKey, looks: string): Holder | undefined {
    return this.#holders.find(
      (each) => each.looks === looks && each.key !== key && (each.here || each.token !== undefined),
    );
  }

  #identified({ id, name, token, profile }: Holder, fresh: boolean): StoreAnswer {
    const rooms = this.logs.flatMap(({ room, entries }) => {
      const standing = room?.standings.get(id) ?? "stranger";
      return room !== undefined && isRole(standing)
        ? [
            {
              facts: room.facts,
              role: standing,
              from: room.joined.get(id) as Seq,
              head: entries.length as Seq,
            },
          ]
        : [];
    });
    const kept = token !== undefined;
    const everyoneFrom = this.#begins(id, this.logs[0] as Log);
    return { ok: true, user: id, name, kept, fresh, rooms, everyoneFrom, profile, left: [] };
  }

  #release(user: UserId, seen: WallMillis | undefined): StoreAnswer {
    const holder = this.#holder(user);
    holder.here = false;
    if (seen !== undefined) holder.seen = seen;
    return { ok: true, left: [] };
  }

  #append(call: Append): StoreAnswer {
    const first = call.nonce === undefined ? undefined : this.#nonces.get(`${call.author}:${call.nonce}`);
    if (first !== undefined) {
      const { seq, at } = first.entry;
      return { ok: true, ...this.#place(call.author, first.log), seq, at, duplicate: true };
    }
    const log = call.act.type === "create" ? this.#begin(call) : this.#find(call.author, call.to, true);
    if (log === undefined)
      return { ok: false, code: call.to.kind === "private" ? "unknown_user" : "unknown_conversation" };
    const refused = refusalOf(call.act.type, call.author, this.#factsOf(call, log));
    if (refused !== undefined) return { ok: false, code: refused as "forbidden" };
    const { author, origin, at, nonce } = call;
    const from = this.#holder(author).name;
    const seq = (log.entries.length + 1) as Seq;
    const written = { seq, at, author, from, origin, ...(nonce === undefined ? {} : { nonce }) };
    const place = this.#place(author, log);
    const entry = this.#entryOf(call, written, log);
    if (entry === undefined)
      return { ok: true, ...place, seq: (seq - 1) as Seq, at, duplicate: false, unchanged: true };
    log.entries.push(entry);
    if (nonce !== undefined) this.#nonces.set(`${author}:${nonce}`, { log, entry });
    const facts = log.room === undefined ? {} : { facts: log.room.facts };
    return { ok: true, ...place, seq, at, duplicate: false, entry, ...facts };
  }

  #begin({ author, to, act }: Append): Log | undefined {
    if (act.type !== "create" || to.kind !== "room" || this.#find(author, to, false)) return undefined;
    const { name, visibility, history, topic } = act;
    const id = (this.logs.length + 1) as ConversationId;
    const facts = {
      conversation: id,
      key: to.key,
      name,
      visibility,
      history,
      topic,
      archived: false,
      members: 0,
    };
    const log = {
      id,
      sides: undefined,
      room: { facts, standings: new Map(), joined: new Map() },
      entries: [],
    };
    this.logs.push(log);
    return log;
  }

  #factsOf({ author, act, admin, at }: Append, { room, sides, entries }: Log): Facts {
    const who = "who" in act ? this.#newest(act.who) : undefined;
    const target = "target" in act ? entries[act.target - 1]?.author : undefined;
    const standingOf = (user: UserId): RoomStanding => room?.standings.get(user) ?? "stranger";
    return {
      place:
        room === undefined
          ? { kind: sides === undefined ? "everyone" : "private" }
          : { kind: "room", ...room.facts, standing: standingOf(author) },
      kept: this.#holder(author).token !== undefined,
      admin: admin === true || this.records.rules(at).isAdmin(author),
      ...(target === undefined ? {} : { targetAuthor: target }),
      ...(who === undefined
        ? {}
        : { who: { user: who.id, standing: standingOf(who.id), kept: who.token !== undefined } }),
    };
  }

  /** What is written, after what follows from it; nothing if it was so already. */
  #entryOf({ act }: Append, written: Written, log: Log): Entry | undefined {
    const { author } = written;
    const who = "who" in act ? (this.#newest(act.who) as Holder) : undefined;
    const done = { ...written, who: who?.id ?? author, username: who?.name ?? written.from };
    const { room } = log;
    switch (act.type) {
      case "message":
        return { ...written, ...plain(act), ...this.#threadOf(act.replyTo, log) };
      case "edit": {
        const target = log.entries[act.target - 1] as MessageEntry;
        const version = (target.version ?? 1) + 1;
        log.entries[act.target - 1] = { ...target, message: act.message, version, edited: written.at };
        return { ...written, ...plain(act), version };
      }
      case "deletion": {
        const target = log.entries[act.target - 1] as MessageEntry;
        log.entries[act.target - 1] = { ...target, message: "", deleted: true };
        return { ...written, ...act };
      }
      case "reaction":
      case "pin":
        return { ...written, ...act };
      case "create":
        this.#stands(room, author, "owner", written.seq);
        return { ...written, type: "join", role: "owner" };
      case "join":
        if (isRole(room?.standings.get(author) ?? "stranger")) return undefined;
        this.#stands(room, author, "member", written.seq);
        this.#cursors.set(`${author}:${log.id}`, { delivered: written.seq, read: written.seq });
        return { ...written, type: "join", role: "member" };
      case "invite":
        this.#stands(room, done.who, "invited", written.seq);
        return { ...done, type: "invite" };
      case "leave":
      case "kick":
        this.#stands(room, done.who, "former", written.seq);
        return { ...done, type: "leave", why: act.type === "kick" ? "kicked" : "left" };
      case "ban":
        this.#stands(room, done.who, act.on ? "banned" : "former", written.seq);
        return { ...done, type: "ban", on: act.on };
      case "role":
        this.#stands(room, done.who, act.role, written.seq);
        return { ...done, type: "role", role: act.role };
      case "topic":
        if (room !== undefined) room.facts = { ...room.facts, topic: act.topic };
        return { ...written, type: "update", topic: act.topic };
      case "history":
        if (room !== undefined) room.facts = { ...room.facts, history: act.history };
        return { ...written, type: "update", history: act.history };
      case "archive":
        if (room !== undefined) room.facts = { ...room.facts, archived: act.on };
        return { ...written, type: "update", archived: act.on };
      case "silence":
        return { ...done, type: "silence", on: act.on };
      case "slow":
        if (room !== undefined) room.facts = { ...room.facts, slowMode: act.seconds };
        return { ...written, type: "update", slowMode: act.seconds };
      case "retention":
        if (room !== undefined) room.facts = { ...room.facts, keepSeconds: act.seconds };
        return { ...written, type: "update", keepSeconds: act.seconds };
    }
  }

  #threadOf(replyTo: Seq | undefined, { entries }: Log): { readonly thread?: Seq } {
    if (replyTo === undefined) return {};
    const target = entries[replyTo - 1];
    return { thread: (target?.type === "message" ? target.thread : undefined) ?? replyTo };
  }

  #stands(room: Room | undefined, user: UserId, standing: RoomStanding, seq: Seq): void {
    if (room === undefined) return;
    if (isRole(standing) && !isRole(room.standings.get(user) ?? "stranger")) room.joined.set(user, seq);
    room.standings.set(user, standing);
    const members = [...room.standings.values()].filter(isRole).length;
    room.facts = { ...room.facts, members };
  }

  #read({ viewer, of, window, rows }: Read): StoreAnswer {
    const log = this.#find(viewer, of, false);
    if (log === undefined) return { ok: false, code: "unknown_conversation" };
    const refused = this.#mayNotRead(viewer, log);
    if (refused !== undefined) return { ok: false, code: refused as "not_member" };
    const { entries } = log;
    const begins = this.#begins(viewer, log);
    const hidden = Math.max(this.forgotten, begins - 1);
    const wanted = window.kind === "after" ? window.seq : entries.length - rows;
    const from = Math.max(hidden, wanted);
    const shown = entries
      .slice(from, from + rows)
      .map((entry) =>
        "target" in entry && entry.target < begins ? ({ type: "skip", seq: entry.seq } as const) : entry,
      );
    const head = entries.length as Seq;
    const page: Page = {
      ok: true,
      ...this.#place(viewer, log),
      entries: shown,
      first: (hidden + 1) as Seq,
      head,
      forgotten: this.forgotten > 0,
      more: from + shown.length < head,
    };
    return page;
  }

  /** The first place that is for this viewer. */
  #begins(viewer: UserId, { id, room }: Log): Seq {
    const from = id === everyone ? this.#came.get(viewer) : room?.joined.get(viewer);
    const isHidden = id === everyone ? this.everyoneSinceJoin : room?.facts.history === "since_join";
    return isHidden && from !== undefined ? from : (1 as Seq);
  }

  #mayNotRead(viewer: UserId, log: Log): RefusalCode | undefined {
    return this.#mayNot("read", viewer, log);
  }

  #mayNot(
    what: "read" | "members" | "outsiders",
    viewer: UserId,
    { room, sides }: Log,
  ): RefusalCode | undefined {
    const place: Facts["place"] =
      room === undefined
        ? { kind: sides === undefined ? "everyone" : "private" }
        : { kind: "room", ...room.facts, standing: room.standings.get(viewer) ?? "stranger" };
    return refusalOf(what, viewer, { place, kept: true });
  }

  #stand(user: UserId, select: Selection): StoreAnswer {
    const mark = this.logs.reduce((sum, { entries }) => sum + entries.length, 0);
    if (select.kind === "these") {
      const standings = select.of.flatMap((address, index) => {
        const log = this.#find(user, address, false);
        return log === undefined || !this.#isIn(user, log) ? [] : [{ ...this.#standing(user, log), index }];
      });
      return { ok: true, standings, more: false, mark };
    }
    const all = this.logs.filter((log) => this.#isIn(user, log)).map((log) => this.#standing(user, log));
    if (select.kind === "unread") {
      const unread = all.filter((standing) => standing.conversation !== everyone && standing.unread > 0);
      const standings = [...all.slice(0, 1), ...unread.slice(0, select.most)];
      return { ok: true, standings, more: unread.length > select.most, mark };
    }
    const after = select.after === undefined ? 0 : (this.#find(user, select.after, false)?.id ?? 0);
    const rest = all.filter(({ conversation }) => conversation > after);
    return { ok: true, standings: rest.slice(0, select.most), more: rest.length > select.most, mark };
  }

  #isIn(user: UserId, { sides, room }: Log): boolean {
    if (room !== undefined) return isRole(room.standings.get(user) ?? "stranger");
    return sides === undefined || sides.includes(user);
  }

  #standing(user: UserId, log: Log): Standing {
    const { delivered, read } = this.#cursorOf(user, log.id);
    const standing = log.room?.standings.get(user) ?? "stranger";
    return {
      ...this.#place(user, log),
      head: log.entries.length as Seq,
      delivered: delivered as Seq,
      read: read as Seq,
      unread: log.entries.filter(({ seq, type }) => seq > read && type === "message").length,
      mentions: 0,
      headAt: (log.entries.at(-1)?.at ?? 0) as WallMillis,
      muted: this.#muted.has(`${user}:${log.id}`),
      ...(isRole(standing) ? { role: standing } : {}),
    };
  }

  #advance({ user, conversation, from, delivered, read }: Move): void {
    const cursor = this.#cursorOf(user, conversation);
    for (const [name, to] of [["delivered", delivered] as const, ["read", read] as const])
      if (cursor[name] >= from - 1) cursor[name] = Math.max(cursor[name], to);
    this.#cursors.set(`${user}:${conversation}`, cursor);
  }

  #choose({ user, what }: Choose): StoreAnswer {
    const holder = this.#holder(user);
    const { profile } = holder;
    if (what.kind === "status") holder.profile = { ...profile, status: what.status, text: what.text };
    if (what.kind === "reading") holder.profile = { ...profile, reading: what.reading };
    if (what.kind === "mute") {
      const log = this.#find(user, what.of, false);
      if (log === undefined) return { ok: false, code: "unknown_conversation" };
      this.#muted[what.on ? "add" : "delete"](`${user}:${log.id}`);
      return { ok: true, place: this.#place(user, log) };
    }
    if (what.kind !== "block") return { ok: true };
    const peer = this.#newest(what.who);
    if (peer === undefined) return { ok: false, code: "unknown_user" };
    const others = profile.blocked.filter((id) => id !== peer.id);
    holder.profile = { ...profile, blocked: what.on ? [...others, peer.id] : others };
    return { ok: true, peer: { user: peer.id, name: peer.name, key: peer.key } };
  }

  #members({ viewer, of, which, most, after }: ListMembers): StoreAnswer {
    const log = this.#find(viewer, of, false);
    if (log === undefined) return { ok: false, code: "unknown_conversation" };
    const refused = this.#mayNot(which === "members" ? which : "outsiders", viewer, log);
    if (refused !== undefined) return { ok: false, code: refused as "not_member" };
    const people = this.#holders.filter(({ id }) =>
      which === "members" ? this.#isIn(id, log) : log.room?.standings.get(id) === which,
    );
    const rest = people
      .filter(({ key }) => after === undefined || key > after)
      .sort((a, b) => (a.key < b.key ? -1 : 1));
    const members = rest.slice(0, most).map(({ id, key, name, profile }) => {
      const { delivered, read } = this.#cursorOf(id, log.id);
      const shared = profile.reading === "shared" || id === viewer;
      const standing = log.room?.standings.get(id) ?? ("member" as const);
      return { user: id, key, name, standing, delivered: delivered as Seq, read: (shared ? read : 0) as Seq };
    });
    return { ok: true, ...this.#place(viewer, log), members, count: people.length, more: rest.length > most };
  }

  #whois({ viewer, key }: Whois): StoreAnswer {
    const holder = this.#newest(key);
    if (holder === undefined) return { ok: false, code: "unknown_user" };
    const { id, name, token, profile } = holder;
    const apart =
      viewer !== undefined &&
      (profile.blocked.includes(viewer) || this.#holder(viewer).profile.blocked.includes(id));
    const seen = apart ? (0 as WallMillis) : holder.seen;
    const { status, text } = profile;
    const [, account] = /^account (.*)$/s.exec(token ?? "") ?? [];
    const whose = account === undefined ? {} : { account };
    return { ok: true, user: id, name, kept: token !== undefined, ...whose, status, text, seen };
  }

  /** Messages as they stand. */
  #look(call: Browse | ListReactions): StoreAnswer {
    const log = this.#find(call.viewer, call.of, false);
    if (log === undefined) return { ok: false, code: "unknown_conversation" };
    const refused = this.#mayNotRead(call.viewer, log);
    if (refused !== undefined) return { ok: false, code: refused as "not_member" };
    const seen = this.#seen(call.viewer, log);
    if (call.type === "browse") return browse(seen, call);
    return reactions(seen, call.target, call.skip, call.most);
  }

  #search(call: Search): StoreAnswer {
    const logs = this.logs.filter((log) => this.#isIn(call.viewer, log));
    return search(
      logs.map((log) => this.#seen(call.viewer, log)),
      call,
      (entry, { conversation }) => entry.at * 1_000 + conversation * 100 + entry.seq,
    );
  }

  #seen(viewer: UserId, log: Log): Parameters<typeof browse>[0] {
    const hidden = Math.max(this.forgotten, this.#begins(viewer, log) - 1);
    const { entries } = log;
    return { viewer, place: this.#place(viewer, log), entries, hidden, forgotten: this.forgotten > 0 };
  }

  #rooms({ viewer, after, most }: ListRooms): StoreAnswer {
    const rooms = this.logs.flatMap(({ room }) => {
      if (room === undefined || (after !== undefined && room.facts.key <= after)) return [];
      const standing = room.standings.get(viewer) ?? "stranger";
      const hidden = room.facts.visibility === "private" && standing === "stranger";
      return hidden ? [] : [{ ...room.facts, standing }];
    });
    rooms.sort((a, b) => (a.key < b.key ? -1 : 1));
    return { ok: true, rooms: rooms.slice(0, most), more: rooms.length > most };
  }

  #blocks({ user, after, most }: ListBlocks): StoreAnswer {
    const blocked = this.#holder(user).profile.blocked.map((id) => this.#holder(id));
    const rest = blocked
      .filter(({ key }) => after === undefined || key > after)
      .sort((a, b) => (a.key < b.key ? -1 : 1));
    return { ok: true, names: rest.slice(0, most).map(({ name }) => name), more: rest.length > most };
  }

  #cursorOf(user: UserId, conversation: ConversationId): { delivered: number; read: number } {
    return this.#cursors.get(`${user}:${conversation}`) ?? { delivered: 0, read: 0 };
  }

  #holder(user: UserId): Holder {
    return this.#holders[user - 1] as Holder;
  }

  #newest(key: NameKey): Holder | undefined {
    return this.#byKey.get(key);
  }

  #private(one: UserId, other: UserId | undefined): Log | undefined {
    return this.logs.find(
      ({ sides }) => sides?.join() === `${one},${other}` || sides?.join() === `${other},${one}`,
    );
  }

  #find(user: UserId, of: Address | ConversationId, begin: boolean): Log | undefined {
    if (typeof of === "number") return this.logs.find(({ id }) => id === of);
    if (of.kind === "everyone") return this.logs[0];
    if (of.kind === "room") return this.logs.find(({ room }) => room?.facts.key === of.key);
    const other = this.#newest(of.key);
    if (other === undefined) return undefined;
    const log = this.#private(user, other.id);
    if (log !== undefined || !begin) return log;
    const id = (this.logs.length + 1) as ConversationId;
    const begun: Log = { id, sides: [user, other.id], room: undefined, entries: [] };
    this.logs.push(begun);
    return begun;
  }

  #place(viewer: UserId, { id, sides, room }: Log): Place {
    if (room !== undefined) return { conversation: id, room: { key: room.facts.key, name: room.facts.name } };
    if (sides === undefined) return { conversation: id };
    const other = this.#holder(sides[0] === viewer ? sides[1] : sides[0]);
    return { conversation: id, peer: { user: other.id, name: other.name, key: other.key } };
  }
}

/** The model knows no mentions. */
function plain<Of extends { readonly mentions?: unknown }>(act: Of): Omit<Of, "mentions"> {
  const { mentions: _, ...rest } = act;
  return rest;
}
