// What is in force in the house: who looks after it, who is banned or silenced, and its switches, as the
// records of `mindedKinds` have it. The hub and every store keep one, and both go by it.

import type { RecordChange } from "../ports/records.js";
import type { ConversationId, UserId, WallMillis } from "../words/ids.js";
import { everyone } from "../words/ids.js";

/** What stands in a `ban` and in a `silence`: for people, and for the log of what was done. */
export interface Decision {
  /** Whom it is about, as they spell their name; `""` if only an address is banned. */
  readonly username: string;
  /** Who decided it. */
  readonly by: string;
  readonly reason: string;
  /** Of an admin: whose name it is for good, where an account has it. */
  readonly account?: string;
}

/** What is in force until then; without `until` for good. */
export interface InForce extends Decision {
  readonly until?: WallMillis;
}

/** The keys of the records, by kind. */
export const houseKeys = {
  /** `admin`, and `ban` of a user. */
  user: (user: UserId) => `user:${user}`,
  /** `ban` of an address. */
  address: (address: string) => `address:${address}`,
  /** `silence`: in one room, or in everyone and all public rooms. */
  silence: (conversation: ConversationId, user: UserId) => `${conversation}:${user}`,
  /** `switch`. */
  readOnly: "read_only",
  slowMode: "slow_mode",
  retention: "retention",
} as const;

export class HouseRules {
  readonly #admins = new Map<string, Decision>();
  readonly #bans = new Map<string, InForce>();
  readonly #silences = new Map<string, InForce>();
  #readOnly: Decision | undefined;
  #slowModeSeconds = 0;
  #keepSeconds = 0;
  #isCalm = true;

  constructor(records: readonly RecordChange[]) {
    for (const record of records) this.note(record, 0 as WallMillis);
  }

  /** Nobody is banned or silenced, and no switch is on: whoever writes need not be looked at. */
  get isCalm(): boolean {
    return this.#isCalm;
  }

  /** Why nobody but admins may write; nothing if everybody may. */
  get readOnly(): Decision | undefined {
    return this.#readOnly;
  }

  /** Seconds between two messages that somebody writes to everyone; 0 = as they like. */
  get slowModeSeconds(): number {
    return this.#slowModeSeconds;
  }

  /** Seconds that what is written to everyone is kept; 0 = as everywhere. */
  get keepSeconds(): number {
    return this.#keepSeconds;
  }

  /** Somebody else looks after the house who can come in: where accounts are asked for, one who has one, else one of the others. */
  hasAdminBeside(user: UserId, byAccount: boolean, at: WallMillis): boolean {
    for (const [key, { account }] of this.#admins) {
      if (key === houseKeys.user(user) || (account !== undefined) !== byAccount) continue;
      if (standing(this.#bans, key, at) === undefined) return true;
    }
    return false;
  }

  /** A record is so from now on; what has ended meanwhile is forgotten. What is of no matter to the house is passed over. */
  note({ kind, key, value, until }: RecordChange, at: WallMillis): void {
    if (kind === "admin") put(this.#admins, key, read<Decision>(value));
    if (kind === "ban") put(this.#bans, key, inForce(value, until));
    if (kind === "silence") put(this.#silences, key, inForce(value, until));
    if (kind === "switch" && key === houseKeys.readOnly) this.#readOnly = read<Decision>(value);
    if (kind === "switch" && key === houseKeys.slowMode) this.#slowModeSeconds = read<number>(value) ?? 0;
    if (kind === "switch" && key === houseKeys.retention) this.#keepSeconds = read<number>(value) ?? 0;
    for (const of of [this.#bans, this.#silences]) dropEnded(of, at);
    this.#isCalm =
      this.#readOnly === undefined &&
      this.#slowModeSeconds === 0 &&
      this.#bans.size === 0 &&
      this.#silences.size === 0;
  }

  isAdmin(user: UserId): boolean {
    return this.#admins.size > 0 && this.#admins.has(houseKeys.user(user));
  }

  /** How many bans, or silences, are kept in mind; some of them may have ended. */
  count(kind: "ban" | "silence"): number {
    return (kind === "ban" ? this.#bans : this.#silences).size;
  }

  banOf(user: UserId, at: WallMillis): InForce | undefined {
    return this.#bans.size === 0 ? undefined : standing(this.#bans, houseKeys.user(user), at);
  }

  banFrom(address: string, at: WallMillis): InForce | undefined {
    return this.#bans.size === 0 ? undefined : standing(this.#bans, houseKeys.address(address), at);
  }

  /** Those in force, by key. */
  bans(at: WallMillis): readonly (readonly [key: string, ban: InForce])[] {
    return inForceAt(this.#bans, at);
  }

  /** Those in everyone that are in force, by key. */
  silences(at: WallMillis): readonly (readonly [key: string, silence: InForce])[] {
    const inEveryone = `${everyone}:`;
    return inForceAt(this.#silences, at).filter(([key]) => key.startsWith(inEveryone));
  }

  /** The keys of the addresses that were banned with somebody. */
  addressesOf(username: string): string[] {
    const keys: string[] = [];
    for (const [key, ban] of this.#bans)
      if (ban.username === username && key.startsWith(houseKeys.address(""))) keys.push(key);
    return keys;
  }

  /** In that conversation itself; what is said of everyone holds in public rooms too. */
  silenceOf(user: UserId, conversation: ConversationId, at: WallMillis): InForce | undefined {
    if (this.#silences.size === 0) return undefined;
    return standing(this.#silences, houseKeys.silence(conversation, user), at);
  }

  /** In everyone, and in what everybody can see. */
  silenceInPublic(user: UserId, at: WallMillis): InForce | undefined {
    return this.silenceOf(user, everyone, at);
  }
}

function put<Value>(of: Map<string, Value>, key: string, value: Value | undefined): void {
  if (value === undefined) of.delete(key);
  else of.set(key, value);
}

function dropEnded(of: Map<string, InForce>, at: WallMillis): void {
  for (const [key, { until }] of of) if (until !== undefined && until <= at) of.delete(key);
}

function inForceAt(of: Map<string, InForce>, at: WallMillis): [key: string, term: InForce][] {
  return [...of]
    .filter(([, { until }]) => until === undefined || until > at)
    .sort(([one], [other]) => (one < other ? -1 : 1));
}

function standing(of: Map<string, InForce>, key: string, at: WallMillis): InForce | undefined {
  const term = of.get(key);
  return term?.until !== undefined && term.until <= at ? undefined : term;
}

function inForce(value: string | undefined, until: WallMillis | undefined): InForce | undefined {
  const term = read<Decision>(value);
  return term === undefined || until === undefined ? term : { ...term, until };
}

function read<Value>(value: string | undefined): Value | undefined {
  return value === undefined ? undefined : JSON.parse(value);
}
