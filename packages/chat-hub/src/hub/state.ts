// What a hub knows between two inputs: connections, the users they belong to, questions to the
// store that are open, and what waits on time. No file but those of this folder sees it.

import type { Decoded } from "../dialects/command.js";
import type { Dialect, Told } from "../dialects/dialect.js";
import type { UserRow } from "../dialects/frames/people.js";
import type { CommandId } from "../dialects/frames.js";
import type { AuthMode, Credential, Registration } from "../ports/gate.js";
import type { Profile } from "../ports/people.js";
import type { Move } from "../ports/standings.js";
import type { StoreFacts } from "../ports/store.js";
import type { HouseRules } from "../rules/house-rules.js";
import type { Limits } from "../tables/limits.js";
import type { FewMap, FewSet } from "../words/few.js";
import type {
  AskId,
  ConnectionId,
  ConversationId,
  Millis,
  NameKey,
  Seq,
  UserId,
  WallMillis,
} from "../words/ids.js";
import type { Place } from "../words/log.js";
import type { Name } from "../words/names.js";
import type { Role } from "../words/rooms.js";
import type { Since } from "../words/since.js";
import type { Address } from "./addresses.js";
import type { Alarms } from "./alarms.js";
import type { Pending } from "./asks.js";
import type { Attempts } from "./attempts.js";
import type { Audience } from "./audience.js";
import type { Looks } from "./choices.js";
import type { Debt } from "./debts.js";
import type { Effect } from "./effect.js";
import type { AskedPage } from "./pages.js";
import type { Login, Pass } from "./pass.js";
import type { Question } from "./questions/asker.js";
import type { ToldCursor } from "./receipts.js";
import type { Flow, Tally } from "./tally.js";

export interface HubState {
  readonly limits: Limits;
  readonly facts: StoreFacts;
  readonly auth: AuthMode;
  readonly registration: Registration;
  /** What kept names are told of their hold, in people's words. */
  readonly nameHold: string;
  readonly everyone: Audience;
  /** Everyone, and the rooms that somebody here is in. */
  readonly audiences: Map<ConversationId, Audience>;
  readonly connections: Map<ConnectionId, Connection>;
  /** Those that somebody is connected from, and those whose rates are not full again. */
  readonly addresses: Map<string, Address>;
  /** What upgrades have shown, until their connections are logged in; most show nothing. */
  readonly credentials: Map<Connection, Credential>;
  readonly users: Map<UserId, User>;
  readonly names: Map<NameKey, User>;
  /** Logins of a name that the store is deciding: its present holder is not released meanwhile. */
  readonly deciding: Map<NameKey, number>;
  readonly presence: Presence;
  /** Whom those here have blocked, and who of those here has. */
  readonly blockers: Map<UserId, Set<User>>;
  /** Cursors that wait to be stored, and whose they are. */
  readonly moves: Map<string, Move>;
  movers: Map<UserId, User>;
  /** Receipts that come too soon after the last of this user and conversation. */
  readonly late: Map<string, { readonly user: User; readonly conversation: ConversationId }>;
  /** Who was said to be writing, and where. */
  readonly typing: Set<string>;
  /** What the store refused and is told again. */
  readonly debts: Set<Debt>;
  /** Rates of names that nobody is connected under, until they are full again. */
  readonly spent: Map<NameKey, Millis>;
  /** What was shown in vain of late. */
  readonly attempts: Attempts;
  readonly asks: Map<AskId, Pending>;
  /** Pages that are asked for and that others may still share. */
  readonly pages: Map<string, AskedPage>;
  nextAsk: number;
  /** Bytes of appends that are not answered. */
  backlog: number;
  readonly alarms: {
    readonly connections: Alarms<ConnectionAlarm, Connection>;
    readonly names: Alarms<"grace" | "refilled", NameKey>;
    readonly addresses: Alarms<"refilled", string>;
    readonly attempts: Alarms<"account" | "address", string>;
    readonly audiences: Alarms<"proveRoom", Audience>;
    /** Per user and conversation. */
    readonly slots: Alarms<"typingEvery" | "typingFor" | "receipt", string>;
    readonly house: Alarms<"presence" | "presenceCrowd" | "presenceRound" | "cursors" | "debts", "house">;
  };
  readonly tally: Tally;
  readonly flow: Flow;
  /** What is in force in the house. */
  readonly rules: HouseRules;
  stopping: boolean;
  /** The time of the input in hand, and the effects it has had so far. */
  at: Millis;
  wall: WallMillis;
  effects: Effect[];
}

