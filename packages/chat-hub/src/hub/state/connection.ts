// What a hub knows of a connection: what it may do by now, what waits, and whether it still lives.

import type { Decoded } from "../../dialects/command.js";
import type { Dialect } from "../../dialects/dialect.js";
import type { CommandId } from "../../dialects/frames.js";
import type { ConnectionId, ConversationId, Millis } from "../../words/ids.js";
import type { Address } from "../addresses.js";
import type { Login } from "../pass.js";
import type { Question } from "../questions/asker.js";
import type { Session, Span } from "./session.js";

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

/** The session of a connection that has one. */
export function sessionOf(connection: Connection): Session | undefined {
  const { stage } = connection;
  return stage.state === "here" || stage.state === "entering" ? stage.session : undefined;
}
