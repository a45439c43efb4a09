// Who is in which conversation, and how far they have got there. A row says as well that its user is
// in the conversation, or was, or may be: where they are not, nothing moves.
//
// Only the writing worker moves cursors, so those that it remembers are true. What one's own lines move is
// joined until the commit: a flood writes a row for each author, not for each line.

import type { Database } from "better-sqlite3";
import type { Advance, ConversationId, NameKey, RoomStanding, Seq, UserId, WallMillis } from "chat-hub";
import { everyone } from "chat-hub";
import type { Heir } from "../consequences.js";
import { Recent } from "../recent.js";
import { isIn, standingCodes, standingOf } from "./standing.js";

interface Cursors {
  readonly delivered: Seq;
  readonly read: Seq;
}
interface Kept {
  delivered: Seq;
  read: Seq;
  /** What they see begins here where only what was written since is shown. */
  seesFrom: Seq;
  standing: number;
  /** When they wrote there last while messages were slowed down. */
  spoke: WallMillis;
  /** When a ban ends by itself. */
  until: WallMillis | null;
}
/** How a user stands to a conversation. */
export interface Member extends Kept {
  readonly user: UserId;
  readonly conversation: ConversationId;
}

export interface Candidate extends Heir {
  readonly user: UserId;
  readonly name: string;
}

const rememberedMembers = 10_000;

export class SqliteMembers {
  readonly #statements: ReturnType<typeof prepare>;
  readonly #inEveryone = new Recent<UserId, Member>(rememberedMembers);
  readonly #elsewhere = new Recent<string, Member>(rememberedMembers);
  readonly #unwritten = new Set<Member>();

  constructor(database: Database) {
    this.#statements = prepare(database);
  }

  /** After a rollback: what is remembered may not have been kept. */
  forget(): void {
    this.#inEveryone.clear();
    this.#elsewhere.clear();
    this.#unwritten.clear();
  }

  find(user: UserId, conversation: ConversationId): Member | undefined {
    const known = this.#remembered(user, conversation);
    if (known !== undefined) return known;
    this.write();
    const kept = this.#statements.find.get(user, conversation);
    if (kept === undefined) return undefined;
    const member = { user, conversation, ...kept };
    this.#remember(member);
    return member;
  }

  /** Told when it is asked, it knows of a ban that has ended. */
  standing(user: UserId, conversation: ConversationId, at = 0 as WallMillis): RoomStanding {
    const member = this.find(user, conversation);
    const standing = standingOf(member?.standing);
    return standing === "banned" && (member?.until ?? at + 1) <= at ? "former" : standing;
  }

  /** Somebody writes where messages are slowed down. */
  speak(user: UserId, conversation: ConversationId, at: WallMillis): void {
    const member = this.find(user, conversation);
    if (member !== undefined) member.spoke = at;
    this.#statements.speak.run(at, user, conversation);
  }

  /** The author's own cursors pass what they have written, unless something before it is new to them. */
  passOwn(author: UserId, conversation: ConversationId, seq: Seq): void {
    const member = this.find(author, conversation);
    const before = seq - 1;
    if (member === undefined || (member.delivered !== before && member.read !== before)) return;
    if (member.standing < standingCodes.member) return;
    if (member.delivered === before) member.delivered = seq;
    if (member.read === before) member.read = seq;
    this.#unwritten.add(member);
  }

  advance({ moves }: Advance): { readonly ok: true } {
    this.write();
    for (const move of moves) {
      const kept = this.#statements.move.get(move);
      const member = this.#remembered(move.user, move.conversation);
      if (kept !== undefined && member !== undefined) Object.assign(member, kept);
    }
    return { ok: true };
  }

  /** Writes what was joined; before each commit, and before anything else touches a row. */
  write(): void {
    for (const { user, conversation, delivered, read } of this.#unwritten)
      this.#statements.write.run(delivered, read, user, conversation);
    this.#unwritten.clear();
  }

  /** Puts somebody into a room, or back into it: at `seq`, with both cursors. */
  join(user: UserId, conversation: ConversationId, key: NameKey, standing: RoomStanding, seq: Seq): void {
    this.#settle(
      {
        user,
        conversation,
        standing: codeOf(standing),
        delivered: seq,
        read: seq,
        seesFrom: seq,
        spoke: this.find(user, conversation)?.spoke ?? (0 as WallMillis),
        until: null,
      },
      key,
    );
  }

  /** Changes how somebody stands to a room. */
  stand(
    user: UserId,
    conversation: ConversationId,
    key: NameKey,
    standing: RoomStanding,
    until: WallMillis | null = null,
  ): void {
    const zero = { delivered: 0 as Seq, read: 0 as Seq, seesFrom: 0 as Seq, spoke: 0 as WallMillis };
    const kept = this.find(user, conversation) ?? zero;
    const code = codeOf(standing);
    this.#settle({ ...kept, user, conversation, standing: code, until }, standing === "former" ? null : key);
  }

