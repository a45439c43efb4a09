// How people take a name and let go of it, and what they find and leave in rooms by that.

import type { Database, Statement } from "better-sqlite3";
import type {
  Identified,
  Identify,
  KnownAs,
  Left,
  LooksAlike,
  Membership,
  Release,
  Released,
  Role,
  Seq,
  StoreRefusal,
  UserId,
  WallMillis,
} from "chat-hub";
import { everyone, skeleton } from "chat-hub";
import { claimed } from "../claims.js";
import { lapse } from "../lapse.js";
import type { SqliteDepartures } from "./departures.js";
import type { Holder, SqlitePeople } from "./people.js";
import type { SqliteProfiles } from "./profiles.js";
import type { SqliteRecords } from "./records.js";
import type { RoomRow } from "./rooms.js";
import { factsOfRow, roomColumns } from "./rooms.js";
import { isIn, standingOf } from "./standing.js";

interface MembershipRow extends RoomRow {
  readonly standing: number;
  readonly from: Seq;
  readonly head: Seq;
}

export class SqliteVisits {
  readonly #people: SqlitePeople;
  readonly #profiles: SqliteProfiles;
  readonly #departures: SqliteDepartures;
  readonly #records: SqliteRecords;
  readonly #memberships: Statement<[UserId], MembershipRow>;
  readonly #everyoneFrom: Statement<[UserId], Seq>;

  constructor(
    database: Database,
    people: SqlitePeople,
    profiles: SqliteProfiles,
    departures: SqliteDepartures,
    records: SqliteRecords,
  ) {
    this.#people = people;
    this.#profiles = profiles;
    this.#departures = departures;
    this.#records = records;
    this.#memberships = database.prepare(
      `SELECT ${roomColumns}, members.standing, members.sees_from AS "from",
              (SELECT max(seq) FROM entries WHERE conversation = conversations.id) AS head
       FROM members CROSS JOIN conversations ON conversations.id = members.conversation
       WHERE members.user = +? AND members.key IS NOT NULL AND ${isIn}
       ORDER BY conversations.id`,
    );
    this.#everyoneFrom = database
      .prepare<[UserId], Seq>(
        `SELECT iif(history = 'since_join', max(sees_from, 1), 1)
         FROM members JOIN conversations ON conversations.id = members.conversation
         WHERE members.user = +? AND members.conversation = ${everyone}`,
      )
      .pluck();
  }

  identify(call: Identify): Identified | KnownAs | LooksAlike | StoreRefusal<"name_taken" | "bad_name"> {
    const known = call.account === undefined ? undefined : this.#people.ofAccount(call.account);
    if (known !== undefined && known.key !== call.key)
      return { ok: true, knownAs: { key: known.key, name: known.name } };
    const holder = this.#people.holder(call.key);
    const isProved = holder !== undefined && this.#people.isProved(holder, call);
    if (isProved && this.#people.isHeld(holder, { at: call.at })) {
      const other = this.#people.accountLike(holder);
      return other === undefined ? this.#back(holder) : { ok: false, code: "looks_alike", name: other.name };
    }
    if (holder !== undefined && !isProved && this.#people.isHeld(holder, call))
      return { ok: false, code: "name_taken" };
    if (call.heldOnly && !isProved) return { ok: false, code: "bad_name" };
    const looks = isProved ? this.#people.skeletonOf(holder) : skeleton(call.name);
    const other = this.#people.likeness(looks, call);
    if (other !== undefined) return { ok: false, code: "looks_alike", name: other.name };
    if (isProved) return this.#back(holder);
    const refusal = claimed(this.#records, call, looks);
    if (refusal !== undefined) return refusal;
    // Without a token they had lost it when they left.
    const lost = holder !== undefined && holder.token !== null ? holder : undefined;
    const left = lost === undefined ? [] : this.#departures.loseName(lost.user, call.at);
    const lapsed = lost === undefined ? {} : lapse(this.#records, lost, call.at);
    return { ...this.#identified(this.#people.bear(call, looks, holder), true, left), ...lapsed };
  }

  #back(holder: Holder): Identified {
    this.#people.comeBack(holder);
    return this.#identified(holder, false, []);
  }

  release({ user, at, seen }: Release): Released {
    const wasHere = this.#people.release(user, at, seen);
    const isGone = wasHere && this.#people.known(user).token === null;
    return { ok: true, left: isGone ? this.#departures.loseName(user, at) : [] };
  }

  /** Whoever was here when the last server ended is not here any more. */
  releaseAll(at: WallMillis): void {
    for (const user of this.#people.leftovers()) this.release({ type: "release", user, at });
    this.#people.releaseKept(at);
  }

  #identified({ user, name, token }: Holder, fresh: boolean, left: readonly Left[]): Identified {
    const rooms: Membership[] = fresh ? [] : this.#memberships.all(user).map(membershipOf);
    return {
      ok: true,
      user,
      name,
      kept: token !== null,
      fresh,
      rooms,
      everyoneFrom: this.#everyoneFrom.get(user) ?? (1 as Seq),
      profile: this.#profiles.of(user),
      left,
    };
  }
}

function membershipOf(row: MembershipRow): Membership {
  const { standing, from, head } = row;
  return { facts: factsOfRow(row), role: standingOf(standing) as Role, from, head };
}