/** What a connection waits for; its login's end is far away at first, and then comes nearer. */
export const connectionAlarms = [
  "login",
  "pulse",
  "paced",
  "pacedLong",
  "prove",
  "endsInHours",
  "endsInMinutes",
  "endsInSeconds",
] as const;
export type ConnectionAlarm = (typeof connectionAlarms)[number];

export interface Connection {
  readonly id: ConnectionId;
  readonly dialect: Dialect;
  /** Where it comes from, if that is counted. */
  readonly address: Address | undefined;
  stage: Stage;
  inbox: Inbox | undefined;
  /** When its rate of commands is full again. */
  commandsFullAt: Millis;
  /** Set while it is not read: over a rate, or because too much waits for the store. */
  paced: { readonly overRate: boolean; refused: number; readonly ms: number } | undefined;
  flood: { frames: number; last: Millis } | undefined;
  /** The soft limit of bytes queued for it is passed. */
  congested: boolean;
  /** What it has asked, whose answer came when it could not take it: it is asked again. */
  unanswered: { readonly id: CommandId | undefined; readonly question: Question }[] | undefined;
  /** What has changed since, and how it is now: frames, by what they are about. */
  missed: Map<string, string> | undefined;
  readonly pulse: Pulse;
  /** The socket is gone; what came before is still obeyed. */
  gone: { readonly clean: boolean } | undefined;
  loginTries: number;
}

/** Frames that wait, in the order in which they came: at least one. The first may have been read already. */
export interface Inbox {
  readonly frames: (string | undefined)[];
  bytes: number;
  /** It was full, and the connection is not read until then, or until nothing waits. */
  unreadUntil: Millis | undefined;
  first: Decoded | undefined;
}

/** What a connection may do; each stage owns what belongs to it. */
export type Stage =
  | { readonly state: "greeting" }
  /** The gate looks at what was shown. */
  | { readonly state: "proving" }
  | { readonly state: "deciding"; readonly login: Login }
  | { readonly state: "entering"; readonly login: Login; readonly session: Session }
  | { readonly state: "here"; readonly session: Session }
  | { readonly state: "ended" };

/** A connection of a user. */
export interface Session {
  readonly user: User;
  /** Nothing in open mode. */
  pass: Pass | undefined;
  /** When it was let in. */
  readonly since: Millis;
  readonly receipts: boolean;
  /** It knows where it starts: what is not in `reading` is pushed live from then on. */
  begun: boolean;
  /** Conversations that are still read from the log. */
  readonly reading: FewMap<ConversationId, Reading>;
  /** A page that is being read. */
  page: ConversationId | undefined;
  /** The resume that `since` asked for, until it was told. */
  resume: Resume | undefined;
  /** The presence it knows of, as long as it is not told every change. */
  presenceTold: number | undefined;
  /** What of each audience has been heard. */
  heard: Heard[];
  /** Private entries on their way, not proved to have arrived. */
  readonly unproved: FewMap<ConversationId, Span>;
  /** The last row of the page of `conversations` that it was told last. */
  listed: { readonly name: string; readonly conversation: ConversationId } | undefined;
}

/** A conversation that one connection still has to read: what comes after `after`, up to `head`. */
export interface Reading {
  readonly place: Place;
  after: Seq;
  head: Seq;
  /** `behind` has told of it. */
  told?: true;
  /** The store says that they are not in it any more: the entry that says so is on its way. */
  refused: boolean;
}

/** From where on an audience was heard without a hole, and up to where a ping has asked for proof. */
export interface Heard {
  readonly audience: Audience;
  readonly from: Seq;
  to: Seq;
}