  mute(user: UserId, conversation: ConversationId, on: boolean): void {
    this.#statements.mute.run(on ? 1 : 0, user, conversation);
  }

  /** Takes somebody out of every room, as if they had never been there. */
  vanish(user: UserId): void {
    this.write();
    for (const conversation of this.#statements.vanish.all(user, user))
      this.#elsewhere.delete(`${user} ${conversation}`);
  }

  /** The rooms somebody is in, by conversation id. */
  roomsOf(user: UserId): ConversationId[] {
    return this.#statements.roomsOf.all(user);
  }

  /** How many people stand to a room in this way. */
  count(conversation: ConversationId, standing: RoomStanding): number {
    return this.#statements.count.get(conversation, codeOf(standing)) ?? 0;
  }

  /** Everybody who is in a room. */
  people(conversation: ConversationId): Candidate[] {
    return this.#statements.people.all(conversation).map(({ standing, kept, ...person }) => ({
      ...person,
      kept: kept === 1,
      role: standingOf(standing) as Candidate["role"],
    }));
  }

  #settle(member: Member, key: NameKey | null): void {
    this.write();
    this.#statements.settle.run({ ...member, key });
    this.#remember(member);
  }

  #remembered(user: UserId, conversation: ConversationId): Member | undefined {
    if (conversation === everyone) return this.#inEveryone.get(user);
    return this.#elsewhere.get(`${user} ${conversation}`);
  }

  #remember(member: Member): void {
    if (member.conversation === everyone) this.#inEveryone.set(member.user, member);
    else this.#elsewhere.set(`${member.user} ${member.conversation}`, member);
  }
}

function codeOf(standing: RoomStanding): number {
  if (standing === "stranger") throw new Error("nothing is kept of a stranger");
  return standingCodes[standing];
}

interface PersonRow {
  readonly user: UserId;
  readonly name: string;
  readonly standing: number;
  readonly kept: 0 | 1;
  readonly joined: number;
}

function prepare(database: Database) {
  return {
    find: database.prepare<[UserId, ConversationId], Kept>(
      `SELECT delivered, read, sees_from AS seesFrom, standing, spoke, until
       FROM members WHERE user = ? AND conversation = ?`,
    ),
    speak: database.prepare<[WallMillis, UserId, ConversationId]>(
      "UPDATE members SET spoke = ? WHERE user = ? AND conversation = ?",
    ),
    write: database.prepare<[Seq, Seq, UserId, ConversationId]>(
      "UPDATE members SET delivered = ?, read = ? WHERE user = ? AND conversation = ?",
    ),
    move: database.prepare<[Advance["moves"][number]], Cursors>(
      `UPDATE members SET
         delivered = iif(delivered < $from - 1, delivered, max(delivered, min($delivered, head))),
         read = iif(read < $from - 1, read, max(read, min($read, head)))
       FROM (SELECT coalesce(max(seq), 0) AS head FROM entries WHERE conversation = +$conversation)
       WHERE user = +$user AND conversation = +$conversation AND ${isIn}
       RETURNING delivered, read`,
    ),
    settle: database.prepare(
      `INSERT INTO members (user, conversation, delivered, read, sees_from, standing, key, until)
       VALUES ($user, $conversation, $delivered, $read, $seesFrom, $standing, $key, $until)
       ON CONFLICT DO UPDATE SET delivered = $delivered, read = $read, sees_from = $seesFrom,
         standing = $standing, key = $key, until = $until`,
    ),
    mute: database.prepare<[number, UserId, ConversationId]>(
      "UPDATE members SET muted = ? WHERE user = ? AND conversation = ?",
    ),
    vanish: database
      .prepare<[UserId, UserId], ConversationId>(
        `DELETE FROM members WHERE user = +? AND conversation IN (
           SELECT id FROM members JOIN conversations ON id = conversation
           WHERE user = +? AND conversations.key IS NOT NULL)
         RETURNING conversation`,
      )
      .pluck(),
    roomsOf: database
      .prepare<[UserId], ConversationId>(
        `SELECT conversation FROM members WHERE user = +? AND key IS NOT NULL AND ${isIn} ORDER BY conversation`,
      )
      .pluck(),
    count: database
      .prepare<[ConversationId, number], number>(
        "SELECT count(*) FROM members WHERE conversation = ? AND standing = ? AND key IS NOT NULL",
      )
      .pluck(),
    people: database.prepare<[ConversationId], PersonRow>(
      `SELECT user, name, standing, token IS NOT NULL AS kept, sees_from AS joined
       FROM members JOIN users ON users.id = user
       WHERE conversation = +? AND members.key IS NOT NULL AND ${isIn}`,
    ),
  };
}
