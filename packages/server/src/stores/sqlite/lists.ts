// Lists of rooms and of people, each page by key.

import type { Database } from "better-sqlite3";
import type {
  BlocksListed,
  ConversationId,
  ListBlocks,
  ListMembers,
  ListReactions,
  ListRooms,
  Member,
  NameKey,
  Reading,
  RoomFacts,
  RoomsListed,
  Seq,
  Status,
  StoreCalls,
  UserId,
  WallMillis,
  Whois,
} from "chat-hub";
import { isRole } from "chat-hub";
import { compareKeys } from "../key-order.js";
import { toldOf } from "../told.js";
import type { SqliteAccess, View } from "./access.js";
import { firstAt } from "./counts.js";
import type { RoomRow } from "./rooms.js";
import { factsOfRow, roomColumns } from "./rooms.js";
import type { SqliteRows } from "./rows.js";
import { isIn, standingCodes, standingOf } from "./standing.js";

export class SqliteLists {
  readonly #access: SqliteAccess;
  readonly #rows: SqliteRows;
  readonly #statements: ReturnType<typeof prepare>;

  constructor(database: Database, access: SqliteAccess, rows: SqliteRows) {
    this.#access = access;
    this.#rows = rows;
    this.#statements = prepare(database);
  }

  /** Public ones in the order of their index, one's own private ones from one's memberships. */
  rooms({ viewer, after, most }: ListRooms): RoomsListed {
    const page = { viewer, after: after ?? "", most: most + 1 };
    const rows = [...this.#statements.publicRooms.all(page), ...this.#statements.privateRooms.all(page)];
    rows.sort((one, other) => compareKeys(one.key, other.key));
    const rooms = rows.slice(0, most).map(listedRoom);
    return { ok: true, rooms, more: rows.length > most };
  }

  members(call: ListMembers): StoreCalls["members"]["answer"] {
    const { viewer, which, after, most } = call;
    const view = this.#access.view(viewer, call.of, which === "members" ? "members" : "outsiders");
    if (typeof view === "string") return { ok: false, code: view };
    const { conversation } = view.place;
    if (view.kind === "private") return this.#sides(call, view);
    const page = { viewer, conversation, after: after ?? "", most: most + 1 };
    const codes = which === "members" ? memberCodes : [standingCodes[which]];
    const rows = codes.flatMap((standing) => this.#statements.people.all({ ...page, standing }));
    rows.sort((one, other) => compareKeys(one.key, other.key));
    const members = rows.slice(0, most).map((row) => this.#listed(row, viewer, view));
    const count = this.#statements.count.get(conversation) ?? 0;
    return { ok: true, ...view.place, members, count, more: rows.length > most };
  }

  #sides({ viewer, after, most }: ListMembers, view: View) {
    const { conversation } = view.place;
    const sides = this.#statements.sides.all({ viewer, conversation });
    const rows = sides.filter(({ key }) => after === undefined || compareKeys(key, after) > 0);
    rows.sort((one, other) => compareKeys(one.key, other.key));
    const members = rows.slice(0, most).map((row) => this.#listed(row, viewer, view));
    return {
      ok: true,
      ...view.place,
      members,
      count: sides.length,
      more: rows.length > most,
    } as const;
  }

  #listed(row: MemberRow, viewer: UserId, view: View): Member {
    const { user, key, name } = row;
    const standing = standingOf(row.standing);
    const relation = user === viewer ? "oneself" : row.apart === 1 ? "apart" : "another";
    const upTo = (at: WallMillis) =>
      (firstAt(this.#rows, view.place.conversation, view, (at + 1) as WallMillis) - 1) as Seq;
    return { user, key, name, standing, ...toldOf({ ...row, isIn: isRole(standing) }, relation, upTo) };
  }

  reactions(call: ListReactions): StoreCalls["reactions"]["answer"] {
    const view = this.#access.view(call.viewer, call.of);
    if (typeof view === "string") return { ok: false, code: view };
    const { target, skip, most } = call;
    const { conversation } = view.place;
    const message = target < view.first ? undefined : this.#rows.find(conversation, target);
    if (message === undefined || message.kind !== null) return { ok: false, code: "unknown_message" };
    const rows = this.#statements.reactions.all(conversation, target, most + 1, skip);
    return { ok: true, ...view.place, reactions: rows.slice(0, most), more: rows.length > most };
  }

  whois({ viewer, key }: Whois): StoreCalls["whois"]["answer"] {
    const row = this.#statements.whois.get({ viewer: viewer ?? null, key });
    if (row === undefined) return { ok: false, code: "unknown_user" };
    const { account, ...rest } = row;
    return { ok: true, ...rest, kept: row.kept === 1, ...(account === null ? {} : { account }) };
  }

  blocks({ user, after, most }: ListBlocks): BlocksListed {
    const names = this.#statements.blocks.all(user, after ?? "", most + 1);
    return { ok: true, names: names.slice(0, most), more: names.length > most };
  }
}

const memberCodes = [standingCodes.member, standingCodes.moderator, standingCodes.owner];

interface ListedRoomRow extends RoomRow {
  readonly standing: number | null;
}

function listedRoom(row: ListedRoomRow): RoomsListed["rooms"][number] {
  const facts: RoomFacts = factsOfRow(row);
  return { ...facts, standing: standingOf(row.standing) };
}

interface MemberRow {
  readonly user: UserId;
  readonly key: NameKey;
  readonly name: string;
  readonly standing: number;
  readonly delivered: Seq;
  readonly read: Seq;
  readonly reading: Reading;
  readonly status: Status;
  readonly seen: WallMillis;
  readonly apart: 0 | 1;
}

interface Page {
  readonly viewer: UserId;
  readonly after: string;
  readonly most: number;
}

type WhoisRow = Omit<Extract<StoreCalls["whois"]["answer"], { ok: true }>, "ok" | "kept" | "account"> & {
  readonly kept: 0 | 1;
  readonly account: string | null;
};

function prepare(database: Database) {
  const apart = `(
    EXISTS (SELECT 1 FROM blocks WHERE blocks.user = +$viewer AND who = users.id)
    OR EXISTS (SELECT 1 FROM blocks WHERE blocks.user = users.id AND who = +$viewer))`;
  const memberColumns = `members.user, users.key, users.name, members.standing, members.delivered,
                         members.read, users.reading, users.status, users.seen, ${apart} AS apart`;
  return {
    publicRooms: database.prepare<[Page], ListedRoomRow>(
      `SELECT ${roomColumns}, members.standing FROM conversations
       LEFT JOIN members ON members.user = +$viewer AND members.conversation = conversations.id
       WHERE conversations.visibility = 'public' AND conversations.key > +$after
       ORDER BY conversations.key LIMIT +$most`,
    ),
    privateRooms: database.prepare<[Page], ListedRoomRow>(
      `SELECT ${roomColumns}, members.standing
       FROM members CROSS JOIN conversations ON conversations.id = members.conversation
       WHERE members.user = +$viewer AND members.key IS NOT NULL
         AND (${isIn} OR members.standing = ${standingCodes.invited})
         AND conversations.visibility = 'private' AND conversations.key > +$after
       ORDER BY conversations.key LIMIT +$most`,
    ),
    people: database.prepare<[{ conversation: ConversationId; standing: number } & Page], MemberRow>(
      `SELECT ${memberColumns} FROM members CROSS JOIN users ON users.id = members.user
       WHERE members.conversation = +$conversation AND members.standing = +$standing
         AND members.key IS NOT NULL AND members.key > +$after
       ORDER BY members.key LIMIT +$most`,
    ),
    count: database
      .prepare<[ConversationId], number>("SELECT members FROM conversations WHERE id = ?")
      .pluck(),
    sides: database.prepare<[{ viewer: UserId; conversation: ConversationId }], MemberRow>(
      `SELECT ${memberColumns} FROM conversations
       CROSS JOIN users ON users.id IN (lower, higher)
       CROSS JOIN members ON members.user = users.id AND members.conversation = conversations.id
       WHERE conversations.id = +$conversation`,
    ),
    reactions: database.prepare<[ConversationId, Seq, number, number], { name: string; emoji: string }>(
      `SELECT users.name, emoji FROM reactions CROSS JOIN users ON users.id = reactions.user
       WHERE conversation = +? AND target = +? ORDER BY seq LIMIT +? OFFSET +?`,
    ),
    whois: database.prepare<[{ viewer: UserId | null; key: NameKey }], WhoisRow>(
      `SELECT id AS user, name, token IS NOT NULL AS kept, account, status, text,
         iif(${apart}, 0, seen) AS seen
       FROM users WHERE key = +$key ORDER BY generation DESC LIMIT 1`,
    ),
    blocks: database
      .prepare<[UserId, string, number], string>(
        `SELECT users.name FROM blocks CROSS JOIN users ON users.id = blocks.who
         WHERE blocks.user = +? AND blocks.key > +? ORDER BY blocks.key LIMIT +?`,
      )
      .pluck(),
  };
}
