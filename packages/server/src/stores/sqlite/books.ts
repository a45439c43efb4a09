// All that writes, put together: for the writing worker, and for the opening, which comes before it.

import type { Database } from "better-sqlite3";
import type { HistorySetting, StoreLimits } from "chat-hub";
import { SqliteAccess } from "./access.js";
import { SqliteActs } from "./acts.js";
import { SqliteAppends } from "./appends.js";
import { SqliteChoices } from "./choices.js";
import { SqliteDepartures } from "./departures.js";
import { SqliteErasure } from "./erasure.js";
import { SqliteForgetting } from "./forgetting.js";
import { SqliteMessages } from "./kept-messages.js";
import { SqliteLedger } from "./ledger.js";
import { SqliteMembers } from "./members.js";
import { SqliteMentions } from "./mentions.js";
import { SqlitePeople } from "./people.js";
import { SqlitePlaces } from "./places.js";
import { SqliteProfiles } from "./profiles.js";
import { SqliteReactions } from "./reactions.js";
import { SqliteRecords } from "./records.js";
import { SqliteRooms } from "./rooms.js";
import { SqliteIndex } from "./search-index.js";
import { SqliteSpots } from "./spots.js";
import { SqliteVisits } from "./visits.js";

/** What the store was opened with, as far as it matters to what is written. */
export interface StoreOrders {
  readonly nameHoldMs: number;
  readonly limits: StoreLimits;
  readonly everyoneHistory: HistorySetting;
  /** Absent: for ever. */
  readonly keepMs?: number | undefined;
}

export interface Books {
  readonly ledger: SqliteLedger;
  readonly members: SqliteMembers;
  readonly appends: SqliteAppends;
  readonly visits: SqliteVisits;
  readonly choices: SqliteChoices;
  readonly records: SqliteRecords;
  readonly index: SqliteIndex;
  readonly erasure: SqliteErasure;
  readonly forgetting: SqliteForgetting;
  /** After a rollback: what is remembered may not have been kept. */
  forget(): void;
}

export function openBooks(database: Database, orders: StoreOrders): Books {
  const { nameHoldMs, limits, everyoneHistory, keepMs } = orders;
  const people = new SqlitePeople(database, nameHoldMs);
  const profiles = new SqliteProfiles(database);
  const ledger = new SqliteLedger(database);
  const members = new SqliteMembers(database);
  const rooms = new SqliteRooms(database, ledger);
  const index = new SqliteIndex(database);
  const erasure = new SqliteErasure(database);
  const messages = new SqliteMessages(database, ledger, index, erasure);
  const reactions = new SqliteReactions(database);
  const mentions = new SqliteMentions(database, people, members);
  const departures = new SqliteDepartures(people, profiles, rooms, members, ledger);
  const spots = new SqliteSpots(people, ledger, rooms, members);
  const records = new SqliteRecords(database);
  const acts = new SqliteActs({
    people,
    ledger,
    members,
    rooms,
    messages,
    reactions,
    mentions,
    departures,
    records,
  });
  const places = new SqlitePlaces(database);
  const access = new SqliteAccess(database, places);
  const sources = { records, people, members, messages, reactions, profiles, everyoneHistory };
  return {
    ledger,
    members,
    appends: new SqliteAppends(database, ledger, places, spots, sources, acts, limits),
    visits: new SqliteVisits(database, people, profiles, departures, records),
    index,
    erasure,
    forgetting: new SqliteForgetting(database, index, mentions, erasure, records, keepMs),
    records,
    choices: new SqliteChoices(people, profiles, members, access, records, limits),
    forget() {
      for (const part of [people, profiles, ledger, members, rooms, index, records]) part.forget();
    },
  };
}