export interface Resume {
  readonly since: Since;
  /** Where its conversations stand is not known yet. */
  locating: boolean;
  /** The cursors of `since` are of another epoch. */
  renumbered: boolean;
  /** Conversations found so far, before they are put in order. */
  readonly found: (Reading & { readonly headAt: WallMillis })[];
  /** Named in `since`, by conversation. */
  readonly named: Set<ConversationId>;
  replayed: number;
  readonly ignored: Pick<Since["cursors"][number], "text" | "of">[];
  /** With whom something was said in private since. */
  readonly spoken: Set<NameKey>;
  readonly reset: string[];
}

/** How somebody was told of last, until what has changed since is told. */
export interface PresenceChange {
  readonly user: User;
  readonly told: UserRow;
  /** Somebody was given a list meanwhile: what it had is corrected, also if nothing has changed in the end. */
  isListed: boolean;
}

/** Consecutive entries: the first and the last. */
export interface Span {
  readonly from: Seq;
  to: Seq;
}

export interface Pulse {
  /** Regular pings without a sign of life since; `beating` = one is being sent. */
  unanswered: number;
  beating: boolean;
  /** When the first ping of any kind was sent that no sign of life has followed. */
  askedAt: Millis | undefined;
  livedAt: Millis;
  queued: boolean;
  /** What the next pong proves to have arrived. */
  proof: ReadonlyMap<ConversationId, Span> | undefined;
}

/** What a user has chosen, but for their blocks, which change one at a time. */
export type Chosen = Omit<Profile, "blocked">;

/** Somebody who is here, or is being decided about. */
export interface User {
  readonly id: UserId;
  readonly name: Name;
  readonly kept: boolean;
  /** How they want to be seen. */
  profile: Chosen;
  /** How they want to look, while the store is told. */
  wantsLooks: Looks | undefined;
  /** Whom they have blocked. */
  readonly blocked: FewSet<UserId>;
  /** When others saw them last, for as long as they don't. */
  seen: WallMillis | undefined;
  /** They have said `delivered` or `read`. */
  saysCursors: boolean;
  readonly told: FewMap<ConversationId, ToldCursor>;
  /** The rooms they are a member of. */
  readonly rooms: FewMap<ConversationId, Audience>;
  /** What they are there. */
  readonly roles: FewMap<ConversationId, Role>;
  connections: readonly Connection[];
  /** When their rate of messages is full again. */
  messagesFullAt: Millis;
}

export interface Presence {
  /** Everyone who counts as here, also for the grace after a loss; nobody who is invisible. */
  readonly here: Map<NameKey, User>;
  /** Whose change was not announced yet, and what was told of them before it, by username. */
  readonly changed: Map<string, PresenceChange>;
  /** Some have come or gone whose names were not told. */
  untold: boolean;
  /** Grows with every change; `announced` is what it was when changes were announced last. */
  version: number;
  announced: number;
  /** What a crowd is being told. */
  rounds: Rounds | undefined;
  /** The keys of `here` in order, for as long as nobody comes or goes. */
  sorted: readonly NameKey[] | undefined;
}

/** A frame of news, and whom they are of: not everybody may see of everybody. */
export interface Saying {
  readonly of: readonly User[];
  seenBy(viewer?: User): Told<"presence">;
}

/** News that are told to so many connections at a time. */
export interface Rounds {
  readonly sayings: readonly Saying[];
  readonly to: readonly Connection[];
  /** How many of them have had their turn. */
  told: number;
  /** The version of presence that they are about. */
  readonly version: number;
}

export function send(hub: HubState, connection: Connection, frame: string | undefined): void {
  if (frame === undefined || connection.gone !== undefined) return;
  hub.effects.push({ type: "send", connection: connection.id, frame });
}

export function after(hub: HubState, ms: number): Millis {
  return (hub.at + ms) as Millis;
}

/** The session of a connection that has one. */
export function sessionOf(connection: Connection): Session | undefined {
  const { stage } = connection;
  return stage.state === "here" || stage.state === "entering" ? stage.session : undefined;
}
