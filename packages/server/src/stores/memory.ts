// The store that keeps nothing: everything is in memory and gone with the process. It answers before
// `ask` returns.

import { randomBytes } from "node:crypto";
import type {
  Advance,
  Identify,
  Left,
  Membership,
  Profile,
  Release,
  Seq,
  Store,
  StoreAnswer,
  StoreCall,
  StoreCalls,
  StoreOptions,
  WallMillis,
} from "chat-hub";
import { defaultLimits, isRole, unreachable } from "chat-hub";
import { lapse } from "./lapse.js";
import { Acts } from "./memory/acts.js";
import { Conversations, factsOf } from "./memory/conversations.js";
import { MemoryForgetting } from "./memory/forgetting.js";
import type { MemoryLimits } from "./memory/limits.js";
import { defaultMemoryLimits } from "./memory/limits.js";
import { MemoryLists } from "./memory/lists.js";
import type { Cursors, User } from "./memory/people.js";
import { People, unblockAll } from "./memory/people.js";
import { MemoryRecords } from "./memory/records.js";
import { Rooms } from "./memory/rooms.js";
import { MemorySearch } from "./memory/search.js";
import { MemoryStandings } from "./memory/standings.js";
import { MemoryViews } from "./memory/views.js";
import { Visible } from "./memory/visible.js";

type Defaulted = "limits" | "everyoneHistory";

export interface MemoryOptions<Ask>
  extends Omit<StoreOptions<Ask>, Defaulted>,
    Partial<Pick<StoreOptions<Ask>, Defaulted>> {
  /** What it keeps at most. */
  readonly keep?: Partial<MemoryLimits>;
}

export function openMemory<Ask>(options: MemoryOptions<Ask>): Store<Ask> {
  const memory = new Memory(options);
  return {
    facts: { durable: false, epoch: randomBytes(8).toString("hex"), head: 0 as Seq, minded: [] },
    ask: (ask, call) => options.answer(ask, memory.carryOut(call)),
    close: async () => memory.close(),
  };
}

class Memory {
  readonly #people: People;
  readonly #conversations: Conversations;
  readonly #rooms: Rooms;
  readonly #visible: Visible;
  readonly #acts: Acts;
  readonly #views: MemoryViews;
  readonly #standings: MemoryStandings;
  readonly #lists: MemoryLists;
  readonly #search: MemorySearch;
  readonly #records: MemoryRecords;
  readonly #forgetting: MemoryForgetting;
  /** Who was forgotten by the call that is carried out. */
  readonly #forgotten: User[] = [];

  constructor(options: Omit<MemoryOptions<never>, "answer" | "failed">) {
    const { nameHoldMs, limits = defaultLimits.store, everyoneHistory = "all", keep, keepMs } = options;
    const most = { ...defaultMemoryLimits, ...keep };
    this.#records = new MemoryRecords(most.auditLines);
    this.#people = new People(nameHoldMs, most.awayUsers, this.#records, (user) =>
      this.#forgotten.push(user),
    );
    this.#conversations = new Conversations(most, ({ author, nonce }) => {
      if (nonce !== undefined) this.#people.get(author)?.nonces.delete(nonce);
    });
    const visible = new Visible(this.#people, this.#conversations, everyoneHistory);
    this.#visible = visible;
    this.#rooms = new Rooms(this.#conversations);
    this.#acts = new Acts(visible, this.#rooms, this.#records, limits);
    this.#views = new MemoryViews(visible);
    this.#standings = new MemoryStandings(visible);
    this.#lists = new MemoryLists(visible, this.#records.rules, limits);
    this.#search = new MemorySearch(visible, most.searched);
    this.#forgetting = new MemoryForgetting(this.#conversations, this.#records.rules, keepMs);
  }

  close(): void {
    this.#forgetting.end();
  }

  carryOut(call: StoreCall): StoreAnswer {
    this.#forgetting.begin();
    switch (call.type) {
      case "append":
        return this.#acts.append(call);
      case "identify":
        return this.#identify(call);
      case "release":
        return this.#release(call);
      case "advance":
        return this.#advance(call);
      case "choose":
        return this.#lists.choose(call);
      case "read":
        return this.#views.page(call);
      case "browse":
        return this.#views.browse(call);
      case "search":
        return this.#search.search(call);
      case "stand":
        return this.#standings.standings(call);
      case "rooms":
        return this.#lists.rooms(call);
      case "members":
        return this.#lists.members(call);
      case "reactions":
        return this.#lists.reactions(call);
      case "whois":
        return this.#lists.whois(call);
      case "blocks":
        return this.#lists.blocks(call);
      case "keep":
        return this.#records.keep(call);
      case "recall":
        return this.#records.recall(call);
      case "records":
        return this.#records.list(call);
      case "audit":
        return this.#records.lines(call);
      default:
        return unreachable(call);
    }
  }

  #identify(call: Identify): StoreCalls["identify"]["answer"] {
    const found = this.#people.identify(call);
    if ("ok" in found) return found;
    const { user, fresh, lost } = found;
    if (fresh) this.#conversations.enterEveryone(user);
    const left = lost === undefined ? [] : this.#lose(lost, call.at);
    const lapsed =
      lost === undefined ? {} : lapse(this.#records, { user: lost.id, name: lost.name }, call.at);
    const { id, name, token } = user;
    const rooms = membershipsOf(user);
    return {
      ok: true,
      user: id,
      name,
      kept: token !== undefined,
      fresh,
      rooms,
      everyoneFrom: this.#everyoneFrom(user),
      profile: profileOf(user),
      left,
      ...lapsed,
    };
  }

  #release(call: Release): StoreCalls["release"]["answer"] {
    const gone = this.#people.release(call);
    const left = gone === undefined || gone.token !== undefined ? [] : this.#lose(gone, call.at);
    for (const user of this.#forgotten.splice(0)) {
      left.push(...this.#lose(user, call.at));
      for (const log of user.privates.values()) this.#conversations.forget(log);
    }
    return { ok: true, left };
  }

  #everyoneFrom(user: User): Seq {
    const { everyone } = this.#conversations;
    return this.#visible.begins(everyone, user.cursors.get(everyone) as Cursors);
  }

  #lose(user: User, at: WallMillis): Left[] {
    unblockAll(user);
    return this.#rooms.lose(user, at);
  }

  #advance({ moves }: Advance): StoreCalls["advance"]["answer"] {
    for (const move of moves) {
      const log = this.#conversations.get(move.conversation);
      const cursors = log && this.#people.get(move.user)?.cursors.get(log);
      if (log === undefined || cursors === undefined) continue;
      cursors.delivered = moved(cursors.delivered, move.from, move.delivered, log.head);
      cursors.read = moved(cursors.read, move.from, move.read, log.head);
    }
    return { ok: true };
  }
}

/** By conversation id. */
function membershipsOf(user: User): Membership[] {
  const memberships: Membership[] = [];
  for (const log of [...user.rooms].sort((one, other) => one.id - other.id)) {
    const role = log.room?.standing(user);
    if (log.room === undefined || role === undefined || !isRole(role)) continue;
    const { from } = user.cursors.get(log) as Cursors;
    memberships.push({ facts: factsOf(log, log.room), role, from, head: log.head });
  }
  return memberships;
}

function profileOf({ status, text, reading, blocked }: User): Profile {
  return { status, text, reading, blocked: Array.from(blocked, ({ id }) => id) };
}

function moved(cursor: Seq, from: Seq, to: Seq, head: Seq): Seq {
  if (cursor < from - 1) return cursor;
  return Math.max(cursor, Math.min(to, head)) as Seq;
}
